"""Negotiation and what was agreed: sealed, in turn, within its time, kept unchanged."""

import datetime as dt
from typing import Any

import attrs
import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from leuit.builtin.calendar import set_holiday
from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    StaleEditError,
)
from leuit.work import Leuit, Worker
from leuit_ecatalog.models import (
    Agreement,
    NegotiationRound,
    Product,
    PurchaseAct,
    PurchaseDuty,
    RoundPrice,
    Sanction,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.products import FROZEN, TAKEN_DOWN
from leuit_ecatalog.rules.buying_example import EXAMPLE
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    CANCELLED,
    DRAFT,
    LAPSED,
    NEGOTIATING,
    ORDERING,
)
from leuit_ecatalog.service.agreeing import NoLongerSoldError
from leuit_ecatalog.service.deadlines import ExpiredError
from leuit_ecatalog.service.deciding import approve, cancel, proceed, send_back
from leuit_ecatalog.service.drafting import (
    set_quantity,
)
from leuit_ecatalog.service.lapsing import LAPSE, lapse, overdue
from leuit_ecatalog.service.membership import may_sell
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    decline,
    find_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.purchase_access import (
    find_purchase,
)
from leuit_ecatalog.service.purchase_listing import PurchaseFilter, offers, purchases
from leuit_ecatalog.service.purchase_tasks import (
    count_my_turns,
    count_offers_to_answer,
    my_turns,
    offers_to_answer,
    their_turns,
)
from leuit_ecatalog.service.variants import ShortStockError
from tests.ecatalog.bargaining import bargained, faults, offer, ref
from tests.ecatalog.buying_office import (
    AUDITOR,
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
)


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


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
