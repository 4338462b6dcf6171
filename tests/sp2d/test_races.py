"""Many at once: limits hold, one thing is done once, and who loses is told why.

All threads wait at a barrier and ask together. On SQLite units queue for the one writer, on
PostgreSQL they run side by side.
"""

import itertools
import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from leuit.identity import SYSTEM
from leuit.values import ConflictError, LeuitError, ManualClock, RecordRef, new_id, new_paper_code
from leuit.work import Leuit, Number, Work
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.documents import Coded, Payee, Reference, SppLine
from leuit_sp2d.models import (
    FREE,
    UNRELEASED,
    BankStatement,
    Batch,
    Duty,
    Entry,
    Instruction,
    Paper,
    Payment,
    PaymentLine,
)
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.service import instructions, payments, statements
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, send_back, take_step
from leuit_sp2d.service.claims import checked
from leuit_sp2d.service.holdings import LimitError
from leuit_sp2d.service.ledger import Cause, Move, post
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.paper_content import PaperContent
from leuit_sp2d.service.payments import DuplicateBillError, draft
from leuit_sp2d.service.reversing import void_sp2d
from leuit_sp2d.service.statements import read_bank_statement
from tests.sp2d.course import World, world
from tests.sp2d.treasury import (
    YEAR,
    Treasury,
    budget_line,
    claim,
    decided,
    pockets,
    state_of,
    treasury,
    walked,
)

MANY = 32
_SENDERS = ("sp2d", "bud")
REASONS = (Reason("salah_hitung", "", remark="keliru"),)


