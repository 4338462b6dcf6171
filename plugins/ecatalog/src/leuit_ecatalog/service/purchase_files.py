"""Lists of purchases as CSV and XLSX: no cell is ever a formula of whoever opens it."""

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import IO, Any, Final, Literal

import attrs

from leuit.identity import Identity
from leuit.values import Text, _, local_time
from leuit.work import Leuit
from leuit_ecatalog.rules.purchase_states import WORDS

from .purchase_listing import PurchaseFilter, all_purchases

Format = Literal["csv", "xlsx"]
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS: Final[tuple[tuple[Text, int], ...]] = (
    (_("Nomor"), 18),
    (_("Keperluan"), 50),
    (_("Keadaan"), 24),
    (_("Unit"), 36),
    (_("Penyedia"), 36),
    (_("ID RUP"), 14),
    (_("Barang"), 16),
    (_("Pengiriman"), 16),
    (_("PPN"), 16),
    (_("Jumlah"), 16),
    (_("Sejak"), 18),
)


@attrs.frozen
class ListFile:
    """A list in an open file: whoever got it closes it."""

    content: IO[bytes]
    name: str
    media_type: str


def write_purchases(
    app: Leuit, identity: Identity, wanted: PurchaseFilter, form: Format
) -> ListFile:
    """The list as it is narrowed; call it outside a unit of work."""
    out = tempfile.TemporaryFile(prefix="leuit-purchases-")  # noqa: SIM115 -- handed over open
    try:
        return (_csv if form == "csv" else _xlsx)(app, identity, wanted, out)
    except BaseException:
        out.close()
        raise


def plain_cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: such a text begins with an apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _csv(app: Leuit, identity: Identity, wanted: PurchaseFilter, out: IO[bytes]) -> ListFile:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    with app.read(identity) as view:
        name = f"pembelian-{view.today.isoformat()}.csv"
        writer.writerow([str(title) for title, _width in _COLUMNS])
        for row in _rows(app, all_purchases(view, wanted)):
            writer.writerow([plain_cell(cell) for cell in row])
    text.detach()
    return ListFile(out, name, "text/csv; charset=utf-8")


def _xlsx(app: Leuit, identity: Identity, wanted: PurchaseFilter, out: IO[bytes]) -> ListFile:
    from xlsxwriter import (  # type: ignore[import-untyped]  # ships no types; late: downloads alone
        Workbook,
    )

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with app.read(identity) as view:
        book = Workbook(out, options)
        sheet = book.add_worksheet(str(_("Pembelian")))
        head = book.add_format({"bold": True})
        for place, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, str(title), head)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(_rows(app, all_purchases(view, wanted)), 1):
            for place, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(number, place, cell)
        book.close()
        return ListFile(out, f"pembelian-{view.today.isoformat()}.xlsx", _XLSX)


def _rows(app: Leuit, rows: Iterator[Any]) -> Iterator[list[Any]]:
    for one in rows:
        yield [
            one.number,
            one.need,
            str(WORDS[one.state]),
            one.unit,
            one.vendor,
            one.rup_id,
            one.goods,
            one.shipping,
            one.tax,
            one.total,
            local_time(one.since, app.zone).strftime("%Y-%m-%d %H:%M"),
        ]
