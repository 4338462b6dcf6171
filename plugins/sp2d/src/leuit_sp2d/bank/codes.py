"""The register of banks: three digits, as ATM and switching networks number them, and a name.

The codes name the bank of an account inside Indonesia; BI-FAST and RTGS use BICs, which the bank
of the RKUD finds by itself. The list ships with the plugin (`data/bank.csv`).
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def banks() -> Mapping[str, str]:
    """Every known bank, its name by its code of three digits, in the order of the codes."""
    text = files("leuit_sp2d").joinpath("data", "bank.csv").read_text("utf-8")
    rows = sorted((row["code"], row["name"]) for row in csv.DictReader(text.splitlines()))
    return MappingProxyType(dict(rows))


def bank_name(code: str) -> str | None:
    """The bank's name; None when no bank has the code."""
    return banks().get(code)
