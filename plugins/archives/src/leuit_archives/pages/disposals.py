"""Disposals: the list, proposing, and one with its steps, list, papers and report."""

from typing import Any
from uuid import UUID

from leuit.identity import Person, Unit
from leuit.values import LeuitError, _, format_date, local_day
from leuit.web import (
    PAGE_SIZE,
    Request,
    Response,
    file_answer,
    page,
    parse_id,
    redirect,
)
from leuit.work import View
from leuit_archives.models import Disposal, DisposalItem
from leuit_archives.permissions import APPRAISE, DECIDE, EXECUTE, PROPOSE
from leuit_archives.rules.disposal import AUTHORITIES, EXCLUSIONS
from leuit_archives.rules.lifecycle import (
    DISPOSAL_KINDS,
    DISPOSAL_STATES,
    DISPOSAL_STEPS,
    DONE,
    UNDONE,
    DisposalKind,
    may_undo,
)
from leuit_archives.service.committee import COMMITTEE, members_of, opinions_of, papers_of
from leuit_archives.service.disposal_steps import PAPER_STEPS, next_step_of
from leuit_archives.service.disposals import (
    candidates,
    find_disposal,
    items_of,
    listed_disposals,
    propose,
)
from leuit_archives.service.ending_papers import draw_disposal
from leuit_archives.service.executing import kept_files, report_of
from leuit_archives.service.item_extents import extents
from leuit_archives.service.record_access import shown_titles, signature_of
from leuit_archives.service.retention_desk import units_from_top

from .asked import cursor_in, faults_of, id_in, next_page, unit_in
from .minutes import may_ask, told_round

HOME = "/archives/disposals"
SHOWN = 500
_OUTCOMES = {
    "destroyed": _("Dimusnahkan"),
    "handed_over": _("Diserahkan"),
    "undone": _("Dibatalkan"),
    "committee_refuse": _("Ditolak panitia"),
    "committee_again": _("Dinilai kembali"),
}


def show_disposals(request: Request) -> Response:
    """The disposals of the units whose records the reader may read."""
    with request.read() as view:
        found = listed_disposals(view, PAGE_SIZE + 1, after=cursor_in(request))
        may = view.allows_anywhere(PROPOSE)
    return page(
        request,
        "archives/lawful_list.html",
        title=_("Penyusutan arsip"),
        lead=_("Diusulkan, dinilai, disetujui, ditetapkan, lalu dilaksanakan dua orang."),
        here="disposals",
        new=(f"{HOME}/new", _("Usulkan penyusutan")) if may else None,
        rows=[
            {
                "href": f"{HOME}/{one.id}",
                "title": f"{DISPOSAL_KINDS[one.kind]} {one.number}",
                "meta": str(AUTHORITIES[one.authority]),
                "chip": (DISPOSAL_STATES[one.state], _tone(one)),
                "count": one.count,
            }
            for one in found[:PAGE_SIZE]
        ],
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.id)),
    )


