"""Writing a draft: one subject a page, each of at most five fields, in any order."""

from typing import Any
from uuid import UUID

from leuit.values import InvalidInputError, LeuitError, _, format_rupiah
from leuit.web import Choice, Field, FormPage, Request, Response, parse_id, redirect, version_of
from leuit.work import View
from leuit_ecatalog.buying_words import METHOD_WORDS
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.purchases import ADDRESS, NEED, REASON, SOURCE
from leuit_ecatalog.permissions import BUY
from leuit_ecatalog.rules.buying_rules import ESTIMATE
from leuit_ecatalog.rules.purchase_states import DRAFT, require_state
from leuit_ecatalog.service.drafting import (
    change_package,
    choose_method,
    receive_price_file,
    set_delivery,
    set_price_paper,
    start_purchase,
)
from leuit_ecatalog.service.proposing import CATALOGUE, price_kinds, shown
from leuit_ecatalog.service.purchase_access import find_purchase
from leuit_ecatalog.service.quoting import vendor_of
from leuit_ecatalog.service.rup import find_package, offered_packages

from .buying_common import BASKET, PURCHASES, district_choices, id_in, refuse, rupiah_of


def start(request: Request) -> Response:
    """Step 1 of a new one: which RUP package, what it is for; then the draft is there."""
    vendor_id = parse_id(request.query.get("vendor") or request.form.get("vendor", ""))
    with request.read() as view:
        form = _package_form(view, f"{PURCHASES}/new", BASKET)
        form.title = _("Buat paket")
        form.lead = _("Langkah 1 dari 5. Penyedia: %(name)s.") % {
            "name": vendor_of(view, vendor_id).name
        }
    form.fields = [*form.fields, Field("vendor", "", "hidden")]
    form.fill({"vendor": vendor_id})
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                with request.change() as work:
                    made = start_purchase(work, vendor_id, values["rup"], values["need"])
                    purchase_id = made.id
            except LeuitError as error:
                refuse(form, error)
            else:
                return redirect(f"{PURCHASES}/{purchase_id}/delivery", _("Draf dibuat."))
    return form.answer(request)


def package(request: Request) -> Response:
    """Step 1: another RUP package, another name of the need."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _draft(view, purchase_id)
        form = _package_form(view, f"{PURCHASES}/{purchase_id}/package", _page(purchase_id))
        form.lead = _("Langkah 1 dari 5")
        plan = find_package(view, purchase.rup_id)
        _carry(form, purchase, rup=plan.rup_id, need=purchase.need)
    return _answered(
        request,
        form,
        lambda work, version, values: change_package(
            work, purchase_id, version, values["rup"], values["need"]
        ),
        f"{PURCHASES}/{purchase_id}/delivery",
    )


def delivery(request: Request) -> Response:
    """Step 2: where it goes and by when."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _draft(view, purchase_id)
        form = FormPage(
            title=_("Tujuan pengiriman"),
            lead=_("Langkah 2 dari 5"),
            action=f"{PURCHASES}/{purchase_id}/delivery",
            submit=_("Simpan tujuan"),
            back=_page(purchase_id),
            back_label=_("Pembelian"),
            fields=[
                Field("district", _("Kecamatan"), "select", choices=district_choices(view)),
                Field("address", _("Alamat"), most=ADDRESS),
                Field("needed_by", _("Dibutuhkan paling lambat"), "date"),
            ],
        )
        needed = purchase.needed_by
        _carry(
            form,
            purchase,
            district=purchase.district,
            address=purchase.address,
            needed_by=f"{needed:%d/%m/%Y}" if needed else "",
        )
    return _answered(
        request,
        form,
        lambda work, version, values: set_delivery(
            work,
            purchase_id,
            version,
            values["district"],
            values["address"],
            values["needed_by"],
        ),
        f"{PURCHASES}/{purchase_id}/comparison",
    )


