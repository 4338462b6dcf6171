"""A price as people type it, in whole rupiah; what can be read in two ways is refused.

Read: `20000`, `20.000`, `Rp20.000`, `Rp 20.000,00`, `1.450.000,-`. A dot marks thousands and
nothing else: `1.5` and `12.50` are no price, nor is `1,450,000` in the other writing, nor sen other
than zero. Digits are those of ASCII alone: others look alike and count differently for a program.
"""

import re
from typing import Final

from leuit.values import InvalidInputError, _

LARGEST: Final = 99_999_999_999
"""The greatest price of one unit: a hundred thousand million less one."""

_SHAPE = re.compile(r"(?:rp\.?)? ?(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(?:0{1,2}|-)|,?-)?", re.ASCII)


class WrongPriceError(InvalidInputError):
    """No price of whole rupiah above zero, or one that may be read in two ways."""

    code = "wrong_price"


def parse_price(text: str) -> int:
    """The price in whole rupiah; WrongPriceError says how to write it."""
    given = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).lower()
    found = _SHAPE.fullmatch(given) if given.isascii() else None
    if found is None:
        raise _wrong(text)
    price = int(found[1].replace(".", ""))
    if not 0 < price <= LARGEST:
        raise _wrong(text)
    return price


def parse_fee(text: str) -> int:
    """As a price, but nothing (`0`, `gratis`) may be asked as well."""
    return 0 if text.strip().lower() in ("0", "rp0", "gratis") else parse_price(text)


def _wrong(text: str) -> WrongPriceError:
    return WrongPriceError(
        _("“%(text)s” bukan harga dalam rupiah utuh."),
        advice=_("Tulis angka tanpa sen, misalnya 20.000 atau Rp20.000."),
        text=text[:40],
    )
