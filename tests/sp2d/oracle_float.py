"""The oracle of the float: given once, spent by accounts rendered, refilled by what they say.

Section 1.3: UP once a year within its figure; a GU claims what an approved LPJ accounts for, and
only once half of the UP is used. What the treasurer holds is what the bank paid less what LPJs
account for.
"""

from typing import Any
from uuid import UUID

import attrs

from tests.sp2d.oracle_records import Account, Slip

MOST_FLOAT = 100_000_000
"""The figure of the example's rules, in rupiah."""


@attrs.define
class FloatBook:
    """Payments and accounts rendered; `answered` are requests that were granted before."""

    rights: dict[str, list[str]]
    slips: dict[UUID, Slip] = attrs.field(factory=dict)
    accounts: dict[UUID, Account] = attrs.field(factory=dict)
    answered: set[tuple[Any, ...]] = attrs.field(factory=set)

    def given(self) -> int:
        """The float that the bank has paid."""
        return self._paid("UP")

    def in_hand(self) -> int:
        """What the treasurer holds: paid to him, and not accounted for."""
        return self.given() + self._paid("GU") - self._told("submitted", "approved")

    def used(self) -> int:
        """What approved LPJs account for beyond what was refilled."""
        return self._told("approved") - self._paid("GU")

    def may_refill(self) -> bool:
        """Half of the float is used."""
        return self.given() > 0 and self.used() > 0 and 2 * self.used() >= self.given()

    def is_approved(self, lpj: UUID | None) -> bool:
        """Whether there is such an LPJ, approved."""
        return lpj in self.accounts and self.accounts[lpj].state == "approved"

    def against_account(
        self, who: str, lines: dict[UUID, int], receipts: set[tuple[str, int]]
    ) -> set[str]:
        """The treasurer accounts for a float that he has received, by receipts."""
        if "spp" not in self.rights[who]:
            return {"permission_denied"}
        found = set()
        if not self.given():
            found.add("conflict")
        if not receipts or not lines:
            found.add("invalid_input")
        return found

    def against_mend(self, who: str, key: UUID, version: int, sent: tuple[Any, ...]) -> set[str]:
        """Its writer changes what is not on its way, and is told so when he asks again."""
        lpj = self.accounts[key]
        if "spp" not in self.rights[who]:
            return {"not_found"}
        if lpj.writer != who:
            return {"permission_denied"}
        if ("mend", key, version, sent) in self.answered and lpj.version == version + 1:
            return set()
        found = _against(lpj, ("draft", "returned"), version)
        if not self.given():
            found.add("conflict")
        if not sent:
            found.add("invalid_input")
        return found

    def after_mend(
        self,
        key: UUID,
        version: int,
        lines: dict[UUID, int],
        receipts: set[tuple[str, int]],
        sent: tuple[Any, ...],
    ) -> None:
        """It accounts for other receipts, once for each request."""
        lpj = self.accounts[key]
        if lpj.version == version:
            self.answered.add(("mend", key, version, sent))
            lpj.lines, lpj.receipts, lpj.version = lines, receipts, version + 1

    def against_submit(self, who: str, key: UUID, version: int, free: dict[UUID, int]) -> set[str]:
        """By its writer, within what he holds, no receipt twice, and the lines must bear it."""
        lpj = self.accounts[key]
        if "spp" not in self.rights[who]:
            return {"not_found"}
        if lpj.writer != who:
            return {"permission_denied"}
        if lpj.state == "submitted" and lpj.version == version + 1:
            return set()
        found = _against(lpj, ("draft", "returned"), version)
        if not self.given():
            found.add("conflict")
        if lpj.total() > self.in_hand():
            found.add("overspent")
        if any(amount > free[line] for line, amount in lpj.lines.items()):
            found.add("budget_limit")
        for other in self.accounts.values():
            if other.state in ("submitted", "approved") and other.receipts & lpj.receipts:
                found.add("invalid_input")
        return found

    def against_drop(self, who: str, key: UUID, version: int) -> set[str]:
        """Its writer gives up what is not on its way, and is told so when he asks again."""
        lpj = self.accounts[key]
        if "spp" not in self.rights[who]:
            return {"not_found"}
        if lpj.writer != who:
            return {"permission_denied"}
        if lpj.state == "dropped" and lpj.version == version + 1:
            return set()
        return _against(lpj, ("draft", "returned"), version)

    def against_decision(
        self, who: str, key: UUID, state: str, version: int, *, coded: bool
    ) -> set[str]:
        """Approved or sent back by PPK-SKPD, who did not write it; a return has a coded reason."""
        lpj = self.accounts[key]
        if "verify" not in self.rights[who]:
            return {"not_found"}
        if (lpj.state, lpj.version, lpj.decided) == (state, version + 1, who):
            return set()
        found = _against(lpj, ("submitted",), version)
        if lpj.writer == who:
            found.add("conflict")
        if state == "returned" and not coded:
            found.add("invalid_input")
        return found

    def after_move(self, key: UUID, state: str, version: int, decided: str = "") -> None:
        """It is in another state, once for each request."""
        lpj = self.accounts[key]
        if lpj.version == version:
            lpj.state, lpj.version = state, version + 1
            lpj.decided = decided or lpj.decided

    def _seen(self, *request: Any) -> bool:
        """Whether it was answered before; it is from now on."""
        known = request in self.answered
        self.answered.add(request)
        return known

    def _paid(self, kind: str) -> int:
        paid = [slip for slip in self.slips.values() if slip.state == "paid"]
        return sum(slip.claimed.gross() for slip in paid if slip.claimed.kind == kind)

    def _told(self, *states: str) -> int:
        return sum(lpj.total() for lpj in self.accounts.values() if lpj.state in states)


def _against(lpj: Account, states: tuple[str, ...], version: int) -> set[str]:
    found = set()
    if lpj.state not in states:
        found.add("conflict")
    if lpj.version != version:
        found.add("stale_edit")
    return found
