"""Bringing in an edition of a DPA: tried without any change, then stored in one unit of work.

The file is parsed and put into the store before the unit begins. Nothing is kept between trying and
storing but the bytes, under their hash: who stores gives the same file again. One number of a unit
and year is one edition: the same file under it is answered as stored before, another refused.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import bindparam, func, insert, select, update

from leuit.builtin.organisation import RefusedRowsError, Report, check_digest, store_table
from leuit.identity import Identity
from leuit.values import RecordRef, _, new_id, one_line
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_sp2d.models import Dpa, DpaLine, Line
from leuit_sp2d.permissions import BUDGET

from .budget_lines import (
    LineKey,
    LineState,
    NumberTakenError,
    hold_lines,
    lines_of,
    require_unit,
)
from .dpa import Change, DpaHead, DpaPlan, check_head, moves_of, plan_dpa
from .dpa_file import AskedLines, read_dpa
from .ledger import Cause, post

IMPORTED = "sp2d.dpa.imported"


@attrs.frozen
class ReceivedDpa:
    """A file that could be read, in the store; no row may name it yet."""

    head: DpaHead
    lines: AskedLines
    file: StoredFile


@attrs.frozen
class StoredDpa:
    """The edition that holds the file; `report` is None when it was stored before."""

    id: UUID
    sequence: int
    report: Report | None

    @property
    def is_repeated(self) -> bool:
        return self.report is None


def receive_dpa(app: Leuit, head: DpaHead, data: bytes, name: str) -> ReceivedDpa:
    """Read a file and put it into the store; raises with every fault of the head, or of the file.

    Call it outside a unit of work; who may import is asked for by what follows.
    """
    head = check_head(head)
    lines = read_dpa(data)
    return ReceivedDpa(head, lines, store_table(app, data, one_line(name) or "dpa"))


def try_dpa(view: View, received: ReceivedDpa) -> DpaPlan | StoredDpa:
    """What storing the file would do now; the edition itself where it was stored before.

    NumberTakenError when the number belongs to another edition.
    """
    require_unit(view, BUDGET, received.head.unit_id)
    if (stored := _stored_before(view, received)) is not None:
        return stored
    lines = lines_of(view, received.head.unit_id, received.head.year)
    return plan_dpa(view, received.lines, lines, received.head.year)


def apply_dpa(
    app: Leuit,
    identity: Identity,
    received: ReceivedDpa,
    *,
    digest: str | None = None,
    request_id: str = "",
) -> StoredDpa:
    """As `store_dpa`, in a unit of work of its own."""
    with app.change(identity, request_id=request_id) as work:
        return store_dpa(work, received, digest=digest)


def store_dpa(work: Work, received: ReceivedDpa, *, digest: str | None = None) -> StoredDpa:
    """Store the edition and move every line to its new ceiling.

    Raises RefusedRowsError when a row is refused, ChangedReportError when the outcome is not the
    one whose digest was given, NumberTakenError as `try_dpa` does.
    """
    head = received.head
    require_unit(work, BUDGET, head.unit_id)
    lines = hold_lines(work, head.unit_id, head.year)
    if (stored := _stored_before(work, received)) is not None:
        return stored
    plan = plan_dpa(work, received.lines, lines, head.year)
    check_digest(digest, plan.report)
    if plan.report.refused:
        raise RefusedRowsError(plan.report)
    return _store(work, received, plan)


def _store(work: Work, received: ReceivedDpa, plan: DpaPlan) -> StoredDpa:
    head = received.head
    register_file(work, received.file)
    sequence = 1 + (
        work.connection.execute(
            select(func.max(Dpa.sequence)).where(Dpa.unit_id == head.unit_id, Dpa.year == head.year)
        ).scalar_one()
        or 0
    )
    dpa_id = new_id()
    work.connection.execute(
        insert(Dpa).values(
            id=dpa_id,
            **attrs.asdict(head),
            sequence=sequence,
            file_sha256=received.file.sha256,
            total=plan.total,
            imported_at=work.now,
            imported_by=work.identity.person_id,
        )
    )
    ids = _store_lines(work, head, plan.changes)
    work.connection.execute(
        insert(DpaLine),
        [
            {"dpa_id": dpa_id, "line_id": ids[change.activity, change.account]}
            | {"amount": change.ceiling}
            for change in plan.changes
        ],
    )
    moves = [
        move
        for change in plan.changes
        for move in moves_of(change, ids[change.activity, change.account])
    ]
    post(work, moves, Cause("dpa", dpa_id))
    work.audit(
        IMPORTED,
        RecordRef("sp2d.dpa", str(dpa_id), head.number),
        unit=head.unit_id,
        year=head.year,
        stage=head.stage,
        sequence=sequence,
        sha256=received.file.sha256,
        before=plan.before,
        total=plan.total,
        drawn=plan.drawn,
        **plan.report.counts,
    )
    return StoredDpa(dpa_id, sequence, attrs.evolve(plan.report, applied=True))


def _store_lines(work: Work, head: DpaHead, changes: tuple[Change, ...]) -> Mapping[LineKey, UUID]:
    """Add the new lines and rename those whose names changed; the ids of all of them."""
    ids: dict[LineKey, UUID] = {}
    new: list[dict[str, Any]] = []
    renamed: list[dict[str, Any]] = []
    for change in changes:
        line = change.line
        ids[change.activity, change.account] = line.id if line else new_id()
        names = {"activity_name": change.activity_name, "account_name": change.account_name}
        if line is None:
            row = {"id": ids[change.activity, change.account], **names}
            row |= {"unit_id": head.unit_id, "year": head.year}
            new.append(row | {"activity": change.activity, "account": change.account})
        elif _names(line) != names:
            renamed.append({"line": line.id, **{f"new_{key}": text for key, text in names.items()}})
    if new:
        work.connection.execute(insert(Line), new)
    if renamed:
        work.connection.execute(_RENAME, renamed)
    return ids


def _names(line: LineState) -> dict[str, str]:
    return {"activity_name": line.activity_name, "account_name": line.account_name}


def _stored_before(view: View, received: ReceivedDpa) -> StoredDpa | None:
    """The edition of that number when it is this very file; NumberTakenError for another."""
    head = received.head
    columns = (Dpa.stage, Dpa.number, Dpa.dated, Dpa.skpd_code, Dpa.file_sha256)
    row = view.connection.execute(
        select(Dpa.id, Dpa.sequence, *columns).where(
            Dpa.unit_id == head.unit_id, Dpa.year == head.year, Dpa.number == head.number
        )
    ).first()
    if row is None:
        return None
    given = (head.stage, head.number, head.dated, head.skpd_code, received.file.sha256)
    if tuple(row)[2:] != given:
        raise NumberTakenError(
            _("DPA nomor %(number)s sudah ada dengan isi lain."),
            advice=_("Periksa nomor dan berkasnya; DPA yang berubah bernomor lain."),
            number=head.number,
        )
    return StoredDpa(row.id, row.sequence, None)


_RENAME = (
    update(Line)
    .where(Line.id == bindparam("line"))
    .values(
        activity_name=bindparam("new_activity_name"), account_name=bindparam("new_account_name")
    )
)
