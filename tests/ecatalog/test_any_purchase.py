"""Any life of purchases, by anybody, in any order: what must always hold, holds."""

import contextlib
import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.values import LeuitError, ManualClock
from leuit.work import Leuit
from leuit_ecatalog.models import (
    Agreement,
    Product,
    Purchase,
    PurchaseDuty,
    PurchaseLine,
    RupPackage,
    Variant,
)
from leuit_ecatalog.models.products import FROZEN, SHOWN
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION, PP, PPK
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    DRAFT,
    HOLDING,
    NEGOTIATING,
    NEXT,
    RESERVING,
    REVIEW,
)
from leuit_ecatalog.service.deciding import approve, cancel, proceed, send_back
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

STOCK, PAGU = 25, 2_000_000
_KEY = st.integers(0, 3)
_WHO = st.sampled_from(["pp", "ppk", "both", "bendahara", "apip"])
_DUE = st.tuples(st.just("due"), _KEY, st.integers(1, 6), st.sampled_from([True, True, False]))
_ACT = st.one_of(
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
    [10, pytest.param(60, marks=pytest.mark.ci), pytest.param(1_000, marks=pytest.mark.soak)],
)
def test_any_life_keeps_money_stock_agreements_and_duties(
    app: Leuit, clock: ManualClock, examples: int
) -> None:
    """Whatever anybody tries, in any order and over deadlines, nothing of it is ever broken."""
    made = office(app)
    start = clock.now()

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(acts=st.lists(_ACT, min_size=15, max_size=40))
    def lives(acts: list[tuple[Any, ...]]) -> None:
        life = Life(made, clock, start)
        for act in [("draft", "pp", 3, NEGOTIATION), ("draft", "pp", 2, DIRECT), *acts]:
            life.do(act)
            life.check()

    lives()
