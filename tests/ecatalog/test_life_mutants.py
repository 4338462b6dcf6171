"""Seeded mistakes in the service of purchases and orders: one of a few fixed lives catches each.

After every act of a life stands the account of `test_any_purchase`: money, stock, agreements or
states are no longer what they must be, or somebody did what he may not.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_ecatalog.rules.buying_rules import DIRECT, NEGOTIATION
from leuit_ecatalog.rules.purchase_states import (
    CANCELLED,
    DECLINED,
    DONE,
    DRAFT,
    LAPSED,
    NEGOTIATING,
    STOPPED,
)
from tests.ecatalog.buying_office import at, office
from tests.ecatalog.ordering import with_ports
from tests.ecatalog.test_any_purchase import Life
from tests.support.seeded import Mutant, planted

pytestmark = [pytest.mark.ci, pytest.mark.parametrize("engine", ["sqlite"])]

Act = tuple[Any, ...]


def due(times: int, key: int = 0) -> list[Act]:
    """So many steps by whoever's turn it is."""
    return [("due", key, 3, True)] * times


TO_CONFIRM = due(4)
"""Sent, approved, its Surat Pesanan written and signed."""
LIVES: Mapping[str, list[Act]] = {
    "declined by its vendor alone": [
        ("draft", "pp", 3, DIRECT),
        *TO_CONFIRM,
        ("refuse", "rival", 0),
        ("refuse", "shop", 0),
    ],
    "never answered": [
        ("draft", "pp", 3, DIRECT),
        *TO_CONFIRM,
        ("days", 4),
        ("days", 4),
        ("confirm", "shop", 0),
    ],
    "delivered in parts and stopped": [
        ("draft", "pp", 6, DIRECT),
        *TO_CONFIRM,
        ("confirm", "rival", 0),
        ("confirm", "shop", 0),
        ("deliver", "rival", 0, 2),
        ("deliver", "shop", 0, 2),
        ("inspect", "ppk", 0, 0),
        ("deliver", "shop", 0, 12),
        ("deliver", "shop", 0, 2),
        ("stop", "ppk", 0),
        ("inspect", "ppk", 0, 1),
        ("stop", "ppk", 0),
        *due(7),
    ],
    "stopped with nothing": [
        ("draft", "pp", 6, DIRECT),
        *TO_CONFIRM,
        ("confirm", "shop", 0),
        ("deliver", "shop", 0, 2),
        ("inspect", "ppk", 0, 2),
        ("stop", "ppk", 0),
    ],
    "delivered and paid": [
        ("draft", "pp", 4, DIRECT),
        *TO_CONFIRM,
        ("confirm", "shop", 0),
        ("deliver", "shop", 0, 4),
        ("inspect", "ppk", 0, 0),
        *due(7),
    ],
    "more than the pagu": [
        *[("draft", "pp", 8, NEGOTIATION)] * 4,
        *[("send", "pp", key) for key in range(4)],
    ],
    "negotiated, sent back, cancelled": [
        ("draft", "pp", 5, NEGOTIATION),
        ("send", "pp", 0),
        ("offer", "pp", 0, 6),
        ("offer", "rival", 0, 5),
        ("offer", "shop", 0, 4),
        ("take", "rival", 0),
        ("take", "pp", 0),
        ("proceed", "ppk", 0),
        ("quantity", "pp", 0, 2),
        ("back", "ppk", 0),
        ("quantity", "pp", 0, 2),
        ("send", "pp", 0),
        ("offer", "pp", 0, 6),
        ("take", "shop", 0),
        ("proceed", "ppk", 0),
        ("cancel", "ppk", 0),
    ],
    "declined in the negotiation": [
        ("draft", "pp", 5, NEGOTIATION),
        ("send", "pp", 0),
        ("offer", "pp", 0, 6),
        ("decline", "rival", 0),
        ("decline", "shop", 0),
    ],
}
MUTANTS = (
    Mutant(
        "what was agreed for less is held whole",
        "service.agreeing",
        "move_held(work, purchase.rup_id, sums.total - purchase.held)",
        "pass",
    ),
    Mutant(
        "an agreement keeps no stock",
        "service.agreeing",
        "take_stock(work, quantities_of(lines))",
        "pass",
    ),
    Mutant("money stays held", "service.agreeing", "        purchase.held = 0\n", ""),
    Mutant(
        "stock is never given back",
        "service.agreeing",
        "if purchase.state in RESERVING:",
        "if False:",
    ),
    Mutant(
        "stock is given back of what kept none",
        "service.agreeing",
        "if purchase.state in RESERVING:",
        "if True:",
    ),
    Mutant(
        "taking adds",
        "service.stock_held",
        "move_stock(work, variant_id, -quantities[variant_id])",
        "move_stock(work, variant_id, quantities[variant_id])",
    ),
    Mutant(
        "a draft that is sent holds nothing",
        "service.sending",
        "purchase.held = now.totals.total",
        "purchase.held = 0",
    ),
    Mutant(
        "what is sent back keeps its money",
        "service.deciding",
        "    let_go(work, purchase)\n    purchase.state, purchase.since, purchase.due_at = DRAFT",
        "    purchase.state, purchase.since, purchase.due_at = DRAFT",
    ),
    Mutant(
        "what is cancelled keeps its money",
        "service.deciding",
        "    let_go(work, purchase)\n    purchase.state, purchase.turn",
        "    purchase.state, purchase.turn",
    ),
    Mutant(
        "what the vendor declines keeps its money",
        "service.negotiating",
        "    let_go(work, purchase)\n",
        "",
    ),
    Mutant("what lapses keeps its money", "service.lapsing", "    let_go(work, purchase)\n", ""),
    Mutant(
        "a refused order keeps its money", "service.confirming", "    let_go(work, purchase)\n", ""
    ),
    Mutant(
        "more is delivered than is owed",
        "service.delivering",
        "if not 0 <= asked <= owed:",
        "if not 0 <= asked:",
    ),
    Mutant(
        "an order is complete with its first part",
        "service.delivering",
        "if is_complete({str(line): one for line, one in standing.items()}):",
        "if standing:",
    ),
    Mutant(
        "an order stops while something is on its way",
        "service.stopping",
        "    if is_coming(deliveries):\n",
        "    if False:\n",
    ),
    Mutant(
        "what never came is gone from the stock",
        "service.stopping",
        "    give_stock_back(work, missing)\n",
        "",
    ),
    Mutant(
        "a stopped order holds all its money",
        "service.stopping",
        "        move_held(work, purchase.rup_id, sums.total - purchase.held)\n",
        "",
    ),
    Mutant(
        "another vendor's order is one's own",
        "service.orders",
        "            Purchase.vendor_id == vendor.id,\n",
        "",
    ),
    Mutant(
        "a vendor takes an order that lapsed",
        "service.orders",
        "    require_state(purchase.state, *states)\n    return purchase",
        "    return purchase",
    ),
    Mutant(
        "a changed quantity changes the price",
        "service.drafting",
        "        line.quantity = quantity\n        return",
        "        line.quantity, line.price = quantity, line.shown_price + 1\n        return",
    ),
)


