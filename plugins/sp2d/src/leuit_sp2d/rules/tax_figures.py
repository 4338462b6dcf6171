"""What a single figure of a tax edition may be; validators for the classes of `tax_rules`.

Each raises ValueError with a marked sentence, which the page of regulations shows at the figure.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from leuit.values import _

from .rupiah import LARGEST

_HUNDRED = Decimal(100)
_FINEST = -4  # exponent: more decimals no law has given, and sums stay small
_CODE = re.compile(r"[a-z][a-z0-9_]*|[IVX]+")
_KAP_KJS = re.compile(r"[0-9]{6}-[0-9]{3}")


def is_rate(_instance: object, _attribute: Any, value: Decimal) -> None:
    """Percent, from 0 to 100, with at most four decimals."""
    if not value.is_finite() or not 0 <= value <= _HUNDRED:
        raise ValueError(_("Tarif harus antara 0 dan 100 persen."))
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _FINEST:
        raise ValueError(_("Tarif paling banyak empat angka di belakang koma."))


def is_part(_instance: object, _attribute: Any, value: int) -> None:
    """Numerator or denominator of the part of a price that is taxed, from 1 to 1000."""
    if not 0 < value <= 1000:
        raise ValueError(_("Pembilang dan penyebut dasar pajak harus antara 1 dan 1000."))


def is_threshold(_instance: object, _attribute: Any, value: int) -> None:
    """Whole rupiah; 0 is no threshold."""
    if not 0 <= value <= LARGEST:
        raise ValueError(_("Batas harus nol atau nilai rupiah utuh di atas nol."))


def is_kap_kjs(_instance: object, _attribute: Any, value: str) -> None:
    """Account and kind of payment of the tax office."""
    if not _KAP_KJS.fullmatch(value):
        raise ValueError(_("KAP-KJS berbentuk enam angka, strip, tiga angka: 411211-900."))


def are_words(_instance: object, _attribute: Any, value: tuple[str, ...]) -> None:
    """Codes of small letters, or Roman numbers, none twice."""
    if not all(_CODE.fullmatch(word) and len(word) <= 40 for word in value):
        raise ValueError(_("Kata harus huruf kecil tanpa spasi, paling banyak 40 huruf."))
    refuse_repeats(value)


def refuse_repeats(values: Iterable[object]) -> None:
    """ValueError when two are equal."""
    listed = list(values)
    if len(set(listed)) != len(listed):
        raise ValueError(_("Satu hal tertulis dua kali."))


def is_span(_instance: object, _attribute: Any, value: int) -> None:
    """Days, from none to a year."""
    if not 0 <= value <= 366:
        raise ValueError(_("Jumlah hari harus antara 0 dan 366."))


def is_word_or_empty(instance: object, attribute: Any, value: str) -> None:
    """One word, or none."""
    if value:
        are_words(instance, attribute, (value,))
