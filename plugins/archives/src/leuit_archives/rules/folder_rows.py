"""A row of the table that comes with a folder of old files: what it says of one file.

Columns: `file`, `title` and `date` have to be there; `number`, `kind`, `code`, `dossier`, `year`,
`secrecy`, `urgency`, `sifat`, `signed` may. Old applications keep urgency, secrecy and even a kind
in one *sifat*: it is split, and what it says must not disagree with the columns beside it.
"""

import datetime as dt
from collections.abc import Callable, Mapping

import attrs

from leuit.values import FieldError, InvalidInputError, Text, _, one_line, parse_date

from .codes import is_code
from .letter_sifat import split_sifat
from .secrecy import GRADES

COLUMNS = (
    "file",
    "title",
    "date",
    "number",
    "kind",
    "code",
    "dossier",
    "year",
    "secrecy",
    "urgency",
    "sifat",
    "signed",
)
REQUIRED = ("file", "title", "date")
_MOST = {"title": 1_000, "number": 200, "kind": 100, "code": 40, "dossier": 300}
EARLIEST = 1800
_GRADES = {
    **{grade: grade for grade in GRADES},
    "b": "open",
    "biasa/terbuka": "open",
    "biasa": "open",
    "terbuka": "open",
    "t": "limited",
    "terbatas": "limited",
    "p": "limited",
    "penting": "limited",
    "k": "limited",
    "konfidensial": "limited",
    "r": "secret",
    "rahasia": "secret",
    "sr": "top_secret",
    "sangat rahasia": "top_secret",
}
"""Words of a level by what they mean today; Penting and Konfidensial (before 2023) are Terbatas."""
_URGENCY = {"biasa": "biasa", "segera": "segera", "sangat segera": "sangat_segera"}
_Fault = Callable[[str, Text | str, str], None]
_YES_NO = {"ya": True, "y": True, "1": True, "tidak": False, "t": False, "0": False, "": False}


@attrs.frozen(kw_only=True)
class FolderRow:
    """What a row says; `secrecy` is a word of `GRADES`, None where it says nothing.

    A row with `code` and `dossier` is filed into the dossier of that title and `year`; another one
    waits for an archivist. `sifat` is kept as it stood there.
    """

    file: str
    title: str
    date: dt.date
    number: str = ""
    kind: str = ""
    code: str = ""
    dossier: str = ""
    year: int = 0
    secrecy: str | None = None
    urgency: str = ""
    sifat: str = ""
    signed: bool = False


def read_row(
    cells: Mapping[str, str], today: dt.date
) -> tuple[FolderRow | None, tuple[FieldError, ...]]:
    """The row of the cells, or every reason why it is none."""
    faults: list[FieldError] = []

    def fault(column: str, sentence: Text | str, code: str) -> None:
        faults.append(FieldError(column, sentence, code))

    texts = {name: one_line(cells.get(name, "")) for name in COLUMNS if name != "file"}
    file = cells.get("file", "").strip()
    if not file:
        fault("file", _("Wajib diisi."), "required")
    if not texts["title"]:
        fault("title", _("Wajib diisi."), "required")
    for name, most in _MOST.items():
        if len(texts[name]) > most:
            fault(name, _("Paling banyak %s huruf.") % most, "too_long")
    date = _date(texts["date"], today, fault)
    if texts["code"] and not is_code(texts["code"]):
        fault("code", _("Bukan kode klasifikasi."), "no_code")
    if texts["dossier"] and not texts["code"]:
        fault("code", _("Berkas perlu kode klasifikasi."), "required")
    year = _year(texts["year"], date, fault)
    if texts["signed"].casefold() not in _YES_NO:
        fault("signed", _("Tulis ya atau tidak."), "unknown")
    secrecy, urgency, kind = _levels(texts, fault)
    if faults or date is None:
        return None, tuple(faults)
    return FolderRow(
        file=file,
        title=texts["title"],
        date=date,
        number=texts["number"],
        kind=kind,
        code=texts["code"],
        dossier=texts["dossier"],
        year=year,
        secrecy=secrecy,
        urgency=urgency,
        sifat=texts["sifat"],
        signed=_YES_NO[texts["signed"].casefold()],
    ), ()


def _date(text: str, today: dt.date, fault: _Fault) -> dt.date | None:
    try:
        date = parse_date(text)
    except InvalidInputError:
        fault("date", _("Bukan tanggal; tulis misalnya 2019-11-24 atau 24/11/2019."), "no_date")
        return None
    if not date.year >= EARLIEST or date > today:
        fault("date", _("Tanggal arsip tidak boleh sesudah hari ini."), "out_of_range")
        return None
    return date


def _year(text: str, date: dt.date | None, fault: _Fault) -> int:
    """The year of the dossier; that of the record where the row says none."""
    if not text:
        return date.year if date else 0
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        fault("year", _("Tulis tahun dengan empat angka."), "no_year")
        return 0
    if date is not None and date.year < int(text):
        fault("year", _("Arsip ini lebih tua daripada tahun berkasnya."), "year")
    return int(text)


def _levels(texts: Mapping[str, str], fault: _Fault) -> tuple[str | None, str, str]:
    """Secrecy, urgency and kind, by their own columns and by what *sifat* says beside them."""
    secrecy = _GRADES.get(texts["secrecy"].casefold())
    if texts["secrecy"] and secrecy is None:
        fault("secrecy", _("Pilih salah satu: %s.") % ", ".join(GRADES), "unknown")
    urgency = _URGENCY.get(texts["urgency"].casefold().replace("_", " "), "")
    if texts["urgency"] and not urgency:
        fault("urgency", _("Pilih salah satu: %s.") % ", ".join(_URGENCY), "unknown")
    kind = texts["kind"]
    if texts["sifat"].strip("-– "):
        said = split_sifat(texts["sifat"])
        if said == attrs.evolve(said, urgency=None, secrecy=None, kind=None):
            fault("sifat", _("Sifat itu tidak dikenal."), "unknown")
        meant = _GRADES[said.secrecy.casefold()] if said.secrecy else None
        if (secrecy and meant and meant != secrecy) or (
            urgency and said.urgency not in (None, urgency)
        ):
            fault("sifat", _("Sifat tidak sama dengan kolom di sampingnya."), "differs")
        secrecy, urgency = secrecy or meant, urgency or said.urgency or ""
        kind = kind or said.kind or ""
    return secrecy, urgency, kind
