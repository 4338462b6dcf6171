"""Legal holds: the list, one with what it reaches, beginning, adding to and ending one."""

from typing import Any
from uuid import UUID

import attrs

from leuit.identity import Unit
from leuit.values import _, format_date
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    page,
    parse_id,
    run_form,
    version_of,
)
from leuit_archives.models import Dossier, Hold, Record
from leuit_archives.models.holds import CASE, HOLD_REASON, HOLD_TEXT
from leuit_archives.permissions import MANAGE_HOLDS
from leuit_archives.service.holds import (
    HoldQuestion,
    begin_hold,
    end_hold,
    find_hold,
    held_by,
    hold_things,
    listed_holds,
    shows_words,
)
from leuit_archives.service.record_access import find_dossier, find_record, signature_of
from leuit_archives.service.retention_desk import units_from_top

from .asked import cursor_in, id_in, next_page

HOME = "/archives/holds"


def show_holds(request: Request) -> Response:
    """The holds that the reader may see, those that run first."""
    with request.read() as view:
        found = listed_holds(view)
        may = view.allows_anywhere(MANAGE_HOLDS)
    return page(
        request,
        "archives/lawful_list.html",
        title=_("Penahanan hukum"),
        lead=_("Berkas di bawah penahanan tidak dimusnahkan sampai semua penahanannya berakhir."),
        here="holds",
        new=(f"{HOME}/new", _("Mulai penahanan")) if may else None,
        rows=[
            {
                "href": f"{HOME}/{one.hold.id}",
                "title": one.hold.case_number,
                "meta": _meta(one.hold),
                "chip": (_("Berjalan"), "bata")
                if one.hold.ended_on is None
                else (_("Selesai"), "abu"),
                "count": one.count,
            }
            for one in found
        ],
        more="",
    )


def show_hold(request: Request) -> Response:
    """A hold, its question and what it reaches of what the reader may see."""
    with request.read() as view:
        hold = find_hold(view, id_in(request, "hold_id"))
        found = held_by(view, hold, PAGE_SIZE + 1, after=cursor_in(request))
        words = shows_words(view, hold)
        may = view.allows_anywhere(MANAGE_HOLDS) and hold.ended_on is None
        unit = view.session.get_one(Unit, hold.unit_id).name if hold.unit_id else ""
    return page(
        request,
        "archives/hold.html",
        hold=hold,
        facts=_facts(hold, unit, words=words),
        rows=[(one, signature_of(one)) for one in found[:PAGE_SIZE]],
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.id)),
        may=may,
        path=f"{HOME}/{hold.id}",
        home=HOME,
    )


def begin(request: Request) -> Response:
    """Begin a hold: of one dossier or record that the address names, or by a question."""
    asked = _named(request, "dossier")
    one_record = _named(request, "record")
    with request.read() as view:
        view.require_anywhere(MANAGE_HOLDS)
        dossier = find_dossier(view, parse_id(asked)) if asked else None
        record = find_record(view, parse_id(one_record)) if one_record else None
        units = units_from_top(view, MANAGE_HOLDS)
        everywhere = view.allows_on_root(MANAGE_HOLDS)
        running = [one.hold for one in listed_holds(view) if one.hold.ended_on is None]
    fields = [
        Field("case_number", _("Nomor perkara"), most=CASE),
        Field("reason", _("Alasan"), "textarea", rows=3, most=HOLD_REASON),
    ]
    if dossier is not None or record is not None:
        fields.append(Field("record" if record else "dossier", "", "hidden"))
        if running:
            choices = [Choice("", str(_("Penahanan baru")))]
            choices += [Choice(str(one.id), one.case_number) for one in running]
            fields = [
                Field("hold", _("Penahanan"), "select", required=False, choices=choices),
                *(_optional(field) for field in fields[:2]),
                fields[2],
            ]
    else:
        choices = [Choice("", str(_("Semua unit")))] if everywhere else []
        choices += [Choice(str(unit_id), name) for unit_id, name in units]
        fields += [
            Field(
                "unit_id",
                _("Unit dan semua di bawahnya"),
                "select",
                required=not everywhere,
                choices=choices,
            ),
            Field("code", _("Kode klasifikasi"), required=False, width="medium"),
            Field("words", _("Kata pada uraian"), required=False, most=HOLD_TEXT),
            Field("since", _("Sejak tanggal"), "date", required=False),
            Field(
                "until",
                _("Sampai tanggal"),
                "date",
                required=False,
                hint=_("Yang cocok dan datang kemudian ikut ditahan."),
            ),
        ]
    form = FormPage(
        title=_("Tahan untuk perkara"),
        lead=_lead(dossier, record),
        fields=fields,
        submit=_("Tahan"),
        action=f"{HOME}/new",
        back=HOME,
        back_label=_("Penahanan hukum"),
    ).fill({"dossier": asked, "record": one_record})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            if values.get("hold"):
                hold_id = parse_id(values["hold"])
            else:
                question = None if dossier or record else _question(values)
                case, reason = values["case_number"] or "", values["reason"] or ""
                hold_id = begin_hold(work, case, reason, question).id
            if dossier is not None:
                hold_things(work, hold_id, [dossier.id])
            if record is not None:
                hold_things(work, hold_id, records=[record.id])
        return f"{HOME}/{hold_id}", str(_("Penahanan berlaku."))

    return run_form(request, form, act)


