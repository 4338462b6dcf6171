"""Account codes that another one replaces from a budget year on.

The national lists of accounts (Kepmendagri 050-5889/2021 and later) are those of a year. Which code
gave way to which stands in `data/rekening_diganti.csv` with its source; what is not there is not
known to be replaced, and holds.
"""

import csv
from functools import cache
from importlib.resources import files

import attrs


@attrs.frozen
class Replacement:
    """The code that holds in place of another, since a budget year."""

    code: str
    since: int


def replacement_of(account: str, year: int) -> Replacement | None:
    """What holds in a budget year in place of an account; None where it holds itself."""
    found = None
    while (step := _replaced().get(found.code if found else account)) and step.since <= year:
        found = step
    return found


@cache
def _replaced() -> dict[str, Replacement]:
    source = files("leuit_sp2d") / "data" / "rekening_diganti.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {row["code"]: Replacement(row["replaced_by"], int(row["since"])) for row in rows}
