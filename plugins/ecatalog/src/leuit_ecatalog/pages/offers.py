"""Negotiations as their vendor sees them: only his own, by phone as well as at a desk."""

from leuit.identity import Unit
from leuit.values import LeuitError, _
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    redirect,
    version_of,
)
from leuit_ecatalog.buying_words import TONES
from leuit_ecatalog.models import District
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.negotiation import VENDOR
from leuit_ecatalog.rules.purchase_states import NEGOTIATING, WORDS
from leuit_ecatalog.service import negotiating
from leuit_ecatalog.service.negotiating import (
    find_offer,
    make_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.purchase_access import lines_of
from leuit_ecatalog.service.purchase_listing import count_offers
from leuit_ecatalog.service.purchase_listing import offers as offer_rows

from .buying_common import OFFERS, faults_of, id_in
from .negotiation import asked, round_in, table


def show_offers(request: Request) -> Response:
    """What the own vendor was offered, what waits for it first."""
    with request.read() as view:
        total = count_offers(view)
        rows = offer_rows(view, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
    return page(
        request,
        "ecatalog/offers.html",
        listing=Listing.of(request, rows, total),
        words=WORDS,
        tones=TONES,
        path=OFFERS,
        mine=VENDOR,
    )


def show(request: Request, errors: dict[str, str] | None = None) -> Response:
    """One negotiation of the own vendor."""
    with request.read() as view:
        purchase = find_offer(view, id_in(request, "purchase_id"))
        context = table(view, request, purchase, VENDOR)
        unit = view.session.get_one(Unit, purchase.unit_id).name
        district = view.session.get(District, purchase.district)
    return page(
        request,
        "ecatalog/negotiation.html",
        status=422 if errors else 200,
        errors=errors or {},
        other=unit,
        path=OFFERS,
        act=f"{OFFERS}/{purchase.id}",
        take=f"{OFFERS}/{purchase.id}/take",
        decline=f"{OFFERS}/{purchase.id}/decline",
        district=district.name if district else "",
        **context,
    )


def offer(request: Request) -> Response:
    """The vendor's next round."""
    purchase_id = id_in(request, "purchase_id")
    try:
        with request.change() as work:
            purchase = vendor_purchase(work, purchase_id, version_of(request.form))
            prices, shipping = asked(request, [one.id for one in lines_of(work, purchase.id)])
            make_offer(work, purchase, VENDOR, prices, shipping, request.form.get("note", ""))
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return show(request, faults_of(error))
    return redirect(f"{OFFERS}/{purchase_id}", _("Tawaran Anda dikirim."))


def take(request: Request) -> Response:
    """The vendor takes the buyer's last offer."""
    purchase_id = id_in(request, "purchase_id")
    try:
        with request.change() as work:
            purchase = vendor_purchase(work, purchase_id, version_of(request.form))
            take_offer(work, purchase, VENDOR, round_in(request))
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return show(request, faults_of(error))
    return redirect(f"{OFFERS}/{purchase_id}", _("Harga disepakati. Stoknya disisihkan."))


def decline(request: Request) -> Response:
    """The vendor ends the negotiation, with a reason."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = find_offer(view, purchase_id)
        version, number, open_now = purchase.version, purchase.number, purchase.state == NEGOTIATING
    form = FormPage(
        title=_("Akhiri negosiasi"),
        lead=_("%(number)s. Pembeli melihat alasan Anda.") % {"number": number},
        action=f"{OFFERS}/{purchase_id}/decline",
        submit=_("Akhiri negosiasi"),
        back=f"{OFFERS}/{purchase_id}",
        back_label=_("Penawaran"),
        danger=True,
        fields=[
            Field("reason", _("Alasan"), "textarea", most=REASON, rows=4),
            Field("version", "", "hidden"),
        ],
    ).fill({"version": version})
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                with request.change() as work:
                    held = vendor_purchase(work, purchase_id, version_of(request.form))
                    negotiating.decline(work, held, values["reason"])
            except LeuitError as error:
                if error.status not in (409, 422):
                    raise
                form.errors[""] = str(error)
            else:
                return redirect(f"{OFFERS}/{purchase_id}", _("Negosiasi diakhiri."))
    elif not open_now:
        return redirect(f"{OFFERS}/{purchase_id}")
    return form.answer(request)
