"""The retention card of a dossier: what is next and when, by which words, with events and holds."""

from typing import Any

from leuit.builtin.regulations import store_document
from leuit.values import _, format_date
from leuit.web import (
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    redirect,
    run_form,
)
from leuit.work import View
from leuit_archives.models import Dossier, Retention
from leuit_archives.models.retention import EVENT_LABEL, EVIDENCE
from leuit_archives.permissions import (
    CHECK_LEGACY,
    FILE_RECORDS,
    MANAGE_HOLDS,
    REAPPRAISE,
    TRANSFER,
)
from leuit_archives.rules.final_actions import FINAL_ACTIONS
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE, STATES
from leuit_archives.rules.triggers import OTHER, TRIGGERS
from leuit_archives.service.appraisals import told_appraisals
from leuit_archives.service.dossier_rules import KeptRule, kept_rules
from leuit_archives.service.dossiers import REASON
from leuit_archives.service.events import (
    Happened,
    event_file,
    events_told,
    other_wordings,
    record_event,
)
from leuit_archives.service.holds import holds_of
from leuit_archives.service.legacy import check_schedule
from leuit_archives.service.moving import standings
from leuit_archives.service.reapplying import changes_of, reapply
from leuit_archives.service.record_access import find_dossier, signature_of
from leuit_archives.service.transfers import take_back
from leuit_archives.service.vital import mark_vital

from .appraisals import decision_word
from .asked import id_in
from .retention_desk import next_word

DOSSIERS = "/archives/dossiers"
ACCEPTED = ".pdf,.png,.jpg,.jpeg"
MAX_BODY = 9 * 1024 * 1024


def show_retention(request: Request) -> Response:
    """The card, for whoever may read the dossier."""
    with request.read() as view:
        dossier = find_dossier(view, id_in(request, "dossier_id"))
        kept = view.session.get(Retention, dossier.id)
        rules = [
            rule
            for _key, rule in sorted(kept_rules(view, [dossier.id]).get(dossier.id, {}).items())
        ]
        events = events_told(view, dossier)
        holds = holds_of(view, dossier)
        held = any(one.held for one in standings(view, [dossier.id]))
        appraisals = told_appraisals(view, dossier)
        legacy = kept is not None and kept.legacy
        later = None if legacy else _later(view, dossier)
        may = {
            "event": view.allows(FILE_RECORDS, dossier.unit_id),
            "hold": view.allows(MANAGE_HOLDS, dossier.unit_id),
            "transfer": view.allows(TRANSFER, dossier.unit_id),
            "check": kept is not None
            and kept.legacy
            and kept.state in (ACTIVE, INACTIVE)
            and view.allows(CHECK_LEGACY, dossier.unit_id),
            "appraise": kept is not None
            and (kept.next_step == "appraise" or kept.appraised != "" or bool(appraisals))
            and kept.state == INACTIVE
            and view.allows(REAPPRAISE, dossier.unit_id),
        }
    return page(
        request,
        "archives/retention.html",
        dossier=dossier,
        number=signature_of(dossier),
        path=f"{DOSSIERS}/{dossier.id}",
        step=next_word(kept) if kept else "",
        facts=_facts(dossier, kept),
        rules=[_words(rule) for rule in rules],
        events=[(event, TRIGGERS[event.kind], who) for event, who in events],
        holds=holds,
        held=held,
        appraisals=[(one, decision_word(one), who) for one, who in appraisals],
        waits_again=bool(appraisals) and kept is not None and kept.appraised == "",
        later=later,
        legacy=legacy,
        may=may,
        inactive=kept is not None and kept.state == INACTIVE,
        vital=kept is not None and kept.vital,
    )