def live(app: Leuit, clock: ManualClock) -> None:
    """Each of the lives, with the account after every act."""
    with_ports(app)
    made = office(app)
    start = clock.now()
    for acts in LIVES.values():
        life = Life(made, clock, start)
        for act in acts:
            life.do(act)
            life.check()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(app: Leuit, clock: ManualClock, mutant: Mutant, engine: str) -> None:
    """The changed place loses a rupiah or a piece, or lets somebody do what he may not."""
    try:
        with planted(mutant, "leuit_ecatalog"):
            live(app, clock)
    except (AssertionError, SQLAlchemyError):
        return
    pytest.fail(f"{mutant.name} survives")


def test_the_unchanged_service_survives(app: Leuit, clock: ManualClock, engine: str) -> None:
    """Without any change the same lives pass, so it is the change that kills."""
    same = "        return False\n"
    with planted(Mutant("nothing", "service.lapsing", same, same), "leuit_ecatalog"):
        live(app, clock)


def test_there_are_enough_mutants(engine: str) -> None:
    """At least twenty, no two alike, in every module that moves money or stock."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20
    assert len({mutant.module for mutant in MUTANTS}) >= 10


def test_the_lives_come_as_far_as_they_say(app: Leuit, clock: ManualClock, engine: str) -> None:
    """What a life is called is how it ends, so that no act of it is passed over silently."""
    with_ports(app)
    made = office(app)
    start = clock.now()
    ends = {}
    for name, acts in LIVES.items():
        life = Life(made, clock, start)
        for act in acts:
            life.do(act)
        ends[name] = [at(made, one).state for one in life.ids]
    assert ends == {
        "declined by its vendor alone": [DECLINED],
        "never answered": [LAPSED],
        "delivered in parts and stopped": [DONE],
        "stopped with nothing": [STOPPED],
        "delivered and paid": [DONE],
        "more than the pagu": [NEGOTIATING, NEGOTIATING, DRAFT, DRAFT],
        "negotiated, sent back, cancelled": [CANCELLED],
        "declined in the negotiation": [CANCELLED],
    }
