"""Examples of buying: a purchase of the unit DIN.A in each state that an address asks for."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

import attrs

from leuit.identity import Identity
from leuit.work import Leuit
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION
from leuit_ecatalog.rules.negotiation import BUYER
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    DRAFT,
    NEGOTIATING,
    ORDERING,
    REVIEW,
)
from leuit_ecatalog.service.baskets import put_in
from leuit_ecatalog.service.deciding import approve
from leuit_ecatalog.service.drafting import receive_price_file, set_price_paper
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    make_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.rup_import import RupHead, receive_rup
from tests.ecatalog.buying_office import (
    PP,
    PPK,
    YEAR,
    Office,
    at,
    draft,
    lines,
    office_in,
    package,
    product,
    sent,
)
from tests.system.access import MINE, Example, Region
from tests.system.examples.ecatalog_orders import browser_ids_of, examples_of

PDF = b"%PDF-1.7\n%an invented price paper\n"
PLAN = b"""rup_id,name,activity,kind,method,pagu,account_code,source,announced_on
60000901,Belanja alat tulis,Administrasi,Barang,E-Purchasing,25000000,5.1.02.01,APBD,2026-01-05
60000902,Belanja cetak,Administrasi,Barang,Pengadaan Langsung,9000000,5.1.02.02,APBD,
"""
STATES = (DRAFT, NEGOTIATING, AGREED, REVIEW, ORDERING)
NEEDS = (
    "Gula aren untuk rapat",
    "Gula aren untuk posyandu",
    "Gula aren untuk dapur umum",
    "Gula aren untuk pameran",
    "Gula aren untuk pelatihan",
)


@attrs.frozen
class Buying:
    """A purchase in each of `STATES`, and what the addresses name beside it."""

    office: Office
    by_state: Mapping[str, UUID]
    variant: UUID
    line: UUID
    package: UUID
    rup_id: str
    plan: Mapping[str, str]


def buying(office: Office) -> Buying:
    """Purchases of a unit, by the officials of the office."""
    variant, plan = product(office), package(office, 400_000_000)
    product(office, office.rival, name="Gula aren semut kemasan", price=52_000, tkdn=2_600, bmp=500)
    made: dict[str, UUID] = {}
    for state, need in zip(STATES, NEEDS, strict=True):
        method = DIRECT if state in (REVIEW, ORDERING) else NEGOTIATION
        one = draft(office, variant, 20, plan.rup_id, method=method, need=need)
        if state == DRAFT:
            _paper(office, one)
        else:
            sent(office, one)
        if state in (NEGOTIATING, AGREED):
            _bargained(office, one, taken=state == AGREED)
        if state == ORDERING:
            with office.app.change(office.people[PPK]) as work:
                approve(work, one, at(office, one).version, "Barang diantar pada jam kerja.")
        made[state] = one
    received = receive_rup(office.app, RupHead(office.unit, YEAR), PLAN, "rup.csv")
    carried = {
        "file": received.file.sha256,
        "name": "rup.csv",
        "unit": str(office.unit),
        "year": str(YEAR),
    }
    with office.app.change(office.people[PP]) as work:
        put_in(work, variant, 3)
    [line] = lines(office, made[DRAFT])
    return Buying(office, made, variant, line.id, plan.id, plan.rup_id, carried)


def _paper(office: Office, purchase_id: UUID) -> None:
    who = office.people[PP]
    stored = receive_price_file(office.app, who, purchase_id, "harga.pdf", PDF)
    with office.app.change(who) as work:
        version = at(office, purchase_id).version
        set_price_paper(work, purchase_id, version, "katalog", 1_000_000, "Katalog", stored)


def _bargained(office: Office, purchase_id: UUID, *, taken: bool) -> None:
    [line] = lines(office, purchase_id)
    with office.app.change(office.people[PP]) as work:
        held = buyer_purchase(work, purchase_id, at(office, purchase_id).version)
        make_offer(work, held, BUYER, {line.id: 45_000}, 0, "Untuk pesanan rutin.")
    if taken:
        with office.app.change(office.shop.account) as work:
            held = vendor_purchase(work, purchase_id, at(office, purchase_id).version)
            take_offer(work, held, "vendor", 1)


def examples(region: Region) -> dict[str, Example]:
    """Who buys does so for a unit; vendors alone answer offers."""
    office = office_in(region.app, region.unit, region.office.unit("DIN.B"), region.office.staff(3))
    found = buying(office)
    ids = found.by_state
    one = "/ecatalog/purchases/{purchase_id}"
    offer = "/ecatalog/shop/offers/{purchase_id}"
    basket = {"variant": str(found.variant), "quantity": "4"}

    def at_unit(state: str, **more: object) -> Example:
        return Example(params={"purchase_id": ids[state]}, unit=MINE, **more)  # type: ignore[arg-type]  # fields of Example

    def form(state: str, /, **fields: str) -> Example:
        version = {"version": str(at(office, ids[state]).version), **fields}
        return at_unit(state, form=version, person=True)

    line = {"purchase_id": ids[DRAFT], "line_id": found.line}
    price = f"price-{found.line}"
    steps = {
        "package": {"rup": found.rup_id, "need": "Gula"},
        "delivery": {"district": "36.02.22", "address": "Jalan", "needed_by": "30/12/2026"},
        "comparison": {},
        "price": {"kind": "katalog", "amount": "1.000.000", "source": "Katalog"},
        "method": {"method": DIRECT, "method_reason": "Wajar"},
        "check": {"digest": "-"},
    }
    vendors = Example(params={"purchase_id": ids[NEGOTIATING]}, private=True)
    given = {
        "GET /ecatalog/rup": Example(),
        "GET /ecatalog/rup/{package_id}": Example(params={"package_id": found.package}, unit=MINE),
        "GET /ecatalog/rup/import": Example(),
        "POST /ecatalog/rup/import": Example(
            form={"unit": str(region.unit), "year": str(YEAR)},
            file=("rup.csv", PLAN),
            unit=MINE,
            shape_first="the units of the form are those that the caller may import for",
        ),
        "GET /ecatalog/rup/import/report": Example(query=found.plan, unit=MINE),
        "POST /ecatalog/rup/import/report": Example(form={**found.plan, "digest": "-"}, unit=MINE),
        "GET /ecatalog/basket": Example(person=True),
        "POST /ecatalog/basket": Example(form=basket, person=True),
        "POST /ecatalog/basket/remove": Example(form=basket, person=True),
        "GET /ecatalog/purchases": Example(),
        "GET /ecatalog/purchases/export": Example(query={"format": "csv"}),
        "GET /ecatalog/purchases/new": Example(query={"vendor": str(office.shop.vendor)}),
        "POST /ecatalog/purchases/new": Example(
            form={"vendor": str(office.shop.vendor), "rup": found.rup_id, "need": "Gula"},
            unit=MINE,
            person=True,
        ),
        f"GET {one}": at_unit(DRAFT),
        f"GET {one}/file": at_unit(DRAFT),
        f"GET {one}/lines/{{line_id}}": Example(params=line, unit=MINE),
        f"POST {one}/lines/{{line_id}}": Example(
            params=line, form={"version": "1", "do": "compare"}, unit=MINE, person=True
        ),
        f"GET {one}/offer": at_unit(NEGOTIATING),
        f"POST {one}/offer": form(NEGOTIATING, **{price: "45.000", "shipping": "0"}),
        f"POST {one}/take": form(NEGOTIATING, round="1"),
        f"POST {one}/proceed": form(AGREED),
        f"GET {one}/review": at_unit(REVIEW),
        f"POST {one}/review": form(REVIEW, clauses="Klausul"),
        f"POST {one}/authorise": form(REVIEW),
        f"GET {one}/return": at_unit(ORDERING, needs="ecatalog.purchase.approve"),
        f"POST {one}/return": at_unit(
            ORDERING,
            needs="ecatalog.purchase.approve",
            form={"version": "1", "reason": "Perbaiki"},
            person=True,
        ),
        f"GET {one}/cancel": at_unit(ORDERING, needs="ecatalog.purchase.approve"),
        f"POST {one}/cancel": at_unit(
            ORDERING,
            needs="ecatalog.purchase.approve",
            form={"version": "1", "reason": "Tidak jadi"},
            person=True,
        ),
        "GET /ecatalog/shop/offers": Example(),
        f"GET {offer}": vendors,
        f"POST {offer}": attrs.evolve(vendors, form={"version": "1", "shipping": "0"}),
        f"POST {offer}/take": attrs.evolve(vendors, form={"version": "1", "round": "1"}),
        f"GET {offer}/decline": vendors,
        f"POST {offer}/decline": attrs.evolve(vendors, form={"version": "1", "reason": "Tidak"}),
    }
    for step, fields in steps.items():
        given[f"GET {one}/{step}"] = at_unit(DRAFT)
        given[f"POST {one}/{step}"] = form(DRAFT, **fields)
    return {**given, **examples_of(office)}


def browser_ids(app: Leuit, unit: UUID, stranger: Identity) -> dict[str, str]:
    """What the addresses of the browser's walk name: a unit with all of the office's people."""
    office = office_in(app, unit, unit, stranger)
    found = buying(office)
    ordered = browser_ids_of(office)
    named = {f"purchase_{state}": str(key) for state, key in found.by_state.items()}
    return {
        **named,
        **ordered,
        "package_id": str(found.package),
        "purchase_line": str(found.line),
        "purchase_vendor": str(office.shop.vendor),
        "rup": urlencode(found.plan),
    }
