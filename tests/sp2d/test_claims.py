"""Claims on the desk: handed in by services and people, taken up or refused, told to the end."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import select

from leuit.contracts import (
    EarlierActor,
    PaymentEvidence,
    PaymentMade,
    PaymentPayee,
    PaymentProgressed,
    PaymentRefused,
    PaymentRequest,
    PaymentShare,
)
from leuit.identity import SYSTEM, Grant, Identity
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NoProviderError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
    new_id,
)
from leuit.work import (
    JobContext,
    JobKind,
    Leuit,
    Listener,
    Worker,
    by_event,
    deliver,
    register_file,
    store_file,
)
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import OPEN, REFUSED, TAKEN, Duty, Evidence, Payment, PaymentClaim
from leuit_sp2d.rules.chain import BANK, DRAFT, SP2D, SPM, SPP, STEPS, TEST, VERIFY, SamePersonError
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, take_step
from leuit_sp2d.service.checks import failed_checks, machine_checks
from leuit_sp2d.service.claim_desk import claims, find_claim, refuse_claim, take_claim
from leuit_sp2d.service.claim_intake import add_claim_file, hand_in
from leuit_sp2d.service.evidence import add_evidence, store_evidence
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.payments import cancel, revise
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.statements import read_bank_statement
from leuit_sp2d.service.tasks import count_open_claims, open_claims
from tests.sp2d.treasury import ACCOUNT, PDF, ROLES, SINCE, Treasury, claim, decided, step, treasury
from tests.support.client import Client

pytestmark = pytest.mark.ci

REF = RecordRef("uji.perjalanan", "17", "Perjalanan dinas Oktober")
PORT = "request_payment"


@attrs.define
class Caller:
    """Another service: it asks for payments, and keeps what it is told."""

    office: Treasury
    told: list[Any] = attrs.field(factory=list)

    def request(self, **changes: Any) -> PaymentRequest:
        """A claim that fits `claim(office)`."""
        plain = claim(self.office)
        values: dict[str, Any] = {
            "key": "perjalanan-17",
            "ref": REF,
            "unit_id": self.office.unit,
            "kind": plain.kind,
            "purpose": plain.purpose,
            "basis": plain.basis,
            "payee": PaymentPayee(plain.payee, plain.bank, plain.account, plain.holder, plain.npwp),
            "amount": plain.gross,
            "shares": (PaymentShare(ACCOUNT, plain.gross),),
        }
        return PaymentRequest(**(values | changes))

    def ask(self, **changes: Any) -> UUID:
        """Hand it in, in a unit of the caller's own; the id of the claim."""
        app = self.office.app
        with app.change(SYSTEM) as work:
            ref = app.port(PORT)(work, self.request(**changes))
            work.audit("core.job.hastened", REF)
        assert ref.kind == "sp2d.claim"
        return UUID(ref.id)

    def file(self) -> PaymentEvidence:
        """A file of the caller's in the register."""
        file = store_file(self.office.app, PDF, "application/pdf", "kuitansi.pdf")
        with self.office.app.change(SYSTEM) as work:
            register_file(work, file)
            work.audit("core.job.hastened", REF)
        return PaymentEvidence("kuitansi", file.sha256, "kuitansi.pdf")

    def hear(self) -> list[Any]:
        """What was told since the last time, the earliest first."""
        Worker(self.office.app, name="test").run_pending(raise_errors=True)
        told, self.told = self.told, []
        return sorted(told, key=lambda event: event.at)


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


