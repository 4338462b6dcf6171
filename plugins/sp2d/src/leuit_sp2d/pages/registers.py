"""Registers of SPP, SPM and SP2D: filters in the address, voided ones too, also as a file."""

import csv
import io
from typing import Any

from leuit.values import NotFoundError, Text, _
from leuit.web import PAGE_SIZE, Listing, Request, Response, file_answer, page, page_number
from leuit_sp2d.models import VOIDED
from leuit_sp2d.service.listing import RegisterRow, count_register, register, units_of

from .payments import filter_of

KINDS: dict[str, Text] = {
    "spp": _("Register SPP"),
    "spm": _("Register SPM"),
    "sp2d": _("Register SP2D"),
}
MOST_ROWS = 100_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_register(request: Request) -> Response:
    """One page of a register, or with `format` the whole of it as CSV or XLSX."""
    kind = str(request.params["kind"])
    if kind not in KINDS:
        raise NotFoundError(_("Register itu tidak ada."))
    wanted = filter_of(request)
    wanted_format = request.query.get("format", "")
    if wanted_format in WRITERS:
        with request.read() as view:
            rows = register(view, kind.upper(), wanted, 0, MOST_ROWS)
        write, media_type = WRITERS[wanted_format]
        return file_answer(write(rows), f"register-{kind}.{wanted_format}", media_type)
    with request.read() as view:
        total, amount = count_register(view, kind.upper(), wanted)
        start = (page_number(request) - 1) * PAGE_SIZE
        rows = register(view, kind.upper(), wanted, start, PAGE_SIZE)
        units = units_of(view)
        year = view.today.year
    return page(
        request,
        "sp2d/register.html",
        kind=kind,
        kinds=KINDS,
        listing=Listing.of(request, rows, total),
        amount=amount,
        units=units,
        years=range(year, year - 5, -1),
        wanted=wanted,
    )


_HEADS = (
    "nomor",
    "tanggal",
    "unit",
    "penerima",
    "keperluan",
    "bruto",
    "neto",
    "keadaan",
    "alasan_batal",
)


def _cells(row: RegisterRow) -> tuple[Any, ...]:
    return (
        row.number,
        row.dated.isoformat(),
        _safe(row.unit),
        _safe(row.payee),
        _safe(row.purpose),
        row.amount,
        row.net,
        "batal" if row.state == VOIDED else "berlaku",
        _safe(row.void_reason),
    )


def _safe(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _csv(rows: Any) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADS)
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Any) -> bytes:
    from xlsxwriter import (  # type: ignore[import-untyped]  # ships no types; late: downloads alone
        Workbook,
    )

    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Register")
    for number, cells in enumerate((_HEADS, *(_cells(row) for row in rows))):
        sheet.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


WRITERS = {"csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, _XLSX)}
"""How a whole register is written as a file, and its media type, by the word in the address."""
