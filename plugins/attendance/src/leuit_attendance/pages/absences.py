"""Pages of the personnel office: absences entered by document, and their cancelling."""

from typing import Any
from uuid import UUID

from leuit.values import ConflictError, InvalidInputError, NotFoundError, _, format_date, local_day
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    redirect,
)
from leuit_attendance.models import AbsenceRow
from leuit_attendance.service.absences import (
    ENTER,
    KINDS,
    NewAbsence,
    absences_entered,
    cancel_absence,
    count_absences,
    document_of,
    enter_absence,
)
from leuit_attendance.service.explain import person_of

ABSENCES = "/attendance/absences"


def show_absences(request: Request) -> Response:
    """What was entered for people whom the reader may enter absences for, 50 a page."""
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        total = count_absences(view)
        found = absences_entered(view, PAGE_SIZE, start)
        rows = [
            {
                "name": name,
                "title": row.title,
                "span": _span(row),
                "document": document_of(request.app, row),
                "cancelled": row.cancelled_at is not None,
                "reason": row.cancelled_reason,
                "cancel": f"{ABSENCES}/{row.id}/cancel",
            }
            for row, name in found
        ]
    listing = Listing.of(request, rows, total)
    return page(request, "attendance/absences.html", listing=listing, may_enter=request.may(ENTER))


def add_absence(request: Request) -> Response:
    """The form by which an approved absence is entered."""
    form = FormPage(
        title=_("Catat ketidakhadiran"),
        lead=_("Cuti, tugas belajar, dinas luar, atau izin yang sudah disetujui dengan dokumen."),
        fields=[
            Field("who", _("NIP atau PIN"), width="medium"),
            Field(
                "kind",
                _("Jenis"),
                "radio",
                choices=[Choice(kind, title) for kind, title in KINDS.items()],
                missing=_("Pilih jenisnya."),
            ),
            Field("title", _("Sebutan"), required=False, hint=_("Misalnya Cuti tahunan.")),
            Field("first_day", _("Hari pertama"), "date", width="medium"),
            Field("last_day", _("Hari terakhir"), "date", width="medium"),
            Field("document", _("Nomor dokumen"), hint=_("Misalnya SPT 094/12/2026.")),
            Field("note", _("Catatan"), "textarea", required=False, rows=3),
        ],
        submit=_("Catat"),
        back=ABSENCES,
        back_label=_("Ketidakhadiran"),
    )
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok and (told := _enter(request, form, values)) is not None:
            return redirect(ABSENCES, told)
    return form.answer(request)


def cancel(request: Request) -> Response:
    """The form by which a wrong entry is cancelled; it asks why."""
    absence_id = _id(request.params["absence_id"])
    with request.read() as view:
        row = view.session.get(AbsenceRow, absence_id)
        if row is None:
            raise NotFoundError(_("Catatan ketidakhadiran itu tidak ada."))
        view.require_person(ENTER, row.person_id)
        lead = f"{row.title}, {_span(row)}, {row.document}"
        version = row.version
    form = FormPage(
        title=_("Batalkan catatan"),
        lead=lead,
        fields=[
            Field("version", "", "hidden", required=False),
            Field("reason", _("Alasan"), missing=_("Tulis alasannya.")),
        ],
        submit=_("Batalkan catatan"),
        back=ABSENCES,
        back_label=_("Ketidakhadiran"),
        danger=True,
    ).fill({"version": version})
    if request.method == "POST":
        values = form.read(request.form, request.files)
        seen = str(values.get("version") or "")
        if form.ok:
            try:
                with request.change() as work:
                    number = int(seen) if seen.isascii() and seen.isdigit() else -1
                    cancel_absence(work, absence_id, number, values["reason"])
            except InvalidInputError as error:
                form.refuse(error)
            except ConflictError as error:
                form.errors[""] = str(error)
            else:
                return redirect(ABSENCES, _("Catatan dibatalkan; harinya dihitung ulang."))
    return form.answer(request)


def _enter(request: Request, form: FormPage, values: dict[str, Any]) -> str | None:
    try:
        with request.change() as work:
            day = min(values["first_day"], local_day(work.now, work.app.zone))
            person = person_of(work, values["who"], day)
            work.require_person(ENTER, person.id)
            enter_absence(
                work,
                NewAbsence(
                    person.id,
                    values["kind"],
                    values["first_day"],
                    values["last_day"],
                    values["document"],
                    values["title"] or "",
                    values["note"] or "",
                ),
            )
            return _("Ketidakhadiran %s dicatat; harinya dihitung ulang.") % person.name
    except NotFoundError as error:
        form.errors["who"] = str(error)
    except InvalidInputError as error:
        form.refuse(error)
    except ConflictError as error:
        form.errors[""] = str(error)
    return None


def _span(row: AbsenceRow) -> str:
    first = format_date(row.first_day, "medium")
    return (
        first if row.first_day == row.last_day else f"{first}–{format_date(row.last_day, 'medium')}"
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(_("Catatan ketidakhadiran itu tidak ada.")) from None
