"""Refunds on other lines, refunds before a retur, and versions that no payment can have."""

import pytest

from leuit.identity import SYSTEM
from leuit.values import ConflictError, ManualClock
from leuit.work import Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.service.chain import take_step
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.reversing import record_refund
from leuit_sp2d.service.statements import read_bank_statement
from tests.sp2d.course import World, world
from tests.sp2d.treasury import decided, treasury
from tests.sp2d.wishes import Wish


@pytest.fixture
def made(app: Leuit, clock: ManualClock) -> World:
    """A course with one paid payment of 20 and 10 million on two lines."""
    begun = world(treasury(app), clock)
    begun.begin()
    begun.draft("draft", Wish((20, 10)))
    begun.walk(begun.keys[0], 6)
    begun.send("sp2d")
    begun.statement("sp2d", 0, 0, later=True)
    return begun


def test_one_sts_on_other_lines_is_another_one(made: World) -> None:
    """The same STS of the same total on another line is told, not taken for the first."""
    first, second = made.lines
    with made.office.app.change(made.people["sp2d"]) as work:
        record_refund(work, made.keys[0], "STS/1", work.today, {first: 1_000_000})
    refused = False
    try:
        with made.office.app.change(made.people["sp2d"]) as work:
            record_refund(work, made.keys[0], "STS/1", work.today, {second: 1_000_000})
    except ConflictError:
        refused = True
    assert refused


def test_a_refund_of_what_the_bank_returned_leaves_the_books_clean(made: World) -> None:
    """Refund, then retur, then the SP2D is taken back: every rupiah is explained by the entries."""
    key, app = made.keys[0], made.office.app
    with app.change(made.people["sp2d"]) as work:
        record_refund(work, key, "STS/1", work.today, {made.lines[0]: 1_000_000})
    data, names = made.sent[0]
    made.clock.set(made.clock.now().replace(hour=3))
    file = answer_orders(data, made.clock.now(), returned={names[0]: "AC04"}, opening=10**9)
    assert read_bank_statement(app, made.people["sp2d"], "rk.xml", file).returned == 1
    made.book.slips[key].state = "retur"
    made.book.slips[key].version += 1
    made.book.slips[key].transfers[-1].state = "returned"
    made.void("sp2d", key, 0)
    with app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_version_beyond_the_column_is_told(made: World, engine: str) -> None:
    """A number that no version can have is an old picture like any other, not a broken server."""
    refused = ""
    try:
        with made.office.app.change(made.people["sp2d"]) as work:
            take_step(work, made.keys[0], decided("sp2d", 2**62))
    except ConflictError as error:
        refused = error.code
    assert refused in ("wrong_turn", "stale_edit")
