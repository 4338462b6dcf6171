"""A purchase from its basket to the PPK's hand, on both engines."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from leuit.builtin.calendar import set_holiday
from leuit.builtin.regulations import edition_by_id
from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
)
from leuit.work import Leuit, Work, Worker
from leuit_ecatalog.models import (
    Agreement,
    DistrictPrice,
    NegotiationRound,
    Product,
    Purchase,
    PurchaseAct,
    PurchaseDuty,
    RoundPrice,
    Sanction,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.products import FROZEN, TAKEN_DOWN
from leuit_ecatalog.rules.buying_example import BEFORE_2025, EXAMPLE
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_duties import TREASURER as TREASURER_DUTY
from leuit_ecatalog.rules.purchase_duties import SeparateDutiesError
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    AUTHORISING,
    CANCELLED,
    DRAFT,
    LAPSED,
    NEGOTIATING,
    ORDERING,
    REVIEW,
)
from leuit_ecatalog.service.agreeing import NoLongerSoldError
from leuit_ecatalog.service.baskets import put_in
from leuit_ecatalog.service.comparing import choose_compared
from leuit_ecatalog.service.deadlines import ExpiredError
from leuit_ecatalog.service.deciding import approve, authorise, cancel, proceed, send_back
from leuit_ecatalog.service.drafting import (
    change_package,
    compare,
    give_reasons,
    set_delivery,
    set_quantity,
    start_purchase,
)
from leuit_ecatalog.service.lapsing import LAPSE, lapse, overdue
from leuit_ecatalog.service.membership import may_sell
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    decline,
    find_offer,
    make_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.proposing import Shown, shown
from leuit_ecatalog.service.purchase_access import (
    find_purchase,
    lines_of,
    ref_of,
    take_duty,
)
from leuit_ecatalog.service.purchase_listing import PurchaseFilter, offers, purchases
from leuit_ecatalog.service.purchase_tasks import (
    count_my_turns,
    count_offers_to_answer,
    my_turns,
    offers_to_answer,
    their_turns,
)
from leuit_ecatalog.service.rup import OverPaguError, UnfitPackageError, move_held
from leuit_ecatalog.service.sending import ChangedShownError, OtherOfficialError, send
from leuit_ecatalog.service.stock_held import ShortStockError
from tests.ecatalog.buying_office import (
    AUDITOR,
    DISTRICT,
    PA,
    PP,
    PPK,
    TREASURER,
    YEAR,
    Office,
    at,
    change_row,
    committed,
    draft,
    enact,
    lines,
    office,
    package,
    product,
    sent,
    stock,
    told,
)


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


def offer(made: Office, one: UUID, side: str, price: int, shipping: int = 0) -> None:
    """A side offers a price for the only line."""
    [line] = lines(made, one)
    version = at(made, one).version
    if side == BUYER:
        with made.app.change(made.people[PP]) as work:
            make_offer(work, buyer_purchase(work, one, version), BUYER, {line.id: price}, shipping)
    else:
        with made.app.change(made.shop.account) as work:
            make_offer(
                work, vendor_purchase(work, one, version), VENDOR, {line.id: price}, shipping
            )


def bargained(made: Office, variant: UUID, quantity: int, rup_id: str) -> UUID:
    """A purchase that was agreed in two rounds at Rp48.000."""
    one = sent(made, draft(made, variant, quantity, rup_id, method=NEGOTIATION))
    offer(made, one, BUYER, 45_000)
    offer(made, one, VENDOR, 48_000)
    with made.app.change(made.people[PP]) as work:
        take_offer(work, buyer_purchase(work, one, at(made, one).version), BUYER, 2)
    return one


def seen(made: Office, one: UUID) -> Shown:
    """The draft as it is shown now."""
    with made.app.read(SYSTEM) as view:
        return shown(view, view.session.get_one(Purchase, one))


def faults(made: Office, one: UUID) -> set[str]:
    """The steps at which a draft lacks something."""
    return {fault.step for fault in seen(made, one).faults}


def test_a_direct_purchase_holds_money_and_stock_until_the_ppk_hands_it_on(made: Office) -> None:
    """200 × Rp50.000 with PPN are Rp11.100.000 (EC-17), held of the package from the sending on."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 200, plan.rup_id, method=DIRECT))
    bought = at(made, one)
    assert (bought.state, bought.goods, bought.tax) == (REVIEW, 10_000_000, 1_100_000)
    assert bought.number == "EP-2026-000001"
    assert (committed(made, plan.id), stock(made, variant)) == (11_100_000, 800)
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, bought.version, "Barang diantar pada jam kerja.")
    assert at(made, one).state == ORDERING


