"""The demonstration's buying: editions of its rules, a plan, and purchases in several states.

Purchases are made of products by the names of invented vendors; what the catalogue of the
demonstration does not have is left out, and so is what cannot be ordered.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import cast_identity, unit_by_code
from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import SYSTEM, Account, Identity
from leuit.plugins import CommandContext
from leuit.values import format_date
from leuit.work import Leuit
from leuit_ecatalog.models import District, Product, Purchase, Variant, Vendor, VendorMember
from leuit_ecatalog.rules.buying_example import BEFORE_2025, EXAMPLE
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION, PP, PPK, BuyingRules
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_states import AGREED, DRAFT, NEGOTIATING, ORDERING, REVIEW
from leuit_ecatalog.service.baskets import put_in
from leuit_ecatalog.service.buying_edition import BUYING, buying_kind
from leuit_ecatalog.service.deciding import approve
from leuit_ecatalog.service.drafting import (
    choose_method,
    give_reasons,
    set_delivery,
    set_price_paper,
    start_purchase,
)
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    make_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.proposing import CATALOGUE, shown
from leuit_ecatalog.service.purchase_access import find_purchase, lines_of
from leuit_ecatalog.service.rup_import import RupHead, apply_rup, receive_rup
from leuit_ecatalog.service.sending import send

from .buyers import OFFICE, hire

PLAN: Final = (
    ("60000101", "Belanja bahan makanan dan minuman rapat", "barang", 24_000_000, True),
    ("60000102", "Belanja alat tulis kantor", "barang", 36_000_000, True),
    ("60000103", "Belanja cendera mata dan produk lokal", "barang", 48_000_000, True),
    ("60000104", "Belanja pemeliharaan jaringan", "jasa", 60_000_000, False),
)


@attrs.frozen
class Wanted:
    """A purchase of the demonstration and how far it has come."""

    need: str
    rup_id: str
    vendor: str
    product: str
    quantity: int
    method: str
    until: str


WANTED: Final = (
    Wanted(
        "Gula aren untuk rapat koordinasi",
        "60000101",
        "UD Contoh Aren Sobang",
        "Gula aren cetak batok 500 g",
        40,
        DIRECT,
        REVIEW,
    ),
    Wanted(
        "Gula aren untuk peserta pelatihan",
        "60000101",
        "KUBE Contoh Nira Manis Cijaku",
        "Gula aren cetak batok 500 g",
        60,
        NEGOTIATION,
        NEGOTIATING,
    ),
    Wanted(
        "Gula aren untuk tamu daerah",
        "60000103",
        "Koperasi Contoh Tani Aren Cihara",
        "Gula aren cetak batok 500 g",
        100,
        NEGOTIATION,
        AGREED,
    ),
    Wanted(
        "Gula aren untuk pameran",
        "60000103",
        "UD Contoh Aren Sobang",
        "Gula aren cetak batok 500 g",
        25,
        DIRECT,
        ORDERING,
    ),
    Wanted(
        "Gula aren untuk dapur kantor",
        "60000101",
        "KUBE Contoh Nira Manis Cijaku",
        "Gula aren cetak batok 500 g",
        10,
        DIRECT,
        DRAFT,
    ),
)


def fill_buying(context: CommandContext) -> None:
    """Rules, plan and purchases; what is there already stays as it is."""
    app = context.app
    _enact(app, EXAMPLE, dt.date(2025, 4, 30))
    _enact(app, BEFORE_2025, dt.date(2021, 2, 2))
    people = hire(context)
    _plan(context)
    for wanted in WANTED:
        _buy(app, people, wanted)


def _enact(app: Leuit, rules: BuyingRules, since: dt.date) -> None:
    draft = Draft(
        title=f"Contoh: pembelian lewat katalog sejak {format_date(since)}",
        legal_basis="Perpres 16/2018 dengan perubahannya",
        confidence="secondary",
        effective_from=since,
        body=buying_kind().unstructure(rules),
        source="Data contoh; periksa dengan naskah peraturannya",
    )
    drafter, activator = cast_identity(app, "personnel"), cast_identity(app, "regent")
    enact_edition(app, BUYING, draft, drafter=drafter, activator=activator)


def _plan(context: CommandContext) -> None:
    app = context.app
    with app.read(SYSTEM) as view:
        unit = unit_by_code(view, OFFICE)
        year = view.today.year
    assert unit is not None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("rup_id", "name", "activity", "kind", "method", "pagu", "announced_on"))
    for rup_id, name, kind, pagu, announced in PLAN:
        day = f"{year}-01-05" if announced else ""
        writer.writerow((rup_id, name, "Administrasi umum", kind, "e-purchasing", pagu, day))
    received = receive_rup(app, RupHead(unit.id, year), text.getvalue().encode(), "rup.csv")
    apply_rup(app, SYSTEM, received)


def _buy(app: Leuit, people: Mapping[str, Identity], wanted: Wanted) -> None:
    with app.read(SYSTEM) as view:
        variant = view.session.scalars(
            select(Variant.id)
            .join(Product, Product.id == Variant.product_id)
            .join(Vendor, Vendor.id == Product.vendor_id)
            .where(Vendor.name == wanted.vendor, Product.name == wanted.product)
            .order_by(Variant.place)
            .limit(1)
        ).first()
        known = view.session.scalars(select(Purchase.id).where(Purchase.need == wanted.need))
        if variant is None or known.first() is not None:
            return
        vendor = view.session.scalars(select(Vendor.id).where(Vendor.name == wanted.vendor)).one()
        district = view.session.scalars(select(District.code).order_by(District.code)).first()
        needed = view.today + dt.timedelta(days=30)
    assert district is not None
    with app.change(people[PP]) as work:
        put_in(work, variant, wanted.quantity)
        one = start_purchase(work, vendor, wanted.rup_id, wanted.need)
        set_delivery(work, one.id, one.version, district, "Kantor Diskominfo SP", needed)
        set_price_paper(
            work,
            one.id,
            one.version,
            CATALOGUE,
            shown(work, one).best_total,
            "Katalog lokal",
            None,
        )
        reasons = {line.id: "Produk setempat yang diuji coba" for line in lines_of(work, one.id)}
        if any(judged.needs_reason for judged in shown(work, one).judgements):
            give_reasons(work, one.id, one.version, reasons)
        choose_method(work, one.id, one.version, wanted.method, "Harga sudah terbaik di katalog")
        purchase_id, ready = one.id, not shown(work, one).faults
    if ready and wanted.until != DRAFT:
        _go_on(app, people, purchase_id, vendor, wanted.until)


def _go_on(
    app: Leuit, people: Mapping[str, Identity], purchase_id: UUID, vendor_id: UUID, until: str
) -> None:
    with app.change(people[PP]) as work:
        one = find_purchase(work, purchase_id)
        send(work, one.id, one.version, shown(work, one).digest)
    if until in (NEGOTIATING, AGREED):
        with app.change(people[PP]) as work:
            held = buyer_purchase(work, purchase_id, find_purchase(work, purchase_id).version)
            prices = {line.id: line.shown_price * 9 // 10 for line in lines_of(work, purchase_id)}
            make_offer(work, held, BUYER, prices, held.shown_shipping, "Untuk pembelian rutin.")
    seller = _seller(app, vendor_id)
    if until == AGREED and seller is not None:
        with app.change(seller) as work:
            version = work.session.get_one(Purchase, purchase_id).version
            take_offer(work, vendor_purchase(work, purchase_id, version), VENDOR, 1)
    if until == ORDERING:
        with app.change(people[PPK]) as work:
            one = find_purchase(work, purchase_id)
            approve(work, one.id, one.version, "Barang diantar pada jam kerja.")


def _seller(app: Leuit, vendor_id: UUID) -> Identity | None:
    """Somebody who acts for the vendor, if anybody does."""
    with app.read(SYSTEM) as view:
        account = view.session.scalars(
            select(Account)
            .join(VendorMember, VendorMember.account_id == Account.id)
            .where(VendorMember.vendor_id == vendor_id, VendorMember.until.is_(None))
            .limit(1)
        ).first()
        if account is None:
            return None
        name = account.name or account.login
        return Identity("external", name, account.id, login=account.login)