@pytest.fixture
def caller(office: Treasury, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """A service that listens to the three events."""
    made = Caller(office)

    def keep(_context: JobContext, event: Any) -> None:
        made.told.append(event)

    listeners = [
        Listener(PaymentProgressed, "uji.progressed", keep),
        Listener(PaymentMade, "uji.made", keep),
        Listener(PaymentRefused, "uji.refused", keep),
    ]
    vocabulary = office.app.vocabulary
    kinds = {one.kind: JobKind(one.kind, deliver(one)) for one in listeners}
    wider = attrs.evolve(
        vocabulary,
        listeners={**vocabulary.listeners, **by_event(listeners)},
        kinds={**vocabulary.kinds, **kinds},
    )
    monkeypatch.setattr(office.app, "vocabulary", wider)
    return made


def take(office: Treasury, claim_id: UUID, who: Identity | None = None, **changes: Any) -> Payment:
    """The PPTK takes a claim up as the payment that fits it."""
    with office.app.change(who or office.people[DRAFT]) as work:
        version = find_claim(work, claim_id).version
        return take_claim(work, claim_id, version, claim(office, **changes))


def test_a_claim_is_followed_until_its_money_arrives(office: Treasury, caller: Caller) -> None:
    """Each state is told to the caller by its own record and key, the end with date and amount."""
    file = caller.file()
    claim_id = caller.ask(evidence=(file,))
    assert state(office, claim_id) == OPEN
    payment = take(office, claim_id)
    assert state(office, claim_id) == TAKEN
    with office.app.read(SYSTEM) as view:
        [kept] = view.session.scalars(select(Evidence).where(Evidence.payment_id == payment.id))
        assert (kept.item, kept.sha256, kept.size) == ("kuitansi", file.sha256, len(PDF))
    attach_rest(office, payment.id)
    for one in STEPS:
        step(office, payment.id, one.key)
    delegate = office.people[SP2D]
    batch = send_orders(office.app, delegate)
    orders = office.app.blobs.get(batch.sha256)
    at = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
    read_bank_statement(office.app, delegate, "rk.xml", answer_orders(orders, at, opening=10**9))
    told = caller.hear()
    assert {(event.ref, event.key) for event in told} == {(REF, "perjalanan-17")}
    states = [event.state for event in told if isinstance(event, PaymentProgressed)]
    assert sorted(states) == sorted([DRAFT, SPP, VERIFY, SPM, TEST, SP2D, BANK, "paid"])
    [made] = [event for event in told if isinstance(event, PaymentMade)]
    assert (made.paid_on, made.amount) == (dt.date(2026, 10, 5), payment.net)


def test_the_same_key_gives_the_first_answer(office: Treasury, caller: Caller) -> None:
    """Asked twice, whatever else is in the request, there is one claim; another kind is another."""
    first = caller.ask()
    assert caller.ask(amount=5, shares=()) == first
    other = caller.ask(ref=RecordRef("uji.lain", "17", "x"))
    assert other != first
    with office.app.read(SYSTEM) as view:
        kept = view.session.get_one(PaymentClaim, first)
        assert kept.amount == 11_100_000
        assert len(view.session.scalars(select(PaymentClaim)).all()) == 2


def test_a_claim_falls_with_the_unit_of_its_caller(office: Treasury, caller: Caller) -> None:
    """What the caller takes back was never handed in."""
    app = office.app
    with pytest.raises(ConflictError), app.change(SYSTEM) as work:
        app.port(PORT)(work, caller.request())
        raise ConflictError("x")
    with app.read(SYSTEM) as view:
        assert view.session.scalars(select(PaymentClaim)).all() == []


def test_every_fault_of_a_request_is_told_by_its_path(office: Treasury, caller: Caller) -> None:
    """A wrong payee, amount, account, file and person are told together, and nothing is kept."""
    with pytest.raises(InvalidInputError) as refused:
        caller.ask(
            key="",
            unit_id=new_id(),
            kind="UPAH",
            purpose=" ",
            payee=PaymentPayee("CV Contoh", "999", "12 34!", "CV CONTOH", "123"),
            amount=-1,
            shares=(PaymentShare("5.1.1", 5),),
            evidence=(PaymentEvidence("kuitansi", "0" * 64, "k.pdf"),),
            acted=(EarlierActor(new_id(), "rekap"),),
            due=dt.date(2026, 1, 1),
        )
    assert {fault.path for fault in refused.value.fields} == {
        "key",
        "unit_id",
        "kind",
        "purpose",
        "payee.bank",
        "payee.account",
        "payee.npwp",
        "amount",
        "shares",
        "shares[0].account",
        "evidence[0].sha256",
        "acted[0]",
        "due",
    }
    assert count(office, PaymentClaim) == 0


def test_without_a_provider_the_asker_hears_so(office: Treasury, caller: Caller) -> None:
    """An installation without payments has no such port; the asker's rows are not written."""
    app = office.app
    vocabulary = app.vocabulary
    app.vocabulary = attrs.evolve(
        vocabulary, ports={name: one for name, one in vocabulary.ports.items() if name != PORT}
    )
    assert not app.has_port(PORT)
    with pytest.raises(NoProviderError):
        caller.ask()


def test_whoever_acted_before_takes_no_step(office: Treasury, caller: Caller) -> None:
    """Separation of duties begins in the service that asks: it holds at taking up and at all steps.

    It is the person who counts, not the step at which he acted.
    """
    barred = office.people[VERIFY]
    pptk = office.people[DRAFT]
    assert barred.person_id is not None
    assert pptk.person_id is not None
    acted = (EarlierActor(barred.person_id, "membuat rekap"), EarlierActor(barred.person_id, "x"))
    claim_id = caller.ask(acted=acted)
    payment = take(office, claim_id)
    with office.app.read(SYSTEM) as view:
        rows = view.connection.execute(select(Duty.person_id, Duty.step))
        held = {row.person_id: row.step for row in rows}
    assert held == {barred.person_id: "claim", pptk.person_id: DRAFT}
    attach_rest(office, payment.id)
    for key in (DRAFT, SPP):
        step(office, payment.id, key)
    with pytest.raises(SamePersonError) as refused:
        step(office, payment.id, VERIFY)
    assert "pengaju klaim" in str(refused.value)
    other = caller.ask(key="lain", acted=(EarlierActor(pptk.person_id, "meminta"),))
    with pytest.raises(SamePersonError):
        take(office, other, invoice="INV/9")
    with office.app.read(pptk) as view:
        assert [one.id for one in open_claims(view, 5)] == []


def test_barred_at_every_later_step_too(office: Treasury, caller: Caller) -> None:
    """He who handed in is refused at the step that is open, whichever it is."""
    barred = office.stranger
    assert barred.person_id is not None
    payment = take(office, caller.ask(acted=(EarlierActor(barred.person_id, "meminta"),)))
    attach_rest(office, payment.id)
    for one in STEPS:
        give_role(office, barred, one.key)
        with office.app.read(SYSTEM) as view:
            version = view.session.get_one(Payment, payment.id).version
        with pytest.raises(SamePersonError), office.app.change(barred) as work:
            take_step(work, payment.id, decided(one.key, version))
        step(office, payment.id, one.key)


def test_payee_and_amount_stay_those_of_the_claim(office: Treasury, caller: Caller) -> None:
    """A draft that pays somebody else, or another sum, is shown to differ and passes no check."""
    payment = take(office, caller.ask())
    pptk = office.people[DRAFT]
    others: list[dict[str, Any]] = [{"account": "0099999"}, {"payee": "CV Lain"}, {"npwp": ""}]
    for changes in others:
        with office.app.change(pptk) as work:
            version = work.session.get_one(Payment, payment.id).version
            revise(work, payment.id, claim(office, **changes), version)
        assert wrong(office, payment.id) == ["claim"]
    with office.app.change(pptk) as work:
        version = work.session.get_one(Payment, payment.id).version
        revise(work, payment.id, claim(office, 11_000_000), version)
    assert wrong(office, payment.id) == ["claim"]
    attach_rest(office, payment.id)
    for key in (DRAFT, SPP):
        step(office, payment.id, key)
    with pytest.raises(ConflictError, match="Sama dengan klaimnya"):
        step(office, payment.id, VERIFY)
    with pytest.raises(ConflictError, match="mengikuti klaimnya"):
        take(office, caller.ask(key="lain"), kind="LS_GAJI")


def test_a_claim_is_refused_with_a_coded_reason(office: Treasury, caller: Caller) -> None:
    """PPTK and treasurer refuse; the caller hears code and words once; nobody takes it up then."""
    claim_id = caller.ask()
    treasurer = office.people[SPP]
    with pytest.raises(InvalidInputError), office.app.change(treasurer) as work:
        refuse_claim(work, claim_id, 1, "karangan", "")
    for who in (office.people[SPM], office.people[TEST]):
        with pytest.raises(PermissionDeniedError), office.app.change(who) as work:
            refuse_claim(work, claim_id, 1, "lain", "")
    with pytest.raises(StaleEditError), office.app.change(treasurer) as work:
        refuse_claim(work, claim_id, 7, "lain", "")
    for _again in range(2):
        with office.app.change(treasurer) as work:
            refuse_claim(work, claim_id, 1, "salah_penerima", "rekening orang lain")
    assert state(office, claim_id) == REFUSED
    [told] = caller.hear()
    assert (told.code, told.reason) == (
        "salah_penerima",
        "Data penerima keliru: rekening orang lain",
    )
    with pytest.raises(ConflictError):
        take(office, claim_id)


def test_a_payment_that_is_given_up_opens_its_claim(office: Treasury, caller: Caller) -> None:
    """The claim lies on the desk again, and may be taken up a second time."""
    claim_id = caller.ask()
    payment = take(office, claim_id)
    caller.hear()
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, payment.id, payment.version, "salah ambil")
    assert state(office, claim_id) == OPEN
    assert [event.state for event in caller.hear()] == [OPEN]
    again = take(office, claim_id)
    assert again.id != payment.id


