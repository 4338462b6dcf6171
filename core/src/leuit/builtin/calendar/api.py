"""JSON routes of the calendar: days off, working days, and their editing."""

import datetime as dt

import attrs
from sqlalchemy import select

from leuit.plugins import SIGNED_IN, ApiPath, Route
from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request, Response, json_answer

from .days import LONGEST, working_days
from .editing import EDIT, confirm_holidays, remove_holiday, set_holiday
from .models import HolidayRow
from .published import propose_year


@attrs.frozen
class DayAnswer:
    """A day off; a `proposed` one counts for nothing yet."""

    day: dt.date
    kind: str
    title: str
    legal_basis: str
    status: str
    version: int


@attrs.frozen
class DayList:
    """Days off of a range, proposals included."""

    items: list[DayAnswer]


@attrs.frozen
class WorkingDays:
    """Working days of a range, Monday to Friday without confirmed days off."""

    count: int
    days: list[dt.date]


@attrs.frozen
class RangeQuery:
    """Both ends are included."""

    first: dt.date
    last: dt.date


@attrs.frozen
class VersionQuery:
    """The version that was read."""

    version: int


@attrs.frozen
class DayBody:
    """What a day off is; `version` is the one that was read, null when there was no entry."""

    kind: str
    title: str
    legal_basis: str
    version: int | None = None


@attrs.frozen
class ConfirmBody:
    """Which proposals to confirm, and the decree that fixed them."""

    days: list[dt.date]
    legal_basis: str = ""


@attrs.frozen
class ChangedDays:
    """The days that a request entered or confirmed."""

    days: list[dt.date]


def list_days(request: Request) -> Response:
    """Days off of a range."""
    first, last = _range(request)
    with request.read() as view:
        rows = view.session.scalars(
            select(HolidayRow).where(HolidayRow.day.between(first, last)).order_by(HolidayRow.day)
        ).all()
    return json_answer(DayList([_answer(row) for row in rows]))


def count_days(request: Request) -> Response:
    """Working days of a range."""
    first, last = _range(request)
    with request.read() as view:
        days = working_days(view, first, last)
    return json_answer(WorkingDays(len(days), days))


def set_day(request: Request) -> Response:
    """Enter or change a day off."""
    day, sent = _date(request.params["day"], "day"), request.decode(DayBody)
    with request.change() as work:
        row = set_holiday(
            work,
            day,
            kind=sent.kind,
            title=sent.title,
            legal_basis=sent.legal_basis,
            version=sent.version,
        )
    return json_answer(_answer(row))


def remove_day(request: Request) -> Response:
    """Take a day off out of the calendar."""
    day, text = _date(request.params["day"], "day"), request.query.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        sentence = _("Sebutkan versi yang Anda baca.")
        raise InvalidInputError(sentence, fields=[FieldError("version", sentence, "required")])
    with request.change() as work:
        remove_holiday(work, day, int(text))
    return json_answer(ChangedDays([day]))


def propose(request: Request) -> Response:
    """Enter the published days of a year as proposals."""
    with request.change() as work:
        days = propose_year(work, request.params["year"])
    return json_answer(ChangedDays(days))


def confirm(request: Request) -> Response:
    """Confirm proposals."""
    sent = request.decode(ConfirmBody)
    with request.change() as work:
        days = confirm_holidays(work, sent.days, legal_basis=sent.legal_basis)
    return json_answer(ChangedDays(days))


def routes() -> list[Route]:
    """All JSON routes of the calendar."""
    return [
        ApiPath("/days", DayList).get(list_days, SIGNED_IN, "list_holidays", query=RangeQuery),
        ApiPath("/working-days", WorkingDays).get(
            count_days, SIGNED_IN, "working_days", query=RangeQuery
        ),
        ApiPath("/days/{day}", DayAnswer).put(set_day, EDIT, "set_holiday", body=DayBody),
        ApiPath("/days/{day}", ChangedDays).delete(
            remove_day, EDIT, "remove_holiday", query=VersionQuery
        ),
        ApiPath("/years/{year:int}/propose", ChangedDays).post(propose, EDIT, "propose_year"),
        ApiPath("/confirm", ChangedDays).post(confirm, EDIT, "confirm_holidays", body=ConfirmBody),
    ]


def _answer(row: HolidayRow) -> DayAnswer:
    return DayAnswer(**{field.name: getattr(row, field.name) for field in attrs.fields(DayAnswer)})


def _range(request: Request) -> tuple[dt.date, dt.date]:
    first = _date(request.query.get("first", ""), "first")
    last = _date(request.query.get("last", ""), "last")
    if not 0 <= (last - first).days < LONGEST:
        sentence = _("Tanggal akhir harus sesudah tanggal awal, paling jauh 20 tahun.")
        raise InvalidInputError(sentence, fields=[FieldError("last", sentence, "range")])
    return first, last


def _date(text: str, path: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        sentence = _("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-24.")
        raise InvalidInputError(sentence, fields=[FieldError(path, sentence)]) from None
