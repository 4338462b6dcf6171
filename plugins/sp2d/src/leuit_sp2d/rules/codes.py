"""Codes of the budget: accounts (rekening), sub-activities (sub-kegiatan) and SKPD.

Account of six levels, as 5.1.02.01.01.0024; spending begins with 5, financing outlays with 6.2
(Permendagri 90/2019). Sub-activity urusan.bidang.program.kewenangan.kegiatan.sub, as
7.01.02.2.01.0002; the sub had two digits in 2021. SKPD three pairs of bidang, unit and sub-unit, as
1.01.2.22.0.00.01.0000; an empty pair is 0.00.
"""

import re

from leuit.values import InvalidInputError, _

_ACCOUNT = re.compile(r"[56]\.\d\.\d{2}\.\d{2}\.\d{2}\.\d{4}")
_ACTIVITY = re.compile(r"[0-9X]\.(\d{2}|XX)\.\d{2}\.[12]\.\d{2}\.(\d{4}|\d{2})")
_SKPD = re.compile(r"\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}")


class WrongCodeError(InvalidInputError):
    """A code that has not the form of its kind."""

    code = "wrong_code"


def parse_account(text: str) -> str:
    """The account code; WrongCodeError for another form, `5.1.1.01.09.0001` included."""
    return _parsed(
        _ACCOUNT,
        text,
        _("“%(text)s” bukan kode rekening belanja."),
        _("Tulis enam bagian, misalnya 5.1.02.01.01.0024."),
    )


def parse_activity(text: str) -> str:
    """The code of a sub-activity; WrongCodeError for another form."""
    return _parsed(
        _ACTIVITY,
        text,
        _("“%(text)s” bukan kode sub-kegiatan."),
        _("Tulis enam bagian, misalnya 7.01.02.2.01.0002."),
    )


def parse_skpd(text: str) -> str:
    """The code of an SKPD as it stands in document numbers; WrongCodeError for another form."""
    return _parsed(
        _SKPD,
        text,
        _("“%(text)s” bukan kode SKPD."),
        _("Tulis delapan bagian, misalnya 1.01.2.22.0.00.01.0000."),
    )


def _parsed(shape: re.Pattern[str], text: str, sentence: str, advice: str) -> str:
    given = text.strip()
    if not given.isascii() or not shape.fullmatch(given):
        raise WrongCodeError(sentence, advice=advice, text=given[:40])
    return given
