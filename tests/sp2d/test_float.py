"""The float of an SKPD: given once, spent by LPJs, refilled by just what an approved LPJ says."""

import datetime as dt
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from leuit.builtin.regulations import Draft
from leuit.builtin.regulations.decisions import activate, propose
from leuit.builtin.regulations.drafting import draft_edition
from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
)
from leuit.work import Leuit, Work
from leuit_sp2d.models import Lpj, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, PAID, SPP, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.rules.float import Float, FloatLimit
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.checks import failed_checks, machine_checks
from leuit_sp2d.service.claims import ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.float import FloatError, float_of
from leuit_sp2d.service.holdings import LimitError
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.lpj import drop_lpj, revise_lpj
from leuit_sp2d.service.lpj_steps import OverspentError, approve_lpj, return_lpj, submit_lpj
from leuit_sp2d.service.papers import standing_papers
from leuit_sp2d.service.payments import DuplicateBillError, cancel, lines_of
from leuit_sp2d.service.regulation import rules_kind
from tests.sp2d.float_office import (
    FLOAT,
    SPENT_ON,
    approved,
    float_claim,
    paid,
    receipt,
    refill_claim,
    submitted,
    unit_code,
    written,
)
from tests.sp2d.test_chain import grant
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

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


@pytest.fixture
def funded(office: Treasury) -> Treasury:
    """The treasury whose SKPD has received its float."""
    paid(office, float_claim(office))
    return office


def test_a_float_takes_the_whole_chain_without_a_budget_line(office: Treasury) -> None:
    """UP is numbered UP, burdens no line, and every rupiah of the ledger is still explained."""
    payment_id = paid(office, float_claim(office))
    assert state_of(office, payment_id) == PAID
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)
    with office.app.read(SYSTEM) as view:
        numbers = [paper.number for paper in standing_papers(view, payment_id).values()]
        assert len(numbers) == 3
        assert all("/UP/" in number for number in numbers)
        assert lines_of(view, payment_id) == {}
        assert check_ledger(view).disagreements == ()
        assert float_of(view, office.unit, 2026) == Float(FLOAT)
        assert failed_checks(machine_checks(view, view.session.get_one(Payment, payment_id))) == ()


def test_a_float_is_given_once_a_year_and_unit(office: Treasury) -> None:
    """A second UP is refused by the database's key until the first is given up."""
    first = drafted(office, float_claim(office))
    again = float_claim(office, 5_000_000, account="99887766")
    with pytest.raises(DuplicateBillError) as refused:
        drafted(office, again)
    assert "sekali setahun" in str(refused.value.advice)
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, first.id, first.version, "salah")
    drafted(office, again)


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"amount": FLOAT + 1}, "amount"),
        ({"amount": 0}, "amount"),
        ({"deductions": (ClaimedDeduction("PPN", "PPN", 1),)}, "deductions"),
    ],
)
def test_a_float_stays_within_its_figure(
    office: Treasury, changes: dict[str, Any], field: str
) -> None:
    """Above the dated figure, nothing at all, or with deductions: refused at its field."""
    with pytest.raises(InvalidInputError) as refused:
        drafted(office, float_claim(office, **changes))
    assert [fault.path for fault in refused.value.fields] == [field]


def test_a_float_burdens_no_line(office: Treasury) -> None:
    """A line named in the claim of a float is refused."""
    with pytest.raises(InvalidInputError) as refused:
        drafted(office, float_claim(office, lines=(ClaimedLine(office.line, FLOAT),)))
    assert refused.value.fields[0].code == "no_lines"


def test_a_units_own_figure_goes_before_that_of_all(office: Treasury) -> None:
    """A new edition lowers the float; what was drafted before is stopped when it is sent out."""
    payment = drafted(office, float_claim(office, 60_000_000))
    own = (FloatLimit(unit_code(office), 50_000_000),)
    enact(office, attrs.evolve(EXAMPLE, floats=own))
    with pytest.raises(FloatError):
        step(office, payment.id, DRAFT)
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, payment.id, payment.version, "")
    assert drafted(office, float_claim(office, 50_000_000)).gross == 50_000_000


def test_there_is_nothing_to_account_for_before_the_float_is_paid(office: Treasury) -> None:
    """An LPJ needs a float that the bank has paid."""
    walked(office, BANK, float_claim(office))
    with pytest.raises(ConflictError, match="belum cair"):
        written(office, receipt(office.line, 1))


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"dated": dt.date(2026, 10, 4)}, "receipts[0].dated"),
        ({"dated": dt.date(2026, 10, 6)}, "receipts[0].dated"),
        ({"amount": 0}, "receipts[0].amount"),
        ({"number": " "}, "receipts[0].number"),
        ({"line_id": UUID(int=7)}, "receipts[0].line"),
        ({"note": "x" * 201}, "receipts[0].note"),
    ],
)
def test_a_faulty_receipt_is_told_by_its_field(
    funded: Treasury, changes: dict[str, Any], field: str
) -> None:
    """Before the float or tomorrow, no amount, no number, a line of nobody."""
    with pytest.raises(InvalidInputError) as refused:
        written(funded, attrs.evolve(receipt(funded.line, 5), **changes))
    assert [fault.path for fault in refused.value.fields] == [field]


