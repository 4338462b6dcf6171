"""Issuing an SPD: money of the DPA becomes free to be claimed, no line more than it has left.

Judged before and again inside the unit of work, with the lines held. A number is used once a year
in the whole regency: with the same content it is answered as issued before, with another refused.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.organisation import RefusedRowsError, Report, RowReport, check_digest
from leuit.identity import Identity
from leuit.storage import insert_into
from leuit.values import FieldError, InvalidInputError, RecordRef, _, new_id
from leuit.work import Leuit, View, Work
from leuit_sp2d.models import FREE, UNRELEASED, Spd, SpdLine
from leuit_sp2d.permissions import RELEASE
from leuit_sp2d.rules.rupiah import format_rupiah

from .budget_lines import (
    LineKey,
    LineState,
    NumberTakenError,
    faults_of_paper,
    hold_lines,
    lines_of,
    require_unit,
)
from .dpa_file import AskedLine
from .ledger import Cause, Move, post
from .spd_request import SpdRequest, asked_rows

ISSUED = "sp2d.spd.issued"


@attrs.frozen
class SpdHead:
    """Whose money of which year and quarter, and the document's number and date."""

    unit_id: UUID
    year: int
    quarter: int
    number: str
    dated: dt.date


@attrs.frozen
class SpdPlan:
    """The report of every row, and how much each line gets when none is refused."""

    report: Report
    amounts: Mapping[UUID, int]

    @property
    def total(self) -> int:
        return sum(self.amounts.values())


@attrs.frozen
class IssuedSpd:
    """The SPD of a number; `report` is None when it was issued before."""

    id: UUID
    report: Report | None

    @property
    def is_repeated(self) -> bool:
        return self.report is None


def check_head(head: SpdHead) -> SpdHead:
    """The head itself; InvalidInputError with every fault of it."""
    faults = faults_of_paper(head.year, head.number, head.dated)
    if head.quarter not in (1, 2, 3, 4):
        faults.append(FieldError("quarter", _("Pilih triwulan 1 sampai 4.")))
    if faults:
        raise InvalidInputError(_("Keterangan SPD belum benar."), fields=faults)
    return head


def plan_spd(request: SpdRequest, lines: Mapping[LineKey, LineState]) -> SpdPlan:
    """Judge every row against what each line has left; InvalidInputError when nothing is asked."""
    rows, amounts = [], {}
    for asked in asked_rows(request, lines.values()):
        line = lines.get(asked.key)
        report = RowReport(asked.number, f"{asked.activity} / {asked.account}"[:60], "")
        rows.append(report)
        if _judge(asked, line, report) and line is not None:
            amounts[line.id] = asked.amount or 0
    if not rows:
        raise InvalidInputError(
            _("Tidak ada yang dilepas: tidak satu baris pun bernilai."),
            advice=_("Isi nilai sedikitnya satu baris yang masih bersisa."),
        )
    return SpdPlan(Report("spd", tuple(rows)), amounts)


def try_spd(view: View, head: SpdHead, request: SpdRequest) -> SpdPlan | IssuedSpd:
    """What issuing would do now; the SPD itself where it was issued before."""
    head = check_head(head)
    require_unit(view, RELEASE, head.unit_id)
    lines = lines_of(view, head.unit_id, head.year)
    return _issued_before(view, head, request, lines) or plan_spd(request, lines)


def issue_spd(
    app: Leuit,
    identity: Identity,
    head: SpdHead,
    request: SpdRequest,
    *,
    digest: str | None = None,
    request_id: str = "",
) -> IssuedSpd:
    """As `store_spd`, in a unit of work of its own."""
    head = check_head(head)
    with app.change(identity, request_id=request_id) as work:
        return store_spd(work, head, request, digest=digest)


def store_spd(
    work: Work, head: SpdHead, request: SpdRequest, *, digest: str | None = None
) -> IssuedSpd:
    """Store the SPD and release its amounts.

    Raises RefusedRowsError when a row is refused, ChangedReportError when the outcome is not the
    one whose digest was given, NumberTakenError when the number has another content.
    """
    head = check_head(head)
    require_unit(work, RELEASE, head.unit_id)
    lines = hold_lines(work, head.unit_id, head.year)
    if (issued := _issued_before(work, head, request, lines)) is not None:
        return issued
    plan = plan_spd(request, lines)
    check_digest(digest, plan.report)
    if plan.report.refused:
        raise RefusedRowsError(plan.report)
    return _store(work, head, plan)


