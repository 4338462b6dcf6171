"""A purchase from its basket to the PPK's hand, on both engines."""

import datetime as dt
from uuid import UUID

import attrs
import pytest
from sqlalchemy import delete, select

from leuit.builtin.regulations import edition_by_id
from leuit.identity import SYSTEM
from leuit.values import (
    InvalidInputError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    StaleEditError,
)
from leuit.work import Job, JobKind, Leuit, Listener, Work, by_event
from leuit_ecatalog.models import (
    DistrictPrice,
    PurchaseDuty,
    Shipping,
    Variant,
    Vendor,
)
from leuit_ecatalog.models.products import FROZEN
from leuit_ecatalog.purchase_events import PurchaseApproved
from leuit_ecatalog.rules.buying_example import BEFORE_2025, EXAMPLE
from leuit_ecatalog.rules.buying_rules import DIRECT
from leuit_ecatalog.rules.purchase_duties import TREASURER as TREASURER_DUTY
from leuit_ecatalog.rules.purchase_duties import SeparateDutiesError
from leuit_ecatalog.rules.purchase_states import (
    AUTHORISING,
    ORDERING,
    REVIEW,
)
from leuit_ecatalog.service.baskets import put_in
from leuit_ecatalog.service.comparing import choose_compared
from leuit_ecatalog.service.deciding import approve, authorise, cancel, send_back
from leuit_ecatalog.service.drafting import (
    change_package,
    compare,
    give_reasons,
    set_delivery,
    set_quantity,
    start_purchase,
)
from leuit_ecatalog.service.purchase_access import (
    find_purchase,
    lines_of,
    take_duty,
)
from leuit_ecatalog.service.rup import OverPaguError, UnfitPackageError, move_held
from leuit_ecatalog.service.sending import ChangedShownError, OtherOfficialError, send
from tests.ecatalog.bargaining import faults, ref, seen
from tests.ecatalog.buying_office import (
    DISTRICT,
    PA,
    PP,
    PPK,
    TREASURER,
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
        kept = [at(made, each).edition_id for each in (one, later)]
        titles = [edition_by_id(view, edition).title for edition in kept if edition]
    assert titles == ["Contoh", "Besok"]


def test_uncounted_stock_is_as_much_as_is_asked_for(made: Office) -> None:
    """Services and what is made to order have none to run out of."""
    variant, plan = product(made, stock=None), package(made)
    one = sent(made, draft(made, variant, 200, plan.rup_id, method=DIRECT))
    with made.app.change(made.people[PPK]) as work:
        cancel(work, one, at(made, one).version, "Tidak jadi")
    assert (stock(made, variant), committed(made, plan.id)) == (None, 0)


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


def test_an_import_is_not_bought_in_silence_by_comparing_it_with_nothing(made: Office) -> None:
    """Where its category has others the officer compares, or says why not; the sum needs none."""
    imported = product(made, origin="impor", tkdn=None, bmp=None)
    plan = package(made)
    one = draft(made, imported, 1, plan.rup_id)
    assert seen(made, one).judgements[0].preference.step == 5
    assert faults(made, one) == set()  # it is the only one of its category
    full = product(made, made.rival, stock=1)
    assert faults(made, one) == {"banding"}
    assert seen(made, one).judgements[0].uncompared
    assert faults(made, draft(made, full, 1, plan.rup_id)) == set()
    [line] = lines(made, one)
    with made.app.change(made.people[PP]) as work:
        give_reasons(work, one, at(made, one).version, {line.id: "Hanya ini yang tahan air"})
    assert faults(made, one) == set()


def test_an_approved_purchase_is_told_to_whoever_makes_its_order(made: Office) -> None:
    """Once, with its id, with the commit of the approval."""
    listener = Listener(PurchaseApproved, "ecatalog.orders", lambda _context, _event: None)
    kind = JobKind(listener.kind, lambda _context: None)
    made.app.vocabulary = attrs.evolve(
        made.app.vocabulary,
        listeners=by_event([listener]),
        kinds={**made.app.vocabulary.kinds, kind.name: kind},
    )
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 1, plan.rup_id, method=DIRECT))
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "")
    with made.app.read(SYSTEM) as view:
        jobs = view.session.scalars(select(Job).where(Job.kind == listener.kind)).all()
    assert [job.args["body"] for job in jobs] == [{"purchase_id": str(one)}]
