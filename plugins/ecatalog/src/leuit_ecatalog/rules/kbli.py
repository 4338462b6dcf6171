"""KBLI, the codes of business fields: five digits each (KBLI 2020)."""

import re
from collections.abc import Sequence

from leuit.values import FieldError, InvalidInputError, _

MOST_CODES = 20


def parse_kbli(text: str) -> list[str]:
    """The codes in the order typed, none twice, split by commas, blanks or semicolons.

    InvalidInputError at `kbli` names the first one that is no code.
    """
    codes = list(dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part))
    wrong = next((code for code in codes if not re.fullmatch(r"[0-9]{5}", code)), None)
    if wrong is not None:
        raise _refused(_("Kode KBLI terdiri atas 5 angka; periksa “%s”.") % wrong[:20])
    if not codes:
        raise _refused(_("Tulis sedikitnya satu kode KBLI."))
    if len(codes) > MOST_CODES:
        raise _refused(_("Paling banyak %s kode KBLI.") % MOST_CODES)
    return codes


def format_kbli(codes: Sequence[str]) -> str:
    """As people read and type them."""
    return ", ".join(codes)


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError("kbli", sentence, "kbli")])