@pytest.fixture
def made(app: Leuit, clock: ManualClock) -> World:
    """The treasury, the bank's account, and two people who may issue an SP2D."""
    return world(treasury(app), clock)


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each call gave, or the error with which it was refused; all begin together.

    An IntegrityError is a refusal that nobody put into words: `test_…_is_told` hold the words.
    """
    ready = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(place: int) -> None:
        ready.wait()
        try:
            answers[place] = calls[place]()
        except (LeuitError, IntegrityError) as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refused(answers: Sequence[Any]) -> list[Any]:
    """Those who lost."""
    return [answer for answer in answers if isinstance(answer, Exception)]


@pytest.mark.parametrize(
    "races",
    [20, pytest.param(100, marks=pytest.mark.ci), pytest.param(1_000, marks=pytest.mark.soak)],
)
def test_so_many_spm_as_the_rest_bears(made: World, races: int) -> None:
    """Of 32 SPM at once on one rest just as many stand as it bears; each other hears the limit."""
    office = made.office
    for race in range(races):
        amount = 1_000_000 + 137_000 * (race % 7)
        fit = race % 9 + race % 4 * 6  # from none of them to 26
        line = _line(office, race, fit * amount + (amount - 1 if race % 2 else 0))
        waiting = _waiting_for_spm(office, line, amount)
        answers = at_once([_orders(office, key) for key in waiting])
        losers = refused(answers)
        assert len(answers) - len(losers) == fit
        for loser in losers:
            assert isinstance(loser, LimitError)
            assert loser.lines[0].shortage.asked == amount
            assert loser.lines[0].shortage.left < amount
        assert pockets(office, line)[1:] == (pockets(office, line)[1], fit * amount, 0)
        assert pockets(office, line)[1] < amount
        with office.app.read(SYSTEM) as view:
            states = view.session.scalars(
                select(Payment.state).where(Payment.id.in_(waiting))
            ).all()
            assert (states.count(TEST), states.count(SPM)) == (fit, MANY - fit)
            entries = select(func.sum(Entry.amount)).where(
                Entry.line_id == line, Entry.cause_kind == "spm"
            )
            assert (view.session.scalar(entries) or 0) == fit * amount
            values = view.session.scalars(
                select(Paper.value).where(Paper.kind == "SPM").order_by(Paper.value)
            ).all()
            assert list(values) == list(range(1, len(values) + 1))  # who lost used no number up
            assert len(values) == view.session.scalar(select(func.count()).select_from(Number))
            if race % 10 == 0:
                assert check_ledger(view).disagreements == ()
    with office.app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()


def test_releases_and_orders_at_once_never_pass_the_limit(made: World) -> None:
    """While SPDs release and SPMs are sent back, no order ever takes what is not there."""
    office, amount = made.office, 1_000_000
    line = _line(office, 0, 4 * amount)
    waiting = _waiting_for_spm(office, line, amount)

    def release(source: str, target: str) -> Callable[[], Any]:
        def call() -> None:
            with office.app.change(SYSTEM) as work:
                post(work, [Move(line, source, target, amount)], Cause("trial", line))
                work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))

        return call

    answers = at_once(
        [
            *[_orders(office, key) for key in waiting[:24]],
            *[release(UNRELEASED, FREE) for _number in range(4)],
            *[release(FREE, UNRELEASED) for _number in range(4)],
        ]
    )
    done = sum(not isinstance(answer, Exception) for answer in answers[:24])
    unreleased, free, reserved, spent = pockets(office, line)
    assert reserved == done * amount
    assert unreleased + free + reserved + spent == 10_000 * amount
    assert min(unreleased, free, reserved, spent) >= 0
    with office.app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()


def test_two_people_issue_one_sp2d(made: World) -> None:
    """One SP2D, one order to the bank, whoever was first; the other hears that its turn is over."""
    office = made.office
    key = walked(office, SP2D)
    version = _version(office, key)
    answers = at_once(
        [_steps(made, who, key, SP2D, version) for who in ("sp2d", "bud") for _time in range(4)]
    )
    winners = {who for who, answer in zip("ssssbbbb", answers, strict=True) if answer is None}
    assert len(winners) == 1  # and his own repetitions have the first answer
    for loser in refused(answers):
        assert loser.code in ("wrong_turn", "stale_edit")
    with office.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Instruction)) == 1
        kinds = view.session.scalars(select(Paper.kind)).all()
        assert sorted(kinds) == ["SP2D", "SPM", "SPP"]
        assert check_ledger(view).disagreements == ()
    assert pockets(office, office.line) == (0, 88_900_000, 0, 11_100_000)


def test_one_person_at_two_steps_at_once(made: World) -> None:
    """Who asks for two steps of one payment at the same moment has one of them at most."""
    office = made.office
    key = walked(office, SPP)
    version = _version(office, key)
    at_once(
        [
            _steps(made, "many", key, SPP, version),
            _steps(made, "many", key, VERIFY, version + 1),
            _steps(made, "many", key, SPP, version),
            _steps(made, "many", key, VERIFY, version + 1),
        ]
    )
    assert state_of(office, key) == VERIFY
    with office.app.read(SYSTEM) as view:
        who = made.people["many"].person_id
        steps = view.session.scalars(select(Duty.step).where(Duty.person_id == who)).all()
        assert list(steps) == [SPP]


def test_two_files_of_orders_at_once(made: World) -> None:
    """No order is in two files: one file holds them all, and whoever made it is told of it each
    time; the file of another person is not used.
    """
    for number in range(5):
        walked(made.office, "bank", claim(made.office, 1_000_000, invoice=f"INV/{number}"))
    app = made.office.app
    with app.read(SYSTEM) as view:
        chosen = view.session.scalars(select(Instruction.id)).all()
    asked = {who: lambda who=who: send_orders(app, made.people[who], chosen) for who in _SENDERS}
    answers = at_once([asked[who] for who in _SENDERS for _time in range(4)])
    losers = refused(answers)
    assert len(losers) == 4
    assert all(isinstance(loser, ConflictError) for loser in losers)
    assert losers in (answers[:4], answers[4:])
    with app.read(SYSTEM) as view:
        batch = view.session.scalars(select(Batch)).one()
        assert (batch.count, batch.total) == (5, 5_000_000)
        assert {one.id for one in answers if one not in losers} == {batch.id}
        assert set(view.session.scalars(select(Instruction.batch_id))) == {batch.id}


def test_one_statement_read_at_once(made: World) -> None:
    """Eight readers of one statement: each transfer is paid once; nobody books it again."""
    keys = [
        walked(made.office, "bank", claim(made.office, 1_000_000, invoice=f"INV/{number}"))
        for number in range(3)
    ]
    app, kuasa = made.office.app, made.people["sp2d"]
    data = app.blobs.get(send_orders(app, kuasa).sha256)
    file = answer_orders(data, made.clock.now(), opening=10**9)
    answers = at_once([lambda: _read(made, file)] * 8)
    told = [answer for answer in answers if not isinstance(answer, Exception)]
    assert sum(reading.paid for reading in told) == 3
    assert [reading.known_before for reading in told].count(False) == 1
    assert {state_of(made.office, key) for key in keys} == {"paid"}
    with app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(BankStatement)) == 1
        assert {_version(made.office, key) for key in keys} == {8}  # six steps and one payment
        assert check_ledger(view).disagreements == ()


def test_one_bill_drafted_at_once(made: World) -> None:
    """Two clerks type the same bill at the same moment: one claim is written down."""
    office = made.office
    spellings = ("INV/001/2026", "inv 001 2026", "INV-001-2026", "Inv/001/2026 ")

    def drafts(who: str, invoice: str) -> Callable[[], Any]:
        def call() -> UUID:
            with office.app.change(made.people[who]) as work:
                return draft(work, claim(office, invoice=invoice)).id

        return call

    answers = at_once(
        [drafts(who, invoice) for who in ("draft", "second", "many") for invoice in spellings]
    )
    assert len(refused(answers)) == len(answers) - 1
    assert all(isinstance(loser, DuplicateBillError) for loser in refused(answers))
    with office.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Payment)) == 1


def test_one_key_drafted_at_once(made: World) -> None:
    """The same form sent eight times is one claim."""
    office, key = made.office, new_id()

    def call() -> UUID:
        with office.app.change(made.people["draft"]) as work:
            return draft(work, claim(office), key=key).id

    answers = at_once([call] * 8)
    assert {answer for answer in answers if not isinstance(answer, Exception)} == {key}
    with office.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Payment)) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_key_that_was_drafted_meanwhile_is_told(
    made: World, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """The same form sent again before the first has its answer gets the first's answer."""
    office, key = made.office, new_id()

    def call() -> UUID:
        with office.app.change(made.people["draft"]) as work:
            return draft(work, claim(office), key=key).id

    first_look = checked

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(payments, "checked", first_look)
        assert at_once([call]) == [key]
        return first_look(*arguments)

    monkeypatch.setattr(payments, "checked", meanwhile)
    assert call() == key


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_statement_that_was_read_meanwhile_is_told(
    made: World, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """The same statement taken in by somebody else in the same moment is known, not broken."""
    walked(made.office, "bank")
    app, kuasa = made.office.app, made.people["sp2d"]
    data = app.blobs.get(send_orders(app, kuasa).sha256)
    file = answer_orders(data, made.clock.now(), opening=10**9)
    look = statements._is_known  # between the look and the note

    def meanwhile(*arguments: Any) -> bool:
        monkeypatch.setattr(statements, "_is_known", look)
        before = look(*arguments)
        assert at_once([lambda: _read(made, file)])[0].paid == 1
        return before

    monkeypatch.setattr(statements, "_is_known", meanwhile)
    assert _read(made, file).known_before


@pytest.mark.parametrize("number", range(4))
def test_returned_and_issued_at_once(made: World, number: int) -> None:
    """One of the two happens, wholly: either money is spent and ordered, or it is free again."""
    office = made.office
    key = walked(office, SP2D)
    version = _version(office, key)

    def back() -> None:
        with office.app.change(made.people["bud"]) as work:
            send_back(work, key, Decision(SP2D, version), REASONS)

    calls = [_steps(made, "sp2d", key, SP2D, version), back]
    answers = at_once(calls if number % 2 else calls[::-1])
    assert len(refused(answers)) == 1
    assert refused(answers)[0].code == "wrong_turn"
    with office.app.read(SYSTEM) as view:
        orders = view.session.scalar(select(func.count()).select_from(Instruction))
        standing = view.session.scalars(select(Paper.kind).where(Paper.state == "standing")).all()
        assert check_ledger(view).disagreements == ()
    if state_of(office, key) == "bank":
        assert (orders, len(standing)) == (1, 3)
        assert pockets(office, office.line) == (0, 88_900_000, 0, 11_100_000)
    else:
        assert (state_of(office, key), orders, len(standing)) == (DRAFT, 0, 0)
        assert pockets(office, office.line) == (0, 100_000_000, 0, 0)


@pytest.mark.parametrize("number", range(4))
def test_voided_and_sent_at_once(made: World, number: int) -> None:
    """An SP2D is never taken back while its order is in the bank's file."""
    office = made.office
    key = walked(office, "bank")
    calls = [_voids(made, key), lambda: send_orders(office.app, made.people["sp2d"])]
    at_once(calls if number % 2 else calls[::-1])
    _voided_or_sent(office, key)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_sent_in_the_middle_of_being_voided(
    made: World, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """A file that takes the order after the voiding unit has looked at it is seen by that unit."""
    office = made.office
    key = walked(office, "bank")
    look = instructions.instructions_of

    def look_then_send(*arguments: Any) -> Any:
        seen = look(*arguments)
        sender = threading.Thread(target=_send_quietly, args=(made,))
        sender.start()
        sender.join(timeout=3.0)  # a sender that is kept waiting goes on afterwards
        senders.append(sender)
        return seen

    senders: list[threading.Thread] = []
    monkeypatch.setattr(instructions, "instructions_of", look_then_send)
    at_once([_voids(made, key)])
    for sender in senders:
        sender.join()
    _voided_or_sent(office, key)


def _voided_or_sent(office: Treasury, key: UUID) -> None:
    with office.app.read(SYSTEM) as view:
        order = view.session.scalars(select(Instruction)).one()
        in_file = view.session.scalar(select(func.count()).select_from(Batch))
        assert check_ledger(view).disagreements == ()
    assert order.state == ("sent" if in_file else "withdrawn")
    assert state_of(office, key) == ("bank" if in_file else DRAFT)


def _voids(made: World, key: UUID) -> Callable[[], Any]:
    version = _version(made.office, key)

    def call() -> None:
        with made.office.app.change(made.people["bud"]) as work:
            void_sp2d(work, key, version, REASONS)

    return call


def _send_quietly(made: World) -> None:
    at_once([lambda: send_orders(made.office.app, made.people["sp2d"])])


def _read(made: World, file: bytes) -> Any:
    return read_bank_statement(made.office.app, made.people["sp2d"], "rk.xml", file)


def _version(office: Treasury, key: UUID) -> int:
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, key).version


def _orders(office: Treasury, key: UUID) -> Callable[[], Any]:
    def call() -> None:
        with office.app.change(office.people[SPM]) as work:
            take_step(work, key, decided(SPM, 1))

    return call


def _steps(made: World, who: str, key: UUID, step: str, version: int) -> Callable[[], Any]:
    def call() -> None:
        with made.office.app.change(made.people[who]) as work:
            take_step(work, key, decided(step, version))

    return call


def _line(office: Treasury, number: int, free: int) -> UUID:
    """A line of its own for a race, with so much released of ten thousand million."""
    with office.app.change(SYSTEM) as work:
        line = budget_line(
            work,
            office.unit,
            "7.01.02.2.01.0002",
            f"5.1.02.01.01.{number + 1:04d}",
            10_000_000_000,
            free,
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
        return line


def _waiting_for_spm(office: Treasury, line: UUID, amount: int) -> list[UUID]:
    """32 verified claims, written as rows: their way so far is not what is raced."""
    keys = [new_id() for _number in range(MANY)]
    writer = office.people[DRAFT].person_id
    with office.app.change(SYSTEM) as work:
        row = {
            "unit_id": office.unit,
            "year": YEAR,
            "kind": "LS_BJ",
            "purpose": "Contoh",
            "basis": "SP/1",
            "payee": "CV Contoh",
            "bank": "110",
            "account": "1",
            "holder": "CV CONTOH",
            "gross": amount,
            "net": amount,
            "state": SPM,
            "since": work.now,
            "created_by": writer,
            "created_at": work.now,
        }
        work.connection.execute(insert(Payment), [{**row, "id": key} for key in keys])
        work.connection.execute(
            insert(PaymentLine),
            [{"payment_id": key, "line_id": line, "amount": amount} for key in keys],
        )
        work.connection.execute(insert(Paper), [_spp(work, office, key, amount) for key in keys])
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    return keys


_SPPS = itertools.count(1)


def _spp(work: Work, office: Treasury, key: UUID, amount: int) -> dict[str, Any]:
    """The SPP that an SPM follows; its number is of no series, as nobody races for it."""
    content = PaperContent(
        at=work.now,
        kind="LS Barang dan Jasa",
        unit="Unit",
        skpd="7.01.0.00.0.00.06.0000",
        dpa=Reference("DPA/1/2026", work.today),
        stage="M",
        spds=(),
        payee=Payee("CV Contoh", "110", "1", "CV CONTOH"),
        purpose="Contoh",
        net=amount,
        lines=(SppLine(Coded("5.1", "Contoh"), amount),),
        signers={},
    )
    return {
        "id": new_id(),
        "payment_id": key,
        "unit_id": office.unit,
        "year": YEAR,
        "kind": "SPP",
        "value": next(_SPPS),
        "number": f"contoh/{key}",
        "number_id": new_id(),
        "dated": work.today,
        "amount": amount,
        "net": amount,
        "round": 1,
        "content": content.plain(),
        "code": new_paper_code(),
    }