def test_a_negotiated_purchase_holds_less_once_it_is_agreed(made: Office) -> None:
    """The shown total is held while they bargain, what was agreed afterwards."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 200, plan.rup_id, method=NEGOTIATION))
    assert (at(made, one).state, committed(made, plan.id)) == (NEGOTIATING, 11_100_000)
    offer(made, one, BUYER, 45_000)
    offer(made, one, VENDOR, 48_000)
    assert stock(made, variant) == 1_000
    with made.app.change(made.people[PP]) as work:
        take_offer(work, buyer_purchase(work, one, at(made, one).version), BUYER, 2)
    agreed = at(made, one)
    assert (agreed.state, agreed.total) == (AGREED, 9_600_000 + 1_056_000)
    assert (committed(made, plan.id), stock(made, variant)) == (10_656_000, 800)
    with made.app.change(made.people[PPK]) as work:
        proceed(work, one, agreed.version)
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "")
    assert at(made, one).state == ORDERING


def test_the_rest_of_a_pagu_bears_just_as_much_as_there_is(made: Office) -> None:
    """EC-14: of 12.000.000 with 11.100.000 held, 900.000 more are taken and 900.001 refused."""
    variant, plan = product(made), package(made)
    sent(made, draft(made, variant, 200, plan.rup_id, method=DIRECT))
    change_row(made, Vendor, made.shop.vendor, taxable=False)
    over = product(made, price=900_001)
    refused = draft(made, over, 1, plan.rup_id, method=DIRECT)
    with pytest.raises(InvalidInputError):
        sent(made, refused)
    fit = product(made, price=900_000)
    sent(made, draft(made, fit, 1, plan.rup_id, method=DIRECT))
    assert committed(made, plan.id) == 12_000_000


def test_only_announced_packages_by_e_purchasing_of_this_year_are_bought_for(made: Office) -> None:
    """EC-15: another method is refused, and so is what was not announced or is over."""
    variant = product(made)
    for wrong in (
        {"method": "pengadaan langsung"},
        {"announced_on": None},
        {"announced_on": dt.date(2027, 1, 5)},
        {"year": 2025},
    ):
        plan = package(made, **wrong)
        with pytest.raises(UnfitPackageError):
            draft(made, variant, 1, plan.rup_id)


def test_a_draft_says_everything_that_it_lacks(made: Office) -> None:
    """No delivery, no price paper, no reason: each is told at its step, and nothing is sent."""
    imported = product(made, origin="impor", tkdn=None, bmp=None, least_order=5)
    rival = product(made, made.rival)
    plan = package(made)
    with made.app.change(made.people[PP]) as work:
        one = draft_without_delivery(made, work, imported, plan.rup_id)
    assert faults(made, one) == {"kirim", "banding", "harga"}
    [line] = lines(made, one)
    with made.app.read(SYSTEM) as view:
        other = view.session.get_one(Variant, rival).product_id
    with made.app.change(made.people[PP]) as work:
        compare(work, one, at(made, one).version, line.id, [other])
    judged = seen(made, one).judgements[0]
    assert (judged.preference.step, judged.allowed, judged.needs_reason) == (1, False, True)
    assert [row.excluded for row in judged.compared] == ["impor", ""]
    with pytest.raises(InvalidInputError) as refused:
        sent(made, one)
    assert {fault.path for fault in refused.value.fields} == {"kirim", "banding", "harga"}


def draft_without_delivery(made: Office, work: Work, variant: UUID, rup_id: str) -> UUID:
    """A draft as the basket gives it: four of a variant whose smallest order is five."""
    put_in(work, variant, 5)
    one = start_purchase(work, made.shop.vendor, rup_id, "Kebutuhan")
    [line] = lines_of(work, one.id)
    set_quantity(work, one.id, one.version, line.id, 4)
    return one.id


def test_a_reason_lets_what_is_not_preferred_be_bought_and_is_kept(made: Office) -> None:
    """EC-32: a domestic product in no step asks for a reason, which stands in the decision."""
    craft = product(made, origin="pdn_lain", tkdn=None, bmp=None)
    plan = package(made)
    one = draft(made, craft, 2, plan.rup_id, method=DIRECT)
    assert faults(made, one) == {"banding"}
    [line] = lines(made, one)
    with made.app.change(made.people[PP]) as work:
        give_reasons(work, one, at(made, one).version, {line.id: "Anyaman setempat"})
    sent(made, one)
    kept = at(made, one).decision["lines"][0]
    assert (kept["step"], kept["reason"], kept["allowed"]) == (0, "Anyaman setempat", True)


def test_a_certificate_that_is_over_counts_no_more(made: Office) -> None:
    """On the day after its last the product is in no step; on its last it still is certified."""
    with made.app.read(SYSTEM) as view:
        today = view.today
    last = product(made, tkdn_until=today)
    over = product(made, tkdn_until=today - dt.timedelta(days=1))
    plan = package(made)
    steps = [
        seen(made, draft(made, variant, 1, plan.rup_id)).judgements[0].preference.step
        for variant in (last, over)
    ]
    assert steps == [1, 0]


def test_a_reserved_package_of_a_large_firm_asks_for_a_reason(made: Office) -> None:
    """EC-10 in use: up to the limit a firm that is not small needs words, which are kept."""
    variant, plan = product(made), package(made)
    change_row(made, Vendor, made.shop.vendor, scale="menengah")
    one = draft(made, variant, 1, plan.rup_id, method=DIRECT)
    assert faults(made, one) == {"banding"}
    with made.app.change(made.people[PP]) as work:
        give_reasons(work, one, at(made, one).version, {}, "Tidak ada usaha kecil yang mampu")
    sent(made, one)
    assert at(made, one).decision["reservation_reason"] == "Tidak ada usaha kecil yang mampu"


def test_prices_and_shipping_are_those_of_the_kecamatan(made: Office) -> None:
    """The price of the kecamatan goes before the general one, and bringing it is paid once."""
    variant = product(made, fee=70_000)
    plan = package(made)
    with made.app.change(SYSTEM) as work:
        bought = work.session.get_one(Variant, variant).product_id
        work.session.add_all(
            [
                DistrictPrice(variant_id=variant, district=DISTRICT, price=48_000),
                Shipping(product_id=bought, district=DISTRICT, fee=25_000, days=2),
            ]
        )
        work.session.flush()
        told(work)
    one = draft(made, variant, 2, plan.rup_id)
    assert (seen(made, one).totals.goods, seen(made, one).totals.shipping) == (96_000, 25_000)


def test_what_is_not_brought_there_is_told(made: Office) -> None:
    """A kecamatan without a row, where there is none for all, is not delivered to."""
    variant, plan = product(made), package(made)
    with made.app.change(SYSTEM) as work:
        work.session.execute(delete(Shipping))
        told(work)
    one = draft(made, variant, 2, plan.rup_id)
    assert seen(made, one).quotes[variant].faults == ("tidak_diantar",)


def test_what_is_the_ppks_the_pp_does_not_go_on_with(made: Office) -> None:
    """EC-06: above 200 juta the PP's draft waits for a PPK, who then sends and approves himself."""
    big, plan = product(made, price=1_000_000), package(made, 400_000_000)
    one = draft(made, big, 200, plan.rup_id, method=DIRECT, paper="hps")
    with pytest.raises(OtherOfficialError):
        sent(made, one)
    sent(made, one, made.people[PPK])
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "")
    assert (at(made, one).state, at(made, one).official) == (ORDERING, "PPK")
    small = draft(made, big, 1, plan.rup_id, made.people[PPK], method=DIRECT)
    with pytest.raises(OtherOfficialError):
        sent(made, small, made.people[PPK])


