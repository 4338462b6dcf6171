"""Any life of purchases, by anybody, in any order: what must always hold, holds."""

import contextlib
import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.values import LeuitError, ManualClock
from leuit.work import Leuit, View
from leuit_ecatalog.models import (
    Agreement,
    Bill,
    Product,
    Purchase,
    PurchaseDuty,
    PurchaseLine,
    RupPackage,
    Variant,
)
from leuit_ecatalog.models.orders import MINUTES, ORDER, SENT
from leuit_ecatalog.models.products import FROZEN, SHOWN
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION, PP, PPK
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    BILLING,
    CONFIRMING,
    DONE,
    DRAFT,
    HANDOVER,
    HOLDING,
    NEGOTIATING,
    NEXT,
    ORDERING,
    PAID,
    PAYING,
    PROCESSING,
    RESERVING,
    REVIEW,
)
from leuit_ecatalog.rules.vendor_rating import ASPECTS
from leuit_ecatalog.service.billing import RECEIPT, return_bill, send_bill, take_bill
from leuit_ecatalog.service.confirming import confirm, refuse
from leuit_ecatalog.service.deciding import approve, cancel, proceed, send_back
from leuit_ecatalog.service.delivering import Found, Inspection, deliver, inspect
from leuit_ecatalog.service.drafting import set_quantity
from leuit_ecatalog.service.lapsing import lapse, overdue
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    decline,
    make_offer,
    rounds_of,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.order_deliveries import deliveries_of, is_coming, standings_of
