"""Awarded orders and their lines as CSV: no cell is ever a formula of whoever opens it."""

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import Final, Literal

from leuit.identity import Identity
from leuit.values import local_time
from leuit.work import Leuit, View
from leuit_ecatalog.rules.purchase_states import WORDS

from .open_orders import OrderFilter, all_open_lines, all_open_orders
from .purchase_files import ListFile, plain_cell

What = Literal["orders", "lines"]
_HEADS: Final[dict[What, tuple[str, ...]]] = {
    "orders": (
        "number",
        "order_number",
        "state",
        "signed_at",
        "unit",
        "vendor",
        "rup_id",
        "rup_name",
        "method",
        "total",
    ),
    "lines": ("number", "name", "quantity", "unit_code", "price", "origin", "tkdn_percent"),
}
"""Names of columns are for programs, as keys of the JSON."""

_NAMES: Final[dict[What, str]] = {"orders": "pesanan", "lines": "barang-pesanan"}


def write_open(app: Leuit, identity: Identity, wanted: OrderFilter, what: What) -> ListFile:
    """The list as it is narrowed, in an open file; call it outside a unit of work."""
    out = tempfile.TemporaryFile(prefix="leuit-open-")  # noqa: SIM115 -- handed over open
    try:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\r\n")
        with app.read(identity) as view:
            name = f"{_NAMES[what]}-{view.today.isoformat()}.csv"
            writer.writerow(_HEADS[what])
            rows = _orders(view, wanted) if what == "orders" else _lines(view, wanted)
            for row in rows:
                writer.writerow([plain_cell(cell) for cell in row])
        text.detach()
        return ListFile(out, name, "text/csv; charset=utf-8")
    except BaseException:
        out.close()
        raise


def _orders(view: View, wanted: OrderFilter) -> Iterator[list[object]]:
    for one in all_open_orders(view, wanted):
        yield [
            one.number,
            one.order_number,
            str(WORDS[one.state]),
            local_time(one.signed_at, view.app.zone).isoformat(timespec="seconds"),
            one.unit,
            one.vendor,
            one.rup_id,
            one.rup_name,
            one.method,
            one.total,
        ]


def _lines(view: View, wanted: OrderFilter) -> Iterator[list[object]]:
    for one in all_open_lines(view, wanted):
        tkdn = "" if one.tkdn is None else f"{one.tkdn / 100:.2f}"
        yield [one.number, one.name, one.quantity, one.unit, one.price, one.origin, tkdn]
