"""Bringing in an instrument: tried without any change, then drafted as an edition.

The file is read and put into the store before the unit of work begins. Its report tells what of
each row differs from the edition that holds on the day on which the new one is to begin, and what
could not be understood and waits for a person. What is stored is a draft: two people put it in
force, as every regulation. A table with a fault in any row never becomes one.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Generic
from uuid import UUID

import attrs

from leuit.builtin.organisation import (
    RefusedRowsError,
    Report,
    RowReport,
    check_digest,
    read_table,
    store_table,
)
from leuit.builtin.regulations import MAY_DRAFT, Draft, draft_edition
from leuit.identity import Identity
from leuit.values import InvalidInputError, TooLargeError, _, one_line
from leuit.work import Leuit, StoredFile, View, Work

from .instrument import Instrument, ReadRow, Row

MAX_ROWS = 20_000
"""Several times the classification of all ministries."""


@attrs.frozen
class Head:
    """What is said of the edition beside its rows, as of every regulation."""

    title: str
    legal_basis: str
    confidence: str
    effective_from: dt.date
    source: str = ""


@attrs.frozen
class Received(Generic[Row]):
    """A file that could be read, in the store; no row names it yet."""

    instrument: Instrument[Row]
    rows: tuple[ReadRow[Row], ...]
    ignored: tuple[str, ...]
    file: StoredFile


@attrs.frozen
class Plan:
    """What a draft of the file would say: its report, open points by key, notes on the whole."""

    report: Report
    open_points: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def receive(app: Leuit, instrument: Instrument[Row], data: bytes, name: str) -> Received[Row]:
    """Read a file and put it into the store; call it outside a unit of work.

    Raises InvalidInputError or TooLargeError for what is no such file at all; faults of rows are
    told by the report.
    """
    table = read_table(data, instrument.columns, instrument.required)
    if not table.lines:
        raise InvalidInputError(_("Berkas itu tidak berisi satu baris pun."))
    if len(table.lines) > MAX_ROWS:
        raise TooLargeError(_("Terlalu banyak baris: paling banyak %(limit)s."), limit=MAX_ROWS)
    rows = tuple(instrument.read(line) for line in table.lines)
    file = store_table(app, data, one_line(name)[:200] or instrument.name)
    return Received(instrument, rows, table.ignored, file)


def try_import(view: View, received: Received[Any], day: dt.date) -> Plan:
    """What the file would change against the edition that holds on the day."""
    view.require_on_root(MAY_DRAFT)
    return _plan(view, received, day)


def draft_import(
    work: Work, received: Received[Any], head: Head, *, digest: str | None = None
) -> UUID:
    """Store the rows and a draft of the edition; returns the draft's id.

    Raises RefusedRowsError when a row is refused, ChangedReportError when the outcome is not the
    one whose digest was given, InvalidInputError for the head.
    """
    plan = try_import(work, received, head.effective_from)
    if plan.report.refused:
        raise RefusedRowsError(plan.report)
    check_digest(digest, plan.report)
    instrument = received.instrument
    rows = [read.row for read in received.rows]
    body = instrument.body(work, rows, received.file)
    draft = Draft(
        title=head.title,
        legal_basis=head.legal_basis,
        confidence=head.confidence,
        effective_from=head.effective_from,
        body=body,
        source=head.source,
    )
    return draft_edition(work, instrument.regulation, draft).id


def draft_file(
    app: Leuit,
    identity: Identity,
    received: Received[Any],
    head: Head,
    *,
    digest: str | None = None,
    request_id: str = "",
) -> UUID:
    """As `draft_import`, in a unit of work of its own."""
    with app.change(identity, request_id=request_id) as work:
        return draft_import(work, received, head, digest=digest)


def _plan(view: View, received: Received[Row], day: dt.date) -> Plan:
    instrument = received.instrument
    whole = [read.row for read in received.rows if read.row is not None]
    numbers = [index for index, read in enumerate(received.rows) if read.row is not None]
    reports = [_refused(read) for read in received.rows]
    for found in instrument.check(whole):
        report = reports[numbers[found.index]]
        report.faults.append(found.fault)
        report.status = "ditolak"
    pairs = list(zip(received.rows, reports, strict=True))
    sound = [read.row for read, told in pairs if read.row is not None and told.status != "ditolak"]
    points = [
        (read.key, point)
        for read in received.rows
        if read.row is not None
        for point in instrument.open_points(read.row)
    ]
    closed = compare(instrument, instrument.held(view, day), sound, reports)
    return Plan(
        Report(instrument.name, (*reports, *closed), received.ignored),
        tuple(points),
        tuple(instrument.notes(view, sound, day)),
    )


def compare(
    instrument: Instrument[Row],
    before: Sequence[Row],
    after: Sequence[Row],
    reports: Sequence[RowReport],
) -> list[RowReport]:
    """Tell in the reports of the later rows what differs; those that it closes are returned.

    A row that was refused is not compared, and closes nothing.
    """
    known = {instrument.key(row): row for row in before}
    changes = instrument.changes(before, after)
    for report in reports:
        if report.status != "ditolak":
            if report.key not in known:
                report.changed(_("Baru."), new=True)
            for sentence in changes.get(report.key, ()):
                report.changed(sentence)
    asked = {report.key for report in reports}
    return [
        RowReport(0, key, instrument.label(row), "berubah", [_("Ditutup.")])
        for key, row in known.items()
        if key not in asked
    ]


def _refused(read: ReadRow[Any]) -> RowReport:
    """The report of a row as it was read: refused for its faults, else still the same."""
    report = RowReport(read.number, read.key, read.label)
    if read.row is None or read.faults:
        report.faults.extend(read.faults)
        report.status = "ditolak"
    return report