def end(request: Request) -> Response:
    """End a hold with the reason."""
    hold_id: UUID = id_in(request, "hold_id")
    with request.read() as view:
        view.require_anywhere(MANAGE_HOLDS)
        hold = find_hold(view, hold_id)
    form = FormPage(
        title=_("Akhiri penahanan"),
        lead=hold.case_number,
        fields=[
            Field("reason", _("Alasan"), "textarea", rows=3, most=HOLD_REASON),
            Field("version", "", "hidden"),
        ],
        submit=_("Akhiri penahanan"),
        action=f"{HOME}/{hold_id}/end",
        back=f"{HOME}/{hold_id}",
        back_label=_("Penahanan"),
        danger=True,
    ).fill({"version": hold.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            end_hold(work, hold_id, version_of(values), values["reason"])
        return f"{HOME}/{hold_id}", str(_("Penahanan berakhir."))

    return run_form(request, form, act)


def _named(request: Request, name: str) -> str:
    return request.query.get(name, "") or request.form.get(name, "")


def _lead(dossier: Dossier | None, record: Record | None) -> str:
    if record is not None:
        return record.title
    if dossier is not None:
        return f"{signature_of(dossier)} · {dossier.title}"
    return str(_("Sebutkan apa yang ditahan: unit, kode, kata, atau masanya."))


def _optional(field: Field) -> Field:
    return attrs.evolve(field, required=False)


def _question(values: dict[str, Any]) -> HoldQuestion:
    return HoldQuestion(
        parse_id(values["unit_id"]) if values["unit_id"] else None,
        (values["code"] or "").strip(),
        values["words"] or "",
        values["since"],
        values["until"],
    )


def _meta(hold: Hold) -> str:
    begun = format_date(hold.begun_on, "medium")
    if hold.ended_on is None:
        return str(_("Sejak %s") % begun)
    return f"{begun} – {format_date(hold.ended_on, 'medium')}"


def _facts(hold: Hold, unit: str, *, words: bool) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (_("Alasan"), hold.reason),
        (_("Mulai"), format_date(hold.begun_on)),
        (_("Berakhir"), format_date(hold.ended_on) if hold.ended_on else _("Masih berjalan")),
        (_("Alasan berakhir"), hold.end_reason),
    ]
    if hold.asks:
        facts += [
            (_("Unit dan semua di bawahnya"), unit or _("Semua unit")),
            (_("Kode"), hold.code),
            (_("Kata"), hold.words if words else _("Hanya untuk pembaca arsip rahasia")),
            (_("Sejak"), format_date(hold.since) if hold.since else ""),
            (_("Sampai"), format_date(hold.until) if hold.until else ""),
        ]
    return facts
