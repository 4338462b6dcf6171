"""A day opened to its reasons: one's own, or that of somebody in one's units."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Person, Unit
from leuit.values import NotFoundError, _, format_percent
from leuit.web import Request, Response, page, parse_id
from leuit.work import View
from leuit_attendance.models import AbsenceRow
from leuit_attendance.rules import DayVerdict
from leuit_attendance.service.absences import document_of
from leuit_attendance.service.day_taps import taps_of_day
from leuit_attendance.service.explain import ExplainedDay, explain_day
from leuit_attendance.wire import status_title, verify_title

from .confidence import edition_marks, mark_of
from .dates import day_in_path
from .words import FLAGS, minutes_text, status_word

_DAY = dt.timedelta(days=1)


@attrs.frozen
class ShownTap:
    """One tap: when, at which device, with which key, and what it counted as."""

    at: dt.datetime
    device: str
    serial: str
    key: str
    verify: str
    source: str
    counts_as: str


def show_own(request: Request) -> Response:
    """One's own day; an account without a person has none."""
    if request.identity.person_id is None:
        raise no_person()
    return _show(request, request.identity.person_id, own=True)


def show_person(request: Request) -> Response:
    """The day of a person whom the reader may see."""
    person_id = parse_id(str(request.params["person_id"]))
    return _show(request, person_id, own=person_id == request.identity.person_id)


def no_person() -> NotFoundError:
    """What an account that belongs to nobody hears of its own days."""
    return NotFoundError(
        _("Akun ini tidak terhubung dengan pegawai."),
        advice=_("Hanya pegawai yang punya absensi sendiri."),
    )


def _show(request: Request, person_id: UUID, *, own: bool) -> Response:
    day = day_in_path(request)
    with request.read() as view:
        person, found = explained(view, person_id, day)
        verdict = found.verdict
        unit = view.session.get_one(Unit, found.unit_id)
        may_see_unit = view.allows("attendance.day.read", unit.id)
        taps = shown_taps(taps_of_day(view, person.id, verdict), verdict)
        absences = [(row, document_of(request.app, row)) for row in _absences(view, person.id, day)]
    marks = edition_marks(found.editions)
    base = "/attendance/me" if own else f"/attendance/people/{person.id}"
    back = f"{base}?month={day:%Y-%m}"
    return page(
        request,
        "attendance/person_day.html",
        person=person,
        unit=unit,
        may_see_unit=may_see_unit,
        own=own,
        day=day,
        back=back,
        before=f"{base}/{day - _DAY}",
        after=f"{base}/{day + _DAY}" if day < request.now.date() else "",
        verdict=verdict,
        word=status_word(verdict.status),
        pending=found.pending,
        editions=marks,
        reasons=[(reason, mark_of(reason.article, marks)) for reason in verdict.reasons],
        taps=taps,
        absences=absences,
        flags=[FLAGS[flag] for flag in verdict.flags],
        late=minutes_text(verdict.late_minutes) if verdict.late_minutes else "",
        early=minutes_text(verdict.early_minutes) if verdict.early_minutes else "",
        deduction=format_percent(Decimal(verdict.deduction) / 100) if verdict.deduction else "",
    )


def explained(view: View, person_id: UUID, day: dt.date) -> tuple[Person, ExplainedDay]:
    """The person and his day with its reasons; NotFoundError, or a refusal outside one's units."""
    person = view.session.get(Person, person_id)
    if person is None:
        raise view.refusal("attendance.day.read")  # whether an id is known is nobody's business
    return person, explain_day(view, person, day)


def shown_taps(rows: Sequence[Any], verdict: DayVerdict) -> list[ShownTap]:
    """The taps in words; the ones that the verdict took are marked."""
    taken: set[str] = set()
    shown = []
    for row in rows:
        counts_as = ""
        if row.at == verdict.check_in and "in" not in taken:
            counts_as = _("Masuk")
            taken.add("in")
        elif row.at == verdict.check_out and "out" not in taken:
            counts_as = _("Pulang")
            taken.add("out")
        shown.append(
            ShownTap(
                row.at,
                row.device or row.serial,
                row.serial,
                status_title(row.status),
                verify_title(row.verify) if row.verify is not None else "",
                _("berkas") if row.source == "file" else _("kiriman mesin"),
                counts_as,
            )
        )
    return shown


def _absences(view: View, person_id: UUID, day: dt.date) -> Sequence[AbsenceRow]:
    return view.session.scalars(
        select(AbsenceRow)
        .where(
            AbsenceRow.person_id == person_id,
            AbsenceRow.first_day <= day,
            AbsenceRow.last_day >= day,
            AbsenceRow.cancelled_at.is_(None),
        )
        .order_by(AbsenceRow.first_day)
    ).all()
