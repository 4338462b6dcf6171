"""The oracle: the life of payments written down literally, from the law and the reference alone.

It shares nothing with the service. It keeps plain lists of what was claimed, ordered, paid and
returned, and works everything else out of them each time it is asked: what a line has left is what
the SPDs released less every SPM and SP2D that stands, plus what payees paid back (PP 12/2019 Pasal
149 ayat (4)). Every method `against_…` tells all that speaks against a request, as the codes of
refusals; an empty answer means that it must be accepted. `after_…` writes down what follows.
"""

from typing import Any
from uuid import UUID

import attrs

from tests.sp2d.oracle_float import MOST_FLOAT, FloatBook
from tests.sp2d.oracle_records import PAYS, REQUIRED, Budget, Claimed, Document, Slip, Transfer

STEPS = ["draft", "spp", "verify", "spm", "test", "sp2d"]
"""Section 1: SPP by PPTK and treasurer, verification, SPM, the BUD's test, SP2D."""

NEXT = dict(zip(STEPS, [*STEPS[1:], "bank"], strict=True))
PAPER = {"spp": "SPP", "spm": "SPM", "sp2d": "SP2D"}
ORDERED = ["test", "sp2d"]
"""States in which an SPM stands and no SP2D."""

ISSUED = ["bank", "retur", "paid"]
"""States in which an SP2D stands."""


