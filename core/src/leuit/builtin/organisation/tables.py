"""Reading a table out of a file of a stranger: CSV or XLSX, or a clear reason why not.

CSV: UTF-8 with or without byte order mark, comma, semicolon or tab, as the heading has it.
XLSX: the first sheet. Before the reader of spreadsheets sees it, every part is unpacked under a
limit (an archive of 1 MB can hold 1 GB) and the farthest cell is looked up, since a sheet with one
cell in column XFD and row 1,048,576 would ask for memory for every cell before it.
Everything becomes text: whole numbers without a decimal point, dates in ISO form.
"""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib

import attrs

from leuit.values import InvalidInputError, TooLargeError, _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 8 * 1024 * 1024
MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 200
MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_CELL = 1_000

_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,8})(\d{1,10})["']""")


@attrs.frozen
class Line:
    """One row of the file: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The trimmed text of a cell; empty when the column is missing."""
        return self.cells.get(column, "")


@attrs.frozen
class Table:
    """The rows that hold anything, and the columns of the file that nobody asked for."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]


def read_table(data: bytes, known: tuple[str, ...], required: tuple[str, ...]) -> Table:
    """The table of a file whose first row names columns, in any order, of which some are required.

    Raises TooLargeError or InvalidInputError with the reason.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(
            _("Berkas terlalu besar: paling banyak %(limit)s MB."),
            advice=_("Bagi menjadi beberapa berkas."),
            limit=MAX_BYTES // 1024 // 1024,
        )
    rows = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    if not rows:
        raise InvalidInputError(
            _("Berkas itu kosong."), advice=_("Baris pertama berisi nama kolom.")
        )
    heading = [name.strip().lower() for name in rows[0]]
    named = [name for name in heading if name]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise InvalidInputError(_("Kolom “%(name)s” ada dua kali."), name=twice[0])
    if missing := [name for name in required if name not in named]:
        raise InvalidInputError(
            _("Kolom yang wajib ada tidak ditemukan: %(names)s."),
            advice=_("Baris pertama berisi nama kolom, seperti tertulis di halaman impor."),
            names=", ".join(missing),
        )
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {
            name: cell.strip() for name, cell in zip(heading, row, strict=False) if name in known
        }
        if any(cells.values()):
            _check_cells(number, cells)
            lines.append(Line(number, cells))
    return Table(
        tuple(lines),
        tuple(name for name in named if name in known),
        tuple(name[:60] for name in named if name not in known),
    )


def _check_cells(number: int, cells: dict[str, str]) -> None:
    for name, text in cells.items():
        if len(text) > MAX_CELL:
            raise InvalidInputError(
                _("Baris %(number)s kolom %(name)s terlalu panjang."), number=number, name=name
            )


def _csv(data: bytes) -> list[list[str]]:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise InvalidInputError(
            _("Berkas XLS lama tidak dibaca."), advice=_("Simpan sebagai XLSX atau CSV UTF-8.")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(
            _("Berkas itu bukan CSV UTF-8 dan bukan XLSX."),
            advice=_("Simpan sebagai “CSV UTF-8” atau XLSX."),
        ) from None
    if "\x00" in text:
        raise InvalidInputError(_("Berkas itu bukan berkas teks."))
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            _check_size(len(rows), len(row))
            rows.append(row)
    except csv.Error as error:
        raise InvalidInputError(
            _("Berkas CSV rusak sesudah baris %(number)s: %(reason)s."),
            advice=_("Periksa tanda kutip pada baris itu."),
            number=len(rows),
            reason=str(error),
        ) from None
    return rows


def _xlsx(data: bytes) -> list[list[str]]:
    _check_archive(data)
    from python_calamine import CalamineError, CalamineWorkbook  # late: only imports need it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        table = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError):
        raise _broken() from None
    return [[_as_text(cell) for cell in row] for row in table]


def _check_archive(data: bytes) -> None:
    """Refuse an archive that is no workbook, unpacks to too much, or names a cell too far away."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MAX_PARTS or not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                raise _broken()
            for part in parts:
                if part.file_size > left:
                    raise TooLargeError(
                        _("Isi berkas XLSX terlalu besar sesudah dibuka."),
                        advice=_("Simpan hanya lembar yang diperlukan, atau pakai CSV."),
                    )
                content = archive.read(part)  # never more than file_size, else a wrong checksum
                left -= len(content)
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_places(content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _broken() from None


def _check_places(content: bytes) -> None:
    if b"\x00" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _broken()
    for place in _PLACE.finditer(content):
        column = 0
        for letter in place[1].upper():
            column = column * 26 + letter - 64
        _check_size(int(place[2]) - 1, column)


def _check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise TooLargeError(
            _("Terlalu banyak baris: paling banyak %(limit)s."),
            advice=_("Bagi menjadi beberapa berkas; hapus baris kosong di bawah tabel."),
            limit=MAX_ROWS,
        )
    if columns > MAX_COLUMNS:
        raise TooLargeError(
            _("Terlalu banyak kolom: paling banyak %(limit)s."),
            advice=_("Hapus kolom yang tidak diperlukan."),
            limit=MAX_COLUMNS,
        )


def _as_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _broken() -> InvalidInputError:
    return InvalidInputError(
        _("Berkas XLSX itu tidak dapat dibaca."),
        advice=_("Buka di aplikasi lembar kerja, lalu simpan lagi sebagai XLSX atau CSV UTF-8."),
    )