def test_a_payment_that_is_refused_opens_its_claim(office: Treasury, caller: Caller) -> None:
    """Its asker hears that it lies on the desk, where it is taken up again or refused too."""
    claim_id = caller.ask()
    payment = take(office, claim_id)
    attach_rest(office, payment.id)
    for key in (DRAFT, SPP):
        step(office, payment.id, key)
    caller.hear()
    with office.app.change(office.people[VERIFY]) as work:
        version = work.session.get_one(Payment, payment.id).version
        refuse(work, payment.id, Decision(VERIFY, version), [Reason("lain", "", remark="keliru")])
    assert state(office, claim_id) == OPEN
    assert [event.state for event in caller.hear()] == [OPEN]
    assert take(office, claim_id).id != payment.id


def test_a_claim_is_taken_up_once(office: Treasury, caller: Caller) -> None:
    """The same form twice gives one payment; an old page, or a second person, is refused."""
    claim_id, key = caller.ask(), new_id()
    pptk = office.people[DRAFT]
    made = []
    for _again in range(2):
        with office.app.change(pptk) as work:
            made.append(take_claim(work, claim_id, 1, claim(office), key=key).id)
    assert made == [key, key]
    with pytest.raises(ConflictError):
        take(office, claim_id, invoice="INV/2")
    other = caller.ask(key="lain")
    with pytest.raises(StaleEditError), office.app.change(pptk) as work:
        take_claim(work, other, 5, claim(office, invoice="INV/3"))
    with pytest.raises(PermissionDeniedError):
        take(office, other, office.people[SPP], invoice="INV/3")


