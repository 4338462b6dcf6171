"""Claims that a course wishes for: amounts, bill, payee, kind, and a fault at times."""

import attrs

from leuit_sp2d.rules.salary import MOST_RUNS, ONCE_A_MONTH, TYPES, Salary
from tests.sp2d.treasury import YEAR

PAYEES = (
    ("CV Contoh Rangkas", "012345674901000", "110", "0012345678"),
    ("Contoh Rangkas, CV.", "", "110", "1"),  # the first by its name
    ("PT Lain Contoh", "01.234.567.4-901.000", "002", "2"),  # by its NPWP
    ("PT Ketiga Contoh", "", "110", "001234 5678"),  # by its account
    ("UD Bebas Contoh", "023456783902000", "008", "77"),  # nobody else
)
TOKENS = (("rangkas", "901", "110-5678"), ("rangkas", "", "110-1"), ("lain", "901", "002-2"),
          ("ketiga", "", "110-5678"), ("bebas", "902", "008-77"))  # fmt: skip


@attrs.frozen
class Wish:
    """A claim to be drawn: amounts in million of the two lines, number of its bill, and payee.

    A float (UP) is of their sum; a refill (GU) is of the LPJ of the place `lpj`. `kept` is none,
    told (a deduction for information), tenth, or all of the gross.
    """

    amounts: tuple[int, int]
    invoice: int = 0
    payee: int = 0
    kept: str = "none"
    kind: str = "LS_BJ"
    fault: str = ""
    lpj: int = 0


def salary_of(number: int) -> Salary:
    """One salary for each number: those that are for single employees, month by month."""
    types = sorted(set(TYPES) - ONCE_A_MONTH)
    month, rest = divmod(number, len(types) * MOST_RUNS)
    run, kind = divmod(rest, len(types))
    return Salary(f"{YEAR - 1 + month // 12}-{month % 12 + 1:02d}", types[kind], run + 1)