def propose_new(request: Request) -> Response:
    """Choose of what is due below a unit; what something stands against is shown with it."""
    sent = request.form if request.method == "POST" else request.query
    kind: DisposalKind = "hand_over" if sent.get("kind", "") == "hand_over" else "destroy"
    with request.read() as view:
        view.require_anywhere(PROPOSE)
        units = units_from_top(view, PROPOSE)
        unit = unit_in(request) or (units[0][0] if units else None)
        if request.method == "POST":
            unit = parse_id(request.form.get("unit", ""))
        found = candidates(view, unit, kind, SHOWN) if unit is not None else []
    errors: dict[str, str] = {}
    if request.method == "POST":
        assert unit is not None  # parsed, or refused
        try:
            chosen = [parse_id(one) for one in request.form.all("dossier")]
            reason = request.form.get("reason", "")
            confirmed = request.form.get("confirmed") == "ya"
            with request.change() as work:
                made = propose(work, unit, kind, chosen, reason, confirmed=confirmed)
                first, count = made[0].id, len(made)
        except LeuitError as error:
            if error.status not in (409, 422):
                raise
            errors = faults_of(error)
        else:
            told = _("Usul dibekukan.") if count == 1 else _("Usul dibekukan dalam dua daftar.")
            return redirect(f"{HOME}/{first}" if count == 1 else HOME, str(told))
    return page(
        request,
        "archives/choose_dossiers.html",
        status=422 if errors else 200,
        errors=errors,
        title=_("Usulkan penyusutan"),
        lead=_("Daftar dibekukan saat diusulkan, satu untuk tiap pejabat yang menyetujui."),
        back=HOME,
        action=f"{HOME}/new",
        units=units,
        unit=unit,
        kinds=DISPOSAL_KINDS.items(),
        kind=kind,
        rows=[
            {
                "dossier": one.standing.dossier,
                "number": signature_of(one.standing.dossier),
                "note": " ".join(str(EXCLUSIONS[code]) for code in one.reasons),
                "ticked": not set(one.reasons) - {"unverified_edition"},
            }
            for one in found
        ],
        submit=_("Bekukan dan usulkan"),
        reason=request.form.get("reason", "") if request.method == "POST" else "",
    )


def show_disposal(request: Request) -> Response:
    """A disposal: what is next and whose turn it is, its list, its papers, what became of it."""
    after = request.query.get("after", "")
    behind = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    with request.read() as view:
        disposal = find_disposal(view, id_in(request, "disposal_id"))
        items = items_of(view, disposal, after=behind, limit=PAGE_SIZE + 1)
        titles = shown_titles(view, {one.dossier_id: one.title for one in items})
        extent = extents(view, items)
        report = report_of(view, disposal)
        kept = kept_files(view, disposal)
        told = told_round(view, disposal)
        context: dict[str, Any] = {
            "round": told,
            "may_drop": told is not None
            and told["loose"]
            and view.allows(DECIDE, disposal.unit_id),
            "facts": _facts(view, disposal),
            "steps": _steps(view, disposal),
            "actions": _actions(view, disposal, told),
            "papers": _papers(view, disposal),
        }
    return page(
        request,
        "archives/disposal.html",
        disposal=disposal,
        title=f"{DISPOSAL_KINDS[disposal.kind]} {disposal.number}",
        state=(DISPOSAL_STATES[disposal.state], _tone(disposal)),
        rows=[
            (item, titles[item.dossier_id], extent[item.place], told_outcome(item))
            for item in items[:PAGE_SIZE]
        ],
        more=next_page(request, items, PAGE_SIZE, lambda one: str(one.place)),
        report=report,
        kept=kept,
        path=f"{HOME}/{disposal.id}",
        home=HOME,
        **context,
    )


def print_disposal(request: Request) -> Response:
    """The berita acara to be signed, or the report once it is done."""
    disposal_id: UUID = id_in(request, "disposal_id")
    pdf, name = draw_disposal(request.app, request.identity, disposal_id)
    return file_answer(pdf, name, "application/pdf")


def told_outcome(item: DisposalItem) -> str:
    """What became of an item in words; empty while it is listed."""
    if not item.outcome:
        return ""
    return str(_OUTCOMES.get(item.outcome) or EXCLUSIONS[item.outcome])


def _tone(disposal: Disposal) -> str:
    return {DONE: "daun", UNDONE: "abu"}.get(disposal.state, "tunggu")


def _facts(view: View, disposal: Disposal) -> list[tuple[str, Any]]:
    members = [
        view.session.get_one(Person, one.person_id).name for one in members_of(view, disposal)
    ]
    executors = [
        view.session.get_one(Person, one).name
        for one in (disposal.first_by, disposal.second_by)
        if one is not None
    ]
    until = format_date(disposal.backups_until) if disposal.backups_until else ""
    return [
        (_("Diusulkan oleh"), view.session.get_one(Person, disposal.proposed_by).name),
        (_("Unit"), view.session.get_one(Unit, disposal.unit_id).name),
        (_("Alasan"), disposal.reason),
        (_("Disetujui oleh"), AUTHORITIES[disposal.authority]),
        (_("Retensi terlama"), _("%s tahun") % disposal.longest),
        (_("Panitia penilai"), ", ".join(members)),
        (_("Pelaksana"), ", ".join(executors)),
        (_("Cadangan terhapus"), until),
        (_("Alasan batal"), disposal.undone_reason),
        (_("Sidik daftar"), disposal.list_sha256[:16]),
    ]


