"""Names of accounts and sub-activities for files that give codes alone.

A working selection of the national lists, the same for every regency; what is missing here must be
named by the file. Codes are compared, never names: public lists differ in blanks.
"""

import csv
from functools import cache
from importlib.resources import files


def name_of_account(code: str) -> str:
    """The name of an account, or nothing."""
    return _names("rekening.csv").get(code, "")


def name_of_activity(code: str) -> str:
    """The name of a sub-activity, or nothing."""
    return _names("sub_kegiatan.csv").get(code, "")


@cache
def _names(file: str) -> dict[str, str]:
    source = files("leuit_sp2d") / "data" / file
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {row["code"]: row["name"] for row in rows}
