"""Pages of working schedules: who has which one from when to when, giving one, ending one."""

import datetime as dt
from typing import Any

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
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
    parse_id,
    run_form,
    version_of,
)
from leuit.work import View, Work
from leuit_attendance.service.explain import person_of
from leuit_attendance.service.figures import figures_now
from leuit_attendance.service.fleet import units_with
from leuit_attendance.service.schedules import (
    ASSIGN,
    NewUse,
    count_uses,
    described,
    end_schedule,
    give_schedule,
    use_of,
    uses_of,
)

SCHEDULES = "/attendance/schedules"
_DAY = dt.timedelta(days=1)
_LEVELS = {
    "region": _("Seluruh daerah"),
    "unit": _("Satu unit dan semua di bawahnya"),
    "person": _("Satu pegawai"),
}
_SHORT = {
    "region": _("Daerah"),
    "unit": _("Unit"),
    "position": _("Jabatan"),
    "person": _("Pegawai"),
}


def show_uses(request: Request) -> Response:
    """Which schedule whom has, the newest first, 50 a page."""
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        total = count_uses(view)
        titles = _titles(view)
        rows = [
            {
                "target": name,
                "level": _SHORT[use.level],
                "schedule": titles.get(use.code, use.code),
                "span": described(use),
                "override": use.override,
                "on_holidays": use.on_holidays,
                "ended": use.valid_to is not None and use.valid_to <= view.today,
                "end": f"{SCHEDULES}/{use.id}/end",
            }
            for use, name in uses_of(view, PAGE_SIZE, start)
        ]
    return page(request, "attendance/schedules.html", listing=Listing.of(request, rows, total))


def give(request: Request) -> Response:
    """The form by which a schedule is put to use."""
    with request.read() as view:
        form = _form(view)

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            row = give_schedule(work, _asked(work, values))
            return SCHEDULES, _("Jadwal diberikan %s; harinya dihitung ulang.") % described(row)

    return run_form(request, form, act)


def end(request: Request) -> Response:
    """The form by which a use is ended: it asks for the last day."""
    use_id = parse_id(request.params["use_id"])
    with request.read() as view:
        use, name = use_of(view, use_id)
        schedule = _titles(view).get(use.code, use.code)
        lead, version = f"{name}: {schedule}, {described(use)}", use.version
    form = FormPage(
        title=_("Akhiri jadwal"),
        lead=lead,
        fields=[
            Field("version", "", "hidden", required=False),
            Field(
                "last",
                _("Hari terakhir"),
                "date",
                width="medium",
                hint=_("Sebelum hari pertamanya berarti jadwal ini dibatalkan seluruhnya."),
            ),
        ],
        submit=_("Akhiri jadwal"),
        back=SCHEDULES,
        back_label=_("Jadwal kerja"),
        danger=True,
    ).fill({"version": version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            end_schedule(work, use_id, values["last"] + _DAY, version_of(values))
        return SCHEDULES, _("Jadwal diakhiri; harinya dihitung ulang.")

    return run_form(request, form, act)


def _form(view: View) -> FormPage:
    levels = [
        Choice(level, title)
        for level, title in _LEVELS.items()
        if level != "region" or view.allows_on_root(ASSIGN)
    ]
    units = [Choice(str(unit.id), unit.name) for unit in units_with(view, ASSIGN)]
    schedules = [Choice(code, title) for code, title in _titles(view).items()]
    return FormPage(
        title=_("Berikan jadwal kerja"),
        lead=_("Jadwal yang mulai kemudian mengganti yang lama; yang lama tidak perlu diakhiri."),
        fields=[
            Field(
                "code",
                _("Jadwal"),
                "select",
                choices=[Choice("", _("Pilih jadwal")), *schedules],
                missing=_("Pilih jadwalnya."),
            ),
            Field(
                "level",
                _("Untuk siapa"),
                "radio",
                choices=levels,
                missing=_("Pilih untuk siapa jadwal itu."),
            ),
            Field(
                "unit",
                _("Unit"),
                "select",
                required=False,
                choices=[Choice("", _("Pilih unit")), *units],
                hint=_("Diisi bila jadwal itu untuk satu unit."),
            ),
            Field(
                "who",
                _("NIP atau PIN"),
                required=False,
                width="medium",
                hint=_("Diisi bila jadwal itu untuk satu pegawai."),
            ),
            Field("valid_from", _("Hari pertama"), "date", width="medium"),
            Field(
                "valid_to",
                _("Hari terakhir"),
                "date",
                required=False,
                width="medium",
                hint=_("Kosongkan bila berlaku seterusnya."),
            ),
            Field("override", _("Menimpa jadwal biasa, seperti jadwal Ramadan"), "checkbox"),
            Field("on_holidays", _("Berlaku juga pada hari libur"), "checkbox"),
        ],
        submit=_("Berikan jadwal"),
        back=SCHEDULES,
        back_label=_("Jadwal kerja"),
    )


def _asked(work: Work, values: dict[str, Any]) -> NewUse:
    """The use that the form describes; raises InvalidInputError at the field that lacks."""
    level, target = values["level"], None
    first, last = values["valid_from"], values["valid_to"]
    if level == "unit":
        if not values["unit"]:
            raise _lacking("unit", _("Pilih unitnya."))
        target = parse_id(values["unit"])
    elif level == "person":
        if not values["who"]:
            raise _lacking("who", _("Isi NIP atau PIN pegawai itu."))
        try:
            target = person_of(work, values["who"], first).id
        except NotFoundError as error:
            raise _lacking("who", str(error)) from error
    return NewUse(
        level,
        target,
        values["code"],
        first,
        None if last is None else last + _DAY,
        values["override"],
        values["on_holidays"],
    )


def _lacking(field: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(_("Jadwal belum dipakai."), fields=[FieldError(field, sentence)])


def _titles(view: View) -> dict[str, str]:
    """Titles of the schedules of all editions by code; the latest edition names them."""
    return {
        code: week.title or code
        for edition in figures_now(view).schedules
        for code, week in edition.figures.schedules.items()
    }