def test_nobody_acts_in_two_roles_on_one_purchase(made: Office) -> None:
    """Who holds both roles and sent it as PP is refused as PPK; as PPK he is refused as PP."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, made.both, method=DIRECT), made.both)
    with pytest.raises(SeparateDutiesError), made.app.change(made.both) as work:
        approve(work, one, at(made, one).version, "")
    other = sent(made, draft(made, variant, 1, plan.rup_id, method=DIRECT))
    with made.app.change(made.both) as work:
        send_back(work, other, at(made, other).version, "Tambah referensi")
    with pytest.raises(OtherOfficialError):
        pass_on(made, other)
    with made.app.read(SYSTEM) as view:
        roles = view.session.execute(select(PurchaseDuty.purchase_id, PurchaseDuty.person_id)).all()
    assert len(roles) == len(set(roles))


def pass_on(made: Office, purchase_id: UUID) -> None:
    """Send as the one who was the PPK; his PP's right does not help him."""
    try:
        sent(made, purchase_id, made.both)
    except SeparateDutiesError as error:
        raise OtherOfficialError(error.message) from error


def test_the_treasurer_is_neither_pp_nor_ppk_of_what_he_pays(made: Office) -> None:
    """His duty is kept by the same key, and needs his own right."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=DIRECT))
    with pytest.raises(PermissionDeniedError), made.app.change(made.people[PP]) as work:
        take_duty(work, find_purchase(work, one), TREASURER_DUTY)
    with made.app.change(made.people[TREASURER]) as work:
        take_duty(work, find_purchase(work, one), TREASURER_DUTY)
        work.audit("ecatalog.purchase.revised", ref(work, one))
    with pytest.raises(PermissionDeniedError), made.app.change(made.people[TREASURER]) as work:
        approve(work, one, at(made, one).version, "")


def ref(work: Work, purchase_id: UUID) -> RecordRef:
    """How the log names a purchase."""
    return ref_of(find_purchase(work, purchase_id))


def test_above_the_limit_pa_or_kpa_authorise_as_well(app: Leuit) -> None:
    """EC-09 in use: the PPK's approval alone does not make the order."""
    made = office(app, attrs.evolve(EXAMPLE, approval_above=1_000_000))
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 100, plan.rup_id, method=DIRECT))
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "")
    assert at(made, one).state == AUTHORISING
    with made.app.change(made.people[PA]) as work:
        authorise(work, one, at(made, one).version)
    assert at(made, one).state == ORDERING


