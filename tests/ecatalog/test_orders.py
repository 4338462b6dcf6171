"""An order from its Surat Pesanan to the rating, with nobody who signs, pays or files."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from leuit.builtin.calendar import set_holiday
from leuit.identity import SYSTEM, Grant
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
)
from leuit.work import Leuit, Number, Worker
from leuit_ecatalog.models import Agreement, OrderDocument, Rating
from leuit_ecatalog.models.orders import BY_HAND, VOID
from leuit_ecatalog.models.orders import MADE as WRITTEN
from leuit_ecatalog.rules.purchase_duties import SeparateDutiesError
from leuit_ecatalog.rules.purchase_states import (
    BILLING,
    CONFIRMING,
    DECLINED,
    DONE,
    HANDOVER,
    LAPSED,
    ORDERING,
    PAID,
    PAYING,
    PROCESSING,
    STOPPED,
    WrongStateError,
)
from leuit_ecatalog.service.billing import return_bill, send_bill, take_bill
from leuit_ecatalog.service.confirming import confirm, refuse
from leuit_ecatalog.service.deadlines import ExpiredError
from leuit_ecatalog.service.deciding import cancel
from leuit_ecatalog.service.delivering import Found, Inspection, deliver, inspect
from leuit_ecatalog.service.lapsing import LAPSE
from leuit_ecatalog.service.order_documents import make_order, sign_by_hand, take_back
from leuit_ecatalog.service.order_payments import MANUAL, pay_by_hand
from leuit_ecatalog.service.orders import document_of, find_order, find_own_document
from leuit_ecatalog.service.purchase_access import acts_of
from leuit_ecatalog.service.rating import rate, score_of
from leuit_ecatalog.service.stopping import stop
from tests.ecatalog import ordering
from tests.ecatalog.buying_office import (
    AUDITOR,
    PP,
    PPK,
    TREASURER,
    Office,
    at,
    change_row,
    committed,
    lines,
    office,
    stock,
    told,
)
from tests.ecatalog.ordering import with_ports

DUE = ordering.DUE
TOTAL = 5_550_000
"""100 of Rp50.000, with PPN."""


@pytest.fixture
def made(app: Leuit) -> Office:
    """An office where no other service signs, pays or files."""
    with_ports(app)
    return office(app)


def test_an_order_goes_all_its_way_by_hand(made: Office) -> None:
    """Signed with pens and paid elsewhere, it is delivered in parts, billed, paid and rated."""
    one = ordering.approved(made)
    document = ordering.written(made, one)
    assert (at(made, one).state, ordering.document(made, document).number) == (
        ORDERING,
        "SP-2026-000001",
    )
    ordering.penned(made, one, document)
    assert at(made, one).state == CONFIRMING
    ordering.confirmed(made, one)
    ordering.inspected(made, one, ordering.delivered(made, one, 60), 50, 10)
    assert at(made, one).state == PROCESSING
    ordering.inspected(made, one, ordering.delivered(made, one, 50), 50)
    assert at(made, one).state == HANDOVER
    ordering.penned(made, one, ordering.minuted(made, one))
    assert at(made, one).state == BILLING
    ordering.billed(made, one)
    ordering.taken(made, one)
    assert (at(made, one).state, ordering.payment(made, one).state) == (PAYING, MANUAL)
    ordering.paid_by_hand(made, one)
    assert at(made, one).state == PAID
    ordering.rated(made, one, 3)
    done = at(made, one)
    assert (done.state, done.total, done.held, done.fine) == (DONE, TOTAL, TOTAL, 0)
    with made.app.read(SYSTEM) as view:
        assert [act.what for act in acts_of(view, one)][5:] == [
            "surat_pesanan_made",
            "surat_pesanan_signed",
            "confirmed",
            "delivered",
            "inspected",
            "delivered",
            "inspected",
            "bast_made",
            "bast_signed",
            "billed",
            "bill_taken",
            "paid",
            "rated",
        ]
        score = score_of(view, made.shop.vendor)
    assert score is not None
    assert (score.mean, score.orders) == (300, 1)


def test_each_step_is_for_its_own_people(made: Office) -> None:
    """PP, treasurer, auditor and another vendor never take a step of PPK, treasurer or vendor."""
    one = ordering.approved(made)
    for who in (PP, TREASURER, AUDITOR):
        with pytest.raises(PermissionDeniedError), made.app.change(made.people[who]) as work:
            make_order(work, one, at(made, one).version, DUE, "")
    ordering.penned(made, one, ordering.written(made, one))
    with pytest.raises(NotFoundError), made.app.change(made.rival.account) as work:
        confirm(work, one, at(made, one).version)
    ordering.confirmed(made, one)
    with pytest.raises(NotFoundError):
        ordering.delivered(made, one, 10, made.rival.account)
    delivery = ordering.delivered(made, one, 100)
    [line] = lines(made, one)
    found = Inspection(dt.date(2026, 10, 5), True, True, True)
    for who in (PP, TREASURER):
        with pytest.raises(PermissionDeniedError), made.app.change(made.people[who]) as work:
            inspect(work, one, delivery, at(made, one).version, found, {line.id: Found(100, 0)})
    ordering.inspected(made, one, delivery, 100)
    ordering.penned(made, one, ordering.minuted(made, one))
    ordering.billed(made, one)
    for who in (PP, PPK, AUDITOR):
        with pytest.raises(PermissionDeniedError), made.app.change(made.people[who]) as work:
            take_bill(work, one, at(made, one).version)


def test_who_bought_never_pays(made: Office) -> None:
    """One person with two rights takes one of two duties of a purchase: the PP never pays it."""
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    both = made.people[PP]
    with made.app.change(SYSTEM) as work:
        work.session.add(
            Grant(
                role="ecatalog.treasurer",
                unit_id=made.unit,
                account_id=both.account_id,
                valid_from=dt.date(2026, 1, 1),
            )
        )
        told(work)
    with pytest.raises(SeparateDutiesError), made.app.change(both) as work:
        take_bill(work, one, at(made, one).version)


def test_the_vendor_confirms_in_three_working_days_or_it_lapses(
    made: Office, clock: ManualClock
) -> None:
    """EC-20, 23: signed on a Monday with a holiday between, the order is open until Friday's end;
    a minute later it is gone, its money and stock are given back.
    """
    one = ordering.approved(made)
    purchase = at(made, one)
    [line] = lines(made, one)
    with made.app.change(SYSTEM) as work:
        set_holiday(work, dt.date(2026, 10, 7), kind="libur", title="Contoh", legal_basis="Contoh")
    ordering.penned(made, one, ordering.written(made, one))
    due = at(made, one).due_at
    assert due is not None
    assert due.astimezone(made.app.zone) == dt.datetime(2026, 10, 10, tzinfo=made.app.zone)
    clock.set(due - dt.timedelta(seconds=1))
    _lapse(made)
    assert at(made, one).state == CONFIRMING
    clock.set(due)
    with pytest.raises(ExpiredError):
        ordering.confirmed(made, one)
    _lapse(made)
    gone = at(made, one)
    assert (gone.state, gone.held, committed(made, purchase.rup_id)) == (LAPSED, 0, 0)
    assert stock(made, line.variant_id) == 1_000
    with made.app.read(made.shop.account) as view:
        assert find_order(view, one).state == LAPSED


def test_an_order_can_be_declined_with_a_reason(made: Office) -> None:
    """The vendor says why; money and stock are given back, and nothing is delivered any more."""
    one = ordering.approved(made)
    ordering.penned(made, one, ordering.written(made, one))
    with pytest.raises(InvalidInputError), made.app.change(made.shop.account) as work:
        refuse(work, one, at(made, one).version, " ")
    with made.app.change(made.shop.account) as work:
        refuse(work, one, at(made, one).version, "Bahan baku habis")
    purchase = at(made, one)
    assert (purchase.state, committed(made, purchase.rup_id)) == (DECLINED, 0)
    assert stock(made, lines(made, one)[0].variant_id) == 1_000
    with pytest.raises(WrongStateError):
        ordering.delivered(made, one, 1)


def test_nothing_is_delivered_beyond_what_is_owed(made: Office) -> None:
    """Sent and accepted count; what was returned is owed again, to the piece."""
    one = ordering.processed(made)
    first = ordering.delivered(made, one, 70)
    for count in (31, 101, -1):
        with pytest.raises(InvalidInputError) as caught:
            ordering.delivered(made, one, count)
        assert caught.value.fields[0].code == "over_owed"
    with pytest.raises(InvalidInputError) as nothing:
        ordering.delivered(made, one, 0)
    assert nothing.value.fields[0].code == "nothing"
    ordering.inspected(made, one, first, 60, 10)
    with pytest.raises(InvalidInputError):
        ordering.delivered(made, one, 41)
    ordering.inspected(made, one, ordering.delivered(made, one, 40), 40)
    assert at(made, one).state == HANDOVER


@pytest.mark.parametrize(
    "found, code",
    [
        (Found(9, 0), "sum"),
        (Found(10, 1, "mutu"), "sum"),
        (Found(-1, 11, "mutu"), "required"),
        (Found(8, 2), "unknown"),
        (Found(8, 2, "warna"), "unknown"),
    ],
)
def test_an_inspection_tells_of_every_piece(made: Office, found: Found, code: str) -> None:
    """Each piece that came is accepted, or returned with a known reason; else nothing is kept."""
    one = ordering.processed(made)
    delivery = ordering.delivered(made, one, 10)
    [line] = lines(made, one)
    inspection = Inspection(dt.date(2026, 10, 5), True, True, True)
    with pytest.raises(InvalidInputError) as caught, made.app.change(made.people[PPK]) as work:
        inspect(work, one, delivery, at(made, one).version, inspection, {line.id: found})
    assert [fault.code for fault in caught.value.fields] == [code]
    ordering.inspected(made, one, delivery, 10)
    with pytest.raises(ConflictError):
        ordering.inspected(made, one, delivery, 10)


def test_what_comes_late_is_fined(made: Office, clock: ManualClock) -> None:
    """EC-19: Rp10.000.000 without PPN, due on 30 November, accepted on 7 December: Rp70.000; what
    came in time bears none of it.
    """
    one = ordering.approved(made, 200)
    ordering.penned(made, one, ordering.written(made, one, dt.date(2026, 11, 30)))
    ordering.confirmed(made, one)
    clock.set(dt.datetime(2026, 12, 7, 3, tzinfo=dt.UTC))
    ordering.inspected(made, one, ordering.delivered(made, one, 200), 200)
    assert at(made, one).fine == 70_000
    other = ordering.approved(made, 200)
    ordering.penned(made, other, ordering.written(made, other, dt.date(2026, 12, 10)))
    ordering.confirmed(made, other)
    ordering.inspected(made, other, ordering.delivered(made, other, 100), 100)
    clock.set(dt.datetime(2026, 12, 12, 3, tzinfo=dt.UTC))
    ordering.inspected(made, other, ordering.delivered(made, other, 100), 100)
    assert at(made, other).fine == 10_000


def test_an_order_that_is_not_fulfilled_is_stopped(made: Office) -> None:
    """What was accepted is paid, with at most the agreed shipping; the rest is let go. The
    agreement itself stays as it was.
    """
    one = ordering.processed(made)
    purchase = at(made, one)
    delivery = ordering.delivered(made, one, 40)
    with pytest.raises(ConflictError), made.app.change(made.people[PPK]) as work:
        stop(work, one, at(made, one).version, "Penyedia berhenti", 0)
    ordering.inspected(made, one, delivery, 30, 10)
    with pytest.raises(InvalidInputError), made.app.change(made.people[PPK]) as work:
        stop(work, one, at(made, one).version, "Penyedia berhenti", 1)
    with made.app.change(made.people[PPK]) as work:
        stop(work, one, at(made, one).version, "Penyedia berhenti", 0)
    cut = at(made, one)
    assert (cut.state, cut.goods, cut.tax, cut.total) == (HANDOVER, 1_500_000, 165_000, 1_665_000)
    assert cut.held == committed(made, purchase.rup_id) == 1_665_000
    assert stock(made, lines(made, one)[0].variant_id) == 970
    with made.app.read(SYSTEM) as view:
        assert view.session.get_one(Agreement, (one, 1)).total == TOTAL


def test_an_order_of_which_nothing_came_ends(made: Office) -> None:
    """Stopped before anything was accepted, it holds no money and no stock, and is not billed."""
    one = ordering.processed(made)
    with made.app.change(made.people[PPK]) as work:
        stop(work, one, at(made, one).version, "Tidak dikirim", 0)
    purchase = at(made, one)
    assert (purchase.state, purchase.held, committed(made, purchase.rup_id)) == (STOPPED, 0, 0)
    assert stock(made, lines(made, one)[0].variant_id) == 1_000
    with pytest.raises(WrongStateError):
        ordering.billed(made, one)


def test_a_written_order_is_taken_back_or_stays(made: Office) -> None:
    """Beside a Surat Pesanan no second one is written and nothing is cancelled; voided with a
    reason, its number is gone for good and the next one is written.
    """
    one = ordering.approved(made)
    first = ordering.written(made, one)
    with pytest.raises(ConflictError):
        ordering.written(made, one)
    with pytest.raises(ConflictError), made.app.change(made.people[PPK]) as work:
        cancel(work, one, at(made, one).version, "Tidak jadi")
    with made.app.change(made.people[PPK]) as work:
        take_back(work, one, first, at(made, one).version, "Tanggal keliru")
    second = ordering.written(made, one)
    assert ordering.document(made, first).state == VOID
    assert ordering.document(made, second).number == "SP-2026-000002"
    ordering.penned(made, one, second)
    with made.app.read(SYSTEM) as view:
        states = view.session.execute(
            select(Number.value, Number.state)
            .where(Number.series == "ecatalog.order.2026")
            .order_by(Number.value)
        ).all()
    assert [tuple(row) for row in states] == [(1, "voided"), (2, "confirmed")]
    with pytest.raises(WrongStateError):
        ordering.penned(made, one, first)


def test_the_number_of_a_bast_is_of_the_unit_s_books(made: Office) -> None:
    """A unit uses a number once; what another unit calls its BAST is not asked."""
    number = "027/1/BAST/2026"
    one, other = (_accepted(made) for _each in range(2))
    first = ordering.minuted(made, one, number)
    with pytest.raises(InvalidInputError) as caught:
        ordering.minuted(made, other, number)
    assert caught.value.fields[0].code == "taken"
    change_row(made, OrderDocument, first, unit_id=made.sibling)
    ordering.minuted(made, other, number)


def test_an_approved_purchase_can_still_be_cancelled(made: Office) -> None:
    """Until its Surat Pesanan is written, the PPK may end it; money and stock are given back."""
    one = ordering.approved(made)
    with made.app.change(made.people[PPK]) as work:
        cancel(work, one, at(made, one).version, "Anggaran dialihkan")
    assert committed(made, at(made, one).rup_id) == 0
    assert stock(made, lines(made, one)[0].variant_id) == 1_000


def test_days_that_cannot_be_are_refused(made: Office) -> None:
    """No delivery in the past, no signature before the document or tomorrow, no bill before the
    handover: each is told at its field and nothing changes.
    """
    one = ordering.approved(made)
    with pytest.raises(InvalidInputError) as past:
        ordering.written(made, one, dt.date(2026, 10, 4))
    assert past.value.fields[0].path == "deliver_by"
    document = ordering.written(made, one)
    for day in (dt.date(2026, 10, 4), dt.date(2026, 10, 6)):
        file = ordering.scan(made.app)
        with pytest.raises(InvalidInputError), made.app.change(made.people[PPK]) as work:
            sign_by_hand(work, one, document, at(made, one).version, file, day)
    assert ordering.document(made, document).state == WRITTEN
    ordering.penned(made, one, document)
    assert ordering.document(made, document).state == BY_HAND
    ordering.confirmed(made, one)
    [line] = lines(made, one)
    for day in (dt.date(2026, 10, 4), dt.date(2026, 10, 6)):
        with pytest.raises(InvalidInputError), made.app.change(made.shop.account) as work:
            deliver(work, one, at(made, one).version, {line.id: 1}, day, "", "", None)


def test_a_bill_comes_back_and_goes_again(made: Office) -> None:
    """Without a receipt it is not sent; sent back with a reason, it is sent once more with the
    papers that it had; taken twice it is told.
    """
    one = ordering.handed_over(made)
    with pytest.raises(InvalidInputError) as caught:
        ordering.billed(made, one, {})
    assert [fault.path for fault in caught.value.fields] == ["kuitansi"]
    ordering.billed(made, one)
    with made.app.change(made.people[TREASURER]) as work:
        return_bill(work, one, at(made, one).version, "Nomor keliru")
    assert at(made, one).state == BILLING
    with made.app.change(made.shop.account) as work:
        bill = send_bill(work, one, at(made, one).version, "INV-2", work.today, "", {})
        assert (bill.round, bill.reason) == (2, "")
    ordering.taken(made, one)
    with pytest.raises(ConflictError):
        ordering.taken(made, one)


def test_a_payment_by_hand_needs_its_proof(made: Office) -> None:
    """Number, day, amount of at most the bill and a file; else nothing is paid."""
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    ordering.taken(made, one)
    today = dt.date(2026, 10, 5)
    with (
        pytest.raises(InvalidInputError) as caught,
        made.app.change(made.people[TREASURER]) as work,
    ):
        pay_by_hand(
            work, one, at(made, one).version, "", today + dt.timedelta(days=1), TOTAL + 1, None
        )
    assert {fault.path for fault in caught.value.fields} == {"number", "amount", "paid_on", "file"}
    assert at(made, one).state == PAYING


def test_a_rating_is_whole_and_never_changed(made: Office) -> None:
    """All four aspects are said, once; the database itself refuses to change what was said."""
    one = ordering.handed_over(made)
    ordering.billed(made, one)
    ordering.taken(made, one)
    ordering.paid_by_hand(made, one)
    with pytest.raises(InvalidInputError) as caught, made.app.change(made.people[PPK]) as work:
        rate(work, one, at(made, one).version, {"quality": 4, "cost": 2, "time": None}, "")
    assert {fault.path for fault in caught.value.fields} == {"quality", "time", "service"}
    ordering.rated(made, one, 1)
    with pytest.raises(WrongStateError):
        ordering.rated(made, one, 3)
    with pytest.raises(DBAPIError), made.app.change(SYSTEM) as work:
        work.connection.execute(update(Rating).values(quality=3))


def test_a_vendor_reads_its_own_signed_documents_alone(made: Office) -> None:
    """Unsigned drafts and orders of others are not there for it."""
    one = ordering.approved(made)
    document = ordering.written(made, one)
    with made.app.read(made.shop.account) as view, pytest.raises(NotFoundError):
        find_own_document(view, one, document)
    ordering.penned(made, one, document)
    with made.app.read(made.shop.account) as view:
        assert find_own_document(view, one, document).state == BY_HAND
        assert document_of(view, one, "bast") is None
    with made.app.read(made.rival.account) as view, pytest.raises(NotFoundError):
        find_own_document(view, one, document)


def _lapse(made: Office) -> None:
    """The clock's own job runs."""
    with made.app.change(SYSTEM) as work:
        work.enqueue(LAPSE, {})
    Worker(made.app, name="test").run_pending(raise_errors=True)


def _accepted(made: Office) -> UUID:
    """An order of which all was accepted: its BAST is to be written."""
    one = ordering.processed(made, 1)
    ordering.inspected(made, one, ordering.delivered(made, one, 1), 1)
    return one
