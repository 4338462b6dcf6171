"""The chain of a payment: six people, in order, each once; what is sent back frees what it held."""

import datetime as dt
from typing import Any

import attrs
import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, NotFoundError, StaleEditError
from leuit.work import JobKind, Leuit, Listener, Number, Worker, by_event, deliver
from leuit_sp2d.events import PaymentMoved
from leuit_sp2d.models import Act, Instruction, Paper, Payment
from leuit_sp2d.rules.chain import (
    CANCELLED,
    DRAFT,
    SP2D,
    SPM,
    SPP,
    STEPS,
    TEST,
    VERIFY,
    SamePersonError,
    WrongTurnError,
)
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, send_back, take_step
from leuit_sp2d.service.holdings import LimitError
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.payments import DuplicateBillError, cancel, draft, revise
from leuit_sp2d.service.regulation import rules_kind
from tests.sp2d.treasury import (
    Treasury,
    claim,
    decided,
    drafted,
    pockets,
    state_of,
    step,
    treasury,
    walked,
)

KEYS = [one.key for one in STEPS]


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def test_six_people_bring_a_claim_to_the_bank(office: Treasury) -> None:
    """SPP checks, SPM reserves, SP2D spends and instructs the bank with the net amount."""
    payment = drafted(office)
    seen = {}
    for key in KEYS:
        step(office, payment.id, key)
        seen[key] = pockets(office, office.line)
    free = 100_000_000 - 11_100_000
    assert seen[SPP] == seen[VERIFY] == (0, 100_000_000, 0, 0)
    assert seen[SPM] == seen[TEST] == (0, free, 11_100_000, 0)
    assert seen[SP2D] == (0, free, 0, 11_100_000)
    assert state_of(office, payment.id) == "bank"
    with office.app.read(SYSTEM) as view:
        numbers = list(view.session.scalars(select(Paper.number).order_by(Paper.id)))
        assert numbers == [
            "36.02/02.0/000001/LS/7.01.0.00.0.00.06.0000/M/10/2026",
            "36.02/03.0/000001/LS/7.01.0.00.0.00.06.0000/M/10/2026",
            "36.02/04.0/000001/LS/7.01.0.00.0.00.06.0000/M/10/2026",
        ]
        order = view.session.scalars(select(Instruction)).one()
        assert (order.end_to_end, order.amount, order.remittance) == (
            "SP2D2026-000001",
            11_100_000,
            numbers[2],
        )
        assert check_ledger(view).disagreements == ()


def test_nobody_acts_at_two_steps_of_one_payment(office: Treasury) -> None:
    """Whoever acted at a step is refused at every later one, whatever his rights."""
    payment_id = walked(office, SPP)
    both = attrs.evolve(office, people={**office.people, SPP: office.people[DRAFT]})
    with pytest.raises(NotFoundError):
        step(both, payment_id, SPP)  # he has not even the right
    grant(office, DRAFT, "sp2d.treasurer")
    with pytest.raises(SamePersonError) as refused:
        step(both, payment_id, SPP)
    assert "PPTK" in str(refused.value)
    assert state_of(office, payment_id) == SPP


@pytest.mark.parametrize("key", KEYS)
def test_a_step_out_of_turn_is_refused(office: Treasury, key: str) -> None:
    """No step is taken before the one before it, nor a second time by somebody else."""
    payment = drafted(office)
    for other in KEYS[KEYS.index(key) + 1 :]:
        with pytest.raises(WrongTurnError):
            step(office, payment.id, other)
    assert state_of(office, payment.id) == DRAFT


def test_the_same_request_twice_gives_the_first_answer(office: Treasury) -> None:
    """A step asked for twice by the same person is done once and answered twice."""
    payment_id = walked(office, SPM)
    with office.app.read(SYSTEM) as view:
        version = view.session.get_one(Payment, payment_id).version
    for _again in range(2):
        with office.app.change(office.people[SPM]) as work:
            assert take_step(work, payment_id, decided(SPM, version)).state == TEST
    assert pockets(office, office.line)[2] == 11_100_000
    with office.app.read(SYSTEM) as view:
        acts = view.session.scalars(select(Act.step).where(Act.payment_id == payment_id)).all()
        assert acts.count(SPM) == 1


def test_a_step_on_what_has_changed_is_refused(office: Treasury) -> None:
    """Whoever decides on an older picture of the payment is told so."""
    payment = drafted(office)
    with office.app.change(office.people[DRAFT]) as work:
        revise(work, payment.id, claim(office, 5_000_000), payment.version)
    with pytest.raises(StaleEditError):
        step(office, payment.id, DRAFT, version=payment.version)