from leuit_ecatalog.service.order_documents import (
    make_minutes,
    make_order,
    sign_by_hand,
    take_back,
)
from leuit_ecatalog.service.order_payments import pay_by_hand
from leuit_ecatalog.service.orders import document_of
from leuit_ecatalog.service.rating import rate
from leuit_ecatalog.service.stopping import stop
from tests.ecatalog.buying_office import (
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
from tests.ecatalog.ordering import scan, with_ports

STOCK, PAGU = 25, 1_200_000
SOLD = (HANDOVER, BILLING, PAYING, PAID, DONE)
_KEY = st.integers(0, 3)
_WHO = st.sampled_from(["pp", "ppk", "both", "bendahara", "apip"])
_DUE = st.tuples(st.just("due"), _KEY, st.integers(1, 6), st.sampled_from([True, True, False]))
ACT = st.one_of(
    _DUE,
    _DUE,
    _DUE,
    _DUE,
    _DUE,
    _DUE,
    st.tuples(
        st.just("draft"),
        st.sampled_from(["pp", "ppk", "both"]),
        st.integers(1, 12),
        st.sampled_from([DIRECT, NEGOTIATION]),
    ),
    st.tuples(st.just("send"), _WHO, _KEY),
    st.tuples(st.just("send"), st.just("pp"), _KEY),
    st.tuples(st.just("offer"), st.sampled_from(["pp", "shop", "rival"]), _KEY, st.integers(1, 6)),
    st.tuples(st.just("take"), st.sampled_from(["pp", "shop", "rival"]), _KEY),
    st.tuples(st.just("decline"), st.sampled_from(["shop", "rival"]), _KEY),
    st.tuples(st.just("proceed"), _WHO, _KEY),
    st.tuples(st.just("approve"), _WHO, _KEY),
    st.tuples(st.just("back"), _WHO, _KEY),
    st.tuples(st.just("cancel"), _WHO, _KEY),
    st.tuples(st.just("quantity"), _WHO, _KEY, st.integers(0, 12)),
    st.tuples(st.just("write"), _WHO, _KEY),
    st.tuples(st.just("pen"), _WHO, _KEY),
    st.tuples(st.just("void"), _WHO, _KEY),
    st.tuples(st.just("confirm"), st.sampled_from(["shop", "rival", "pp"]), _KEY),
    st.tuples(st.just("refuse"), st.sampled_from(["shop", "rival"]), _KEY),
    st.tuples(st.just("deliver"), st.sampled_from(["shop", "rival"]), _KEY, st.integers(1, 12)),
    st.tuples(st.just("inspect"), _WHO, _KEY, st.integers(0, 3)),
    st.tuples(st.just("stop"), _WHO, _KEY),
    st.tuples(st.just("bill"), st.sampled_from(["shop", "rival"]), _KEY),
    st.tuples(st.just("bill_back"), _WHO, _KEY),
    st.tuples(st.just("take_bill"), _WHO, _KEY),
    st.tuples(st.just("pay"), _WHO, _KEY),
    st.tuples(st.just("rate"), _WHO, _KEY),
    st.tuples(st.just("days"), st.integers(0, 4)),
    st.tuples(st.just("frozen"), st.booleans()),
    st.tuples(st.just("price"), st.sampled_from([50_000, 60_000, 40_000])),
)


class Life:
    """Purchases of one variant for one package, driven by wishes of anybody."""

    def __init__(self, made: Office, clock: ManualClock, start: dt.datetime) -> None:
        self.made, self.clock = made, clock
        clock.set(start)
        self.variant = product(made, price=50_000, stock=STOCK)
        self.plan = package(made, PAGU)
        self.ids: list[UUID] = []
        self.agreed: dict[tuple[UUID, int], Any] = {}
        self.states: dict[UUID, str] = {}

    def who(self, name: str) -> Identity:
        extra = {
            "both": self.made.both,
            "shop": self.made.shop.account,
            "rival": self.made.rival.account,
        }
        return extra.get(name) or self.made.people[name]

    def do(self, act: tuple[Any, ...]) -> None:
        """One wish; who may not is refused in words, any other error fails."""
        name, *args = act
        with contextlib.suppress(LeuitError):
            getattr(self, f"do_{name}")(*args)

    def do_due(self, key: int, step: int, on: bool) -> None:
        """Whose turn it is does what is right there: goes on, or answers and sends back."""
        if not self.ids:
            return
        found = at(self.made, self.ids[key % len(self.ids)])
        if found.state == DRAFT:
            self.do_send("pp", key)
        elif found.state == NEGOTIATING:
            who = "pp" if found.turn == BUYER else "shop"
            if on and self._rounds(found):
                self.do_take(who, key)
            else:
                self.do_offer(who, key, step)
        elif found.state == AGREED:
            self.do_proceed("ppk", key)
        elif found.state == REVIEW and on:
            self.do_approve("ppk", key)
        elif found.state == REVIEW:
            self.do_back("ppk", key)
        else:
            self._order_goes_on(found.state, key, step, on)

    def _order_goes_on(self, state: str, key: int, step: int, on: bool) -> None:
        """The step of an order that is due, or now and then the other one there."""
        one = self.ids[key % len(self.ids)]
        with self.made.app.read(SYSTEM) as view:
            document = document_of(view, one, ORDER if state == ORDERING else MINUTES)
            coming = is_coming(deliveries_of(view, one))
            billed = view.session.get(Bill, one)
        if state in (ORDERING, HANDOVER):
            if document is None:
                self.do_write("ppk", key)
            else:
                self.do_pen("ppk", key)
        elif state == CONFIRMING:
            (self.do_confirm if on or step > 2 else self.do_refuse)("shop", key)
        elif state == PROCESSING and coming:
            self.do_inspect("ppk", key, 0 if on else step)
        elif state == PROCESSING:
            if on or step > 1:
                self.do_deliver("shop", key, step * 2)
            else:
                self.do_stop("ppk", key)
        elif state == BILLING:
            self.do_bill("shop", key)
        elif state == PAYING and billed is not None and billed.state == SENT:
            (self.do_take_bill if on else self.do_bill_back)("bendahara", key)
        elif state == PAYING:
            self.do_pay("bendahara", key)
        elif state == PAID:
            self.do_rate("ppk", key)

    def _rounds(self, purchase: Purchase) -> int:
        with self.made.app.read(SYSTEM) as view:
            return len(rounds_of(view, purchase))

    def do_draft(self, who: str, quantity: int, method: str) -> None:
        if len(self.ids) < 4:
            made = draft(
                self.made, self.variant, quantity, self.plan.rup_id, self.who(who), method=method
            )
            self.ids.append(made)

    def do_send(self, who: str, key: int) -> None:
        sent(self.made, self.ids[key % len(self.ids)] if self.ids else self.plan.id, self.who(who))

    def do_offer(self, who: str, key: int, step: int) -> None:
        one, version = self._one(key)
        [line] = lines(self.made, one)
        prices = {line.id: 50_000 - step * 1_000}
        with self.made.app.change(self.who(who)) as work:
            if who == "pp":
                make_offer(work, buyer_purchase(work, one, version), BUYER, prices, 0)
            else:
                make_offer(work, vendor_purchase(work, one, version), VENDOR, prices, 0)
        assert who != "rival"

    def do_take(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            held = (buyer_purchase if who == "pp" else vendor_purchase)(work, one, version)
            last = len(rounds_of(work, held))
            take_offer(work, held, BUYER if who == "pp" else VENDOR, last)
        assert who != "rival"

    def do_decline(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            decline(work, vendor_purchase(work, one, version), "Habis")
        assert who != "rival"

    def do_proceed(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            proceed(work, one, version)

    def do_approve(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            approve(work, one, version, "")

    def do_back(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            send_back(work, one, version, "Perbaiki")

    def do_cancel(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            cancel(work, one, version, "Tidak jadi")

    def do_quantity(self, who: str, key: int, quantity: int) -> None:
        one, version = self._one(key)
        [line] = lines(self.made, one)
        with self.made.app.change(self.who(who)) as work:
            set_quantity(work, one, version, line.id, quantity)

    def do_write(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            if at(self.made, one).state == HANDOVER:
                make_minutes(work, one, version, f"027/{one}")
            else:
                make_order(work, one, version, work.today, "")

    def do_pen(self, who: str, key: int) -> None:
        one, version = self._one(key)
        file = scan(self.made.app)
        with self.made.app.change(self.who(who)) as work:
            kind = ORDER if at(self.made, one).state == ORDERING else MINUTES
            document = document_of(work, one, kind)
            sign_by_hand(work, one, document.id if document else one, version, file, work.today)

    def do_void(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            document = document_of(work, one, ORDER)
            take_back(work, one, document.id if document else one, version, "Keliru")

    def do_confirm(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            confirm(work, one, version)
        assert who == "shop"

    def do_refuse(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            refuse(work, one, version, "Habis")
        assert who == "shop"

    def do_deliver(self, who: str, key: int, quantity: int) -> None:
        one, version = self._one(key)
        [line] = lines(self.made, one)
        with self.made.app.change(self.who(who)) as work:
            deliver(work, one, version, {line.id: quantity}, work.today, "", "", None)
        assert who == "shop"

    def do_inspect(self, who: str, key: int, back: int) -> None:
        one, version = self._one(key)
        with self.made.app.read(SYSTEM) as view:
            coming = [row for row in deliveries_of(view, one) if row.delivery.state == SENT]
        if not coming:
            return
        [row] = coming[0].lines
        returned = min(back, row.sent)
        told = Inspection(self.clock.now().date(), True, True, True)
        found = {row.line_id: Found(row.sent - returned, returned, "mutu")}
        with self.made.app.change(self.who(who)) as work:
            told = attrs.evolve(told, received_on=work.today)
            inspect(work, one, coming[0].delivery.id, version, told, found)

    def do_stop(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            stop(work, one, version, "Tidak dikirim", 0)

    def do_bill(self, who: str, key: int) -> None:
        one, version = self._one(key)
        papers = {RECEIPT: scan(self.made.app)}
        with self.made.app.change(self.who(who)) as work:
            send_bill(work, one, version, "INV-1", work.today, "", papers)
        assert who == "shop"

    def do_bill_back(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            return_bill(work, one, version, "Keliru")

    def do_take_bill(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            take_bill(work, one, version)

    def do_pay(self, who: str, key: int) -> None:
        one, version = self._one(key)
        total, file = at(self.made, one).total, scan(self.made.app)
        with self.made.app.change(self.who(who)) as work:
            pay_by_hand(work, one, version, "1/SP2D", work.today, total, file)

    def do_rate(self, who: str, key: int) -> None:
        one, version = self._one(key)
        with self.made.app.change(self.who(who)) as work:
            rate(work, one, version, dict.fromkeys(ASPECTS, 2), "")

    def do_days(self, days: int) -> None:
        self.clock.advance(dt.timedelta(days=days))
        with self.made.app.read(SYSTEM) as view:
            waiting = overdue(view)
        for one in waiting * 2:
            with self.made.app.change(SYSTEM) as work:
                lapse(work, one)

    def do_frozen(self, frozen: bool) -> None:
        with self.made.app.read(SYSTEM) as view:
            bought = view.session.get_one(Variant, self.variant).product_id
        change_row(self.made, Product, bought, state=FROZEN if frozen else SHOWN)

    def do_price(self, price: int) -> None:
        change_row(self.made, Variant, self.variant, price=price)

    def check(self) -> None:
        """Money, stock, agreements, duties and states are as they must be."""
        with self.made.app.read(SYSTEM) as view:
            rows = list(
                view.session.scalars(select(Purchase).where(Purchase.rup_id == self.plan.id))
            )
            plan = view.session.get_one(RupPackage, self.plan.id)
            variant = view.session.get_one(Variant, self.variant)
            live = [one for one in rows if one.state in HOLDING]
            assert plan.committed == sum(one.total for one in live) <= plan.pagu
            assert all(one.held == (one.total if one in live else 0) for one in rows)
            taken = 0
            for one in rows:
                [line] = view.session.scalars(
                    select(PurchaseLine).where(PurchaseLine.purchase_id == one.id)
                )
                taken += line.quantity if one.state in RESERVING else 0
                taken += self._gone(view, one, line)
                assert line.price <= line.shown_price
                before = self.states.get(one.id, one.state)
                assert one.state == before or _reaches(before, one.state)
                self.states[one.id] = one.state
            assert variant.stock == STOCK - taken >= 0
            for agreement in view.session.scalars(select(Agreement)):
                key = (agreement.purchase_id, agreement.attempt)
                content = (agreement.total, agreement.content)
                assert self.agreed.setdefault(key, content) == content
            duties = view.session.execute(
                select(PurchaseDuty.purchase_id, PurchaseDuty.person_id, PurchaseDuty.role)
            ).all()
            assert set(Counter(row[:2] for row in duties).values()) <= {1}
            roles = {self.made.people["pp"].person_id: PP, self.made.people["ppk"].person_id: PPK}
            assert all(roles.get(row.person_id, row.role) == row.role for row in duties)

    def _gone(self, view: View, one: Purchase, line: PurchaseLine) -> int:
        """What of an order left the stock for good, after it kept what it delivered within it."""
        found = deliveries_of(view, one.id)
        [standing] = standings_of([line], found).values()
        assert standing.owed >= 0
        assert one.state != HANDOVER or not standing.coming
        if one.state == PROCESSING:
            return line.quantity
        stopped = one.goods < line.quantity * line.price
        assert stopped or one.state not in SOLD or standing.accepted == line.quantity
        return standing.accepted if one.state in SOLD else 0

    def _one(self, key: int) -> tuple[UUID, int]:
        one = self.ids[key % len(self.ids)] if self.ids else self.plan.id
        return one, at(self.made, one).version if self.ids else 1


def _reaches(before: str, after: str) -> bool:
    """Whether one act leads from a state to another; a clock's day may hold several."""
    seen, todo = set(), [before]
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            todo += NEXT[state]
    return after in seen


@pytest.mark.parametrize(
    "examples",
    [4, pytest.param(20, marks=pytest.mark.ci), pytest.param(1_000, marks=pytest.mark.soak)],
)
def test_any_life_keeps_money_stock_agreements_and_duties(
    app: Leuit, clock: ManualClock, examples: int
) -> None:
    """Whatever anybody tries, in any order and over deadlines, nothing of it is ever broken."""
    with_ports(app)
    made = office(app)
    start = clock.now()

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(acts=st.lists(ACT, min_size=20, max_size=60))
    def lives(acts: list[tuple[Any, ...]]) -> None:
        life = Life(made, clock, start)
        for act in [("draft", "pp", 3, NEGOTIATION), ("draft", "pp", 2, DIRECT), *acts]:
            life.do(act)
            life.check()

    lives()
