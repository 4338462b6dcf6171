"""Bringing in categories, attributes or kecamatan: tried without any change, then stored at once.

The file is read and put into the store before the unit of work; the same file again changes
nothing.
"""

import attrs

from leuit.builtin.organisation import (
    RefusedRowsError,
    Report,
    Table,
    check_digest,
    read_table,
    store_table,
)
from leuit.identity import Identity
from leuit.values import NotFoundError, RecordRef, _, one_line
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_ecatalog.permissions import ARRANGE

from .category_tables import TABLES, OrderTable, Plan

IMPORTED = "ecatalog.order.imported"


@attrs.frozen
class ReceivedOrder:
    """A file that could be read, in the store; no row names it yet."""

    kind: OrderTable
    table: Table
    file: StoredFile


def order_table(name: str) -> OrderTable:
    """The table of that name; NotFoundError for any other."""
    if name not in TABLES:
        raise NotFoundError(_("Tabel itu tidak ada."), advice=_("Pilih dari daftar."))
    return TABLES[name]


def receive_order(app: Leuit, kind: str, data: bytes, name: str) -> ReceivedOrder:
    """Read a file and put it into the store; call it outside a unit of work.

    Raises InvalidInputError or TooLargeError for what is no such file.
    """
    table = order_table(kind)
    read = read_table(data, table.columns, table.required)
    return ReceivedOrder(table, read, store_table(app, data, one_line(name)[:200] or kind))


def try_order(view: View, received: ReceivedOrder) -> Report:
    """What the file would do to each row's thing; nothing is changed."""
    return _report(received, _planned(view, received))


def apply_order(
    app: Leuit,
    identity: Identity,
    received: ReceivedOrder,
    *,
    digest: str | None = None,
    request_id: str = "",
) -> Report:
    """Store what the file says, in a unit of work of its own.

    Raises RefusedRowsError when a row is refused, ChangedReportError when the outcome is not the
    one whose digest was given.
    """
    with app.change(identity, request_id=request_id) as work:
        return store_order(work, received, digest=digest)


def store_order(work: Work, received: ReceivedOrder, *, digest: str | None = None) -> Report:
    """As `apply_order`, in the caller's unit of work."""
    plan = _planned(work, received)
    report = _report(received, plan)
    check_digest(digest, report)
    if report.refused:
        raise RefusedRowsError(report)
    for act in plan.acts:
        act(work)
    if plan.acts:
        register_file(work, received.file)
        ref = RecordRef("ecatalog.order", received.kind.name, received.file.name)
        work.audit(IMPORTED, ref, sha256=received.file.sha256, **report.counts)
    return attrs.evolve(report, applied=True)


def _planned(view: View, received: ReceivedOrder) -> Plan:
    view.require_on_root(ARRANGE)
    return received.kind.plan(view, received.table.lines)


def _report(received: ReceivedOrder, plan: Plan) -> Report:
    return Report(received.kind.name, tuple(plan.rows), received.table.ignored)