def test_a_retur_and_the_second_transfer_are_told(office: Treasury, caller: Caller) -> None:
    """The caller hears that the money came back; the last PaymentMade is what counts."""
    payment = take(office, caller.ask())
    attach_rest(office, payment.id)
    for one in STEPS:
        step(office, payment.id, one.key)
    delegate = office.people[SP2D]
    batch = send_orders(office.app, delegate)
    orders = office.app.blobs.get(batch.sha256)
    at = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
    bounced = {"SP2D2026-000001": "AC04"}
    statement = answer_orders(orders, at, returned=bounced, opening=10**9)
    read_bank_statement(office.app, delegate, "rk.xml", statement)
    told = caller.hear()
    assert {event.state for event in told if isinstance(event, PaymentProgressed)} >= {
        "paid",
        "retur",
    }


def test_by_hand_a_person_hands_in_and_steps_aside(office: Treasury) -> None:
    """A regency without other services: who hands in is told where he may not act any more."""
    app, treasurer = office.app, office.people[SPP]
    caller = Caller(office)
    claim_id = new_id()
    for _again in range(2):
        with app.change(treasurer) as work:
            assert hand_in(work, caller.request(key=""), claim_id).id == claim_id
    file = store_evidence(app, "k.pdf", PDF)
    for _again in range(2):
        with app.change(treasurer) as work:
            add_claim_file(work, claim_id, "kuitansi", file)
    with app.read(office.people[DRAFT]) as view:
        [one] = open_claims(view, 5)
        assert (one.id, one.amount, count_open_claims(view)) == (claim_id, 11_100_000, 1)
        assert len(find_claim(view, claim_id).evidence) == 1
    payment = take(office, claim_id)
    attach_rest(office, payment.id)
    step(office, payment.id, DRAFT)
    with pytest.raises(SamePersonError):
        step(office, payment.id, SPP)
    with pytest.raises(PermissionDeniedError), app.change(office.people[SPM]) as work:
        hand_in(work, caller.request(key=""))


def test_claims_of_other_units_are_not_there(office: Treasury, caller: Caller) -> None:
    """To people without rights on the unit neither list nor row nor task exists."""
    claim_id = caller.ask()
    with office.app.read(office.stranger) as view:
        assert claims(view, "", 10) == []
        assert count_open_claims(view) == 0
        with pytest.raises(NotFoundError):
            find_claim(view, claim_id)
    with office.app.read(office.people[DRAFT]) as view:
        assert [one.id for one in claims(view, OPEN, 10)] == [claim_id]
        assert claims(view, TAKEN, 10) == []