@pytest.mark.parametrize("key", KEYS[1:])
def test_what_is_sent_back_is_free_again_and_begins_anew(office: Treasury, key: str) -> None:
    """A return voids the documents, frees the reservation and leaves the numbers listed."""
    payment_id = walked(office, key)
    returned(office, payment_id, key)
    assert state_of(office, payment_id) == DRAFT
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)
    with office.app.read(SYSTEM) as view:
        papers = view.session.scalars(select(Paper)).all()
        assert all(paper.state == "voided" and "keliru" in paper.void_reason for paper in papers)
        assert {one.state for one in view.session.scalars(select(Number))} <= {"voided"}
        assert check_ledger(view).disagreements == ()
    for again in KEYS:
        step(office, payment_id, again)
    assert pockets(office, office.line) == (0, 88_900_000, 0, 11_100_000)


def test_a_return_needs_a_coded_reason(office: Treasury) -> None:
    """Without a reason of the edition nothing is sent back."""
    payment_id = walked(office, VERIFY)
    for reasons in ([], [Reason("karangan", "")]):
        with pytest.raises(InvalidInputError):
            returned(office, payment_id, VERIFY, reasons)
    assert state_of(office, payment_id) == VERIFY


def test_an_spm_needs_the_statement_of_responsibility(office: Treasury) -> None:
    """Without SPTJM no SPM (PP 12/2019 Pasal 149 ayat (4))."""
    payment_id = walked(office, SPM)
    with pytest.raises(InvalidInputError):
        step(office, payment_id, SPM, statement=False)
    assert pockets(office, office.line)[2] == 0


@pytest.mark.parametrize("key", [VERIFY, TEST])
def test_every_item_of_the_checklist_is_answered(office: Treasury, key: str) -> None:
    """One item without an answer, or with a remark, holds the step."""
    payment_id = walked(office, key)
    for wrong in ("", "tanpa meterai"):
        answers = {**decided(key, 1).answers, "kuitansi": wrong}
        with pytest.raises(InvalidInputError) as refused:
            step(office, payment_id, key, answers=answers)
        assert [fault.path for fault in refused.value.fields] == ["answers.kuitansi"]


def test_a_document_called_unfit_holds_the_step_also_where_it_is_optional(office: Treasury) -> None:
    """An optional document without a file needs no answer; said to be wrong, it is not passed."""
    payment_id = walked(office, VERIFY)
    answers = {**decided(VERIFY, 1).answers, "faktur": "bukan dari penyedia ini"}
    with pytest.raises(InvalidInputError) as refused:
        step(office, payment_id, VERIFY, answers=answers)
    assert [fault.path for fault in refused.value.fields] == ["answers.faktur"]
    step(office, payment_id, VERIFY, answers={k: v for k, v in answers.items() if k != "faktur"})


def test_what_is_looked_at_on_the_spm_is_asked_of_the_bud_alone(office: Treasury) -> None:
    """The item names its step: no file of it is wanted, the PPK-SKPD has none to compare yet."""
    payment_id = walked(office, VERIFY)
    answers = {code: word for code, word in decided(VERIFY, 1).answers.items() if code != "spm"}
    step(office, payment_id, VERIFY, answers=answers)
    step(office, payment_id, SPM)
    with pytest.raises(InvalidInputError) as refused:
        step(office, payment_id, TEST, answers=answers)
    assert [fault.path for fault in refused.value.fields] == ["answers.spm"]
    step(office, payment_id, TEST)


def test_an_item_that_names_no_step_keeps_its_meaning() -> None:
    """Editions from before steps could be named read as they did: both steps, by their files."""
    kind = rules_kind()
    body = kind.unstructure(EXAMPLE)
    for item in body["checklist"]:
        del item["steps"]
    rules = kind.structure(body)
    assert {item.steps for item in rules.checklist} == {()}
    kontrak, faktur = rules.checklist[0], rules.checklist[3]
    for key in KEYS:
        compared = key in (VERIFY, TEST)
        assert kontrak.is_compared(key, has_file=False) == compared
        assert faktur.is_compared(key, has_file=True) == compared
        assert not faktur.is_compared(key, has_file=False)


def test_a_claim_without_its_documents_is_not_submitted(office: Treasury) -> None:
    """All required documents missing are named at once."""
    with office.app.change(office.people[DRAFT]) as work:
        payment = draft(work, claim(office))
    with pytest.raises(InvalidInputError) as refused:
        step(office, payment.id, DRAFT)
    assert {fault.path for fault in refused.value.fields} == {
        "evidence.kontrak",
        "evidence.bast",
        "evidence.kuitansi",
    }


def test_a_claim_above_the_rest_says_limit_rest_and_holders(office: Treasury) -> None:
    """The refusal names the limit, what is left, and the SPM that holds the reservation."""
    walked(office, TEST, claim(office, 90_000_000))
    second = drafted(office, claim(office, 10_000_001, invoice="INV/002/2026"))
    with pytest.raises(LimitError) as refused:
        step(office, second.id, DRAFT)
    told = str(refused.value)
    assert "Rp10.000.000" in told
    assert "Rp10.000.001" in told
    assert "36.02/03.0/000001" in told
    assert refused.value.to_problem()["lines"][0]["left"] == 10_000_000