@attrs.define
class Book(FloatBook):
    """Everything that was asked for and granted. `rights` names the steps of each person,
    `exchange` for who may deal with the bank, `budget` for who keeps DPA and SPD; `last_numbers`
    were given before, by kind of paper.
    """

    last_numbers: dict[str, int] = attrs.field(factory=dict)
    budgets: dict[UUID, Budget] = attrs.field(factory=dict)
    stage: str = "M"
    papers: list[Document] = attrs.field(factory=list)
    statements: dict[Any, Any] = attrs.field(factory=dict)

    # ------------------------------------------------------------------------------------- money

    def reserved(self, line: UUID) -> int:
        """What standing SPMs hold of a line."""
        return sum(s.claimed.lines.get(line, 0) for s in self.slips.values() if s.state in ORDERED)

    def spent(self, line: UUID) -> int:
        """What standing SP2Ds took of a line, less what was paid back."""
        standing = [slip for slip in self.slips.values() if slip.state in ISSUED]
        return sum(slip.claimed.lines.get(line, 0) for slip in standing) - sum(
            amounts.get(line, 0) for slip in standing for _number, amounts in slip.refunds
        )

    def pockets(self, line: UUID) -> tuple[int, int, int, int]:
        """Unreleased, free, reserved and spent."""
        budget = self.budgets[line]
        held, spent = self.reserved(line), self.spent(line)
        return budget.ceiling - budget.released, budget.released - held - spent, held, spent

    def is_short(self, claimed: Claimed) -> bool:
        """Whether some line has less left of its SPDs than is claimed; the DPA is above them."""
        return any(asked > self.pockets(line)[1] for line, asked in claimed.lines.items())

    def against_dpa(self, who: str, number: str, ceilings: dict[UUID, int]) -> set[str]:
        """No line of an edition falls below what SPM and SP2D hold of it."""
        if "budget" not in self.rights[who]:
            return {"permission_denied"}
        if ("dpa", number) in self.answered:
            return set()
        if any(ceiling < self.held(line) for line, ceiling in ceilings.items()):
            return {"refused_rows"}
        return set()

    def after_dpa(self, number: str, stage: str, ceilings: dict[UUID, int]) -> None:
        """Where the SPDs released more than the new ceiling, their release is drawn back."""
        if self._seen("dpa", number):
            return
        self.stage = stage
        for line, ceiling in ceilings.items():
            budget = self.budgets.setdefault(line, Budget(0, 0))
            budget.ceiling, budget.released = ceiling, min(budget.released, ceiling)

    def against_spd(self, who: str, number: str, amounts: dict[UUID, int]) -> set[str]:
        """No SPD releases more of a line than its DPA has left."""
        if "budget" not in self.rights[who]:
            return {"permission_denied"}
        if ("spd", number) in self.answered:
            return set()
        if any(amount > self.pockets(line)[0] for line, amount in amounts.items()):
            return {"refused_rows"}
        return set()

    def after_spd(self, number: str, amounts: dict[UUID, int]) -> None:
        """What is released may be claimed."""
        if not self._seen("spd", number):
            for line, amount in amounts.items():
                self.budgets[line].released += amount

    def held(self, line: UUID) -> int:
        """What SPM and SP2D hold of a line."""
        return self.reserved(line) + self.spent(line)

    # ------------------------------------------------------------------------------------- claims

    def against_draft(self, who: str, key: UUID, claimed: Claimed) -> set[str]:
        """Whoever writes a claim has the right; the claim is sound; its bill is not claimed yet."""
        if ("draft", who, key) in self.answered:
            return set()
        if "draft" not in self.rights[who]:
            return {"permission_denied"}
        return self._against_claim(key, claimed)

    def after_draft(self, who: str, key: UUID, claimed: Claimed) -> None:
        """Its writer is bound to the first step."""
        if ("draft", who, key) not in self.answered:
            self.answered.add(("draft", who, key))
            self.slips[key] = Slip(claimed, duty={who: "draft"})

    def against_revise(
        self, who: str, key: UUID, version: int, claimed: Claimed, sent: Any
    ) -> set[str]:
        """Only a claim that is not on its way is changed. Whoever sends the same again, all of
        `sent`, is told that it is done while nothing has changed it since.
        """
        found = self._against(who, key, "draft", version)
        if found == {"not_found"}:
            return found
        if self._is_revised(who, key, version, sent):
            return set()
        return found | self._against_claim(key, claimed)

    def after_revise(self, who: str, key: UUID, version: int, claimed: Claimed, sent: Any) -> None:
        """Documents stay where they are."""
        if self._is_revised(who, key, version, sent):
            return
        self.answered.add(("revise", who, key, version, sent))
        slip = self.slips[key]
        slip.claimed = claimed
        slip.duty[who] = "draft"
        slip.version += 1

    def _is_revised(self, who: str, key: UUID, version: int, sent: Any) -> bool:
        known = ("revise", who, key, version, sent) in self.answered
        return known and self.slips[key].version == version + 1

    def against_cancel(self, who: str, key: UUID, version: int) -> set[str]:
        """Only what is not on its way is given up; who did it and asks again is told so."""
        found = self._against(who, key, "draft", version)
        if found != {"not_found"} and ("cancel", who, key, version) in self.answered:
            return set()
        return found

    def after_cancel(self, who: str, key: UUID, version: int) -> None:
        """Its bill is free for another claim."""
        slip = self.slips[key]
        if not self._seen("cancel", who, key, version):
            slip.state = "cancelled"
            slip.duty[who] = "draft"
            slip.version += 1

    def _against_claim(self, key: UUID, claimed: Claimed) -> set[str]:
        found = set()
        if claimed.faulty or claimed.net() <= 0 or (not claimed.lines and claimed.kind != "UP"):
            found.add("invalid_input")
        if claimed.kind == "UP" and claimed.amount > MOST_FLOAT:
            found.add("invalid_input")
        if claimed.kind == "GU" and not (self.is_approved(claimed.lpj) and self.may_refill()):
            found.add("invalid_input")
        for other, slip in self.slips.items():
            if other != key and slip.state != "cancelled" and slip.claimed.same_bill(claimed):
                found.add("duplicate_bill")
        return found

    # -------------------------------------------------------------------------------------- steps

    def against_step(
        self, who: str, key: UUID, step: str, version: int, *, fits: bool, statement: bool
    ) -> set[str]:
        """`fits` is a checklist of which all is right, `statement` the SPTJM."""
        found = self._against(who, key, step, version)
        if found == {"not_found"}:
            return found
        if (step, "done", who, key, version) in self.answered:
            return set()
        slip = self.slips[key]
        short = self.is_short(slip.claimed)
        if step == "draft" and not slip.documents >= REQUIRED[slip.claimed.kind]:
            found.add("invalid_input")
        if step == "draft" and slip.claimed.kind == "GU" and not self.may_refill():
            found.add("float")  # another refill was paid since it was written
        if step in ("draft", "spp", "spm") and short:
            found.add("budget_limit")
        if step in ("verify", "test") and not fits:
            found.add("invalid_input")
        if step == "verify" and short:  # Pasal 149(3): whether the activity has funds
            found.add("conflict")
        if step == "spm" and not statement:  # Pasal 149(4): no SPTJM, no payment
            found.add("invalid_input")
        return found

    def after_step(self, who: str, key: UUID, step: str, version: int) -> None:
        """The step is written down; SPP, SPM and SP2D get their numbers; the SP2D goes to the
        bank with the net amount.
        """
        if self._seen(step, "done", who, key, version):
            return
        slip = self.slips[key]
        slip.acts.append((step, "done", who))
        slip.duty[who] = step
        slip.state = NEXT[step]
        slip.version += 1
        if step in PAPER:
            kind = PAPER[step]
            given = len([paper for paper in self.papers if paper.kind == kind])
            value = self.last_numbers.get(kind, 0) + given + 1
            self.papers.append(Document(kind, value, key, PAYS[slip.claimed.kind], self.stage))
            if kind == "SP2D":
                slip.transfers.append(Transfer(f"SP2D2026-{value:06d}", slip.claimed.net()))

    def against_back(
        self, who: str, key: UUID, step: str, version: int, *, coded: bool
    ) -> set[str]:
        """Sent back by whose turn it is, with a coded reason; the PPTK has nobody before him."""
        found = self._against(who, key, step, version)
        if found == {"not_found"}:
            return found
        if (step, "returned", who, key, version) in self.answered:
            return set()
        if step == "draft":
            found.add("conflict")
        if not coded:
            found.add("invalid_input")
        return found

    def after_back(self, who: str, key: UUID, step: str, version: int) -> None:
        """All papers fall, what they held is free, the PPTK begins anew."""
        if not self._seen(step, "returned", who, key, version):
            self.slips[key].acts.append((step, "returned", who))
            self.slips[key].duty[who] = step
            self._begin_anew(key)

    def against_refuse(
        self, who: str, key: UUID, step: str, version: int, *, coded: bool
    ) -> set[str]:
        """Ended by PA/KPA, Kuasa BUD or who verifies for them (Pasal 148 and 149), with a code."""
        found = self._against(who, key, step, version)
        if found == {"not_found"}:
            return found
        if (step, "refused", who, key, version) in self.answered:
            return set()
        if step in ("draft", "spp"):
            found.add("conflict")
        if not coded:
            found.add("invalid_input")
        return found

    def after_refuse(self, who: str, key: UUID, step: str, version: int) -> None:
        """All papers fall, what they held and the bill are free, and nobody goes on with it."""
        if not self._seen(step, "refused", who, key, version):
            slip = self.slips[key]
            slip.acts.append((step, "refused", who))
            slip.duty[who] = step
            self._begin_anew(key)
            slip.state, slip.round = "cancelled", slip.round - 1

    def against_void(self, who: str, key: UUID, version: int, *, coded: bool) -> set[str]:
        """An SP2D falls while the bank has no order of it, or has returned the money."""
        found = self._against(who, key, "sp2d", version, ("bank", "retur"))
        if found == {"not_found"}:
            return found
        if ("sp2d", "voided", who, key, version) in self.answered:
            return set()
        slip = self.slips[key]
        if slip.transfers and slip.transfers[-1].state in ("sent", "paid"):
            found.add("conflict")
        if not coded:
            found.add("invalid_input")
        return found

    def after_void(self, who: str, key: UUID, version: int) -> None:
        """SPM and SPP fall with it; an order that waits is withdrawn."""
        if self._seen("sp2d", "voided", who, key, version):
            return
        slip = self.slips[key]
        if slip.transfers[-1].state == "waiting":
            slip.transfers[-1].state = "withdrawn"
        slip.acts.append(("sp2d", "voided", who))
        slip.duty[who] = "sp2d"
        self._begin_anew(key)

    def _begin_anew(self, key: UUID) -> None:
        for paper in self.papers:
            if paper.payment == key:
                paper.standing = False
        slip = self.slips[key]
        slip.state = "draft"
        slip.past += slip.refunds
        slip.refunds = []
        slip.round += 1
        slip.version += 1

    def _against(
        self, who: str, key: UUID, step: str, version: int, states: tuple[str, ...] = ()
    ) -> set[str]:
        """To whom lacks the right a payment is not there; nobody acts at two steps of one."""
        if key not in self.slips or step not in self.rights[who]:
            return {"not_found"}
        slip = self.slips[key]
        found = set()
        if slip.state not in (states or (step,)):
            found.add("wrong_turn")
        if slip.version != version:
            found.add("stale_edit")
        if slip.duty.get(who, step) != step:
            found.add("same_person")
        return found

    # --------------------------------------------------------------------------------------- bank

    def waiting(self) -> list[Transfer]:
        """Orders that no file holds yet."""
        return [
            one for slip in self.slips.values() for one in slip.transfers if one.state == "waiting"
        ]

    def against_send(self, who: str, names: tuple[str, ...]) -> set[str]:
        """A file has at least one order, and each is in one; who made it is told of it again."""
        if "exchange" not in self.rights[who]:
            return {"permission_denied"}
        if ("send", who, names) in self.answered:
            return set()
        waiting = {one.name for one in self.waiting()}
        return set() if names and waiting.issuperset(names) else {"conflict"}

    def after_send(self, who: str, names: tuple[str, ...]) -> None:
        """All of them are in the file."""
        if not self._seen("send", who, names):
            for one in self.waiting():
                if one.name in names:
                    one.state = "sent"

    def against_statement(self, who: str, name: Any, content: Any) -> set[str]:
        """One statement has one content."""
        if "exchange" not in self.rights[who]:
            return {"permission_denied"}
        return {"conflict"} if self.statements.get(name, content) != content else set()

    def after_statement(
        self, name: Any, content: Any, bookings: list[tuple[str, str, Any]]
    ) -> tuple[int, int, int, int]:
        """How many were paid, returned, told before, and not explained by any order of ours.

        A booking is (order, paid or returned, the bank's reference). Only what was sent is paid,
        only what was paid is returned; nothing else is guessed.
        """
        if name in self.statements:
            return 0, 0, 0, 0
        self.statements[name] = content
        counts = {"paid": 0, "returned": 0, "repeated": 0, "unknown": 0}
        for order, kind, ref in sorted(bookings, key=lambda booking: booking[1] == "returned"):
            counts[self._book(order, kind, ref)] += 1
        return counts["paid"], counts["returned"], counts["repeated"], counts["unknown"]

    def _book(self, order: str, kind: str, ref: Any) -> str:
        for key, slip in self.slips.items():
            for one in slip.transfers:
                if one.name == order:
                    return self._apply(key, slip, one, kind, ref)
        return "unknown"

    def _apply(self, key: UUID, slip: Slip, one: Transfer, kind: str, ref: Any) -> str:
        if kind == "paid" and one.state == "sent":
            one.state, one.ref, slip.state = "paid", ref, "paid"
            slip.acts.append(("bank", "paid", ""))
            slip.version += 1
            for paper in self.papers:
                paper.paid = paper.paid or (paper.payment == key and paper.standing)
            return "paid"
        if kind == "returned" and one.state == "paid":
            one.state, slip.state = "returned", "retur"
            slip.acts.append(("bank", "retur", ""))
            slip.version += 1
            return "returned"
        if kind == "paid" and one.state in ("paid", "returned") and one.ref == ref:
            return "repeated"
        if kind == "returned" and one.state == "returned":
            return "repeated"
        return "unknown"

    def against_again(self, who: str, key: UUID, version: int, *, sound: bool) -> set[str]:
        """After a retur the same SP2D is paid to an account that was put right."""
        found = self._against(who, key, "sp2d", version, ("retur",))
        if found == {"not_found"}:
            return found
        if ("sp2d", "again", who, key, version) in self.answered:
            return set()
        return found if sound else found | {"invalid_input"}

    def after_again(self, who: str, key: UUID, version: int) -> None:
        """One linked order of the same amount."""
        if self._seen("sp2d", "again", who, key, version):
            return
        slip = self.slips[key]
        value = next(
            p.value for p in self.papers if p.payment == key and p.standing and p.kind == "SP2D"
        )
        place = len(slip.transfers) + 1
        slip.transfers.append(Transfer(f"SP2D2026-{value:06d}-{place}", slip.transfers[-1].amount))
        slip.acts.append(("sp2d", "again", who))
        slip.duty[who] = "sp2d"
        slip.state = "bank"
        slip.version += 1

    # ------------------------------------------------------------------------------------- refunds

    def against_refund(
        self, who: str, key: UUID, number: str, amounts: dict[UUID, int], *, dated: bool
    ) -> set[str]:
        """Of a paid payment not more comes back than went; one STS is written down once."""
        if key not in self.slips or "exchange" not in self.rights[who]:
            return {"not_found"}
        slip = self.slips[key]
        for other, one in self.slips.items():
            for known, before in one.past + one.refunds:
                if known == number:
                    return set() if (other, before) == (key, amounts) else {"conflict"}
        found = set()
        if slip.state != "paid":
            found.add("wrong_turn")
        left = {
            line: asked - sum(before.get(line, 0) for _number, before in slip.refunds)
            for line, asked in slip.claimed.lines.items()
        }
        if not amounts or not number or not dated:
            found.add("invalid_input")
        if any(not 0 < amount <= left.get(line, 0) for line, amount in amounts.items()):
            found.add("invalid_input")
        return found

    def after_refund(self, key: UUID, number: str, amounts: dict[UUID, int]) -> None:
        """The lines that bore it have it again."""
        refunds = self.slips[key].refunds
        if (number, amounts) not in self.slips[key].past + refunds:
            refunds.append((number, amounts))