def add_event(request: Request) -> Response:
    """Record what happened, with what proves it; what only its rules know stands first."""
    dossier, path = _asked(request)
    with request.read() as view:
        wordings = other_wordings(view, dossier)
    form = FormPage(
        title=_("Catat peristiwa"),
        lead=f"{signature_of(dossier)} · {dossier.title}",
        fields=[
            Field(
                "kind",
                _("Peristiwa"),
                "select",
                choices=[
                    *(Choice(f"{OTHER}:{words}", words) for words in wordings),
                    *(Choice(kind, str(title)) for kind, title in TRIGGERS.items()),
                ],
            ),
            Field(
                "label",
                _("Uraian"),
                required=False,
                most=EVENT_LABEL,
                hint=_("Wajib untuk peristiwa lain, dengan kata-kata jadwalnya."),
            ),
            Field("happened_on", _("Tanggal peristiwa"), "date"),
            Field(
                "evidence",
                _("Letak atau nomor bukti"),
                required=False,
                most=EVIDENCE,
                hint=_("Isi ini, atau unggah buktinya."),
            ),
            Field(
                "document",
                _("Bukti"),
                "file",
                required=False,
                accept=ACCEPTED,
                hint=_("PDF, PNG, atau JPEG, paling besar 8 MB."),
            ),
        ],
        submit=_("Catat peristiwa"),
        action=f"{path}/events",
        back=f"{path}/retention",
        back_label=_("Retensi"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        upload = values["document"]
        file = store_document(request.app, upload.filename, upload.data) if upload else None
        kind, _colon, words = values["kind"].partition(":")
        told = Happened(
            kind,
            values["happened_on"],
            values["evidence"] or "",
            words or values["label"] or "",
        )
        with request.change() as work:
            record_event(work, dossier.id, told, file)
        return f"{path}/retention", str(_("Peristiwa dicatat."))

    return run_form(request, form, act)


def take_it_back(request: Request) -> Response:
    """Make an inactive dossier active again."""
    dossier, path = _asked(request, TRANSFER)
    form = FormPage(
        title=_("Aktifkan kembali"),
        lead=f"{signature_of(dossier)} · {dossier.title}",
        fields=[Field("reason", _("Alasan"), "textarea", rows=3, most=REASON)],
        submit=_("Aktifkan kembali"),
        action=f"{path}/take-back",
        back=f"{path}/retention",
        back_label=_("Retensi"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            take_back(work, dossier.id, values["reason"])
        return f"{path}/retention", str(_("Berkas aktif lagi."))

    return run_form(request, form, act)


def mark(request: Request) -> Response:
    """Mark a dossier as vital or protected, or take the mark away."""
    dossier, path = _asked(request)
    with request.read() as view:
        kept = view.session.get(Retention, dossier.id)
    marked = kept is not None and kept.vital
    title = _("Lepas tanda vital") if marked else _("Tandai vital atau terjaga")
    form = FormPage(
        title=title,
        lead=f"{signature_of(dossier)} · {dossier.title}",
        fields=[Field("reason", _("Alasan"), "textarea", rows=3, most=REASON)],
        submit=title,
        action=f"{path}/vital",
        back=f"{path}/retention",
        back_label=_("Retensi"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            mark_vital(work, dossier.id, values["reason"], vital=not marked)
        return f"{path}/retention", str(_("Tanda berkas diubah."))

    return run_form(request, form, act)


def check_it(request: Request) -> Response:
    """Say that the schedule of today is that of a dossier of old files."""
    dossier, path = _asked(request, CHECK_LEGACY)
    form = FormPage(
        title=_("Jadwal diperiksa"),
        lead=f"{signature_of(dossier)} · {dossier.title}",
        fields=[
            Field(
                "reason",
                _("Alasan"),
                "textarea",
                rows=3,
                most=REASON,
                hint=_("Sebutkan apa yang dibandingkan. Jadwal hari ini lalu berlaku baginya."),
            )
        ],
        submit=_("Jadwal diperiksa"),
        action=f"{path}/check-schedule",
        back=f"{path}/retention",
        back_label=_("Retensi"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            check_schedule(work, dossier.id, values["reason"])
        return f"{path}/retention", str(_("Jadwal hari ini berlaku bagi berkas ini."))

    return run_form(request, form, act)


def apply_later(request: Request) -> Response:
    """Apply the schedule of today to a dossier, as its card showed what would change."""
    dossier, path = _asked(request, TRANSFER)
    with request.change() as work:
        reapply(work, dossier.id)
    return redirect(f"{path}/retention", _("Jadwal yang berlaku hari ini diterapkan."))


def download_evidence(request: Request) -> Response:
    """The file that proves an event."""
    with request.read() as view:
        dossier = find_dossier(view, id_in(request, "dossier_id"))
        file = event_file(view, dossier, id_in(request, "event_id"))
    return file_answer(request.app.blobs.get(file.sha256), file.name, file.media_type)


def _asked(request: Request, permission: str = FILE_RECORDS) -> tuple[Dossier, str]:
    with request.read() as view:
        dossier = find_dossier(view, id_in(request, "dossier_id"))
        view.require(permission, dossier.unit_id)
    return dossier, f"{DOSSIERS}/{dossier.id}"


def _facts(dossier: Dossier, kept: Retention | None) -> list[tuple[str, Any]]:
    if kept is None:
        return [(_("Keadaan"), STATES[ACTIVE])]
    waits = [str(TRIGGERS[kind]) for kind in kept.waits_for.split(",") if kind]
    return [
        (_("Keadaan"), STATES[kept.state]),
        (_("Ditutup"), format_date(dossier.closed_on) if dossier.closed_on else ""),
        (_("Menunggu"), ", ".join(waits)),
        (_("Inaktif sejak"), format_date(kept.inactive_from) if kept.inactive_from else ""),
        (_("Retensi berakhir"), format_date(kept.ends_on) if kept.ends_on else ""),
        (_("Nasib akhir"), FINAL_ACTIONS[kept.final_action]),
        (_("Jumlah retensi"), _("%s tahun") % kept.years if kept.years is not None else ""),
    ]


def _words(rule: KeptRule) -> dict[str, Any]:
    active, inactive, final = rule.words
    return {
        "code": rule.rule.code,
        "active": active or "–",
        "inactive": inactive or "–",
        "final": final or "–",
        "by_year": rule.rule.counting == "year",
        "unverified": rule.unverified,
        "legacy": rule.legacy,
    }


def _later(view: View, dossier: Dossier) -> dict[str, Any] | None:
    """What the schedule of today would change, of a dossier that still runs."""
    kept = view.session.get(Retention, dossier.id)
    if kept is None or kept.state not in (ACTIVE, INACTIVE):
        return None
    for change in changes_of(view, [dossier.id]):
        before, after = change.before.years, change.after.years
        return {"before": before, "after": after, "verdict": change.verdict}
    return None
