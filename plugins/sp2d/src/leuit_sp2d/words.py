"""Amounts in words (*terbilang*), as documents of the treasury repeat them beside the digits.

Only whole rupiah above zero have words on a document: num2words would also say “nol”, “min lima”
and “koma lima enam”, which no payment may read. It also says “satu juta satu ribu”; a single
thousand is “seribu” in Indonesian wherever it stands, and only as the end of a larger number of
thousands “satu ribu” (“dua puluh satu ribu”).
"""

import re

from leuit.values import _

from .rules.rupiah import WrongAmountError

LARGEST_IN_WORDS = 999_999_999_999_999_999
"""Up to the *kuadriliun*; the names of what is larger are not settled."""

_SINGLE_THOUSAND = re.compile(r"(?<!puluh)(?<!ratus) satu ribu\b")


def in_words(amount: int, *, capital: bool = False) -> str:
    """`satu juta empat ratus lima puluh ribu rupiah`; with `capital` its first letter is one.

    Raises WrongAmountError for zero, minus, anything but `int`, and beyond LARGEST_IN_WORDS.
    """
    if type(amount) is not int or not 0 < amount <= LARGEST_IN_WORDS:  # bool is an int too
        raise WrongAmountError(
            _("“%(text)s” tidak dapat ditulis dengan huruf."),
            advice=_("Hanya rupiah utuh di atas nol yang mempunyai terbilang."),
            text=str(amount)[:40],
        )
    words = f"{number_in_words(amount)} rupiah"
    return words[0].upper() + words[1:] if capital else words


def number_in_words(number: int) -> str:
    """A whole number without its unit, from `nol` on: what stands before “rupiah” in `in_words`."""
    from num2words import num2words  # late: it loads all its languages, and only documents need it

    return _SINGLE_THOUSAND.sub(" seribu", str(num2words(number, lang="id")))
