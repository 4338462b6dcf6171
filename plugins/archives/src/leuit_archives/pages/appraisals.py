"""Appraisals by page: dossiers are picked from the desk's pile, decided on, and then shown."""

from typing import Any
from uuid import UUID

from leuit.values import InvalidInputError, _, format_date
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    parse_id,
    redirect,
    run_form,
)
from leuit_archives.models import Appraisal
from leuit_archives.models.appraisals import APPRAISAL_REASON
from leuit_archives.models.transfers import PAPER_NUMBER
from leuit_archives.permissions import REAPPRAISE
from leuit_archives.rules.appraisal import DECISIONS
from leuit_archives.rules.final_actions import DESTROY, EXTEND
from leuit_archives.service.appraisals import (
    appraisal_file,
    dossiers_of,
    find_appraisal,
    listed_appraisals,
)
from leuit_archives.service.appraising import (
    MOST_DOSSIERS,
    Decision,
    appraise,
    awaiting,
    awaiting_units,
    chosen,
)
from leuit_archives.service.record_access import signature_of

from .asked import cursor_in, id_in, next_page, unit_in
from .transfers import paper_of

HOME = "/archives/appraisals"
_TOLD = 5
"""How many of the chosen dossiers the form names; of more it tells how many."""


def show_appraisals(request: Request) -> Response:
    """The appraisals of dossiers that the reader may see, the newest first."""
    with request.read() as view:
        found = listed_appraisals(view, PAGE_SIZE + 1, after=cursor_in(request))
        may = view.allows_anywhere(REAPPRAISE)
    return page(
        request,
        "archives/lawful_list.html",
        title=_("Penilaian kembali"),
        lead=_("Yang aturannya bersyarat diputuskan orang: musnah, permanen, atau diperpanjang."),
        here="appraisals",
        new=(f"{HOME}/new", _("Nilai kembali")) if may else None,
        rows=[
            {
                "href": f"{HOME}/{one.appraisal.id}",
                "title": one.appraisal.number,
                "meta": f"{format_date(one.appraisal.dated, 'medium')} · {one.who}",
                "chip": (decision_word(one.appraisal), decision_tone(one.appraisal)),
                "count": one.count,
            }
            for one in found[:PAGE_SIZE]
        ],
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.appraisal.id)),
    )


def choose(request: Request) -> Response:
    """What waits for an appraisal by the reader, to be ticked."""
    with request.read() as view:
        view.require_anywhere(REAPPRAISE)
        units = awaiting_units(view)
        unit = unit_in(request)
        found = awaiting(view, unit, MOST_DOSSIERS)
    return page(
        request,
        "archives/appraise_choose.html",
        units=units,
        unit=unit,
        rows=[(one, signature_of(one)) for one in found],
        action=f"{HOME}/decide",
        path=f"{HOME}/new",
        home=HOME,
    )


def decide(request: Request) -> Response:
    """The decision on the dossiers that were picked, with its paper."""
    ids = _picked(request)
    if not ids:
        return redirect(f"{HOME}/new", _("Pilih sedikitnya satu berkas."))
    with request.read() as view:
        found = chosen(view, ids)
    names = [f"{signature_of(one.dossier)} {one.dossier.title}" for one in found[:_TOLD]]
    if len(found) > _TOLD:
        names.append(str(_("dan %s berkas lain") % (len(found) - _TOLD)))
    form = FormPage(
        title=_("Nilai kembali"),
        lead="; ".join(names),
        fields=[
            Field("dossiers", "", "hidden"),
            Field(
                "decision",
                _("Keputusan"),
                "radio",
                choices=[Choice(name, str(title)) for name, title in DECISIONS.items()],
            ),
            Field(
                "years",
                _("Ditambah berapa tahun"),
                required=False,
                width="short",
                convert=_whole,
                hint=_("Hanya untuk perpanjangan; dihitung sejak tanggal keputusan."),
            ),
            Field("reason", _("Alasan"), "textarea", rows=3, most=APPRAISAL_REASON),
            Field("number", _("Nomor berita acara atau keputusan"), most=PAPER_NUMBER),
            Field("dated", _("Tanggal keputusan"), "date"),
            Field(
                "document",
                _("Pindaian atau berkas bertanda tangan"),
                "file",
                accept=".pdf,.png,.jpg,.jpeg",
                hint=_("PDF, PNG, atau JPEG, paling besar 8 MB."),
            ),
        ],
        submit=_("Catat keputusan"),
        action=f"{HOME}/decide",
        back=f"{HOME}/new",
        back_label=_("Penilaian kembali"),
    ).fill({"dossiers": ",".join(str(one) for one in ids)})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        told = Decision(values["decision"], values["reason"], values["years"])
        paper = paper_of(request, values)
        with request.change() as work:
            appraisal_id = appraise(work, ids, told, paper).id
        return f"{HOME}/{appraisal_id}", str(_("Keputusan dicatat."))

    return run_form(request, form, act)


def show_appraisal(request: Request) -> Response:
    """A decision with its paper and the dossiers that it decided on."""
    with request.read() as view:
        appraisal, who = find_appraisal(view, id_in(request, "appraisal_id"))
        found = dossiers_of(view, appraisal)
    return page(
        request,
        "archives/appraisal.html",
        number=appraisal.number,
        chip=(decision_word(appraisal), decision_tone(appraisal)),
        follows=_follows(appraisal),
        facts=[
            (_("Keputusan"), decision_word(appraisal)),
            (_("Tanggal keputusan"), format_date(appraisal.dated)),
            (_("Alasan"), appraisal.reason),
            (_("Dicatat oleh"), who),
            (_("Dicatat pada"), format_date(appraisal.recorded_at.date())),
        ],
        rows=[(one, signature_of(one)) for one in found],
        paper=f"{HOME}/{appraisal.id}/file",
        home=HOME,
    )


def download_paper(request: Request) -> Response:
    """The scan of the paper of a decision."""
    with request.read() as view:
        appraisal, _who = find_appraisal(view, id_in(request, "appraisal_id"))
        file = appraisal_file(view, appraisal)
    return file_answer(request.app.blobs.get(file.sha256), file.name, file.media_type)


def decision_word(one: Appraisal) -> str:
    """A decision in words; of an extension with its years."""
    if one.decision == EXTEND:
        return str(_("Diperpanjang %s tahun") % one.years)
    return str(DECISIONS[one.decision])


def decision_tone(one: Appraisal) -> str:
    """The colour of a decision's chip."""
    return {DESTROY: "bata", EXTEND: "tunggu"}.get(one.decision, "daun")


def _follows(one: Appraisal) -> str:
    """What comes of a decision."""
    if one.decision == DESTROY:
        return str(_("Berkasnya kini dapat diusulkan musnah oleh orang lain."))
    if one.decision == EXTEND:
        return str(_("Sesudah perpanjangannya habis, berkasnya dinilai kembali."))
    return str(_("Berkasnya kini dapat diusulkan untuk diserahkan."))


def _picked(request: Request) -> list[UUID]:
    """The dossiers of the address, or those that the form carried along; no more than fit."""
    if request.method == "POST":
        told = request.form.get("dossiers", "").split(",")
    else:
        told = [value for name, value in request.query.multi_items() if name == "dossier"]
    ids = list(dict.fromkeys(parse_id(one) for one in told if one))
    return ids[:MOST_DOSSIERS]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise InvalidInputError(_("Isi dengan angka bulat."))
    return int(text)