def price(request: Request) -> Response:
    """Step 4: what the price rests on; a reference, or an HPS where the edition asks for it."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _draft(view, purchase_id)
        now = shown(view, purchase)
        kinds = price_kinds(now.proposal)
        estimate = now.proposal.price_paper == ESTIMATE
        basis = next(one.basis for one in now.proposal.points if one.topic == "harga")
        lead = _("Langkah 4 dari 5. Nilai pembelian %(total)s. Dasar: %(basis)s.") % {
            "total": format_rupiah(now.totals.total),
            "basis": basis,
        }
        hint = _("Harga terbaik di katalog untuk barang ini %(best)s, tanpa PPN.") % {
            "best": format_rupiah(now.best_total)
        }
        form = FormPage(
            title=_("HPS") if estimate else _("Referensi harga"),
            lead=lead,
            action=f"{PURCHASES}/{purchase_id}/price",
            submit=_("Simpan dasar harga"),
            back=_page(purchase_id),
            back_label=_("Pembelian"),
            fields=[
                Field(
                    "kind",
                    _("Dasar harga"),
                    "radio",
                    choices=[Choice(key, word) for key, word in kinds.items()],
                ),
                Field(
                    "amount",
                    _("Jumlah seluruhnya, tanpa PPN (rupiah)"),
                    width="medium",
                    convert=rupiah_of,
                    hint=hint,
                ),
                Field("source", _("Sumber"), most=SOURCE),
                Field(
                    "file",
                    _("Berkas PDF, PNG atau JPEG"),
                    "file",
                    required=False,
                    accept=".pdf,.png,.jpg,.jpeg",
                    hint=purchase.price_file,
                ),
            ],
        )
        kind = purchase.price_kind if purchase.price_kind in kinds else next(iter(kinds))
        suggested = now.best_total if kind == CATALOGUE else None
        _carry(
            form,
            purchase,
            kind=kind,
            amount=purchase.price_amount or suggested,
            source=purchase.price_source or (_("Katalog lokal") if kind == CATALOGUE else ""),
        )
    identity, app = request.identity, request.app
    file = request.files.get("file")
    stored = None
    if request.method == "POST" and file is not None and file.data:
        try:
            stored = receive_price_file(app, identity, purchase_id, file.filename, file.data)
        except LeuitError as error:
            refuse(form, error)
    return _answered(
        request,
        form,
        lambda work, version, values: set_price_paper(
            work,
            purchase_id,
            version,
            values["kind"],
            values["amount"],
            values["source"],
            stored,
        ),
        f"{PURCHASES}/{purchase_id}/method",
    )


def method(request: Request) -> Response:
    """Step 5: at the shown price or by negotiation; the law's proposal stands first."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = _draft(view, purchase_id)
        proposal = shown(view, purchase).proposal
        basis = next(one.basis for one in proposal.points if one.topic == "metode")
        form = FormPage(
            title=_("Cara membeli"),
            lead=_("Langkah 5 dari 5. Usulan: %(method)s. Dasar: %(basis)s.")
            % {"method": METHOD_WORDS[proposal.method], "basis": basis},
            action=f"{PURCHASES}/{purchase_id}/method",
            submit=_("Simpan cara membeli"),
            back=_page(purchase_id),
            back_label=_("Pembelian"),
            fields=[
                Field(
                    "method",
                    _("Cara membeli"),
                    "radio",
                    choices=[Choice(key, word) for key, word in METHOD_WORDS.items()],
                ),
                Field(
                    "method_reason",
                    _("Alasan, bila menyimpang dari usulan"),
                    "textarea",
                    required=False,
                    most=REASON,
                    rows=3,
                ),
            ],
        )
        _carry(
            form,
            purchase,
            method=purchase.method or proposal.method,
            method_reason=purchase.method_reason,
        )
    return _answered(
        request,
        form,
        lambda work, version, values: choose_method(
            work, purchase_id, version, values["method"], values["method_reason"] or ""
        ),
        f"{PURCHASES}/{purchase_id}/check",
    )


def _answered(request: Request, form: FormPage, change: Any, path: str) -> Response:
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                version = version_of(request.form)
                with request.change() as work:
                    change(work, version, values)
            except (InvalidInputError, LeuitError) as error:
                refuse(form, error)
            else:
                return redirect(path, _("Tersimpan."))
    return form.answer(request)


def _package_form(view: View, action: str, back: str) -> FormPage:
    offered = offered_packages(view)
    return FormPage(
        title=_("Paket RUP"),
        action=action,
        submit=_("Simpan paket"),
        back=back,
        back_label=_("Keranjang") if back == BASKET else _("Pembelian"),
        fields=[
            Field(
                "rup",
                _("ID paket RUP"),
                width="medium",
                suggest="rup",
                most=12,
                hint=_("Yang diumumkan dengan metode e-purchasing."),
            ),
            Field("need", _("Keperluan"), most=NEED),
        ],
        lists={
            "rup": [
                Choice(one.rup_id, f"{one.name} · {format_rupiah(one.pagu - one.committed)}")
                for one in offered
            ]
        },
    )


def _carry(form: FormPage, purchase: Purchase, **values: Any) -> None:
    form.fields = [*form.fields, Field("version", "", "hidden")]
    form.fill({**values, "version": purchase.version})


def _draft(view: View, purchase_id: UUID) -> Purchase:
    purchase = find_purchase(view, purchase_id)
    view.require(BUY, purchase.unit_id)
    require_state(purchase.state, DRAFT)
    return purchase


def _page(purchase_id: UUID) -> str:
    return f"{PURCHASES}/{purchase_id}"
