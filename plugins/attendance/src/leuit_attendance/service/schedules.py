"""Giving schedules to the region, to units with all below them, to posts and to persons, dated.

On one level the use that began later wins (`rules.resolution`), so a new schedule needs no end of
the old one, and an override such as Ramadan simply lies on top while it lasts.
"""

import datetime as dt
from collections.abc import Sequence
from typing import get_args
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, func, or_, select, true

from leuit.identity import (
    DEFINITIF,
    Assignment,
    Person,
    Position,
    Unit,
    holds_on,
)
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
    format_date,
)
from leuit.work import View, Work
from leuit_attendance.models import ScheduleUse
from leuit_attendance.rules import Level

from .compute import RECOMPUTE, ask, ask_units
from .figures import figures_now
from .reach import reach_of

ASSIGN = "attendance.schedule.assign"
_DAY = dt.timedelta(days=1)


@attrs.frozen
class NewUse:
    """A schedule's code for a level: `target_id` names the unit, post or person, None the region.

    It holds from `valid_from` until the day before `valid_to` (None: open).
    """

    level: str
    target_id: UUID | None
    code: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    override: bool = False
    on_holidays: bool = False


def give_schedule(work: Work, new: NewUse) -> ScheduleUse:
    """Put a schedule to use; raises InvalidInputError with every fault."""
    label = _require(work, new.level, new.target_id)
    faults = []
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        faults.append(FieldError("valid_to", _("Akhir masa berlaku harus sesudah awalnya.")))
    if figures_now(work).on(new.valid_from).week(new.code) is None:
        faults.append(
            FieldError("code", _("Tidak ada jadwal dengan kode itu pada edisi yang berlaku."))
        )
    if faults:
        raise InvalidInputError(_("Jadwal belum dipakai."), fields=faults)
    same = select(ScheduleUse.id).where(
        ScheduleUse.level == new.level,
        ScheduleUse.target_id == new.target_id
        if new.target_id is not None
        else ScheduleUse.target_id.is_(None),
        ScheduleUse.valid_from == new.valid_from,
        ScheduleUse.override == new.override,
    )
    if work.session.execute(same).first() is not None:
        raise ConflictError(
            _("Sudah ada jadwal yang mulai pada tanggal itu di sini."),
            advice=_("Akhiri jadwal itu dahulu, atau pilih tanggal lain."),
        )
    row = ScheduleUse(
        **attrs.asdict(new, recurse=False),
        entered_by=work.identity.account_id,
        entered_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.audit(
        "attendance.schedule.given",
        RecordRef("attendance.schedule_use", str(row.id), label),
        level=new.level,
        target=new.target_id,
        code=new.code,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        override=new.override,
    )
    _judge_again(work, row, row.valid_from, row.valid_to)
    return row


def end_schedule(work: Work, use_id: UUID, on: dt.date, version: int) -> None:
    """From the day on the use no longer holds; on its first day or before, it is taken away."""
    row = work.session.scalars(
        select(ScheduleUse)
        .where(ScheduleUse.id == use_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError(_("Pemakaian jadwal itu tidak ada."))
    label = _require(work, row.level, row.target_id)
    if row.version != version:
        raise StaleEditError(
            _("Pemakaian jadwal ini baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu ulangi perubahan Anda."),
        )
    if row.valid_to is not None and row.valid_to <= on:
        raise ConflictError(_("Jadwal itu sudah berakhir pada tanggal itu."))
    former = row.valid_to
    first = max(on, row.valid_from)
    if on <= row.valid_from:
        work.session.delete(row)
    else:
        row.valid_to, row.version = on, row.version + 1
    work.session.flush()
    ref = RecordRef("attendance.schedule_use", str(use_id), label)
    work.audit("attendance.schedule.ended", ref, code=row.code, on=on)
    _judge_again(work, row, first, former)


def uses_of(view: View, limit: int | None = None, start: int = 0) -> list[tuple[ScheduleUse, str]]:
    """The uses that the reader may change with the names of their targets, the newest first."""
    query = select(ScheduleUse).where(_changeable(view))
    query = query.order_by(ScheduleUse.valid_from.desc(), ScheduleUse.id)
    uses = view.session.scalars(query.limit(limit).offset(start)).all()
    names = _names(view, uses)
    return [(use, names[use.target_id]) for use in uses]


def use_of(view: View, use_id: UUID) -> tuple[ScheduleUse, str]:
    """A use with the name of its target; raises NotFoundError, PermissionDeniedError."""
    row = view.session.get(ScheduleUse, use_id)
    if row is None:
        raise NotFoundError(_("Pemakaian jadwal itu tidak ada."))
    return row, _require(view, row.level, row.target_id)


def count_uses(view: View) -> int:
    """How many `uses_of` would tell of."""
    query = select(func.count()).select_from(ScheduleUse).where(_changeable(view))
    return view.session.execute(query).scalar_one()


def _names(view: View, uses: Sequence[ScheduleUse]) -> dict[UUID | None, str]:
    names: dict[UUID | None, str] = {None: str(view.app.settings.region.name)}
    for kind, name in ((Unit, Unit.name), (Person, Person.name), (Position, Position.title)):
        wanted = {use.target_id for use in uses} - set(names)
        if wanted:
            found = view.session.execute(select(kind.id, name).where(kind.id.in_(wanted)))
            names.update((row[0], row[1]) for row in found)
    return names


def _changeable(view: View) -> ColumnElement[bool]:
    if view.allows_on_root(ASSIGN):
        return true()
    allowed = view.units(ASSIGN).subquery()
    posts = select(Position.id).where(Position.unit_id.in_(select(allowed)))
    people = (
        select(Assignment.person_id)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Assignment.kind == DEFINITIF,
            holds_on(Assignment.valid_from, Assignment.valid_to, view.today),
            Position.unit_id.in_(select(allowed)),
        )
    )
    return or_(
        ScheduleUse.target_id.in_(select(allowed)),
        ScheduleUse.target_id.in_(posts),
        ScheduleUse.target_id.in_(people),
    )


def _require(view: View, level: str, target_id: UUID | None) -> str:
    """Check the right to decide about the target, and name it."""
    if level not in get_args(Level):
        raise InvalidInputError(_("Tingkat jadwal: region, unit, position, atau person."))
    if (level == "region") != (target_id is None):
        raise InvalidInputError(_("Sebutkan untuk siapa jadwal itu dipakai."))
    if target_id is None:
        view.require_on_root(ASSIGN)
        return str(view.app.settings.region.name)
    if level == "person":
        person = view.session.get(Person, target_id)
        if person is None:
            raise NotFoundError(_("Pegawai itu tidak ada."))
        view.require_person(ASSIGN, person.id)
        return person.name
    unit_id: UUID | None = target_id
    label = ""
    if level == "position":
        post = view.session.get(Position, target_id)
        unit_id, label = (post.unit_id, post.title) if post else (None, "")
    unit = view.session.get(Unit, unit_id) if unit_id else None
    if unit is None:
        raise NotFoundError(_("Unit atau jabatan itu tidak ada."))
    view.require(ASSIGN, unit.id)
    return f"{label}, {unit.name}" if label else unit.name


def _judge_again(work: Work, row: ScheduleUse, first: dt.date, before: dt.date | None) -> None:
    last = min(before - _DAY if before else work.today, work.today)
    if first > work.today:
        return
    if row.level == "region":
        begins, ends = reach_of(figures_now(work)).of_duties(first, last)
        work.enqueue(RECOMPUTE, {"everyone": [begins.isoformat(), ends.isoformat()]})
    elif row.level == "unit" and row.target_id is not None:
        ask_units(work, [row.target_id], first, last)
    elif row.level == "person" and row.target_id is not None:
        ask(work, [(row.target_id, first, last)], duties=True)
    else:
        holders = work.session.scalars(
            select(Assignment.person_id)
            .where(Assignment.position_id == row.target_id, Assignment.kind == DEFINITIF)
            .distinct()
        )
        ask(work, [(person, first, last) for person in holders], duties=True)


def described(use: ScheduleUse) -> str:
    """The dates of a use in words."""
    since = format_date(use.valid_from)
    if use.valid_to is None:
        return _("mulai %s") % since
    last = use.valid_to - _DAY
    return since if last == use.valid_from else f"{since}–{format_date(last)}"
