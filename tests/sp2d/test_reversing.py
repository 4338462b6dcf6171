"""What is taken back: an SP2D before it is paid, a retur of the bank, money that was paid back."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.values import ConflictError, InvalidInputError
from leuit.work import Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Batch, Instruction, Paper, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, PAID, RETUR, SP2D, WrongTurnError
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.instructions import instruct_again
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.reversing import record_refund, refundable, void_sp2d
from leuit_sp2d.service.statements import Reading, read_bank_statement
from tests.sp2d.treasury import (
    Treasury,
    claim,
    drafted,
    pockets,
    state_of,
    step,
    treasury,
    walked,
)

AMOUNT = 11_100_000
REASONS = [Reason("salah_penerima", "", remark="rekening tutup")]


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def test_an_sp2d_is_voided_before_the_bank_has_it(office: Treasury) -> None:
    """Its money is free again, its papers are void, and the claim begins anew with new numbers."""
    payment_id = walked(office, BANK)
    void(office, payment_id)
    assert state_of(office, payment_id) == DRAFT
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)
    assert_in_order(office)
    for key in office.people:
        step(office, payment_id, key)
    with office.app.read(SYSTEM) as view:
        values = view.session.execute(
            select(Paper.value, Paper.state).where(Paper.kind == "SP2D").order_by(Paper.value)
        ).all()
        assert [tuple(row) for row in values] == [(1, "voided"), (2, "standing")]
        states = view.session.scalars(
            select(Instruction.state).order_by(Instruction.made_at, Instruction.end_to_end)
        )
        assert list(states) == ["withdrawn", "waiting"]


def test_an_sp2d_that_the_bank_has_is_not_voided(office: Treasury) -> None:
    """While the bank may still pay, nothing is taken back."""
    payment_id = walked(office, BANK)
    sent(office)
    with pytest.raises(ConflictError):
        void(office, payment_id)
    assert pockets(office, office.line)[3] == AMOUNT


def test_a_retur_keeps_the_posting_and_pays_by_one_more_instruction(office: Treasury) -> None:
    """The bank returned the money: it stays spent, and one linked instruction follows."""
    payment_id = walked(office, BANK)
    orders = sent(office)
    read(office, orders, returned={"SP2D2026-000001": "AC04"})
    assert state_of(office, payment_id) == RETUR
    assert pockets(office, office.line)[3] == AMOUNT
    again(office, payment_id)
    with pytest.raises(WrongTurnError):
        again(office, payment_id, account="1")
    read(office, sent(office), statement=2)
    assert state_of(office, payment_id) == PAID
    with office.app.read(SYSTEM) as view:
        first, second = view.session.scalars(select(Instruction).order_by(Instruction.end_to_end))
        assert (first.state, second.state) == ("returned", "paid")
        assert second.replaces_id == first.id
        assert (second.account, second.end_to_end) == ("0055667788", "SP2D2026-000001-2")
    assert_in_order(office)


def test_after_a_retur_the_sp2d_may_be_voided(office: Treasury) -> None:
    """Nobody waits for the money any more: it is free again."""
    payment_id = walked(office, BANK)
    read(office, sent(office), returned={"SP2D2026-000001": "AC01"})
    void(office, payment_id)
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)
    assert_in_order(office)


def test_a_statement_changes_things_once(office: Treasury) -> None:
    """The same file again, or the same bookings in another file, pay nothing twice."""
    payment_id = walked(office, BANK)
    orders = sent(office)
    first = read(office, orders)
    assert (first.paid, first.unknown) == (1, ())
    assert read(office, orders).known_before
    later = read(office, orders, statement=2)
    assert (later.paid, len(later.unknown)) == (0, 1)
    assert state_of(office, payment_id) == PAID


def test_money_paid_back_frees_its_line_and_never_more_than_was_spent(office: Treasury) -> None:
    """Two refunds in part, a third too much, the same STS twice: each as it must be."""
    payment_id = walked(office, BANK)
    read(office, sent(office))
    refund(office, payment_id, "STS/1", 1_000_000)
    refund(office, payment_id, "STS/1", 1_000_000)
    assert pockets(office, office.line) == (0, 89_900_000, 0, 10_100_000)
    with pytest.raises(ConflictError):
        refund(office, payment_id, "STS/1", 5)
    with pytest.raises(InvalidInputError) as refused:
        refund(office, payment_id, "STS/2", 10_100_001)
    assert "Rp10.100.000" in refused.value.fields[0].sentence()
    refund(office, payment_id, "STS/2", 10_100_000)
    with office.app.read(SYSTEM) as view:
        assert refundable(view, payment_id) == {}
    assert_in_order(office)


def test_a_refund_waits_until_the_payment_was_paid(office: Treasury) -> None:
    """What the payee does not have he cannot pay back."""
    payment_id = walked(office, BANK)
    with pytest.raises(WrongTurnError):
        refund(office, payment_id, "STS/1", 1)


def test_orders_are_sent_once(office: Treasury) -> None:
    """A second file has nothing to hold; each file keeps its bytes."""
    walked(office, BANK)
    first = sent(office)
    with pytest.raises(ConflictError):
        sent(office)
    with office.app.read(SYSTEM) as view:
        batch = view.session.scalars(select(Batch)).one()
        assert office.app.blobs.get(batch.sha256) == first


def test_a_statement_of_another_account_is_refused(office: Treasury) -> None:
    """Only statements of the RKUD are read."""
    payment_id = walked(office, BANK)
    orders = sent(office).replace(b"0099887766", b"0011111111")
    with pytest.raises(ConflictError):
        read(office, orders)
    assert state_of(office, payment_id) == BANK


def test_an_order_of_another_amount_is_not_taken_for_paid(office: Treasury) -> None:
    """A booking that differs from its order explains nothing; it is counted as unknown."""
    payment_id = walked(office, BANK)
    orders = sent(office).replace(b"11100000", b"11100001")
    told = read(office, orders)
    assert (told.paid, len(told.unknown)) == (0, 1)
    assert state_of(office, payment_id) == BANK


def bud(office: Treasury) -> Identity:
    """Kuasa BUD."""
    return office.people[SP2D]


def version(office: Treasury, payment_id: UUID) -> int:
    """The version of a payment as it is stored."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).version


