"""NPWP, the tax number: 16 digits, or the 15 of before 2024, with or without dots and dashes.

Sixteen digits are `0` and the old number, or the NIK of a natural person. The old number has its
check digit at the ninth place (Luhn), worked out by python-stdnum; all zeros pass it and are
refused here. A NIK has no check digit: its province and its date of birth must be possible, and
for women 40 is added to the day.
"""

import re
from typing import Literal

import attrs
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.id import nik

from leuit.values import FieldError, InvalidInputError, Text, _

Form = Literal["nik", "old"]
_FAULTS: dict[str, Text] = {
    "length": _("NPWP terdiri atas 16 angka, atau 15 angka yang lama."),
    "zeros": _("NPWP tidak boleh berisi nol semua."),
    "check_digit": _("Angka NPWP tidak cocok satu sama lain; salin lagi dari kartunya."),
    "nik": _("NPWP ini bukan NIK yang mungkin; salin lagi dari KTP."),
}


@attrs.frozen
class Npwp:
    """An NPWP as it is kept, with 16 digits, and which of the two forms it has."""

    digits: str
    form: Form


def npwp_fault(text: str) -> str:
    """What is wrong: `length`, `zeros`, `check_digit`, `nik`, or nothing."""
    digits = plain_npwp(text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        return "length"
    if not digits.strip("0"):
        return "zeros"
    if digits.startswith("0"):
        return "" if luhn.is_valid(digits[1:10]) else "check_digit"
    return "" if _is_nik(digits) else "nik"


def parse_npwp(text: str) -> Npwp:
    """Read an NPWP as people write it; InvalidInputError at `npwp` saying what to do."""
    if fault := npwp_fault(text):
        sentence = _FAULTS[fault]
        raise InvalidInputError(sentence, fields=[FieldError("npwp", sentence, f"npwp_{fault}")])
    digits = plain_npwp(text)
    return Npwp(digits, "old" if digits.startswith("0") else "nik")


def plain_npwp(text: str) -> str:
    """Without blanks, dots and dashes; an old number of 15 digits gets its leading zero."""
    digits = re.sub(r"[\s.-]", "", text)
    return f"0{digits}" if len(digits) == 15 else digits


def format_npwp(digits: str) -> str:
    """As people read it: the old part with its dots and dash, a NIK in groups of four.

    What is no NPWP of 16 digits is shown as it is.
    """
    if not re.fullmatch(r"[0-9]{16}", digits):
        return digits
    if digits.startswith("0"):
        old = digits[1:]
        return f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def _is_nik(digits: str) -> bool:
    day = int(digits[6:8])  # stdnum takes the remainder by 40, by which day 81 would be the first
    if not (1 <= day <= 31 or 41 <= day <= 71) or digits[12:] == "0000":
        return False
    try:
        nik.validate(digits)
    except ValidationError:
        return False
    return True