def test_the_rest_of_a_line_goes_to_who_orders_first(office: Treasury) -> None:
    """Two verified claims on one rest: the second SPM is refused and nothing of it is kept."""
    first = walked(office, SPM, claim(office, 60_000_000))
    second = walked(office, SPM, claim(office, 60_000_000, invoice="INV/002/2026"))
    step(office, first, SPM)
    with pytest.raises(LimitError):
        step(office, second, SPM)
    assert pockets(office, office.line) == (0, 40_000_000, 60_000_000, 0)
    assert state_of(office, second) == SPM
    with office.app.read(SYSTEM) as view:
        kinds = view.session.scalars(select(Paper.kind).where(Paper.payment_id == second)).all()
        assert kinds == ["SPP"]


@pytest.mark.parametrize(
    "changes",
    [
        {"invoice": "inv 001 / 2026"},
        {"npwp": ""},
        {"account": "99887766", "bank": "002"},
        {"payee": "Contoh Rangkas, CV", "account": "1", "npwp": ""},
    ],
)
def test_the_same_bill_is_claimed_once(office: Treasury, changes: dict[str, Any]) -> None:
    """Another spelling of the number, no NPWP, another account or name order: the same bill."""
    drafted(office)
    with (
        pytest.raises(DuplicateBillError),
        office.app.change(office.people[DRAFT]) as work,
    ):
        draft(work, claim(office, **changes))


def test_a_cancelled_claim_frees_its_bill(office: Treasury) -> None:
    """What was given up may be claimed again."""
    payment = drafted(office)
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, payment.id, payment.version, "salah unit")
    drafted(office)


def test_every_move_of_a_payment_is_told(office: Treasury, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forwards, back, and when it is given up: with the state in which it is stored."""
    told: list[str] = []
    listener = Listener(PaymentMoved, "uji.moved", lambda _context, event: told.append(event.state))
    known = office.app.vocabulary
    wider = attrs.evolve(
        known,
        listeners={**known.listeners, **by_event([listener])},
        kinds={**known.kinds, listener.kind: JobKind(listener.kind, deliver(listener))},
    )
    monkeypatch.setattr(office.app, "vocabulary", wider)
    payment_id = walked(office, SPP)
    with office.app.change(office.people[SPP]) as work:
        payment = send_back(work, payment_id, decided(SPP, 2), [Reason("lain", "")])
    with office.app.change(office.people[DRAFT]) as work:
        given_up = cancel(work, payment_id, payment.version, "salah unit")
        assert (given_up.state, given_up.version) == (CANCELLED, payment.version + 1)
    Worker(office.app, name="test").run_pending(raise_errors=True)
    assert sorted(told) == [CANCELLED, DRAFT, SPP]
    assert state_of(office, payment_id) == CANCELLED


def test_limits_of_time_count_from_the_document_that_came(office: Treasury) -> None:
    """Two days for the SP2D count from the SPM, not from the test in between."""
    payment_id = walked(office, TEST)
    with office.app.read(SYSTEM) as view:
        test_due = view.session.get_one(Payment, payment_id).due
    office.app.clock.advance(dt.timedelta(hours=30))  # type: ignore[attr-defined]  # a ManualClock
    step(office, payment_id, TEST)
    with office.app.read(SYSTEM) as view:
        due = view.session.get_one(Payment, payment_id).due
    assert test_due == dt.datetime(2026, 10, 6, 16, 59, 59, tzinfo=dt.UTC)
    assert due == dt.datetime(2026, 10, 7, 16, 59, 59, tzinfo=dt.UTC)


def test_other_units_people_do_not_see_a_payment(office: Treasury) -> None:
    """To somebody without the right on its unit a payment does not exist."""
    payment_id = walked(office, SPP)
    with pytest.raises(NotFoundError), office.app.change(office.stranger) as work:
        take_step(work, payment_id, Decision(SPP, 1))


def returned(
    office: Treasury, payment_id: object, key: str, reasons: list[Reason] | None = None
) -> None:
    """The person of a step sends the payment back."""
    with office.app.read(SYSTEM) as view:
        version = view.session.get_one(Payment, payment_id).version
    with office.app.change(office.people[key]) as work:
        send_back(
            work,
            payment_id,  # type: ignore[arg-type]  # an id
            Decision(key, version),
            [Reason("salah_hitung", "", remark="keliru")] if reasons is None else reasons,
        )


def grant(office: Treasury, key: str, role: str) -> None:
    """Give the person of a step one more role on the unit."""
    from leuit.identity import Grant
    from leuit.values import RecordRef
    from tests.sp2d.treasury import SINCE

    with office.app.change(SYSTEM) as work:
        work.session.add(
            Grant(
                role=role,
                unit_id=office.unit,
                account_id=office.people[key].account_id,
                valid_from=SINCE,
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
