"""The register of banks: three digits, as ATM and switching networks number them, and a name.

The codes name the bank of an account inside Indonesia; BI-FAST and RTGS use BICs, which the bank
of the RKUD finds by itself. The list ships with the core (`bank.csv`), as whoever asks for a
payment names the payee's bank by it. For the largest banks it says how many digits their account
numbers have [secondary]: enough to ask, never to refuse.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def banks() -> Mapping[str, str]:
    """Every known bank, its name by its code of three digits, in the order of the codes."""
    return MappingProxyType(dict(sorted((row["code"], row["name"]) for row in _rows())))


def bank_name(code: str) -> str | None:
    """The bank's name; None when no bank has the code."""
    return banks().get(code)


@cache
def account_digits(code: str) -> int | None:
    """How many digits an account number of the bank usually has; None where that is not known."""
    usual = next((row["account_digits"] for row in _rows() if row["code"] == code), "")
    return int(usual) if usual else None


def _rows() -> list[dict[str, str]]:
    text = files("leuit.contracts").joinpath("bank.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
