"""The month of one person, day by day: one's own, or that of somebody in one's units."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import attrs

from leuit.identity import Person
from leuit.values import RecordRef, format_percent
from leuit.web import Request, Response, page, parse_id
from leuit.work import View
from leuit_attendance.models import AttendanceDay
from leuit_attendance.service.unit_month import (
    MonthBasis,
    PersonLine,
    month_basis,
    person_line,
    person_month,
)

from .confidence import edition_marks
from .dates import month_choices, month_end, month_of
from .words import StatusWord, minutes_text, month_name, status_word

_DAY = dt.timedelta(days=1)


@attrs.frozen
class DayLine:
    """One day of the list, ready to be written."""

    day: dt.date
    path: str
    word: StatusWord
    check_in: dt.datetime | None
    check_out: dt.datetime | None
    late: str
    early: str
    classes: str
    deduction: str


def show_own(request: Request) -> Response:
    """One's own month; an account without a person is told so."""
    if request.identity.person_id is None:
        return page(request, "attendance/no_person.html")
    return _show(request, request.identity.person_id, own=True)


def show_person(request: Request) -> Response:
    """The month of a person whom the reader may see; the reading is noted."""
    person_id = parse_id(str(request.params["person_id"]))
    return _show(request, person_id, own=person_id == request.identity.person_id)


def read_month(
    view: View, person_id: UUID, first: dt.date, *, own: bool
) -> tuple[Person, PersonLine, list[AttendanceDay], MonthBasis]:
    """A person's month with its sums; PermissionDeniedError outside the reader's units."""
    person = view.session.get(Person, person_id)
    if person is None:
        raise view.refusal("attendance.day.read")  # whether an id is known is nobody's business
    days = list(person_month(view, person, first, month_end(first)))
    basis = month_basis(view, {row.basis_id for row in days}, min(month_end(first), view.today))
    if not own and view.identity.kind != "system":
        ref = RecordRef("core.person", str(person.id), person.name)
        view.note_access(ref, what="month", month=f"{first:%Y-%m}")
    return person, person_line(person, days, basis.table), days, basis


def _show(request: Request, person_id: UUID, *, own: bool) -> Response:
    first = month_of(request)
    with request.read() as view:
        person, line, days, basis = read_month(view, person_id, first, own=own)
    base = "/attendance/me" if own else f"/attendance/people/{person.id}"
    today = request.now.date()
    return page(
        request,
        "attendance/person_month.html",
        person=person,
        own=own,
        base=base,
        first=first,
        month=month_name(first),
        months=month_choices(first, today),
        before=f"{base}?month={first - _DAY:%Y-%m}",
        after=f"{base}?month={month_end(first) + _DAY:%Y-%m}" if month_end(first) < today else "",
        line=line,
        deduction=format_percent(Decimal(line.deduction) / 100) if line.deduction else "–",
        days=[day_line(row, base) for row in reversed(days)],
        table=basis.table,
        editions=edition_marks(basis.editions),
        may_read_units=request.may("attendance.recap.export"),
    )


def day_line(row: AttendanceDay, base: str) -> DayLine:
    """A stored day in words."""
    return DayLine(
        row.day,
        f"{base}/{row.day.isoformat()}",
        status_word(row.status),
        row.check_in,
        row.check_out,
        minutes_text(row.late_minutes) if row.late_minutes else "",
        minutes_text(row.early_minutes) if row.early_minutes else "",
        row.classes,
        format_percent(Decimal(row.deduction) / 100) if row.deduction else "",
    )
