"""Sanctions for the manager of the catalogue: recorded in two steps, looked at, lifted."""

from typing import Any
from urllib.parse import urlencode

from leuit.builtin.regulations import edition_by_id
from leuit.values import LeuitError, NotFoundError, _
from leuit.web import (
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    redirect,
    run_form,
    version_of,
)
from leuit_ecatalog.models.vendors import NOTE
from leuit_ecatalog.permissions import SANCTION
from leuit_ecatalog.rules.sanctions import SanctionKind, end_after, end_of, holds_on
from leuit_ecatalog.service.paper_files import ACCEPTED, LARGEST
from leuit_ecatalog.service.sanction_rules import EFFECT_WORDS
from leuit_ecatalog.service.sanctions import (
    DECREE,
    Decided,
    effects,
    find_sanction,
    lift_sanction,
    receive_decree,
    record_sanction,
    sanction_kinds,
)
from leuit_ecatalog.service.vendors import find_vendor

from .asked import day_told, faults_of, id_in
from .vendors import HOME

ONE = "/ecatalog/sanctions"
MAX_BODY = LARGEST + 256 * 1024


def choose(request: Request) -> Response:
    """The kinds of the edition in force, to begin with one."""
    vendor_id = id_in(request, "vendor_id")
    with request.read() as view:
        view.require_on_root(SANCTION)
        vendor = find_vendor(view, vendor_id)
        kinds = sanction_kinds(view, view.today)
    path = f"{HOME}/{vendor_id}/sanctions/record"
    rows = [(kind, f"{path}?{urlencode({'kind': kind.code})}", stops_of(kind)) for kind in kinds]
    return page(
        request,
        "ecatalog/sanction_kinds.html",
        vendor=vendor,
        rows=rows,
        back=f"{HOME}/{vendor_id}",
    )


def record(request: Request) -> Response:
    """Decree, dates, reason and file of one sanction."""
    vendor_id = id_in(request, "vendor_id")
    code = request.form.get("kind") or request.query.get("kind", "")
    with request.read() as view:
        view.require_on_root(SANCTION)
        vendor = find_vendor(view, vendor_id)
        kind = next((one for one in sanction_kinds(view, view.today) if one.code == code), None)
        today = view.today
    if kind is None:
        return redirect(f"{HOME}/{vendor_id}/sanctions")
    form = _form(vendor_id, kind, day_told(end_after(today, kind.months)))
    if request.method == "GET":
        form.fill({"kind": kind.code, "version": vendor.version, "since": f"{today:%d/%m/%Y}"})
        return form.answer(request)
    values = form.read(request.form, request.files)
    if not form.ok:
        return form.answer(request)
    try:
        upload = values["file"]
        file = receive_decree(request.app, request.identity, upload.filename, upload.data)
        decided = Decided(
            kind.code, values["decree"], values["reason"], values["since"], values["until"]
        )
        with request.change() as work:
            record_sanction(work, vendor_id, version_of(values), decided, file)
    except LeuitError as error:
        if error.status not in (409, 413, 422):
            raise
        names = {field.name for field in form.fields}
        for name, sentence in faults_of(error).items():
            form.errors[name if name in names else ""] = sentence
        return form.answer(request)
    return redirect(f"{HOME}/{vendor_id}", str(_("Sanksi dicatat.")))