def _judge(asked: AskedLine, line: LineState | None, report: RowReport) -> bool:
    """Fill the report of a row; whether it may be released."""
    report.faults.extend(asked.faults)
    if line is not None:
        report.label = line.account_name
    if not asked.faults:
        left, amount = (line.pockets.unreleased if line else 0), asked.amount or 0
        if line is None:
            report.refuse("rekening", _("Baris anggaran itu tidak ada di DPA unit ini."))
        elif amount > left:
            params = {"asked": format_rupiah(amount), "left": format_rupiah(left)}
            sentence = _("Diminta %(asked)s, padahal yang belum di-SPD tinggal %(left)s.")
            report.faults.append(FieldError("nilai", sentence, "above_unreleased", params))
        else:
            told = (format_rupiah(amount), format_rupiah(left - amount))
            report.changed(_("Dilepas %s; yang belum di-SPD tinggal %s.") % told, new=True)
    if report.faults:
        report.status = "ditolak"
    return not report.faults


def _store(work: Work, head: SpdHead, plan: SpdPlan) -> IssuedSpd:
    spd_id = new_id()
    row = {"id": spd_id, **attrs.asdict(head), "total": plan.total}
    row |= {"issued_at": work.now, "issued_by": work.identity.person_id}
    unless_taken = (
        insert_into(work.database.dialect, Spd)
        .values(row)
        .on_conflict_do_nothing()
        .returning(Spd.id)
    )
    if (
        work.connection.execute(unless_taken).first() is None
    ):  # another unit's SPD took the number since we looked
        raise _taken(head.number)
    work.connection.execute(
        insert(SpdLine),
        [
            {"spd_id": spd_id, "line_id": line_id, "amount": amount}
            for line_id, amount in plan.amounts.items()
        ],
    )
    moves = [Move(line, UNRELEASED, FREE, amount) for line, amount in plan.amounts.items()]
    post(work, moves, Cause("spd", spd_id))
    work.audit(
        ISSUED,
        RecordRef("sp2d.spd", str(spd_id), head.number),
        unit=head.unit_id,
        year=head.year,
        quarter=head.quarter,
        total=plan.total,
        lines=len(plan.amounts),
    )
    return IssuedSpd(spd_id, attrs.evolve(plan.report, applied=True))


def _issued_before(
    view: View, head: SpdHead, request: SpdRequest, lines: Mapping[LineKey, LineState]
) -> IssuedSpd | None:
    """The SPD of that number when its content is this; NumberTakenError for another."""
    row: Any = view.connection.execute(
        select(Spd.id, Spd.unit_id, Spd.quarter, Spd.dated).where(
            Spd.year == head.year, Spd.number == head.number
        )
    ).first()
    if row is None:
        return None
    if tuple(row)[1:] != (head.unit_id, head.quarter, head.dated):
        raise _taken(head.number)
    given = {
        line.line_id: line.amount
        for line in view.connection.execute(
            select(SpdLine.line_id, SpdLine.amount).where(SpdLine.spd_id == row.id)
        )
    }
    plan = plan_spd(request, _before(lines, given))
    if plan.report.refused or plan.amounts != given:
        raise _taken(head.number)
    return IssuedSpd(row.id, None)


def _before(
    lines: Mapping[LineKey, LineState], given: Mapping[UUID, int]
) -> dict[LineKey, LineState]:
    """The lines as if an SPD had not been issued: a share asks for the same again."""
    return {
        key: attrs.evolve(
            line,
            pockets=attrs.evolve(
                line.pockets,
                unreleased=line.pockets.unreleased + given.get(line.id, 0),
                free=line.pockets.free - given.get(line.id, 0),
            ),
        )
        for key, line in lines.items()
    }


def _taken(number: str) -> NumberTakenError:
    return NumberTakenError(
        _("SPD nomor %(number)s sudah ada dengan isi lain."),
        advice=_("Periksa nomornya; satu nomor hanya untuk satu SPD dalam setahun."),
        number=number,
    )