def test_an_lpj_goes_from_its_writer_to_another_person(funded: Treasury) -> None:
    """Draft, sent back with a reason, mended, approved; each request twice is done once."""
    line, reasons = funded.line, [Reason("salah_hitung", "")]
    lpj = submitted(funded, receipt(line, 7_000_000))
    back = twice(
        funded, VERIFY, lambda work: return_lpj(work, lpj.id, lpj.version, reasons, "cek nota 2")
    )
    assert (back.state, back.reasons[0]["title"], back.note) == (
        "returned",
        "Hitungan keliru",
        "cek nota 2",
    )
    with funded.app.change(funded.people[SPP]) as work:
        mended = revise_lpj(work, lpj.id, "Belanja", (receipt(line, 6_000_000),), back.version)
    sent = twice(funded, SPP, lambda work: submit_lpj(work, lpj.id, mended.version))
    done = twice(funded, VERIFY, lambda work: approve_lpj(work, lpj.id, sent.version))
    assert (done.state, done.total, done.decided_as) == (
        "approved",
        6_000_000,
        "Jabatan Verify Contoh",
    )
    with funded.app.read(SYSTEM) as view:
        assert float_of(view, funded.unit, 2026) == Float(FLOAT, 6_000_000, 6_000_000)
    with pytest.raises(ConflictError), funded.app.change(funded.people[SPP]) as work:
        revise_lpj(work, lpj.id, "x", (receipt(line, 1),), done.version)


def test_nobody_approves_what_he_wrote(funded: Treasury) -> None:
    """The treasurer with PPK's right as well is refused; a stranger finds nothing."""
    lpj = submitted(funded, receipt(funded.line, 5))
    with pytest.raises(NotFoundError), funded.app.change(funded.people[SPP]) as work:
        approve_lpj(work, lpj.id, lpj.version)
    grant(funded, SPP, "sp2d.verifier")
    with (
        pytest.raises(ConflictError, match="sendiri"),
        funded.app.change(funded.people[SPP]) as work,
    ):
        approve_lpj(work, lpj.id, lpj.version)
    with pytest.raises(NotFoundError), funded.app.change(funded.stranger) as work:
        approve_lpj(work, lpj.id, lpj.version)


def test_only_its_writer_changes_an_lpj(funded: Treasury) -> None:
    """Another treasurer of the unit is told so; an older picture of it is told too."""
    lpj = written(funded, receipt(funded.line, 5))
    grant(funded, VERIFY, "sp2d.treasurer")
    with pytest.raises(PermissionDeniedError), funded.app.change(funded.people[VERIFY]) as work:
        submit_lpj(work, lpj.id, lpj.version)
    with pytest.raises(StaleEditError), funded.app.change(funded.people[SPP]) as work:
        drop_lpj(work, lpj.id, lpj.version + 1)


def test_an_lpj_without_evidence_is_not_sent(funded: Treasury) -> None:
    """At least one file proves what was spent."""
    lpj = written(funded, receipt(funded.line, 5), files=False)
    with pytest.raises(InvalidInputError) as refused, funded.app.change(funded.people[SPP]) as work:
        submit_lpj(work, lpj.id, lpj.version)
    assert refused.value.fields[0].code == "no_evidence"


def test_lpjs_together_stay_within_the_float(funded: Treasury) -> None:
    """What waits for approval is spent already; what is dropped is in hand again."""
    lines = (funded.line, funded.other_line)
    submitted(funded, receipt(lines[0], 60_000_000), receipt(lines[1], 30_000_000))
    for amount in (10_000_001, 10_000_000):
        lpj = written(funded, receipt(lines[1], amount, f"KW-{amount}"))
        told = pytest.raises(OverspentError) if amount > 10_000_000 else nullcontext()
        with told, funded.app.change(funded.people[SPP]) as work:
            submit_lpj(work, lpj.id, lpj.version)


def test_a_receipt_is_accounted_for_once(funded: Treasury) -> None:
    """The same number, day and amount in another LPJ is refused, until that one is dropped."""
    first = submitted(funded, receipt(funded.line, 5_000, "KW 7/x"))
    second = written(funded, receipt(funded.line, 5_000, "kw-7 X"))
    with pytest.raises(InvalidInputError) as refused, funded.app.change(funded.people[SPP]) as work:
        submit_lpj(work, second.id, second.version)
    assert refused.value.fields[0].code == "accounted"
    with funded.app.change(funded.people[VERIFY]) as work:
        return_lpj(work, first.id, first.version, [Reason("lain", "")])
    with funded.app.change(funded.people[SPP]) as work:
        drop_lpj(work, first.id, first.version + 1)
    with funded.app.change(funded.people[SPP]) as work:
        assert submit_lpj(work, second.id, second.version).state == "submitted"
    with pytest.raises(InvalidInputError):
        written(funded, receipt(funded.line, 5), receipt(funded.other_line, 5))


