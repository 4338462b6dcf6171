"""The month: what one person's days come to, with free late days and the cap of the edition.

Days still open (belum) are counted and nothing else of them is: a month is only final without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from .edition import DeductionTable, hundredths
from .verdict import DayVerdict


@frozen
class MonthSum:
    """The sums of one person's month; deductions are 1/100 percent of the edition's base.

    - `statuses`: days by status, only those that occur. `classes`: occurrences by class.
    - `late_days`, `early_days`: days with such minutes; `missing_in`, `missing_out`: days without
      that tap; `late_minutes`, `early_minutes`: their sums, never turned into days here.
    - `gross`: what the days deduct together. `free_late_days`: how many days the edition forgave,
      and `waived` what that took off. `capped`: what the cap took off then. `deduction` is what
      remains: gross - waived - capped.
    """

    statuses: dict[str, int] = field(factory=dict, hash=False)
    classes: dict[str, int] = field(factory=dict, hash=False)
    late_days: int = 0
    early_days: int = 0
    missing_in: int = 0
    missing_out: int = 0
    late_minutes: int = 0
    early_minutes: int = 0
    gross: int = 0
    free_late_days: int = 0
    waived: int = 0
    capped: int = 0

    @property
    def deduction(self) -> int:
        """What the month deducts, in 1/100 percent of the base."""
        return self.gross - self.waived - self.capped

    @property
    def deduction_percent(self) -> Decimal:
        """What the month deducts, in percent of the base."""
        return Decimal(self.deduction) / 100


def of_whole(deduction: int, table: DeductionTable) -> int:
    """What a month's deduction takes of the whole TPP, in 1/100 percent, 0 to 10_000.

    Percentages of the discipline part are taken of `part_percent` of the whole. What is below
    1/100 percent is not taken: nobody loses more than the regulation says. Nor does anybody lose
    more than all, where an edition has no cap.
    """
    return min(deduction, 10_000) * hundredths(table.part_percent) // 10_000


@frozen
class ClosedDay:
    """Of a judged day what its month needs: minutes late, what it deducts, and how much of that is
    for being late; deductions in 1/100 percent of the edition's base.
    """

    late_minutes: int
    deduction: int
    late_deduction: int


def deduction_of(days: Iterable[ClosedDay], table: DeductionTable | None) -> int:
    """What days deduct together, in their order: the first late ones are free, then comes the cap.

    As `sum_month` has it, for who needs the figure alone.
    """
    free = table.free_late_days if table else 0
    cap = table.cap_hundredths if table else None
    gross = waived = late = 0
    for day in days:
        gross += day.deduction
        if day.late_minutes:
            late += 1
            waived += day.late_deduction if late <= free else 0
    net = gross - waived
    return net if cap is None else min(net, cap)


def sum_month(verdicts: Iterable[DayVerdict], table: DeductionTable) -> MonthSum:
    """The sums of one person's verdicts of one month, in any order.

    `table` is the edition whose free days and cap hold for the month. Two verdicts of one date are
    an error of the caller (ValueError).
    """
    days = sorted(verdicts, key=lambda verdict: verdict.day)
    if len({verdict.day for verdict in days}) != len(days):
        raise ValueError("Satu tanggal dinilai dua kali dalam rekap bulan.")
    done = [verdict for verdict in days if verdict.status != "belum"]
    late = [verdict for verdict in done if verdict.late_minutes]
    free = late[: table.free_late_days]
    gross = sum(verdict.deduction for verdict in done)
    waived = sum(verdict.late_deduction for verdict in free)
    cap = table.cap_hundredths
    return MonthSum(
        statuses=dict(Counter(verdict.status for verdict in days)),
        classes=dict(Counter(name for verdict in done for name in verdict.classes)),
        late_days=len(late),
        early_days=sum(verdict.early_minutes > 0 for verdict in done),
        missing_in=sum("missing_in" in verdict.flags for verdict in done),
        missing_out=sum("missing_out" in verdict.flags for verdict in done),
        late_minutes=sum(verdict.late_minutes for verdict in done),
        early_minutes=sum(verdict.early_minutes for verdict in done),
        gross=gross,
        free_late_days=len(free),
        waived=waived,
        capped=max(0, gross - waived - cap) if cap is not None else 0,
    )
