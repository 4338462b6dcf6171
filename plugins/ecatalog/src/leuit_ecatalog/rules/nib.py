"""NIB, the business number of OSS: 13 digits without a public check digit."""

import re

from leuit.values import FieldError, InvalidInputError, _


def parse_nib(text: str) -> str:
    """The 13 digits, blanks, dots and dashes taken away; InvalidInputError at `nib` for others."""
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        sentence = _("NIB terdiri atas 13 angka.")
        raise InvalidInputError(sentence, fields=[FieldError("nib", sentence, "nib_length")])
    if not digits.strip("0"):
        sentence = _("NIB tidak boleh berisi nol semua.")
        raise InvalidInputError(sentence, fields=[FieldError("nib", sentence, "nib_zeros")])
    return digits
