"""Acts of tests on an order: each step by whom it belongs to, as the purchase stands now."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import attrs

from leuit.identity import SYSTEM, Identity
from leuit.work import Leuit, StoredFile, store_file
from leuit_ecatalog.models import Delivery, OrderDocument, OrderPayment, Vendor
from leuit_ecatalog.service.billing import RECEIPT, send_bill, take_bill
from leuit_ecatalog.service.confirming import confirm
from leuit_ecatalog.service.deciding import approve
from leuit_ecatalog.service.delivering import Found, Inspection, deliver, inspect
from leuit_ecatalog.service.order_documents import make_minutes, make_order, sign_by_hand
from leuit_ecatalog.service.order_payments import pay_by_hand
from leuit_ecatalog.service.rating import rate
from tests.ecatalog.buying_office import (
    PPK,
    TREASURER,
    Office,
    at,
    change_row,
    draft,
    lines,
    office,
    package,
    product,
    sent,
)

DUE = dt.date(2026, 12, 30)
ACCOUNT = "5.1.02.01.01.0052"
PDF = b"%PDF-1.7 pindaian uji"
BANK = {
    "nib": "9999000000017",
    "npwp": "0013121660091000",
    "bank": "110",
    "account_number": "0012345678901",
    "account_holder": "UD CONTOH AREN",
    "address": "Kp. Contoh 1",
}


def scan(app: Leuit, text: str = "") -> StoredFile:
    """A stored scan."""
    return store_file(app, PDF + text.encode(), "application/pdf", f"pindaian{text}.pdf")


def approved(
    made: Office, quantity: int = 100, price: int = 50_000, pagu: int = 12_000_000
) -> UUID:
    """A purchase at the shown price that the PPK has approved: its order is to be written."""
    change_row(made, Vendor, made.shop.vendor, **BANK)
    plan = package(made, account_code=ACCOUNT)
    one = sent(made, draft(made, product(made), quantity, plan.rup_id))
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "Diantar pada jam kerja.")
    return one


def written(made: Office, one: UUID, due: dt.date = DUE) -> UUID:
    """Its Surat Pesanan is written; the id of the document."""
    with made.app.change(made.people[PPK]) as work:
        return make_order(work, one, at(made, one).version, due, "Diantar pada jam kerja.").id


def penned(made: Office, one: UUID, document: UUID) -> None:
    """A document is signed with a pen today."""
    file = scan(made.app, str(document))
    with made.app.change(made.people[PPK]) as work:
        sign_by_hand(work, one, document, at(made, one).version, file, work.today)


def confirmed(made: Office, one: UUID) -> None:
    """The vendor takes the order."""
    with made.app.change(made.shop.account) as work:
        confirm(work, one, at(made, one).version)


def delivered(made: Office, one: UUID, quantity: int, who: Identity | None = None) -> UUID:
    """The vendor sends so many of the only line today."""
    [line] = lines(made, one)
    with made.app.change(who or made.shop.account) as work:
        return deliver(
            work, one, at(made, one).version, {line.id: quantity}, work.today, "SJ-1", "", None
        ).id


def inspected(
    made: Office, one: UUID, delivery: UUID, accepted: int, returned: int = 0
) -> Delivery:
    """The PPK finds so many right and so many bad today."""
    [line] = lines(made, one)
    found = {line.id: Found(accepted, returned, "mutu" if returned else "")}
    with made.app.change(made.people[PPK]) as work:
        told = Inspection(
            work.today,
            fits_purpose=not returned,
            fits_quantity=not returned,
            fits_time=True,
            remark="",
        )
        return inspect(work, one, delivery, at(made, one).version, told, found)


def minuted(made: Office, one: UUID, number: str = "027/1/BAST/2026") -> UUID:
    """Its BAST is written; the id of the document."""
    with made.app.change(made.people[PPK]) as work:
        return make_minutes(work, one, at(made, one).version, number).id


def billed(made: Office, one: UUID, files: Mapping[str, StoredFile] | None = None) -> None:
    """The vendor sends its bill of today."""
    papers = {RECEIPT: scan(made.app, "kuitansi")} if files is None else files
    with made.app.change(made.shop.account) as work:
        send_bill(work, one, at(made, one).version, "INV-1", work.today, "", papers)


def taken(made: Office, one: UUID) -> None:
    """The treasurer takes the bill."""
    with made.app.change(made.people[TREASURER]) as work:
        take_bill(work, one, at(made, one).version)


def paid_by_hand(made: Office, one: UUID, number: str = "00012/SP2D/2026") -> None:
    """The treasurer writes the payment down."""
    purchase, file = at(made, one), scan(made.app, "sp2d")
    with made.app.change(made.people[TREASURER]) as work:
        pay_by_hand(work, one, purchase.version, number, work.today, purchase.total, file)


def rated(made: Office, one: UUID, score: int = 2) -> None:
    """The PPK rates the vendor alike in every aspect."""
    scores = dict.fromkeys(("quality", "cost", "time", "service"), score)
    with made.app.change(made.people[PPK]) as work:
        rate(work, one, at(made, one).version, scores, "")


def processed(made: Office, quantity: int = 100) -> UUID:
    """An order that the vendor has taken, signed with a pen."""
    one = approved(made, quantity)
    penned(made, one, written(made, one))
    confirmed(made, one)
    return one


def handed_over(made: Office, quantity: int = 100) -> UUID:
    """An order of which all was accepted at once and taken over: it is to be billed."""
    one = processed(made, quantity)
    inspected(made, one, delivered(made, one, quantity), quantity)
    penned(made, one, minuted(made, one, f"027/{one}/BAST"))
    return one


def whole(made: Office) -> UUID:
    """An order that went all its way without neighbours."""
    one = handed_over(made)
    billed(made, one)
    taken(made, one)
    paid_by_hand(made, one)
    rated(made, one, 3)
    return one


def number(made: Office, one: UUID) -> str:
    """The number of a purchase."""
    told = at(made, one).number
    assert told is not None
    return told


def document(made: Office, document_id: UUID) -> OrderDocument:
    """A document as it stands."""
    with made.app.read(SYSTEM) as view:
        return view.session.get_one(OrderDocument, document_id)


def payment(made: Office, one: UUID) -> OrderPayment:
    """How the payment of an order stands."""
    with made.app.read(SYSTEM) as view:
        return view.session.get_one(OrderPayment, one)


def firm_alone(app: Leuit) -> Office:
    """An office without neighbours, whose vendor is a firm."""
    with_ports(app)
    made = office(app)
    change_row(made, Vendor, made.shop.vendor, legal_form="CV")
    return made


def with_ports(app: Leuit, **providers: Callable[..., Any]) -> None:
    """Let the installation have exactly these providers of what an order asks of others."""
    ours = ("sign_document", "archive_record", "request_payment")
    ports = {name: port for name, port in app.vocabulary.ports.items() if name not in ours}
    app.vocabulary = attrs.evolve(app.vocabulary, ports=ports | providers)