def show(request: Request) -> Response:
    """One sanction with the edition under which it was decided."""
    with request.read() as view:
        sanction, vendor = find_sanction(view, id_in(request, "sanction_id"))
        edition = edition_by_id(view, sanction.edition_id)
        kind: SanctionKind | None = edition.figures.kind(sanction.kind)
        holds = holds_on(sanction, view.today)
        last = end_of(sanction)
        over = last is not None and last <= view.today
        may_lift = not over and sanction.lifted_on is None and view.allows_on_root(SANCTION)
    stops = ", ".join(EFFECT_WORDS[effect] for effect in effects(sanction))
    facts = [
        (_("Perbuatan"), kind.act if kind else sanction.kind),
        (_("Dasar hukum"), kind.basis if kind else edition.legal_basis),
        (_("Akibat"), stops),
        (_("Mulai"), day_told(sanction.since)),
        (_("Hari pertama tanpa sanksi"), day_told(sanction.until) or _("tanpa batas")),
        (_("Alasan"), sanction.reason),
    ]
    if sanction.lifted_on:
        facts += [
            (_("Dicabut mulai"), day_told(sanction.lifted_on)),
            (_("Alasan pencabutan"), sanction.lifted_reason),
        ]
    return page(
        request,
        "ecatalog/sanction.html",
        sanction=sanction,
        vendor=vendor,
        title=kind.title if kind else sanction.kind,
        facts=facts,
        holds=holds,
        over=over,
        may_lift=may_lift,
        edition=edition,
        path=f"{ONE}/{sanction.id}",
        back=f"{HOME}/{vendor.id}",
    )


def lift(request: Request) -> Response:
    """End a sanction before its time, with the reason."""
    sanction_id = id_in(request, "sanction_id")
    with request.read() as view:
        view.require_on_root(SANCTION)
        sanction, vendor = find_sanction(view, sanction_id)
        today = view.today
    form = FormPage(
        title=_("Cabut sanksi"),
        lead=f"{vendor.name} · {sanction.decree}",
        fields=[
            Field("on", _("Hari pertama tanpa sanksi"), "date"),
            Field("reason", _("Alasan pencabutan"), "textarea", rows=3, most=NOTE),
            Field("version", "", "hidden"),
        ],
        submit=_("Cabut sanksi"),
        action=f"{ONE}/{sanction_id}/lift",
        back=f"{ONE}/{sanction_id}",
        back_label=_("Sanksi"),
        danger=True,
    ).fill({"version": vendor.version, "on": f"{today:%d/%m/%Y}"})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            lift_sanction(work, sanction_id, version_of(values), values["on"], values["reason"])
        return f"{ONE}/{sanction_id}", str(_("Sanksi dicabut."))

    return run_form(request, form, act)


def download(request: Request) -> Response:
    """The decree, as it was sent."""
    with request.read() as view:
        sanction, _vendor = find_sanction(view, id_in(request, "sanction_id"))
    if sanction.sha256 is None:
        raise NotFoundError(_("Sanksi ini tidak punya berkas."))
    data = request.app.blobs.get(sanction.sha256)
    return file_answer(data, sanction.file_name, sanction.media_type)


def stops_of(kind: SanctionKind) -> str:
    """What a kind stops, in words."""
    return ", ".join(EFFECT_WORDS[effect] for effect in kind.effects)


def _form(vendor_id: Any, kind: SanctionKind, proposed: str) -> FormPage:
    hint: str = _("Kosongkan untuk lamanya menurut aturan: tanpa batas.")
    if proposed:
        hint = _("Kosongkan untuk %(months)s bulan; bila mulai hari ini, %(day)s.") % {
            "months": kind.months,
            "day": proposed,
        }
    return FormPage(
        title=kind.title,
        lead=f"{kind.act}. {kind.basis}.",
        action=f"{HOME}/{vendor_id}/sanctions/record",
        back=f"{HOME}/{vendor_id}/sanctions",
        back_label=_("Pilih sanksi"),
        submit=_("Catat sanksi"),
        danger=True,
        fields=[
            Field("decree", _("Nomor keputusan"), most=DECREE),
            Field("since", _("Mulai berlaku"), "date"),
            Field("until", _("Hari pertama tanpa sanksi"), "date", required=False, hint=hint),
            Field(
                "reason",
                _("Alasan"),
                "textarea",
                rows=3,
                most=NOTE,
                hint=_("Dibaca penyedia; tidak tampil untuk umum."),
            ),
            Field("file", _("Berkas keputusan"), "file", accept=ACCEPTED),
            Field("kind", "", "hidden"),
            Field("version", "", "hidden"),
        ],
    )
