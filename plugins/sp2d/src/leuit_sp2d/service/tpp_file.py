"""Reading the file of TPP base amounts: one person a row, nothing of the database.

Columns `nip`, `nama` (for whoever reads the file), `nominal`, `berlaku_sejak` and
`dasar_keputusan`. The amount is whole rupiah a month before any cut; 0 is somebody without TPP.
"""

import datetime as dt

import attrs

from leuit.builtin.organisation import Line, RowReport, read_table
from leuit.values import InvalidInputError, TooLargeError, _, one_line, parse_date, parse_nip

from .dpa_file import parse_ceiling

COLUMNS = ("nip", "nama", "nominal", "berlaku_sejak", "dasar_keputusan")
REQUIRED = ("nip", "nominal", "berlaku_sejak", "dasar_keputusan")
MOST_ROWS = 20_000
"""More than a regency has staff."""

LONGEST_DECREE = 200


@attrs.frozen
class AskedBase:
    """A row that can be read; its `report` tells the faults of the others."""

    report: RowReport
    nip: str = ""
    amount: int = 0
    valid_from: dt.date = dt.date.min
    decree: str = ""


@attrs.frozen
class AskedBases:
    """The rows of a file, and its columns that nobody reads."""

    rows: tuple[AskedBase, ...]
    ignored: tuple[str, ...] = ()


def read_bases(data: bytes) -> AskedBases:
    """The rows of a CSV or XLSX; TooLargeError or InvalidInputError for what is no such file."""
    table = read_table(data, COLUMNS, REQUIRED)
    if not table.lines:
        raise InvalidInputError(_("Berkas itu tidak berisi satu pegawai pun."))
    if len(table.lines) > MOST_ROWS:
        raise TooLargeError(
            _("Terlalu banyak baris: paling banyak %(limit)s."),
            advice=_("Bagi menjadi beberapa berkas."),
            limit=MOST_ROWS,
        )
    seen: dict[tuple[str, dt.date], int] = {}
    return AskedBases(tuple(_read(line, seen) for line in table.lines), table.ignored)


def _read(line: Line, seen: dict[tuple[str, dt.date], int]) -> AskedBase:
    report = RowReport(line.number, line.get("nip")[:40], one_line(line.get("nama"))[:120])
    nip, amount, since = "", 0, dt.date.min
    try:
        nip = parse_nip(line.get("nip")).text
    except InvalidInputError as error:
        report.refuse("nip", error)
    try:
        amount = parse_ceiling(line.get("nominal"))
    except InvalidInputError as error:
        report.refuse("nominal", error)
    try:
        since = parse_date(line.get("berlaku_sejak"))
    except InvalidInputError as error:
        report.refuse("berlaku_sejak", error)
    decree = one_line(line.get("dasar_keputusan"))
    if not decree or len(decree) > LONGEST_DECREE:
        report.refuse("dasar_keputusan", _("Isi dasar keputusan, paling banyak 200 huruf."))
    if not report.faults:
        first = seen.setdefault((nip, since), line.number)
        if first != line.number:
            told = _("Pegawai dan tanggal ini sudah ada di baris %s.") % first
            report.refuse("nip", told)
    return AskedBase(report, nip, amount, since, decree)