def test_what_was_shown_must_be_what_is_sent(made: Office) -> None:
    """A price that moved after the page was opened sends nothing; a stale page neither."""
    variant, plan = product(made), package(made)
    one = draft(made, variant, 1, plan.rup_id, method=DIRECT)
    before = seen(made, one).digest
    change_row(made, Variant, variant, price=51_000)
    with pytest.raises(ChangedShownError), made.app.change(made.people[PP]) as work:
        send(work, one, at(made, one).version, before)
    with pytest.raises(StaleEditError), made.app.change(made.people[PP]) as work:
        send(work, one, 1, seen(made, one).digest)


def test_thresholds_are_those_of_the_day_and_a_purchase_keeps_its_edition(
    made: Office, clock: ManualClock
) -> None:
    """EC-07, EC-08: another edition from tomorrow on changes drafts, not what was sent."""
    variant, plan = product(made), package(made, 400_000_000)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=DIRECT))
    with made.app.read(SYSTEM) as view:
        tomorrow = view.today + dt.timedelta(days=1)
    enact(made.app, BEFORE_2025, tomorrow, "Besok")
    clock.advance(dt.timedelta(days=1))
    later = draft(made, variant, 1, plan.rup_id, method=DIRECT, paper="")
    assert seen(made, later).proposal.price_paper == ""
    sent(made, later)
    with made.app.read(SYSTEM) as view:
        titles = [edition_by_id(view, at(made, each).edition_id).title for each in (one, later)]
    assert titles == ["Contoh", "Besok"]