def test_by_the_pages_a_claim_becomes_a_payment(
    office: Treasury, caller: Caller, client: Client
) -> None:
    """The desk, the form that the claim fills in, and the payment that shows where it is from."""
    claim_id = caller.ask(evidence=(caller.file(),))
    with client.as_(office.people[DRAFT]):
        assert "Belanja alat tulis kantor" in client.get("/sp2d/claims").text
        assert "Ambil klaim" in client.get("/tasks").text
        shown = client.get(f"/sp2d/claims/{claim_id}").text
        assert "Rp11.100.000" in shown
        assert client.get(f"/sp2d/claims/{claim_id}/evidence/0").content == PDF
        assert client.get(f"/sp2d/claims/{claim_id}/evidence/9").status_code == 404
        form = client.get(f"/sp2d/payments/new?claim={claim_id}").text
        for text in ("CV CONTOH RANGKAS", "0012345678", "Rp11.100.000"):
            assert text in form
        assert f'value="{office.line}" selected' in form
        fields = {
            **{name: getattr(claim(office), name) for name in ("kind", "purpose", "basis")},
            **{name: getattr(claim(office), name) for name in ("payee", "npwp", "bank")},
            **{name: getattr(claim(office), name) for name in ("account", "holder", "invoice")},
            "invoice_date": "01/10/2026",
            "object": "barang",
            "price": "10.000.000",
            "charges_ppn": "ya",
            "line-0": str(office.line),
            "amount-0": "11.100.000",
            "claim": str(claim_id),
            "claim_version": "1",
            "key": str(new_id()),
        }
        sent = client.post_form("/sp2d/payments/new", fields)
        assert sent.status_code == 303, sent.text
        assert f"/sp2d/claims/{claim_id}" in client.get(sent.headers["location"]).text
        gone = client.get(f"/sp2d/payments/new?claim={claim_id}")
        assert gone.status_code == 409
    assert state(office, claim_id) == TAKEN


def test_by_the_pages_a_claim_is_handed_in_and_refused(office: Treasury, client: Client) -> None:
    """Faults are told at their fields with all that was typed; a refusal needs its reason."""
    plain = claim(office)
    fields = {
        "unit": str(office.unit),
        "amount": "1,5",
        "due": "",
        **{name: getattr(plain, name) for name in ("kind", "purpose", "basis", "payee")},
        **{name: getattr(plain, name) for name in ("npwp", "bank", "account", "holder")},
    }
    with client.as_(office.people[SPP]):
        assert client.get("/sp2d/claims/new").status_code == 200
        wrong_one = client.post_form("/sp2d/claims/new", fields)
        assert wrong_one.status_code == 422
        assert "1,5" in wrong_one.text
        faulty = client.post_form("/sp2d/claims/new", fields | {"amount": "5000", "npwp": "1"})
        assert faulty.status_code == 422
        sent = client.post_form("/sp2d/claims/new", fields | {"amount": "11.100.000"})
        assert sent.status_code == 303, sent.text
        path = sent.headers["location"]
        file = {"file": ("k.pdf", PDF)}
        attached = client.post_form(f"{path}/evidence", {"item": "kuitansi"}, files=file)
        assert attached.status_code == 303
        bad = {"file": ("k.pdf", b"<script>")}
        refused = client.post_form(f"{path}/evidence", {"item": "kuitansi"}, files=bad)
        assert refused.status_code == 422
    with client.as_(office.people[DRAFT]):
        none = client.post_form(f"{path}/refuse", {"version": "2", "code": ""})
        assert none.status_code == 422
        done = client.post_form(f"{path}/refuse", {"version": "2", "code": "lain", "remark": "x"})
        assert done.status_code == 303
        assert "Alasan lain: x" in client.get(path).text
    with client.as_(office.stranger):
        assert client.get(path).status_code in (403, 404)


def attach_rest(office: Treasury, payment_id: UUID) -> None:
    """Every document that the checklist wants."""
    app, pptk = office.app, office.people[DRAFT]
    file = store_evidence(app, "semua.pdf", PDF + b"semua")
    with app.read(SYSTEM) as view:
        kind = view.session.get_one(Payment, payment_id).kind
    for item in EXAMPLE.items_of(kind):
        with app.change(pptk) as work:
            add_evidence(work, payment_id, item.code, file)


def give_role(office: Treasury, who: Identity, key: str) -> None:
    """Let somebody hold the role of a step over everything."""
    with office.app.change(SYSTEM) as work:
        root = work.session.scalars(
            select(Grant.unit_id).where(Grant.role == "core.administrator").limit(1)
        ).one()
        work.session.add(
            Grant(role=ROLES[key], unit_id=root, account_id=who.account_id, valid_from=SINCE)
        )
        work.audit("core.job.hastened", REF)


def wrong(office: Treasury, payment_id: UUID) -> list[str]:
    """The codes of the machine's checks that do not hold."""
    with office.app.read(SYSTEM) as view:
        return [
            one.code
            for one in failed_checks(
                machine_checks(view, view.session.get_one(Payment, payment_id))
            )
        ]


def state(office: Treasury, claim_id: UUID) -> str:
    """The state in which a claim is stored."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(PaymentClaim, claim_id).state


def count(office: Treasury, table: Any) -> int:
    """How many rows there are."""
    with office.app.read(SYSTEM) as view:
        return len(view.session.scalars(select(table)).all())
