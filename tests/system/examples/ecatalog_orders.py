"""Examples of orders: a purchase of the unit DIN.A at each step that an address asks for."""

from collections.abc import Mapping
from uuid import UUID

import attrs

from leuit.values import ManualClock
from leuit_ecatalog.models import OrderDocument, OrderPayment
from leuit_ecatalog.models.orders import UNSIGNED
from leuit_ecatalog.service.billing import RECEIPT
from leuit_ecatalog.service.delivering import deliver
from leuit_ecatalog.service.open_releases import SETTLED
from leuit_ecatalog.service.order_payments import REFUSED
from tests.ecatalog import ordering
from tests.ecatalog.buying_office import Office, at, change_row, lines
from tests.system.access import MINE, Example

PDF = b"%PDF-1.7\n%an invented paper\n"
UNSIGNED_ORDER, CONFIRMING, SENT, HANDOVER, BILLING, BILLED, REFUSED_PAYMENT, PAID = (
    "unsigned_order",
    "confirming",
    "sent",
    "handover",
    "billing",
    "billed",
    "refused_payment",
    "paid",
)


@attrs.frozen
class Orders:
    """A purchase at each step, and what addresses name beside it."""

    office: Office
    at_step: Mapping[str, UUID]
    document: UUID
    signed: UUID
    delivery: UUID
    version: Mapping[str, int]


def orders(office: Office) -> Orders:
    """Purchases that have come to each step."""
    made: dict[str, UUID] = {}
    made[UNSIGNED_ORDER] = ordering.approved(office, 1)
    document = ordering.written(office, made[UNSIGNED_ORDER])
    change_row(office, OrderDocument, document, state=UNSIGNED, reason="Nama keliru")
    made[CONFIRMING], signed = _confirming(office)
    made[SENT], _document = _confirming(office)
    ordering.confirmed(office, made[SENT])
    delivery = _delivered(office, made[SENT])
    made[HANDOVER] = _accepted(office)
    for step in (BILLING, BILLED, REFUSED_PAYMENT, PAID):
        made[step] = _accepted(office)
        _penned(office, made[step], ordering.minuted(office, made[step], f"027/{step}"))
        if step != BILLING:
            ordering.billed(office, made[step])
        if step in (REFUSED_PAYMENT, PAID):
            ordering.taken(office, made[step])
            change_row(office, OrderPayment, made[step], state=REFUSED, reason="Data keliru")
        if step == PAID:
            ordering.paid_by_hand(office, made[step])
    assert isinstance(office.app.clock, ManualClock)
    office.app.clock.advance(2 * SETTLED)  # so that the public may read of them
    versions = {step: at(office, one).version for step, one in made.items()}
    return Orders(office, made, document, signed, delivery, versions)


def _confirming(office: Office) -> tuple[UUID, UUID]:
    one = ordering.approved(office, 1)
    document = ordering.written(office, one)
    _penned(office, one, document)
    return one, document


def _accepted(office: Office) -> UUID:
    one, _document = _confirming(office)
    ordering.confirmed(office, one)
    ordering.inspected(office, one, _delivered(office, one), 1)
    return one


def _delivered(office: Office, one: UUID) -> UUID:
    [line] = lines(office, one)
    paper = ordering.scan(office.app, "surat-jalan")
    with office.app.change(office.shop.account) as work:
        version = at(office, one).version
        return deliver(work, one, version, {line.id: 1}, work.today, "SJ-1", "", paper).id


def _penned(office: Office, one: UUID, document: UUID) -> None:
    """Signed with a pen, although some service signs: its signing ended without a signature."""
    change_row(office, OrderDocument, document, state=UNSIGNED)
    ordering.penned(office, one, document)