def test_what_was_agreed_never_changes(made: Office) -> None:
    """Name, price and vendor of the agreement stay as they were, whatever becomes of them."""
    variant, plan = product(made), package(made)
    one = bargained(made, variant, 10, plan.rup_id)
    with made.app.read(SYSTEM) as view:
        bought = view.session.get_one(Variant, variant).product_id
        before = view.session.get_one(Agreement, (one, 1)).content
    change_row(made, Product, bought, name="Nama lain", tkdn=1)
    change_row(made, Variant, variant, price=1)
    change_row(made, Vendor, made.shop.vendor, name="UD Lain", nib="1234567890123")
    with made.app.read(SYSTEM) as view:
        kept = view.session.get_one(Agreement, (one, 1)).content
    assert kept == before
    assert kept["lines"][0] | {"name": "", "line_id": ""} == kept["lines"][0] | {
        "name": "",
        "line_id": "",
        "price": 48_000,
        "shown_price": 50_000,
        "quantity": 10,
        "tkdn": 5_000,
    }
    assert kept["vendor"]["name"] == "UD Contoh Aren"


@pytest.mark.parametrize(
    "table", [Agreement, NegotiationRound, RoundPrice, PurchaseAct, PurchaseDuty]
)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_keeps_what_was_offered_agreed_and_done(
    made: Office, table: Any, verb: str
) -> None:
    """Neither a changed nor a deleted row gets past it."""
    variant, plan = product(made), package(made)
    bargained(made, variant, 1, plan.rup_id)
    column = next(iter(table.__table__.columns))
    statement = delete(table) if verb == "delete" else update(table).values({column: column})
    with pytest.raises(DBAPIError), made.app.change(SYSTEM) as work:
        work.session.execute(statement)


def test_two_agreements_share_a_stock_that_is_never_below_zero(made: Office) -> None:
    """Who comes second is told how many are left; a cancelled one gives stock and money back."""
    variant, plan = product(made, stock=12), package(made)
    one = sent(made, draft(made, variant, 10, plan.rup_id, method=NEGOTIATION))
    two = sent(made, draft(made, variant, 10, plan.rup_id, method=NEGOTIATION))
    for each in (one, two):
        offer(made, each, BUYER, 50_000)
    with made.app.change(made.shop.account) as work:
        take_offer(work, vendor_purchase(work, one, at(made, one).version), VENDOR, 1)
    with pytest.raises(ShortStockError), made.app.change(made.shop.account) as work:
        take_offer(work, vendor_purchase(work, two, at(made, two).version), VENDOR, 1)
    assert (stock(made, variant), at(made, two).state) == (2, NEGOTIATING)
    with made.app.change(made.people[PPK]) as work:
        cancel(work, one, at(made, one).version, "Tidak jadi")
    assert (stock(made, variant), committed(made, plan.id)) == (12, at(made, two).held)
    with made.app.change(made.shop.account) as work:
        take_offer(work, vendor_purchase(work, two, at(made, two).version), VENDOR, 1)
    assert stock(made, variant) == 2


def test_uncounted_stock_is_as_much_as_is_asked_for(made: Office) -> None:
    """Services and what is made to order have none to run out of."""
    variant, plan = product(made, stock=None), package(made)
    one = sent(made, draft(made, variant, 200, plan.rup_id, method=DIRECT))
    with made.app.change(made.people[PPK]) as work:
        cancel(work, one, at(made, one).version, "Tidak jadi")
    assert (stock(made, variant), committed(made, plan.id)) == (None, 0)