def test_what_a_line_does_not_bear_is_not_accounted_for(funded: Treasury) -> None:
    """The budget control of a claim holds for the float too."""
    walked(funded, TEST, claim(funded, 95_000_000))
    with pytest.raises(LimitError):
        submitted(funded, receipt(funded.line, 5_000_001))


def test_a_refill_waits_until_half_of_the_float_is_used(funded: Treasury) -> None:
    """Vector 29: used 49,999,999 of 100,000,000 refused, one rupiah more allowed."""
    first = approved(funded, 49_999_999)
    with pytest.raises(InvalidInputError) as refused:
        drafted(funded, refill_claim(funded, first.id))
    assert [fault.code for fault in refused.value.fields] == ["float_share"]
    approved(funded, 1, "KW-02")
    assert drafted(funded, refill_claim(funded, first.id)).gross == 49_999_999


def test_a_refill_pays_what_its_lpj_says_and_burdens_its_lines(funded: Treasury) -> None:
    """Its lines are those of the receipts; they are reserved, spent, and the float is whole."""
    lpj = submitted(
        funded,
        receipt(funded.line, 30_000_000),
        receipt(funded.other_line, 15_000_000, "KW-02"),
        receipt(funded.line, 10_000_000, "KW-03"),
    )
    with pytest.raises(InvalidInputError) as refused:
        drafted(funded, refill_claim(funded, lpj.id))
    assert refused.value.fields[0].code == "unknown_lpj"
    with funded.app.change(funded.people[VERIFY]) as work:
        approve_lpj(work, lpj.id, lpj.version)
    payment_id = paid(funded, refill_claim(funded, lpj.id))
    assert pockets(funded, funded.line) == (0, 60_000_000, 0, 40_000_000)
    assert pockets(funded, funded.other_line) == (0, 85_000_000, 0, 15_000_000)
    with funded.app.read(SYSTEM) as view:
        payment = view.session.get_one(Payment, payment_id)
        assert (payment.gross, payment.net, payment.basis) == (
            55_000_000,
            55_000_000,
            "LPJ 001/2026",
        )
        assert "/GU/" in standing_papers(view, payment_id)["SP2D"].number
        assert check_ledger(view).disagreements == ()
        funds = float_of(view, funded.unit, 2026)
        assert (funds.in_hand, funds.used) == (FLOAT, 0)


def test_an_lpj_is_refilled_once(funded: Treasury) -> None:
    """A second refill is refused by the database's key; a cancelled one frees it."""
    lpj = approved(funded, 60_000_000)
    first = drafted(funded, refill_claim(funded, lpj.id))
    with pytest.raises(DuplicateBillError, match="sudah diganti"):
        drafted(funded, refill_claim(funded, lpj.id))
    with funded.app.change(funded.people[DRAFT]) as work:
        cancel(work, first.id, first.version, "")
    drafted(funded, refill_claim(funded, lpj.id))


def test_a_refill_after_a_paid_one_is_stopped_when_too_little_is_used(funded: Treasury) -> None:
    """Drafted while enough was used, sent out when it no longer is: refused."""
    first, second = approved(funded, 30_000_000), approved(funded, 30_000_000, "KW-02")
    waits = drafted(funded, refill_claim(funded, second.id))
    paid(funded, refill_claim(funded, first.id))
    with pytest.raises(FloatError):
        step(funded, waits.id, DRAFT)


def test_an_lpj_of_another_unit_refills_nothing(funded: Treasury) -> None:
    """The unit of the claim and that of the LPJ are one."""
    lpj = approved(funded, 60_000_000)
    with funded.app.change(SYSTEM) as work:
        work.session.get_one(Lpj, lpj.id).unit_id = funded.sibling
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    with pytest.raises(InvalidInputError):
        drafted(funded, refill_claim(funded, lpj.id))


def test_the_database_refuses_an_approval_by_the_writer(funded: Treasury) -> None:
    """Even past the service, writer and approver are two people."""
    lpj = submitted(funded, receipt(funded.line, 5))
    with pytest.raises((IntegrityError, LeuitError)), funded.app.change(SYSTEM) as work:
        work.connection.execute(
            update(Lpj).where(Lpj.id == lpj.id).values(decided_by=Lpj.created_by)
        )


def enact(office: Treasury, figures: object) -> None:
    """Put another edition of the regency's rules in force from today."""
    kind = rules_kind()
    made = Draft(
        title="Contoh kedua",
        legal_basis="Contoh",
        confidence="unverified",
        effective_from=SPENT_ON,
        body=kind.unstructure(figures),
        source="Data contoh",
    )
    with office.app.change(office.administrator) as work:
        row = draft_edition(work, kind.name, made)
        propose(work, row.id, row.version)
    with office.app.change(office.regent) as work:
        activate(work, row.id, row.version)


def twice(office: Treasury, key: str, change: Callable[[Work], Lpj]) -> Lpj:
    """The second answer to a request that the person of a step sends twice."""
    with office.app.change(office.people[key]) as work:
        change(work)
    with office.app.change(office.people[key]) as work:
        return change(work)