def examples_of(office: Office) -> dict[str, Example]:
    """PPK and treasurer act on an order of their unit; its vendor alone sees it from outside."""
    found = orders(office)
    one, order = "/ecatalog/purchases/{purchase_id}", "/ecatalog/shop/orders/{purchase_id}"
    [line] = lines(office, found.at_step[SENT])

    def at_unit(step: str, /, **params: UUID | str) -> Example:
        return Example(params={"purchase_id": found.at_step[step], **params}, unit=MINE)

    def acts(step: str, ids: Mapping[str, UUID] | None = None, /, **fields: str) -> Example:
        form = {"version": str(found.version[step]), **fields}
        return attrs.evolve(at_unit(step, **(ids or {})), form=form, person=True)

    def vendors(step: str, /, **params: UUID | str) -> Example:
        return Example(params={"purchase_id": found.at_step[step], **params}, private=True)

    def sells(step: str, /, **fields: str) -> Example:
        return attrs.evolve(vendors(step), form={"version": str(found.version[step]), **fields})

    told = Example(params={"number": at(office, found.at_step[PAID]).number})
    document = {"document_id": found.document}
    delivery = {"delivery_id": found.delivery}
    paid = {"number": "1/SP2D", "paid_on": "05/10/2026", "amount": "50.000"}
    scores = dict.fromkeys(("quality", "cost", "time", "service"), "2")
    return {
        f"GET {one}/order": _ready(office, one=True),
        f"POST {one}/order": _ready(office, one=False),
        f"GET {one}/minutes": at_unit(HANDOVER),
        f"POST {one}/minutes": acts(HANDOVER, number="027/9"),
        f"GET {one}/documents/{{document_id}}": at_unit(UNSIGNED_ORDER, **document),
        f"GET {one}/documents/{{document_id}}/file": at_unit(UNSIGNED_ORDER, **document),
        f"GET {one}/documents/{{document_id}}/scan": at_unit(UNSIGNED_ORDER, **document),
        f"POST {one}/documents/{{document_id}}/scan": attrs.evolve(
            acts(UNSIGNED_ORDER, document, signed_on="05/10/2026"), file=("sp.pdf", PDF)
        ),
        f"POST {one}/documents/{{document_id}}/again": acts(UNSIGNED_ORDER, document),
        f"GET {one}/documents/{{document_id}}/void": at_unit(UNSIGNED_ORDER, **document),
        f"POST {one}/documents/{{document_id}}/void": acts(
            UNSIGNED_ORDER, document, reason="Keliru"
        ),
        f"GET {one}/deliveries/{{delivery_id}}": at_unit(SENT, **delivery),
        f"POST {one}/deliveries/{{delivery_id}}": acts(
            SENT,
            delivery,
            **{
                "received_on": "05/10/2026",
                f"accepted-{line.id}": "1",
                f"returned-{line.id}": "0",
            },
        ),
        f"GET {one}/deliveries/{{delivery_id}}/file": at_unit(SENT, **delivery),
        f"GET {one}/stop": at_unit(SENT),
        f"POST {one}/stop": acts(SENT, reason="Tidak dikirim", shipping="0"),
        f"GET {one}/bill": at_unit(BILLED),
        f"POST {one}/bill": acts(BILLED),
        f"GET {one}/bill/return": at_unit(BILLED),
        f"POST {one}/bill/return": acts(BILLED, reason="Keliru"),
        f"GET {one}/bill/files/{{item}}": at_unit(BILLED, item=RECEIPT),
        f"GET {one}/payment": at_unit(REFUSED_PAYMENT),
        f"POST {one}/payment": attrs.evolve(acts(REFUSED_PAYMENT, **paid), file=("bukti.pdf", PDF)),
        f"GET {one}/payment/file": at_unit(PAID),
        f"POST {one}/payment/again": acts(REFUSED_PAYMENT),
        f"GET {one}/rating": at_unit(PAID),
        f"POST {one}/rating": acts(PAID, **scores),
        "GET /ecatalog/shop/orders": Example(),
        "GET /ecatalog/orders": Example(),
        "GET /ecatalog/orders/export": Example(query={"what": "lines"}),
        "GET /ecatalog/orders/{number}": told,
        "GET /api/ecatalog/v1/open/releases": Example(),
        "GET /api/ecatalog/v1/open/orders/{number}/releases": told,
        "GET /api/ecatalog/v1/open/orders/{number}/record": told,
        f"GET {order}": vendors(CONFIRMING),
        f"POST {order}/accept": sells(CONFIRMING),
        f"GET {order}/refuse": vendors(CONFIRMING),
        f"POST {order}/refuse": sells(CONFIRMING, reason="Habis"),
        f"GET {order}/deliver": vendors(SENT),
        f"POST {order}/deliver": sells(SENT, sent_on="05/10/2026"),
        f"GET {order}/bill": vendors(BILLING),
        f"POST {order}/bill": sells(BILLING, number="INV-1", dated="05/10/2026"),
        f"GET {order}/bill/files/{{item}}": vendors(BILLED, item=RECEIPT),
        f"GET {order}/documents/{{document_id}}/file": vendors(
            CONFIRMING, document_id=found.signed
        ),
    }


def _ready(office: Office, *, one: bool) -> Example:
    """A purchase whose Surat Pesanan is to be written: one for each address."""
    found = ordering.approved(office, 1)
    shown = Example(params={"purchase_id": found}, unit=MINE)
    if one:
        return shown
    form = {"version": str(at(office, found).version), "deliver_by": "30/12/2026"}
    return attrs.evolve(shown, form=form, person=True)


def browser_ids_of(office: Office) -> dict[str, str]:
    """What the addresses of the browser's walk name."""
    found = orders(office)
    return {
        **{f"order_{step}": str(one) for step, one in found.at_step.items()},
        "number": at(office, found.at_step[PAID]).number or "",
        "order_document": str(found.document),
        "order_delivery": str(found.delivery),
    }