def void(office: Treasury, payment_id: UUID) -> None:
    """Kuasa BUD takes an SP2D back."""
    seen = version(office, payment_id)
    with office.app.change(bud(office)) as work:
        void_sp2d(work, payment_id, seen, REASONS)


def again(office: Treasury, payment_id: UUID, account: str = "0055667788") -> None:
    """Kuasa BUD has the money sent to another account."""
    seen = version(office, payment_id)
    with office.app.change(bud(office)) as work:
        instruct_again(work, payment_id, seen, bank="110", account=account, holder="CV CONTOH")


def sent(office: Treasury) -> bytes:
    """What waits goes to the bank; the file."""
    batch = send_orders(office.app, bud(office))
    return office.app.blobs.get(batch.sha256)


def read(office: Treasury, orders: bytes, *, statement: int = 1, **told: Any) -> Reading:
    """The bank's answer to a file is read."""
    at = dt.datetime(2026, 10, 5, 2, statement, tzinfo=dt.UTC)
    answer = answer_orders(orders, at, opening=500_000_000, **told)
    return read_bank_statement(office.app, bud(office), f"rk-{statement}.xml", answer)


def refund(office: Treasury, payment_id: UUID, number: str, amount: int) -> None:
    """The payee pays back."""
    with office.app.change(bud(office)) as work:
        day = dt.date(2026, 10, 5)
        record_refund(work, payment_id, number, day, {office.line: amount})


def assert_in_order(office: Treasury) -> None:
    """The books agree."""
    with office.app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()


def test_bills_of_a_voided_payment_stay_claimed(office: Treasury) -> None:
    """A voided SP2D does not open its bill to a second claim: the first is still on its way."""
    payment_id = walked(office, BANK)
    void(office, payment_id)
    with pytest.raises(ConflictError):
        drafted(office, claim(office))