def _steps(view: View, disposal: Disposal) -> list[dict[str, Any]]:
    """The course as a timeline: what is done with its paper, whose turn it is, what follows."""
    papers = papers_of(view, disposal)
    told = [
        {
            "state": "done",
            "title": str(_("Usul")),
            "meta": format_date(local_day(disposal.proposed_at, view.app.zone)),
            "remark": "",
        }
    ]
    if COMMITTEE in papers:
        told.append(_done(str(_("Panitia penilai dengan keputusan")), papers[COMMITTEE]))
    now = next_step_of(disposal)
    passed = True
    for step in DISPOSAL_STEPS:
        if step.key == now:
            passed = False
        if step.key in papers:
            told.append(_done(str(step.title), papers[step.key]))
        elif disposal.state != UNDONE:
            state = "done" if passed else ("now" if step.key == now else "next")
            told.append({"state": state, "title": str(step.title), "meta": "", "remark": ""})
    return told


def _papers(view: View, disposal: Disposal) -> list[tuple[str, str, str]]:
    """The papers whose files are kept, in the order of their days: what, its number, where."""
    titles = {COMMITTEE: _("Keputusan panitia penilai")}
    titles |= {step.key: step.title for step in DISPOSAL_STEPS}
    kept = sorted(papers_of(view, disposal).values(), key=lambda one: one.recorded_at)
    return [
        (
            str(titles[one.step]),
            f"{one.number} · {format_date(one.dated, 'medium')}",
            f"{HOME}/{disposal.id}/papers/{one.step}",
        )
        for one in kept
        if one.sha256
    ]


def _done(title: str, paper: Any) -> dict[str, Any]:
    meta = f"{paper.number} · {format_date(paper.dated, 'medium')}"
    return {"state": "done", "title": title, "meta": meta, "remark": paper.text}


def _actions(
    view: View, disposal: Disposal, told: dict[str, Any] | None
) -> list[tuple[str, str, str]]:
    """What the reader may do now: label, end of the address, kind of button."""
    step = next_step_of(disposal)
    decides = view.allows(DECIDE, disposal.unit_id)
    found: list[tuple[str, str, str]] = []
    members = {one.person_id for one in members_of(view, disposal)}
    if step == "appraise":
        if decides and not opinions_of(view, disposal):
            tone = "" if members else "primary"
            found.append((str(_("Tetapkan panitia")), "committee", tone))
        if view.identity.person_id in members and view.allows(APPRAISE, disposal.unit_id):
            found.append((str(_("Beri pendapat")), "opinions", "primary"))
    waits = told is not None and told["open"]
    by_service = may_ask(view, disposal, told)
    if by_service:
        found.append((str(_("Tanda tangan elektronik")), "esign", "primary"))
    if step in PAPER_STEPS and decides and members and not waits:
        found.append((step_labels()[step], "step", "" if by_service else "primary"))
    if step == "execute" and view.allows(EXECUTE, disposal.unit_id):
        found.append((str(_("Laksanakan")), "execute", "danger"))
    if may_undo(disposal.state) and decides and not waits:
        found.append((str(_("Batalkan usul")), "undo", "link"))
    return found


def step_labels() -> dict[str, str]:
    """What the button of each paper says."""
    return {
        "appraise": str(_("Catat pertimbangan panitia")),
        "approve": str(_("Catat persetujuan")),
        "determine": str(_("Catat penetapan")),
        "sign": str(_("Catat berita acara")),
    }
