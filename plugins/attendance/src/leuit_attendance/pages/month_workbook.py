"""A unit's month as a workbook: the rows that the page shows with the same filters, all pages."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from leuit.values import _
from leuit.web import Request, Response, file_answer
from leuit_attendance.service.month_columns import columns_of, counts_of
from leuit_attendance.service.unit_month import (
    PersonLine,
    month_basis,
    month_figures,
    month_people,
    shown_days,
)
from leuit_attendance.service.unit_scope import readable_unit, scope_of

from .unit_month import EXPORT, asked, note_reading
from .words import month_name, status_word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 500
"""People read at a time."""


def download_month(request: Request) -> Response:
    """The workbook; needs the right to export on the unit, and is noted as an export."""
    ask = asked(request)
    with request.read() as view:
        unit = readable_unit(view, ask.code)
        view.require(EXPORT, unit.id)
        scope = scope_of(view, unit, ask.first, ask.last, ask.sub)
        figures = month_figures(view, scope)
        basis = month_basis(view, figures.bases, min(ask.last, view.today))
        days, _working = shown_days(view, scope, figures)
        columns = columns_of(figures)
        note = [
            f"{unit.name}, {month_name(ask.first)}",
            _("Angka sementara: tap atau dokumen yang datang kemudian masih dapat mengubahnya."),
            *(f"{edition.title} ({edition.legal_basis})" for edition in basis.editions),
        ]
        count = 0

        def people() -> Iterator[PersonLine]:
            nonlocal count
            while True:
                lines, total = month_people(view, scope, ask.wanted, basis.table, CHUNK, count)
                yield from lines
                count += len(lines)
                if not lines or count >= total:
                    return

        data = workbook(people(), days, columns, note)
        note_reading(view, scope, ask, count, "recap_export")
    return file_answer(data, f"rekap-{unit.code}-{ask.first:%Y-%m}.xlsx", XLSX)


def workbook(
    people: Iterable[PersonLine],
    days: Sequence[dt.date],
    columns: Sequence[tuple[str, str]],
    note: Sequence[str],
) -> bytes:
    """The bytes of the workbook.

    Text is written as text: a name that begins with = stays a name.
    """
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Rekap"))
        bold = book.add_format({"bold": True})
        percent = book.add_format({"num_format": "0.00%"})
        for number, text in enumerate(note):
            sheet.write_string(number, 0, text, bold if number == 0 else None)
        top = len(note) + 1
        heads = [_("Nama"), _("NIP"), _("Jabatan"), *(f"{day:%d/%m}" for day in days)]
        heads += [*(label for label, _key in columns), _("Potongan")]
        for number, head in enumerate(heads):
            sheet.write_string(top, number, head, bold)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 22)
        for row, line in enumerate(people, top + 1):
            for number, text in enumerate((line.name, line.nip or "", line.title)):
                sheet.write_string(row, number, text)
            told = {day: day_text(*found) for day, found in line.days.items()}
            for number, day in enumerate(days, 3):
                sheet.write_string(row, number, told.get(day, ""))
            first = 3 + len(days)
            for number, value in enumerate(counts_of(line, columns), first):
                sheet.write_number(row, number, value)
            sheet.write_number(row, first + len(columns), line.deduction / 10_000, percent)
    return out.getvalue()


def day_text(status: str, classes: str) -> str:
    """A day in a cell: its classes, else its status."""
    return classes or str(status_word(status).word)
