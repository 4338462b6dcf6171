"""Pages of the calendar: a year with its days off and working days, and the forms that edit it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from babel.dates import get_month_names
from sqlalchemy import func, select

from leuit.identity import Account, Person
from leuit.plugins import SIGNED_IN, Route
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    StaleEditError,
    _,
    format_date,
)
from leuit.web import Choice, Field, FormPage, Request, Response, local, page, redirect
from leuit.work import View

from .days import working_days
from .editing import EDIT, KINDS, confirm_holidays, described, remove_holiday, set_holiday
from .models import HolidayRow
from .published import propose_year

FIRST_YEAR, LAST_YEAR = 1946, 2198
MONTHS = get_month_names(locale="id_ID")


@attrs.frozen
class Month:
    """A month of the year: its days off and how many working days are left."""

    name: str
    holidays: int
    cuti_bersama: int
    working: int


def show_year(request: Request) -> Response:
    """The calendar of a year; proposals stand apart until they are confirmed."""
    year = _year(request.query.get("year", ""), request.now.year)
    with request.read() as view:
        rows = _rows(view, year)
        working = working_days(view, dt.date(year, 1, 1), dt.date(year, 12, 31))
        may_edit = view.allows_on_root(EDIT)
        called = _names(view, rows)
    confirmed = [row for row in rows if row.status == "confirmed"]
    return page(
        request,
        "calendar/year.html",
        year=year,
        years=(year - 1, year + 1),
        confirmed=confirmed,
        proposals=[row for row in rows if row.status == "proposed"],
        months=_months(confirmed, working),
        kinds=KINDS,
        may_edit=may_edit,
        names=called,
        edited={row.day: local(request, row.edited_at) for row in rows},
    )


def show_new(request: Request) -> Response:
    """An empty form for a day off."""
    with request.read() as view:
        view.require_on_root(EDIT)
    return _form().answer(request)


def create(request: Request) -> Response:
    """Enter a day off, or show the form again with every fault."""
    form = _form()
    read = form.read(request.form, request.files)
    if form.ok and _save(request, form, read["day"], read, None):
        return _done(read["day"], _("%s sudah masuk kalender.") % format_date(read["day"]))
    return form.answer(request)


def show_edit(request: Request) -> Response:
    """The form of one day."""
    row = _find(request)
    return _form(row).fill(_values(row)).answer(request)


def edit(request: Request) -> Response:
    """Change a day; after a stale edit the form is shown with the present version."""
    row = _find(request)
    form = _form(row)
    read = form.read(request.form, request.files)
    if form.ok and _save(request, form, row.day, read, _version(request)):
        return _done(row.day, _("%s sudah diubah.") % format_date(row.day))
    return form.answer(request)


def show_remove(request: Request) -> Response:
    """Ask before a day is taken out."""
    row = _find(request)
    form = FormPage(
        title=_("Hapus %s dari kalender?") % format_date(row.day),
        lead=_("Tercatat sebagai %s. Setelah dihapus, hari itu dihitung seperti hari biasa.")
        % described(row),
        submit=_("Hapus dari kalender"),
        back=f"/calendar?year={row.day.year}",
        back_label=_("Kembali ke kalender"),
        fields=[Field("version", "", "hidden", required=False)],
        danger=True,
    )
    return form.fill({"version": row.version}).answer(request)


def remove(request: Request) -> Response:
    """Take a day out."""
    row = _find(request)
    try:
        with request.change() as work:
            remove_holiday(work, row.day, _version(request) or 0)
    except ConflictError as error:
        return redirect(f"/calendar?year={row.day.year}", str(error), "bata")
    return _done(row.day, _("%s sudah dihapus dari kalender.") % format_date(row.day))


def propose(request: Request) -> Response:
    """Fetch the published days of a year as proposals."""
    year: int = request.params["year"]
    try:
        with request.change() as work:
            days = propose_year(work, year)
    except InvalidInputError as error:
        return redirect("/calendar", str(error), "bata")
    told = (
        _("%s hari diusulkan. Periksa, lalu konfirmasi.") % len(days)
        if days
        else _("Tidak ada hari baru untuk diusulkan.")
    )
    return redirect(f"/calendar?year={year}", told)


def confirm(request: Request) -> Response:
    """Confirm the marked proposals under one decree."""
    year = _year(request.form.get("year", ""), request.now.year)
    path = f"/calendar?year={year}"
    days = [day for text in request.form.all("day") if (day := _iso(text)) is not None]
    if not days:
        return redirect(path, _("Tandai dahulu hari yang dikonfirmasi."), "bata")
    try:
        with request.change() as work:
            done = confirm_holidays(
                work, days[:400], legal_basis=request.form.get("legal_basis", "")
            )
    except InvalidInputError as error:
        return redirect(path, " ".join(fault.sentence() for fault in error.fields), "bata")
    return redirect(path, _("%s hari dikonfirmasi.") % len(done))


def routes() -> list[Route]:
    """All pages of the calendar."""
    one = "/{day}"
    post: dict[str, Any] = {"methods": ("POST",)}
    return [
        Route("/", show_year, SIGNED_IN, name="calendar"),
        Route("/new", show_new, EDIT, name="holiday_new"),
        Route("/new", create, EDIT, name="holiday_create", **post),
        Route("/confirm", confirm, EDIT, name="holidays_confirm", **post),
        Route("/years/{year:int}/propose", propose, EDIT, name="holidays_propose", **post),
        Route(one + "/edit", show_edit, EDIT, name="holiday_edit"),
        Route(one + "/edit", edit, EDIT, name="holiday_change", **post),
        Route(one + "/remove", show_remove, EDIT, name="holiday_ask_remove"),
        Route(one + "/remove", remove, EDIT, name="holiday_remove", **post),
    ]


def _form(row: HolidayRow | None = None) -> FormPage:
    date = Field("day", _("Tanggal"), "date", width="short", missing=_("Isi tanggalnya."))
    return FormPage(
        title=_("Ubah %s") % format_date(row.day) if row else _("Tambah hari libur"),
        submit=_("Simpan hari libur"),
        back=f"/calendar?year={row.day.year}" if row else "/calendar",
        back_label=_("Kembali ke kalender"),
        fields=[
            Field("version", "", "hidden", required=False) if row else date,
            Field(
                "kind",
                _("Jenis"),
                "radio",
                choices=[Choice(name, label) for name, label in KINDS.items()],
                missing=_("Pilih jenisnya."),
            ),
            Field("title", _("Nama hari")),
            Field(
                "legal_basis",
                _("Dasar hukum"),
                hint=_("Keputusan yang menetapkannya, misalnya SKB 3 Menteri atau Keppres."),
            ),
        ],
    )


def _save(
    request: Request, form: FormPage, day: dt.date, read: dict[str, Any], version: int | None
) -> bool:
    try:
        with request.change() as work:
            set_holiday(
                work,
                day,
                kind=read["kind"],
                title=read["title"],
                legal_basis=read["legal_basis"],
                version=version,
            )
    except StaleEditError as error:
        form.errors[""] = str(error)
        with request.read() as view:
            row = view.session.get(HolidayRow, day)
        if row is not None and version is not None:
            form.errors[""] = " ".join(
                (error.sentence(), _("Simpan lagi bila isian Anda yang benar."))
            )
            form.values["version"] = str(row.version)
    except InvalidInputError as error:
        form.refuse(error)
    return form.ok


def _done(day: dt.date, sentence: str) -> Response:
    return redirect(f"/calendar?year={day.year}", sentence)


def _values(row: HolidayRow) -> dict[str, Any]:
    return {
        "version": row.version,
        "kind": row.kind,
        "title": row.title,
        "legal_basis": row.legal_basis,
    }


def _find(request: Request) -> HolidayRow:
    day = _iso(request.params["day"])
    with request.read() as view:
        view.require_on_root(EDIT)
        row = view.session.get(HolidayRow, day) if day else None
    if row is None:
        raise NotFoundError(
            _("Tanggal itu tidak ada di kalender libur."), advice=_("Mulai dari halaman Kalender.")
        )
    return row


def _rows(view: View, year: int) -> Sequence[HolidayRow]:
    return view.session.scalars(
        select(HolidayRow)
        .where(HolidayRow.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        .order_by(HolidayRow.day)
    ).all()


def _names(view: View, rows: Sequence[HolidayRow]) -> dict[UUID | None, str]:
    accounts = {row.edited_by for row in rows if row.edited_by}
    found = view.session.execute(
        select(Account.id, func.coalesce(Person.name, Account.login))
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id.in_(accounts))
    )
    return {None: _("Sistem"), **{row[0]: row[1] for row in found}}


def _months(rows: Sequence[HolidayRow], working: Sequence[dt.date]) -> list[Month]:
    return [
        Month(
            MONTHS[number],
            sum(row.day.month == number and row.kind == "libur" for row in rows),
            sum(row.day.month == number and row.kind == "cuti_bersama" for row in rows),
            sum(day.month == number for day in working),
        )
        for number in range(1, 13)
    ]


def _year(text: str, default: int) -> int:
    if text.isascii() and text.isdigit() and len(text) == 4:
        return min(max(int(text), FIRST_YEAR), LAST_YEAR)
    return default


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _version(request: Request) -> int | None:
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
