"""Amounts in whole rupiah: read as people write them, shown as the house writes them.

A document of the treasury is in whole rupiah (tax bases and taxes too: PER-11/PJ/2025 Pasal 129),
so an amount is an `int`, and what has sen is refused at the border instead of rounded in silence.
"""

import re

from leuit.values import InvalidInputError, _, format_rupiah

__all__ = ["LARGEST", "WrongAmountError", "check_amount", "format_rupiah", "parse_rupiah"]

LARGEST = 999_999_999_999_999
"""One less than a thousand million million: every amount of a region, and exact everywhere."""

_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,0{1,2})?")
_PLAIN = re.compile(r"\d+([.,]0{1,2})?")


class WrongAmountError(InvalidInputError):
    """What was given is no amount of whole rupiah above zero within reach."""

    code = "wrong_amount"


def parse_rupiah(text: str) -> int:
    """`1450000`, `1.450.000`, `Rp1.450.000,00` as 1450000; zero, minus, sen and words are refused.

    A dot is the mark of thousands only when every group after it has three digits: `1.5` is no
    amount, so that nobody pays fifteen rupiah for one and a half.
    """
    given = text.strip().removeprefix("Rp").strip().replace("\N{NO-BREAK SPACE}", "")
    if not given.isascii():
        raise _wrong(text)
    if _GROUPED.fullmatch(given):
        digits = given.partition(",")[0].replace(".", "")
    elif _PLAIN.fullmatch(given):
        digits = re.split("[.,]", given)[0]
    else:
        raise _wrong(text)
    if len(digits.lstrip("0")) > len(str(LARGEST)):
        raise _wrong(text)
    return check_amount(int(digits))


def check_amount(amount: int) -> int:
    """The amount itself when it is above zero and within reach; else WrongAmountError."""
    # An amount that came by way of JSON may be a truth value or a fraction, whatever its type says.
    if type(amount) is not int or not 0 < amount <= LARGEST:
        raise _wrong(str(amount))
    return amount


def _wrong(text: str) -> WrongAmountError:
    return WrongAmountError(
        _("“%(text)s” bukan nilai rupiah utuh."),
        advice=_("Tulis angka di atas nol tanpa sen, misalnya 1.450.000."),
        text=text[:40],
    )
