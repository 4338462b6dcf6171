"""Numbers of SPP, SPM and SP2D, as SIPD-RI writes them.

`<kode daerah>/<02.0|03.0|04.0>/<6 digits>/<UP|GU|TU|LS>/<kode SKPD>/<tahap>/<bulan>/<tahun>`.
Strict when issuing; numbers from elsewhere are read more tolerantly, but a broken one is still
refused. One sequence per region, kind of document and year; a voided number is never used again.
"""

import re

import attrs

from leuit.values import InvalidInputError, _

DOCUMENT_CODES = {"SPP": "02.0", "SPM": "03.0", "SP2D": "04.0"}

_STRICT = re.compile(
    r"\d{2}\.\d{2}/0[234]\.0/\d{6}/(UP|GU|TU|LS)"
    r"/\d\.\d{2}\.\d\.\d{2}\.\d\.\d{2}\.\d{2}\.\d{4}/[A-Z0-9.]+"
    r"/([1-9]|1[0-2])/\d{4}"
)
_TOLERANT = re.compile(
    r"(?P<region>\d{2}\.\d{2})/(?P<document>\d{2}\.\d)/(?P<value>\d{1,6})/(?P<kind>[A-Z]+)"
    r"/(?P<skpd>[0-9.]+)/(?P<stage>[A-Z0-9.]+)/(?P<month>\d{1,2})/(?P<year>\d{4})"
)
_PART = re.compile(r"(?=.*[0-9/])[0-9A-Z./]+")


class WrongNumberError(InvalidInputError):
    """A text that is no number of an SPP, SPM or SP2D."""

    code = "wrong_number"


@attrs.frozen
class DocumentNumber:
    """The parts of a number; `document` is the code of SPP, SPM or SP2D."""

    region: str
    document: str
    value: int
    kind: str
    skpd: str
    stage: str
    month: int
    year: int

    def __str__(self) -> str:
        return (
            f"{self.region}/{self.document}/{self.value:06d}/{self.kind}/{self.skpd}"
            f"/{self.stage}/{self.month}/{self.year}"
        )


def issue_number(number: DocumentNumber) -> str:
    """The number as text for a document of ours; WrongNumberError when it breaks the pattern."""
    text = str(number)
    if number.value < 1 or not text.isascii() or not _STRICT.fullmatch(text):
        raise _wrong(text)
    return text


def parse_number(text: str) -> DocumentNumber:
    """A number from elsewhere, taken apart; WrongNumberError when it is none."""
    given = text.strip()
    found = _TOLERANT.fullmatch(given) if given.isascii() else None
    if found is None:
        raise _wrong(given)
    parts = found.groupdict()
    return DocumentNumber(
        region=parts["region"],
        document=parts["document"],
        value=int(parts["value"]),
        kind=parts["kind"],
        skpd=parts["skpd"],
        stage=parts["stage"],
        month=int(parts["month"]),
        year=int(parts["year"]),
    )


def part_of_number(text: str) -> str | None:
    """The text as a number of ours may contain it, None when none does or when it tells too little.

    Numbers are of digits, capitals, points and slashes; letters alone are in too many of them.
    """
    capitals = text.strip().upper()
    return capitals if _PART.fullmatch(capitals) else None


def _wrong(text: str) -> WrongNumberError:
    return WrongNumberError(
        _("“%(text)s” bukan nomor SPP, SPM atau SP2D."),
        advice=_("Periksa kode daerah, kode SKPD, tahap, bulan dan tahunnya."),
        text=text[:80],
    )
