"""Sanctions by their dates: which effects hold on a day, and when a sanction ends.

The kinds of sanctions are a dated edition, `ecatalog.sanctions`: what a vendor did, how many months
it lasts, and what it stops. A sanction holds from its first day; `until`, and the day on which it
was lifted, are the first days without it. Several may hold at once: their effects add up.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal, Protocol

import attrs

from leuit.values import _

Effect = Literal["no_orders", "taken_down", "blocked"]
NO_ORDERS: Final = "no_orders"
TAKEN_DOWN: Final = "taken_down"
BLOCKED: Final = "blocked"
EFFECTS: tuple[Effect, ...] = (NO_ORDERS, TAKEN_DOWN, BLOCKED)
MOST_MONTHS: Final = 120
LONGEST_CODE: Final = 40


class Dated(Protocol):
    """What of a sanction decides when it holds."""

    @property
    def since(self) -> dt.date: ...
    @property
    def until(self) -> dt.date | None: ...
    @property
    def lifted_on(self) -> dt.date | None: ...


@attrs.frozen
class SanctionKind:
    """A sanction that may be set: for what, how long, with which effects, by which rule.

    `months` 0 has no end of its own.
    """

    code: str
    title: str
    act: str
    months: int
    effects: tuple[Effect, ...]
    basis: str


@attrs.frozen
class SanctionRules:
    """The kinds of one edition."""

    kinds: tuple[SanctionKind, ...]

    def kind(self, code: str) -> SanctionKind | None:
        """The kind with a code."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def holds_on(sanction: Dated, day: dt.date) -> bool:
    """Whether a sanction holds on a day."""
    last = end_of(sanction)
    return sanction.since <= day and (last is None or day < last)


def end_of(sanction: Dated) -> dt.date | None:
    """The first day without it, by its time or because it was lifted; None without end."""
    ends = [day for day in (sanction.until, sanction.lifted_on) if day is not None]
    return min(ends) if ends else None


def effects_of(effects: Iterable[Iterable[str]]) -> frozenset[str]:
    """What the effects of several sanctions stop together: one that blocks stops everything, and
    what is taken down takes no orders.
    """
    found = {effect for one in effects for effect in one}
    if BLOCKED in found:
        return frozenset(EFFECTS)
    return frozenset({*found, NO_ORDERS} if TAKEN_DOWN in found else found)


def end_after(since: dt.date, months: int) -> dt.date | None:
    """The first day without a sanction of so many months; None for 0.

    The same day of the month, or its last one: a month after 31 January is the end of February.
    """
    if not months:
        return None
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(since.day, last))


def faults_of_rules(rules: SanctionRules) -> list[tuple[str, str]]:
    """Paths and codes of what is wrong in an edition; empty for one that can be used."""
    faults: list[tuple[str, str]] = [] if rules.kinds else [("kinds", "empty")]
    if len({kind.code for kind in rules.kinds}) != len(rules.kinds):
        faults.append(("kinds", "twice"))
    for place, kind in enumerate(rules.kinds):
        path = f"kinds[{place}]"
        code = kind.code
        if not (code.isascii() and code.isidentifier() and len(code) <= LONGEST_CODE):
            faults.append((f"{path}.code", "code"))
        if not 0 <= kind.months <= MOST_MONTHS:
            faults.append((f"{path}.months", "months"))
        if not kind.effects or len(set(kind.effects)) != len(kind.effects):
            faults.append((f"{path}.effects", "effects"))
    return faults


_ALL: tuple[Effect, ...] = (NO_ORDERS, TAKEN_DOWN, BLOCKED)
_BASIS = "Perpres 16/2018 Pasal 80"
EXAMPLE = SanctionRules(
    (
        SanctionKind(
            "pesanan",
            _("Penghentian sementara transaksi"),
            _("Tidak memenuhi kewajiban dalam surat pesanan"),
            6,
            (NO_ORDERS,),
            _BASIS,
        ),
        SanctionKind(
            "kontrak",
            _("Penurunan pencantuman"),
            _("Tidak memenuhi kewajiban dalam kontrak katalog"),
            12,
            (NO_ORDERS, TAKEN_DOWN),
            _BASIS,
        ),
        SanctionKind(
            "mundur",
            _("Daftar hitam satu tahun"),
            _("Mengundurkan diri tanpa alasan, atau tidak menandatangani kontrak katalog"),
            12,
            _ALL,
            _BASIS,
        ),
        SanctionKind(
            "palsu",
            _("Daftar hitam dua tahun"),
            _("Dokumen palsu, persekongkolan, atau KKN dalam proses katalog"),
            24,
            _ALL,
            _BASIS,
        ),
    )
)
"""The sanctions of Pasal 80 Perpres 16/2018 [primary]; the text of 46/2025 was not compared."""
