"""Many at once: no pagu is passed, no stock goes below zero, one offer is taken by one side.

All begin at a barrier. On SQLite units queue for the one writer, on PostgreSQL they run side by
side.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import func, select, update

from leuit.identity import SYSTEM, Identity
from leuit.values import StaleEditError
from leuit.work import Leuit, Number
from leuit_ecatalog.models import Agreement, Purchase, PurchaseDuty, Variant
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_states import AGREED, DRAFT, REVIEW
from leuit_ecatalog.service.deciding import approve, cancel, send_back
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    make_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.proposing import shown
from leuit_ecatalog.service.rup import OverPaguError, move_held
from leuit_ecatalog.service.sending import send
from leuit_ecatalog.service.stock_held import take_stock
from leuit_ecatalog.service.variants import ShortStockError
from tests.archives.races import at_once, refused
from tests.ecatalog.buying_office import (
    PP,
    PPK,
    Office,
    at,
    committed,
    draft,
    lines,
    office,
    package,
    product,
    sent,
    stock,
    told,
)

MANY = 32
AMOUNT = 1_110_000
"""Rp1.000.000 with PPN."""
RACES = [20, pytest.param(100, marks=pytest.mark.ci), pytest.param(1_000, marks=pytest.mark.soak)]


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


@attrs.frozen
class Prepared:
    """A draft as its page was shown."""

    purchase: UUID
    version: int
    digest: str


def prepared(made: Office, purchase_id: UUID) -> Prepared:
    """What the page carries."""
    with made.app.read(SYSTEM) as view:
        one = view.session.get_one(Purchase, purchase_id)
        return Prepared(one.id, one.version, shown(view, one).digest)


def sending(made: Office, who: Identity, page: Prepared) -> Callable[[], str]:
    """Send the draft as it was shown."""

    def call() -> str:
        with made.app.change(who) as work:
            number = send(work, page.purchase, page.version, page.digest).number
        assert number is not None
        return number

    return call


def drafts_again(made: Office, ids: list[UUID]) -> None:
    """Send every purchase back, so that the next race begins with the same drafts."""
    for one in ids:
        found = at(made, one)
        if found.state == REVIEW:
            with made.app.change(made.people[PPK]) as work:
                send_back(work, one, found.version, "Lagi")


def otherwise_held(made: Office, package_id: UUID, by: int) -> None:
    """Money of the package that something else holds."""
    with made.app.change(SYSTEM) as work:
        move_held(work, package_id, by)
        told(work)


@pytest.mark.parametrize("races", RACES)
def test_so_many_purchases_as_the_pagu_bears(made: Office, races: int) -> None:
    """Of 32 sent at once for one package just as many stand as its rest bears, to the rupiah.

    No number is lost: who was refused has used none up.
    """
    pagu = 10**9
    plan = package(made, pagu)
    variant = product(made, price=1_000_000, stock=None)
    ids = [draft(made, variant, 1, plan.rup_id, method=DIRECT) for _number in range(MANY)]
    for race in range(races):
        fit = race % 9 + race % 4 * 6  # from none of them to 26
        rest = fit * AMOUNT + (AMOUNT - 1 if race % 2 else 0)
        pages = [prepared(made, one) for one in ids]
        otherwise_held(made, plan.id, pagu - rest)
        answers = at_once([sending(made, made.people[PP], page) for page in pages])
        assert len(answers) - len(refused(answers)) == fit
        assert committed(made, plan.id) == pagu - rest + fit * AMOUNT
        with made.app.read(SYSTEM) as view:
            held = view.session.scalar(
                select(func.sum(Purchase.held)).where(Purchase.rup_id == plan.id)
            )
            assert held == fit * AMOUNT
            values = view.session.scalars(select(Number.value).order_by(Number.value)).all()
            assert list(values) == list(range(1, len(values) + 1))
            assert view.session.scalar(select(func.count(Purchase.number))) == len(values)
        otherwise_held(made, plan.id, rest - pagu)
        drafts_again(made, ids)
        assert committed(made, plan.id) == 0


@pytest.mark.parametrize(
    "races",
    [8, pytest.param(50, marks=pytest.mark.ci), pytest.param(500, marks=pytest.mark.soak)],
)
def test_so_many_agreements_as_the_stock_bears(made: Office, races: int) -> None:
    """Of 32 purchases of one variant sent at once just as many are agreed as there are pieces."""
    plan = package(made, 10**11)
    variant = product(made, price=1_000_000, stock=1_000)
    ids = [draft(made, variant, 3, plan.rup_id, method=DIRECT) for _number in range(MANY)]
    for race in range(races):
        fit = (race * 7) % (MANY + 1)
        with made.app.change(SYSTEM) as work:
            there = fit * 3 + race % 3
            work.session.execute(update(Variant).where(Variant.id == variant).values(stock=1_000))
            told(work)
        pages = [prepared(made, one) for one in ids]
        with made.app.change(SYSTEM) as work:
            work.session.execute(update(Variant).where(Variant.id == variant).values(stock=there))
            told(work)
        answers = at_once([sending(made, made.people[PP], page) for page in pages])
        assert len(answers) - len(refused(answers)) == fit
        assert stock(made, variant) == race % 3
        drafts_again(made, ids)
        assert stock(made, variant) == there


def test_money_and_stock_are_refused_by_their_own_words_at_the_last_moment(made: Office) -> None:
    """What went after the check was read is told by the statement that found it gone."""
    plan, variant = package(made, 100), product(made, stock=5)

    def held() -> None:
        with made.app.change(SYSTEM) as work:
            move_held(work, plan.id, 30)
            told(work)

    def taken() -> None:
        with made.app.change(SYSTEM) as work:
            take_stock(work, {variant: 2})
            told(work)

    assert {type(one) for one in refused(at_once([held] * MANY))} == {OverPaguError}
    assert {type(one) for one in refused(at_once([taken] * MANY))} == {ShortStockError}
    assert (committed(made, plan.id), stock(made, variant)) == (90, 1)


@pytest.mark.parametrize("races", [5, pytest.param(50, marks=pytest.mark.ci)])
def test_one_of_all_who_answer_at_once_is_heard(made: Office, races: int) -> None:
    """The vendor takes and answers, the buyer cancels: one act stands, the others are stale."""
    plan, variant = package(made, 10**9), product(made, stock=100_000)
    for _race in range(races):
        one = sent(made, draft(made, variant, 1, plan.rup_id, method=NEGOTIATION))
        [line] = lines(made, one)
        with made.app.change(made.people[PP]) as work:
            held = buyer_purchase(work, one, at(made, one).version)
            make_offer(work, held, BUYER, {line.id: 45_000}, 0)
        version = at(made, one).version
        before = committed(made, plan.id)

        def take(one: UUID, version: int) -> None:
            with made.app.change(made.shop.account) as work:
                take_offer(work, vendor_purchase(work, one, version), VENDOR, 1)

        def answer(one: UUID, version: int, line_id: UUID) -> None:
            with made.app.change(made.shop.account) as work:
                held = vendor_purchase(work, one, version)
                make_offer(work, held, VENDOR, {line_id: 48_000}, 0)

        def leave(one: UUID, version: int) -> None:
            with made.app.change(made.people[PP]) as work:
                cancel(work, one, version, "Tidak jadi")

        calls: list[Callable[[], Any]] = [
            partial(take, one, version),
            partial(answer, one, version, line.id),
            partial(leave, one, version),
        ]
        answers = at_once(calls * 4)
        assert {type(each) for each in refused(answers)} == {StaleEditError}
        assert len(refused(answers)) == 11
        found = at(made, one)
        assert committed(made, plan.id) == before - 55_500 + found.held
        with made.app.read(SYSTEM) as view:
            agreed = view.session.get(Agreement, (one, 1))
        assert (agreed is not None) == (found.state == AGREED)


@pytest.mark.parametrize("races", [5, pytest.param(50, marks=pytest.mark.ci)])
def test_who_holds_two_roles_gets_one_of_them_however_he_races(made: Office, races: int) -> None:
    """Sending as PP and sending back as PPK at the same moment: one duty is bound, ever."""
    plan, variant = package(made, 10**9), product(made, stock=100_000)
    for _race in range(races):
        one = sent(made, draft(made, variant, 1, plan.rup_id, method=DIRECT))
        version = at(made, one).version

        def back(one: UUID, version: int) -> None:
            with made.app.change(made.both) as work:
                send_back(work, one, version, "Lagi")

        def done(one: UUID, version: int) -> None:
            with made.app.change(made.both) as work:
                approve(work, one, version, "")

        at_once([partial(back, one, version), partial(done, one, version)] * 4)
        if at(made, one).state == DRAFT:
            page = prepared(made, one)
            assert refused(at_once([sending(made, made.both, page)]))
        with made.app.read(SYSTEM) as view:
            duties = view.session.scalars(
                select(PurchaseDuty.role).where(
                    PurchaseDuty.purchase_id == one,
                    PurchaseDuty.person_id == made.both.person_id,
                )
            ).all()
        assert list(duties) == ["PPK"]
