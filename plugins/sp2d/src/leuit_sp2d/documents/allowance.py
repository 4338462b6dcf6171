"""What is printed on the list of an allowance: the people of a month, and what each is paid."""

import datetime as dt

import attrs


@attrs.frozen
class AllowanceRow:
    """One person: base amount and what is paid in whole rupiah, the cut in 1/100 percent."""

    name: str
    nip: str
    base: int
    deduction: int
    amount: int


@attrs.frozen(kw_only=True)
class AllowanceList:
    """The list of a unit's TPP of a month, without a place for a signature: the recap is signed.

    `notes` name what it rests on. `date` is the day on which it is drawn.
    """

    unit: str
    month: str
    date: dt.date
    rows: tuple[AllowanceRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Sum of what is paid."""
        return sum(row.amount for row in self.rows)
