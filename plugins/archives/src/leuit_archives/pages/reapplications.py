"""A changed schedule and all dossiers: surveys, what they found, applying, and shortening."""

import datetime as dt
from typing import Any

from leuit.builtin.regulations import edition, edition_by_id
from leuit.identity import Unit
from leuit.values import LeuitError, _, format_date
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Request,
    Response,
    page,
    parse_id,
    redirect,
    run_form,
    version_of,
)
from leuit_archives.models.reapplications import APPLIED, APPLYING, SURVEYED, SURVEYING
from leuit_archives.permissions import TRANSFER
from leuit_archives.rules.final_actions import FINAL_ACTIONS
from leuit_archives.rules.reapplication import VERDICTS, Verdict
from leuit_archives.service import schedule
from leuit_archives.service.reapplying_all import (
    ListedItem,
    begin_survey,
    confirm,
    counts_of,
    find_reapplication,
    items_of,
    listed_reapplications,
    outcomes_of,
    shorten,
)
from leuit_archives.service.record_access import signature_of
from leuit_archives.service.retention_desk import units_from_top

from .asked import cursor_in, faults_of, id_in, next_page

HOME = "/archives/reapplications"
STATES = {
    SURVEYING: (_("Sedang diperiksa"), "tunggu"),
    SURVEYED: (_("Selesai diperiksa"), "nila"),
    APPLYING: (_("Sedang diterapkan"), "tunggu"),
    APPLIED: (_("Diterapkan"), "daun"),
}
_OUTCOMES = {
    "": "",
    "applied": _("Diterapkan"),
    "shortened": _("Dipendekkan"),
    "left": _("Keadaannya berubah; dilewati"),
}
_SHOWN: tuple[Verdict, ...] = ("longer", "shorter", "open", "fixed")


def show_runs(request: Request) -> Response:
    """The surveys of the reader's units, the newest first."""
    with request.read() as view:
        found = listed_reapplications(view, PAGE_SIZE)
        rows = [
            {
                "href": f"{HOME}/{run.id}",
                "title": edition_by_id(view, run.edition_id).title,
                "meta": f"{unit} · {format_date(run.begun_at.date(), 'medium')}",
                "chip": STATES[run.state],
                "count": sum(counts_of(view, run)[name] for name in _SHOWN),
            }
            for run, unit in found
        ]
    return page(
        request,
        "archives/lawful_list.html",
        title=_("Jadwal yang berubah"),
        lead=_("Jadwal baru tidak mengubah berkas dengan sendirinya. Periksa dahulu akibatnya."),
        here="reapplications",
        new=(f"{HOME}/new", _("Periksa semua berkas")),
        rows=rows,
        more="",
    )


def begin(request: Request) -> Response:
    """Begin a survey of all dossiers below a unit by the schedule of today."""
    with request.read() as view:
        view.require_anywhere(TRANSFER)
        units = units_from_top(view, TRANSFER)
        held = edition(view, schedule.REGULATION, view.today)
    form = FormPage(
        title=_("Periksa semua berkas"),
        lead=held.title if held else str(_("Hari ini tidak ada jadwal retensi yang berlaku.")),
        fields=[
            Field(
                "unit",
                _("Unit dan semua di bawahnya"),
                "select",
                choices=[Choice(str(unit_id), name) for unit_id, name in units],
                hint=_("Pemeriksaan tidak mengubah apa pun."),
            )
        ],
        submit=_("Periksa"),
        action=f"{HOME}/new",
        back=HOME,
        back_label=_("Jadwal yang berubah"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            run_id = begin_survey(work, parse_id(values["unit"])).id
        return f"{HOME}/{run_id}", str(_("Pemeriksaan dimulai."))

    return run_form(request, form, act)


def show_run(request: Request) -> Response:
    """How many dossiers would be longer, shorter, the same or not understood, and which."""
    return _show(request, {}, "")


def shorten_chosen(request: Request) -> Response:
    """Shorten the dossiers that are ticked, with the reason."""
    run_id = id_in(request, "reapplication_id")
    reason = request.form.get("reason", "")
    try:
        chosen = [parse_id(one) for one in request.form.all("dossier")]
        with request.change() as work:
            count = len(shorten(work, run_id, chosen, reason))
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return _show(request, faults_of(error), reason)
    told = str(_("Retensi %s berkas dipendekkan.") % count)
    return redirect(f"{HOME}/{run_id}?verdict=shorter", told)


def apply_longer(request: Request) -> Response:
    """Confirm that the schedule is applied to everything that it keeps longer."""
    with request.read() as view:
        run = find_reapplication(view, id_in(request, "reapplication_id"))
        count = counts_of(view, run)["longer"]
    path = f"{HOME}/{run.id}"
    form = FormPage(
        title=_("Terapkan jadwal"),
        lead=str(_("%s berkas disimpan lebih lama. Yang lebih pendek tidak disentuh.") % count),
        fields=[Field("version", "", "hidden")],
        submit=_("Terapkan jadwal"),
        action=f"{path}/apply",
        back=path,
        back_label=_("Hasil pemeriksaan"),
    ).fill({"version": run.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            confirm(work, run.id, version_of(values))
        return path, str(_("Penerapan dimulai."))

    return run_form(request, form, act)


def _show(request: Request, errors: dict[str, str], reason: str) -> Response:
    asked = "shorter" if errors else request.query.get("verdict", "")
    name: Verdict = next((one for one in _SHOWN if one == asked), "longer")
    with request.read() as view:
        run = find_reapplication(view, id_in(request, "reapplication_id"))
        counts = counts_of(view, run)
        found = items_of(view, run, name, PAGE_SIZE + 1, after=cursor_in(request))
        context: dict[str, Any] = {
            "title": edition_by_id(view, run.edition_id).title,
            "unit": view.session.get_one(Unit, run.unit_id).name,
            "outcomes": outcomes_of(view, run),
        }
    path = f"{HOME}/{run.id}"
    return page(
        request,
        "archives/reapplication.html",
        status=422 if errors else 200,
        errors=errors,
        run=run,
        state=STATES[run.state],
        runs=run.state in (SURVEYING, APPLYING),
        verdict=name,
        pills=[(one, VERDICTS[one], counts[one]) for one in _SHOWN],
        same=(VERDICTS["same"], counts["same"]),
        may_apply=run.state == SURVEYED and counts["longer"] > 0,
        may_shorten=name == "shorter" and run.state in (SURVEYED, APPLIED),
        rows=[_row(one) for one in found[:PAGE_SIZE]],
        ticked=set(request.form.all("dossier")) if errors else set(),
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.dossier.id)),
        reason=reason,
        path=path,
        home=HOME,
        **context,
    )


def _row(one: ListedItem) -> dict[str, Any]:
    return {
        "dossier": one.dossier,
        "number": signature_of(one.dossier),
        "unit": one.unit,
        "before": _side(one.item.before),
        "after": _side(one.item.after),
        "outcome": str(_OUTCOMES[one.item.outcome]),
    }


def _side(told: dict[str, Any]) -> str:
    """One side of a change in words: years, end, final action."""
    years = _("%s tahun") % told["years"] if told["years"] is not None else _("tidak dipahami")
    parts = [str(years)]
    if told["ends_on"]:
        parts.append(format_date(dt.date.fromisoformat(told["ends_on"]), "medium"))
    parts.append(str(FINAL_ACTIONS[told["final_action"]]))
    return ", ".join(parts)
