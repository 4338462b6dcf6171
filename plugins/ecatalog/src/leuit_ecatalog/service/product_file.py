"""Products in a table: the columns of a vendor's file, written and read.

The same columns go out and come in. A row is a variant; the rows of one `sku` are one product,
whose own cells stand in its first row. In a file that comes in, a column that is missing and a cell
that is empty change nothing; a single `-` empties what may be empty. Texts that a spreadsheet would
take for a formula carry an apostrophe before them, which reading takes off again.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

from leuit.builtin.organisation import Table, read_table

COLUMNS: Final = (
    *("sku", "nama", "varian", "kategori", "satuan", "harga", "stok", "merek", "uraian"),
    *("minimal_pesan", "asal", "negara", "tkdn", "tkdn_nomor", "tkdn_sampai", "bmp"),
    *("sni_nomor", "sni_sampai", "halal_nomor", "halal_sampai", "kbki", "atribut"),
    *("ongkir", "hari_kirim"),
)
REQUIRED: Final = ("sku",)
EMPTIED: Final = "-"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def read_products(data: bytes) -> Table:
    """The rows of a CSV or XLSX; raises with the reason when it cannot be read at all."""
    return read_table(data, COLUMNS, REQUIRED)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip("'")[:1] in _FORMULA and text.lstrip("'") else text


def taken_off(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(_FORMULA) else text


def as_csv(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark, as spreadsheets of offices open it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """Rows as a workbook of plain texts and numbers."""
    from xlsxwriter import (  # type: ignore[import-untyped]  # ships no types; late: downloads alone
        Workbook,
    )

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    sheet = book.add_worksheet("Produk")
    for number, cells in enumerate((COLUMNS, *map(_cells, rows))):
        sheet.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


def _cells(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(harmless(cell) if isinstance(cell, str) else cell for cell in row)
