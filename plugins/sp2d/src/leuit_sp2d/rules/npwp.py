"""The taxpayer number: 15 digits of old, or 16 (a NIK, or 0 before the old 15; PMK 112/2022).

Fifteen or sixteen zeros stand for “none” in national data (SIPD), although a formal check alone
takes them for valid; so they are read as none.
"""

import re

from leuit.values import InvalidInputError, _


class WrongNpwpError(InvalidInputError):
    """A text that is no NPWP."""

    code = "wrong_npwp"


def parse_npwp(text: str) -> str | None:
    """The digits of an NPWP, None for an empty one or zeros; WrongNpwpError for anything else."""
    given = re.sub(r"[\s.\-]", "", text)
    if not given or (set(given) == {"0"} and len(given) in (15, 16)):
        return None
    if not (given.isascii() and given.isdigit() and len(given) in (15, 16)):
        raise WrongNpwpError(
            _("“%(text)s” bukan NPWP."),
            advice=_("Tulis 15 atau 16 angka, atau kosongkan bila tidak ada."),
            text=text[:30],
        )
    return given
