"""Transfers: the list, preparing one of what is due in a unit, its minutes, signing it."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from leuit.builtin.regulations import store_document
from leuit.values import LeuitError, _, format_date, local_day
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    parse_id,
    redirect,
    run_form,
    version_of,
)
from leuit_archives.models import Transfer
from leuit_archives.models.transfers import CALLED_OFF, MOVED, PAPER_NUMBER, PREPARED
from leuit_archives.permissions import TRANSFER
from leuit_archives.service.dossiers import REASON
from leuit_archives.service.ending_papers import draw_transfer
from leuit_archives.service.papers import Paper
from leuit_archives.service.record_access import signature_of
from leuit_archives.service.retention_desk import units_with_pile
from leuit_archives.service.transfers import (
    call_off_transfer,
    due_for_transfer,
    find_transfer,
    items_of,
    listed_transfers,
    prepare_transfer,
    sign_transfer,
    transfer_counts,
)

from .asked import cursor_in, faults_of, id_in, next_page, unit_in
from .minutes import may_ask, told_round

HOME = "/archives/transfers"
CHIPS = {
    PREPARED: (_("Disiapkan"), "tunggu"),
    MOVED: (_("Dipindahkan"), "daun"),
    CALLED_OFF: (_("Dibatalkan"), "abu"),
}


def show_transfers(request: Request) -> Response:
    """The transfers of the units whose records the reader may read."""
    with request.read() as view:
        found = listed_transfers(view, PAGE_SIZE + 1, after=cursor_in(request))
        units, counts = transfer_counts(view, found)
        may = view.allows_anywhere(TRANSFER)
    zone = request.app.zone
    return page(
        request,
        "archives/lawful_list.html",
        title=_("Pemindahan arsip inaktif"),
        lead=_("Dari unit pengolah ke unit kearsipan, dengan berita acara dan daftarnya."),
        here="transfers",
        new=(f"{HOME}/new", _("Siapkan pemindahan")) if may else None,
        rows=[
            {
                "href": f"{HOME}/{one.id}",
                "title": one.number or str(_("Belum bernomor")),
                "meta": " · ".join(
                    (
                        units[one.unit_id],
                        format_date(local_day(one.prepared_at, zone), "medium"),
                    )
                ),
                "chip": CHIPS[one.state],
                "count": counts[one.id],
            }
            for one in found[:PAGE_SIZE]
        ],
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.id)),
    )


def prepare(request: Request) -> Response:
    """Choose of what is due in a unit; all are ticked at first."""
    errors: dict[str, str] = {}
    with request.read() as view:
        view.require_anywhere(TRANSFER)
        units = units_with_pile(view, "transfer", TRANSFER)
        unit = unit_in(request) or (units[0][0] if units else None)
        if request.method == "POST":
            unit = parse_id(request.form.get("unit", ""))
        found = due_for_transfer(view, unit) if unit is not None else []
    if request.method == "POST":
        assert unit is not None  # parsed, or refused
        try:
            chosen = [parse_id(one) for one in request.form.all("dossier")]
            with request.change() as work:
                transfer_id = prepare_transfer(work, unit, chosen).id
        except LeuitError as error:
            if error.status not in (409, 422):
                raise
            errors = faults_of(error)
        else:
            return redirect(f"{HOME}/{transfer_id}", _("Daftar pemindahan disiapkan."))
    return page(
        request,
        "archives/choose_dossiers.html",
        status=422 if errors else 200,
        errors=errors,
        title=_("Siapkan pemindahan"),
        lead=_("Berkas yang masa aktifnya habis. Berita acaranya dicetak sesudah ini."),
        back=HOME,
        action=f"{HOME}/new",
        units=units,
        unit=unit,
        rows=[
            {"dossier": one, "number": signature_of(one), "note": "", "ticked": True}
            for one in found
        ],
        submit=_("Siapkan daftar"),
        kinds=(),
        kind="",
        reason=None,
    )


def show_transfer(request: Request) -> Response:
    """A transfer with its list."""
    with request.read() as view:
        transfer = find_transfer(view, id_in(request, "transfer_id"))
        items = items_of(view, transfer.id)
        told = told_round(view, transfer)
        mine = view.allows(TRANSFER, transfer.unit_id)
        by_service = may_ask(view, transfer, told)
    waits = told is not None and told["open"]
    return page(
        request,
        "archives/transfer.html",
        round=told,
        may_drop=told is not None and told["loose"] and mine,
        by_service=by_service,
        transfer=transfer,
        chip=CHIPS[transfer.state],
        facts=_facts(transfer, request.app.zone),
        rows=[(one, signature_of(one)) for one in items],
        may=mine and transfer.state == PREPARED and not waits,
        path=f"{HOME}/{transfer.id}",
        home=HOME,
    )


def sign(request: Request) -> Response:
    """Record the signed minutes."""
    transfer = _asked(request)
    form = paper_form(
        _("Catat berita acara"),
        f"{HOME}/{transfer.id}/sign",
        f"{HOME}/{transfer.id}",
        _("Pemindahan"),
        transfer.version,
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        paper = paper_of(request, values)
        with request.change() as work:
            sign_transfer(work, transfer.id, version_of(values), paper)
        return f"{HOME}/{transfer.id}", str(_("Berkas dipindahkan; sekarang inaktif."))

    return run_form(request, form, act)


def call_off(request: Request) -> Response:
    """Call a prepared transfer off."""
    transfer = _asked(request)
    form = FormPage(
        title=_("Batalkan pemindahan"),
        fields=[
            Field("reason", _("Alasan"), "textarea", rows=3, most=REASON),
            Field("version", "", "hidden"),
        ],
        submit=_("Batalkan pemindahan"),
        action=f"{HOME}/{transfer.id}/call-off",
        back=f"{HOME}/{transfer.id}",
        back_label=_("Pemindahan"),
        danger=True,
    ).fill({"version": transfer.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            call_off_transfer(work, transfer.id, version_of(values), values["reason"])
        return f"{HOME}/{transfer.id}", str(_("Pemindahan dibatalkan."))

    return run_form(request, form, act)


def print_transfer(request: Request) -> Response:
    """The berita acara as it stands."""
    transfer_id: UUID = id_in(request, "transfer_id")
    pdf, name = draw_transfer(request.app, request.identity, transfer_id)
    return file_answer(pdf, name, "application/pdf")


def paper_form(
    title: str,
    action: str,
    back: str,
    back_label: str,
    version: int,
    *more: Field,
    lead: str = "",
) -> FormPage:
    """A form for a paper: its number, day and scan, and what else a step asks for."""
    return FormPage(
        title=title,
        lead=lead,
        fields=[
            Field("number", _("Nomor naskah"), most=PAPER_NUMBER, width="medium"),
            Field("dated", _("Tanggal naskah"), "date"),
            Field(
                "document",
                _("Pindaian atau berkas bertanda tangan"),
                "file",
                accept=".pdf,.png,.jpg,.jpeg",
                hint=_("PDF, PNG, atau JPEG, paling besar 8 MB."),
            ),
            *more,
            Field("version", "", "hidden"),
        ],
        submit=title,
        action=action,
        back=back,
        back_label=back_label,
    ).fill({"version": version})


def paper_of(request: Request, values: dict[str, Any]) -> Paper:
    """The paper in a form; its file is in the store."""
    upload = values["document"]
    file = store_document(request.app, upload.filename, upload.data)
    return Paper(values["number"], values["dated"], file, values.get("text") or "")


def _asked(request: Request) -> Transfer:
    with request.read() as view:
        transfer = find_transfer(view, id_in(request, "transfer_id"))
        view.require(TRANSFER, transfer.unit_id)
    return transfer


def _facts(transfer: Transfer, zone: ZoneInfo) -> list[tuple[str, Any]]:
    return [
        (_("Berita acara"), transfer.number),
        (_("Tanggal"), format_date(transfer.dated) if transfer.dated else ""),
        (_("Disiapkan"), format_date(local_day(transfer.prepared_at, zone))),
    ]