def test_a_suspended_vendor_takes_no_orders(made: Office) -> None:
    """EC-50: neither a new one nor the next step of one on its way; what was agreed stays kept."""
    variant, plan = product(made), package(made)
    one = bargained(made, variant, 1, plan.rup_id)
    waiting = draft(made, variant, 1, plan.rup_id, method=DIRECT)
    with made.app.change(SYSTEM) as work:
        work.session.add(
            Sanction(
                vendor_id=made.shop.vendor,
                kind="suspended",
                edition_id=at(made, one).edition_id,
                decree="SK 1",
                reason="Wanprestasi",
                since=work.today,
                until=None,
                recorded_by=made.people[PP].person_id,
                recorded_at=work.now,
            )
        )
        work.session.flush()
        work.audit("core.unit.created", ref(work, one))
    assert faults(made, waiting) == {"banding"}
    with made.app.change(made.people[PPK]) as work:
        proceed(work, one, at(made, one).version)
    with pytest.raises(NoLongerSoldError), made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "")
    with made.app.read(SYSTEM) as view:
        assert not may_sell(view, made.shop.vendor, view.today)
        assert view.session.get_one(Agreement, (one, 1)).total == at(made, one).total
    change_row(made, Vendor, made.rival.vendor, state="menunggu_verifikasi")
    other = product(made, made.rival)
    assert faults(made, draft(made, other, 1, plan.rup_id)) == {"banding"}


@pytest.mark.parametrize("state", [FROZEN, TAKEN_DOWN])
def test_a_product_that_goes_after_the_negotiation_stops_the_order_and_says_so(
    made: Office, state: str
) -> None:
    """EC-51 and section 4: the PPK cannot go on; he reads the product's name and what stays."""
    variant, plan = product(made), package(made)
    one = bargained(made, variant, 1, plan.rup_id)
    with made.app.read(SYSTEM) as view:
        bought = view.session.get_one(Variant, variant).product_id
    change_row(made, Product, bought, state=state)
    with made.app.change(made.people[PPK]) as work:
        proceed(work, one, at(made, one).version)
    with (
        pytest.raises(NoLongerSoldError, match="Gula aren semut") as refused,
        made.app.change(made.people[PPK]) as work,
    ):
        approve(work, one, at(made, one).version, "")
    assert "tetap tersimpan" in str(refused.value)


def test_an_offer_is_sealed_from_every_other_vendor(made: Office) -> None:
    """By id, by list, by count and by act another vendor, and staff, find nothing."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=NEGOTIATION))
    offer(made, one, BUYER, 45_000)
    with made.app.read(made.rival.account) as view:
        with pytest.raises(NotFoundError):
            find_offer(view, one)
        assert (offers(view, 0, 10), count_offers_to_answer(view)) == ([], 0)
        with pytest.raises(NotFoundError):
            find_purchase(view, one)
        assert purchases(view, PurchaseFilter(), 0, 10) == []
    with pytest.raises(NotFoundError), made.app.change(made.rival.account) as work:
        vendor_purchase(work, one, at(made, one).version)
    with pytest.raises(PermissionDeniedError), made.app.read(made.people[PP]) as view:
        find_offer(view, one)
    with made.app.read(made.shop.account) as view:
        assert [row.id for row in offers(view, 0, 10)] == [one]
        assert count_offers_to_answer(view) == len(offers_to_answer(view, 10)) == 1


def test_a_draft_is_nothing_that_its_vendor_sees(made: Office) -> None:
    """Before it is sent, and after it was sent back, the vendor is shown nothing."""
    variant, plan = product(made), package(made)
    one = draft(made, variant, 1, plan.rup_id, method=DIRECT)
    with made.app.read(made.shop.account) as view, pytest.raises(NotFoundError):
        find_offer(view, one)
    sent(made, one)
    with made.app.read(made.shop.account) as view:
        assert find_offer(view, one).id == one


def test_sides_answer_in_turn_and_a_stale_page_takes_nothing(made: Office) -> None:
    """Out of turn nothing is stored; only the offer that the page showed can be taken."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=NEGOTIATION))
    with pytest.raises(ConflictError):
        offer(made, one, VENDOR, 49_000)
    with pytest.raises(InvalidInputError) as refused:
        offer(made, one, BUYER, 50_001)
    assert [fault.code for fault in refused.value.fields] == ["ceiling"]
    offer(made, one, BUYER, 45_000)
    with pytest.raises(ConflictError), made.app.change(made.shop.account) as work:
        take_offer(work, vendor_purchase(work, one, at(made, one).version), VENDOR, 2)
    with pytest.raises(StaleEditError), made.app.change(made.shop.account) as work:
        vendor_purchase(work, one, 1)
    with pytest.raises(LeuitError), made.app.change(made.people[AUDITOR]) as work:
        buyer_purchase(work, one, at(made, one).version)


