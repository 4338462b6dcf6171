"""Official lists as files: XLSX row by row, PDF with letterhead in parts of a bounded length."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

import attrs

from leuit.builtin.documents import letterhead_on, render_pdf
from leuit.identity import Identity
from leuit.values import Text, TooLargeError, _
from leuit.work import Leuit, View

from .official_lists import Asked, OfficialList, Row, numbered, unit_of

Format = Literal["xlsx", "pdf"]
MOST_ROWS = 1_000_000
"""A sheet has 1,048,576."""
ROWS_A_PDF = 500
MOST_PDFS = 40
"""Together 20,000 rows, some 1,000 pages: what is longer is read on a screen."""
_CELL = 32_000
_TEMPLATE = Path(__file__).parent.parent / "documents" / "official_list.typ"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@attrs.frozen
class ListFile:
    """A list in an open file: whoever got it closes it."""

    content: IO[bytes]
    name: str
    media_type: str


def write_list(
    app: Leuit, identity: Identity, wanted: OfficialList, asked: Asked, form: Format
) -> ListFile:
    """A list as a file; a PDF longer than `ROWS_A_PDF` becomes several of them in a ZIP.

    Call it outside a unit of work. Raises NotFoundError for a dossier that the reader may not see,
    TooLargeError for more rows than the form takes.
    """
    out = tempfile.TemporaryFile(prefix="leuit-list-")  # noqa: SIM115 -- handed over open
    try:
        return (_xlsx if form == "xlsx" else _pdf)(app, identity, wanted, asked, out)
    except BaseException:
        out.close()
        raise


def _xlsx(
    app: Leuit, identity: Identity, wanted: OfficialList, asked: Asked, out: IO[bytes]
) -> ListFile:
    """Each row goes to disk as it comes."""
    from xlsxwriter import (  # type: ignore[import-untyped]  # ships no types; late: downloads alone
        Workbook,
    )

    with app.read(identity) as view:
        unit_of(view, wanted, asked)  # a dossier that is not there is told before a file begins
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = Workbook(out, options)
        sheet = book.add_worksheet(wanted.title[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for place, column in enumerate(wanted.columns):
            sheet.set_column(place, place, column.width * 2.5)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.write_row(0, 0, [column.heading for column in wanted.columns], head)
        for number, row in enumerate(numbered(view, wanted, asked), 1):
            if number > MOST_ROWS:
                raise _too_long(MOST_ROWS, _("Persempit daftarnya."))
            sheet.write_row(number, 0, [_cell(row, one.name) for one in wanted.columns], body)
        book.close()
        return ListFile(out, f"{_name(view, wanted)}.xlsx", _XLSX)


def _pdf(
    app: Leuit, identity: Identity, wanted: OfficialList, asked: Asked, out: IO[bytes]
) -> ListFile:
    """Rows are read first and drawn afterwards: drawing takes seconds, and no view waits for it."""
    with app.read(identity) as view:
        letterhead = letterhead_on(view, unit_of(view, wanted, asked), view.today)
        rows = list(islice(numbered(view, wanted, asked), ROWS_A_PDF * MOST_PDFS + 1))
        name, now, today = _name(view, wanted), view.now, view.today
    if len(rows) > ROWS_A_PDF * MOST_PDFS:
        raise _too_long(ROWS_A_PDF * MOST_PDFS, _("Persempit daftarnya, atau unduh sebagai XLSX."))
    parts = list(_parts(rows))
    values = {
        "letterhead": attrs.asdict(letterhead),
        "title": wanted.title,
        "asked": _said(asked),
        "placed": letterhead.placed(today),
        "columns": [attrs.asdict(one) for one in wanted.columns],
    }

    def drawn(number: int, part: Sequence[Row]) -> bytes:
        told = f"Bagian {number} dari {len(parts)}" if len(parts) > 1 else ""
        cells = [[str(_cell(row, one.name)) for one in wanted.columns] for row in part]
        return render_pdf(
            _TEMPLATE,
            {**values, "part": told, "rows": cells},
            title=wanted.title,
            now=now,
            author=letterhead.government,
        )

    if len(parts) == 1:
        out.write(drawn(1, parts[0]))
        return ListFile(out, f"{name}.pdf", "application/pdf")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(parts, 1):
            archive.writestr(f"{name}-{number:02d}.pdf", drawn(number, part))
    return ListFile(out, f"{name}.zip", "application/zip")


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows in parts of a bounded length; one empty part of none."""
    for start in range(0, max(len(rows), 1), ROWS_A_PDF):
        yield rows[start : start + ROWS_A_PDF]


def _cell(row: Row, name: str) -> Any:
    value = row[name]
    return value[:_CELL] if isinstance(value, str) else "" if value is None else value


def _said(asked: Asked) -> str:
    """What the list was narrowed to, where that is a year."""
    year = asked.year or asked.dossiers.year
    return f"Tahun {year}" if year else ""


def _name(view: View, wanted: OfficialList) -> str:
    return f"{wanted.name}-{view.today.isoformat()}"


def _too_long(limit: int, advice: Text) -> TooLargeError:
    return TooLargeError(
        _("Daftar ini terlalu panjang: lebih dari %(limit)s baris."), advice=advice, limit=limit
    )
