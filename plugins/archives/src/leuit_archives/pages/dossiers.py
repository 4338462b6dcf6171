"""Dossiers: the list (daftar berkas), one with its contents (daftar isi berkas), closing it."""

from typing import Any

from leuit.values import _, format_date, one_line
from leuit.web import PAGE_SIZE, Field, FormPage, Request, Response, page, run_form, version_of
from leuit_archives.models import Dossier
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.rules.lifecycle import ACTIVE, DESTROYED
from leuit_archives.service.dossiers import REASON, close_dossier, reopen_dossier
from leuit_archives.service.effective import Effective, effective_rules
from leuit_archives.service.proposals import short_title
from leuit_archives.service.record_access import find_dossier, signature_of
from leuit_archives.service.record_listing import (
    DossierFilter,
    ListedDossier,
    contents,
    dossiers,
    listed_dossier,
    units_with_records,
)
from leuit_archives.words import grade_word, is_secret

from .asked import cursor_in, id_in, kept_query, next_page, unit_in, year_in

HOME = "/archives/dossiers"


def show_dossiers(request: Request) -> Response:
    """The dossiers of the units whose records the reader may read."""
    wanted = DossierFilter(
        year=year_in(request),
        code=one_line(request.query.get("code", ""))[:40],
        text=one_line(request.query.get("q", ""))[:100],
        unit_id=unit_in(request),
    )
    with request.read() as view:
        found = dossiers(view, wanted, PAGE_SIZE + 1, after=cursor_in(request))
        rules = effective_rules(view, [one.dossier for one in found])
        units = units_with_records(view)
        year = view.today.year
    return page(
        request,
        "archives/dossiers.html",
        rows=[_row(one, rules[one.dossier.id]) for one in found[:PAGE_SIZE]],
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.dossier.id)),
        units=units,
        years=range(year, year - 10, -1),
        wanted=wanted,
        query=kept_query(request),
        home=HOME,
    )


def show_dossier(request: Request) -> Response:
    """A dossier and what of its contents the reader may read."""
    after = request.query.get("after", "")
    behind = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    with request.read() as view:
        dossier = find_dossier(view, id_in(request, "dossier_id"))
        listed = listed_dossier(view, dossier)
        rule = effective_rules(view, [dossier])[dossier.id]
        found = contents(view, dossier.id, PAGE_SIZE + 1, skip=behind)
        may_file = view.allows(FILE_RECORDS, dossier.unit_id)
    return page(
        request,
        "archives/dossier.html",
        dossier=dossier,
        number=signature_of(dossier),
        facts=_facts(listed, rule),
        states=rule.states,
        rests=rule.state != ACTIVE,
        destroyed=rule.state == DESTROYED,
        count=listed.count,
        rows=[
            {
                "number": number,
                "record": record,
                "grade": grade_word(record.secrecy) if is_secret(record.secrecy) else "",
            }
            for number, record in enumerate(found[:PAGE_SIZE], behind + 1)
        ],
        more=next_page(request, found, PAGE_SIZE, lambda _last: str(behind + PAGE_SIZE)),
        may_file=may_file,
        home=HOME,
    )


def close(request: Request) -> Response:
    """Close a dossier as of a day."""
    dossier, path = _asked(request)
    form = FormPage(
        title=_("Tutup berkas"),
        lead=f"{signature_of(dossier)} · {dossier.title}",
        fields=[
            Field(
                "on",
                _("Ditutup per"),
                kind="date",
                hint=_("Retensi dihitung sejak hari ini atau sejak peristiwa sesudahnya."),
            ),
            Field("version", "", kind="hidden"),
        ],
        submit=_("Tutup berkas"),
        action=f"{path}/close",
        back=path,
        back_label=_("Berkas"),
    )
    with request.read() as view:
        form.fill({"on": f"{view.today:%d/%m/%Y}", "version": dossier.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            close_dossier(work, dossier.id, version_of(values), values["on"])
        return path, str(_("Berkas ditutup."))

    return run_form(request, form, act)


def reopen(request: Request) -> Response:
    """Open a closed dossier again, with the reason."""
    dossier, path = _asked(request)
    form = FormPage(
        title=_("Buka kembali berkas"),
        lead=f"{signature_of(dossier)} · {dossier.title}",
        fields=[
            Field("reason", _("Alasan"), kind="textarea", rows=3, most=REASON),
            Field("version", "", kind="hidden"),
        ],
        submit=_("Buka kembali"),
        action=f"{path}/reopen",
        back=path,
        back_label=_("Berkas"),
    ).fill({"version": dossier.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            reopen_dossier(work, dossier.id, version_of(values), values["reason"])
        return path, str(_("Berkas terbuka lagi."))

    return run_form(request, form, act)


def _asked(request: Request) -> tuple[Dossier, str]:
    with request.read() as view:
        dossier = find_dossier(view, id_in(request, "dossier_id"))
        view.require(FILE_RECORDS, dossier.unit_id)
    return dossier, f"{HOME}/{dossier.id}"


def _row(one: ListedDossier, rule: Effective) -> dict[str, Any]:
    return {
        "dossier": one.dossier,
        "number": signature_of(one.dossier),
        "unit": one.unit,
        "count": one.count,
        "span": _span(one),
        "states": rule.states,
    }


def _span(one: ListedDossier) -> str:
    """The dates of what lies in it (kurun waktu)."""
    if one.first is None or one.last is None:
        return ""
    first, last = format_date(one.first, "medium"), format_date(one.last, "medium")
    return first if first == last else f"{first} – {last}"


def _facts(one: ListedDossier, rule: Effective) -> list[tuple[str, Any]]:
    dossier = one.dossier
    undecided = str(_("Perlu diputuskan orang"))
    closed = format_date(dossier.closed_on) if dossier.closed_on else _("Masih terbuka")
    return [
        (_("Klasifikasi"), f"{dossier.class_code} {short_title(dossier.class_title)}"),
        (_("Unit pengolah"), one.unit),
        (_("Kurun waktu"), _span(one)),
        (_("Dibuka"), format_date(dossier.opened_on)),
        (_("Ditutup"), closed),
        (_("Retensi aktif"), rule.active(undecided)),
        (_("Retensi inaktif"), rule.inactive(undecided)),
        (_("Jumlah retensi"), _("%s tahun") % rule.years if rule.years is not None else ""),
        (_("Retensi berakhir"), format_date(rule.ends_on) if rule.ends_on else ""),
        (_("Nasib akhir"), rule.final),
    ]