def test_a_vendor_may_end_the_negotiation_with_a_reason(made: Office) -> None:
    """The money is free again, and the buyer reads why."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=NEGOTIATION))
    with pytest.raises(InvalidInputError), made.app.change(made.shop.account) as work:
        decline(work, vendor_purchase(work, one, at(made, one).version), " ")
    with made.app.change(made.shop.account) as work:
        decline(work, vendor_purchase(work, one, at(made, one).version), "Bahan habis")
    assert (at(made, one).state, committed(made, plan.id)) == (CANCELLED, 0)


def test_sent_back_it_is_a_draft_again_with_its_number_and_a_new_attempt(made: Office) -> None:
    """Money and stock are free; sent again it keeps its number, and its first agreement stays."""
    variant, plan = product(made), package(made)
    one = bargained(made, variant, 10, plan.rup_id)
    with made.app.change(made.people[PPK]) as work:
        proceed(work, one, at(made, one).version)
    with made.app.change(made.people[PPK]) as work:
        send_back(work, one, at(made, one).version, "Ubah jumlah")
    assert (at(made, one).state, committed(made, plan.id), stock(made, variant)) == (
        DRAFT,
        0,
        1_000,
    )
    [line] = lines(made, one)
    with made.app.change(made.people[PP]) as work:
        set_quantity(work, one, at(made, one).version, line.id, 20)
    with pytest.raises(ConflictError), made.app.change(made.people[PP]) as work:
        set_quantity(work, one, at(made, one).version, line.id, 0)
    sent(made, one)
    assert (at(made, one).number, at(made, one).attempt) == ("EP-2026-000001", 2)
    offer(made, one, BUYER, 40_000)
    with made.app.read(SYSTEM) as view:
        assert view.session.get_one(Agreement, (one, 1)).total == 532_800
        assert view.session.get(Agreement, (one, 2)) is None
    other = sent(made, draft(made, variant, 1, plan.rup_id, method=DIRECT))
    assert at(made, other).number == "EP-2026-000002"


def test_three_working_days_are_over_at_midnight_by_the_regions_clock(
    made: Office, clock: ManualClock
) -> None:
    """EC-20 to EC-22: until the end of the third working day it may be done, afterwards it lapses.

    Lapsing twice, or by a clock that was set back, changes nothing more.
    """
    variant, plan = product(made), package(made)
    with made.app.change(SYSTEM) as work:
        set_holiday(
            work, dt.date(YEAR, 10, 7), kind="libur", title="Libur contoh", legal_basis="Contoh"
        )
    one = bargained(made, variant, 10, plan.rup_id)  # Monday 5 October; the 7th is a holiday
    zone = made.app.zone
    midnight = dt.datetime(YEAR, 10, 10, tzinfo=zone)
    assert at(made, one).due_at == midnight.astimezone(dt.UTC)  # Friday the 9th is the last
    clock.set(midnight - dt.timedelta(seconds=1))
    with made.app.read(SYSTEM) as view:
        assert overdue(view) == []
    clock.set(midnight)
    with pytest.raises(ExpiredError), made.app.change(made.people[PPK]) as work:
        proceed(work, one, at(made, one).version)
    run_lapse(made.app)
    assert (at(made, one).state, committed(made, plan.id), stock(made, variant)) == (
        LAPSED,
        0,
        1_000,
    )
    version = at(made, one).version
    run_lapse(made.app)
    clock.set(midnight - dt.timedelta(days=3))
    with made.app.change(SYSTEM) as work:
        assert not lapse(work, one)
    assert (at(made, one).version, at(made, one).state) == (version, LAPSED)


def run_lapse(app: Leuit) -> None:
    """The job as the clock asks for it."""
    with app.change(SYSTEM) as work:
        work.enqueue(LAPSE, {})
    Worker(app, name="test").run_pending(raise_errors=True)


def test_an_unanswered_offer_lapses_and_without_a_limit_it_waits(
    app: Leuit, clock: ManualClock
) -> None:
    """The edition's days hold for each answer; 0 sets no limit."""
    made = office(app, attrs.evolve(EXAMPLE, answer_days=1))
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=NEGOTIATION))
    with app.read(SYSTEM) as view:
        today = view.today
    enact(app, attrs.evolve(EXAMPLE, answer_days=0), today, "Tanpa batas")
    other = sent(made, draft(made, variant, 1, plan.rup_id, method=NEGOTIATION))
    assert at(made, other).due_at is None
    clock.advance(dt.timedelta(days=2))
    with pytest.raises(ExpiredError):
        offer(made, one, BUYER, 45_000)
    run_lapse(app)
    assert (at(made, one).state, at(made, other).state) == (LAPSED, NEGOTIATING)


def test_tasks_wait_for_whose_turn_it_is(made: Office) -> None:
    """PP, vendor, PP, PPK in turn; counts are the lengths of lists, and who did his part waits."""
    variant, plan = product(made), package(made)
    one = draft(made, variant, 1, plan.rup_id, method=NEGOTIATION)

    def waits() -> list[str]:
        found = []
        for name in (PP, PPK, PA, TREASURER, AUDITOR):
            with made.app.read(made.people[name]) as view:
                mine = my_turns(view, 10)
                assert count_my_turns(view) == len(mine)
                found += [name for _task in mine]
        with made.app.read(made.shop.account) as view:
            found += ["vendor" for _task in offers_to_answer(view, 10)]
        return found

    assert waits() == [PP]
    sent(made, one)
    assert waits() == [PP]
    offer(made, one, BUYER, 45_000)
    assert waits() == ["vendor"]
    with made.app.read(made.people[PP]) as view:
        assert [task.id for task in their_turns(view, 10)] == [one]
    offer(made, one, VENDOR, 48_000)
    assert waits() == [PP]
    with made.app.change(made.people[PP]) as work:
        take_offer(work, buyer_purchase(work, one, at(made, one).version), BUYER, 2)
    assert waits() == [PPK]
    with made.app.change(made.people[PPK]) as work:
        proceed(work, one, at(made, one).version)
    assert waits() == [PPK]


def test_what_the_package_cannot_bear_is_told_with_its_figures(made: Office) -> None:
    """Money that went between the check and the sending is named in the refusal."""
    plan = package(made)
    with (
        pytest.raises(OverPaguError, match=r"Rp12\.000\.000.*Rp12\.000\.001"),
        made.app.change(SYSTEM) as work,
    ):
        move_held(work, plan.id, 12_000_001)


def test_a_draft_is_of_one_unit_and_its_people_alone(made: Office) -> None:
    """A package of another unit is not there for its officials, nor their purchase for others."""
    variant = product(made)
    elsewhere = package(made, unit_id=made.sibling)
    with pytest.raises(NotFoundError):
        draft(made, variant, 1, elsewhere.rup_id)
    one = draft(made, variant, 1, package(made).rup_id)
    with made.app.read(made.stranger) as view, pytest.raises(NotFoundError):
        find_purchase(view, one)
    with pytest.raises(InvalidInputError), made.app.change(made.people[PP]) as work:
        set_delivery(work, one, at(made, one).version, "x", "", dt.date(2020, 1, 1))
    with pytest.raises(NotFoundError), made.app.change(made.people[PP]) as work:
        change_package(work, one, at(made, one).version, elsewhere.rup_id, "Gula")


def test_only_shown_products_of_the_same_category_are_compared(made: Office) -> None:
    """A frozen one, one of another category, or the bought one itself are refused."""
    variant = product(made)
    hidden = product(made, made.rival, state=FROZEN)
    one = draft(made, variant, 1, package(made).rup_id)
    [line] = lines(made, one)
    with made.app.read(SYSTEM) as view:
        wrong = [view.session.get_one(Variant, each).product_id for each in (hidden, variant)]
    for each in wrong:
        with pytest.raises(NotFoundError), made.app.change(made.people[PP]) as work:
            choose_compared(work, line, [each])
