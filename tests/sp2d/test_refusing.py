"""A refusal ends a payment: nothing of it holds any more, and everybody is told why."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Grant
from leuit.values import ConflictError, InvalidInputError, NotFoundError, RecordRef, StaleEditError
from leuit.work import Leuit, Number
from leuit_sp2d.models import Act, Paper, Payment
from leuit_sp2d.rules.chain import (
    CANCELLED,
    DRAFT,
    SP2D,
    SPM,
    SPP,
    TEST,
    VERIFY,
    SamePersonError,
    WrongTurnError,
)
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, take_step
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.payments import cancel
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.return_letters import return_letter_pdf
from tests.sp2d.paper_office import returned, text_of
from tests.sp2d.programs import Programs
from tests.sp2d.treasury import SINCE, Treasury, drafted, pockets, state_of, step, treasury, walked
from tests.support.client import Client

pytestmark = pytest.mark.ci

STEPS = (VERIFY, SPM, TEST, SP2D)
REASON = Reason("salah_hitung", "", remark="angka keliru")
DOCUMENTS = {VERIFY: "02.0", SPM: "02.0", TEST: "03.0", SP2D: "03.0"}


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def version_of(office: Treasury, payment_id: UUID) -> int:
    """The version that stands."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).version


def refused(
    office: Treasury,
    payment_id: UUID,
    key: str,
    *,
    version: int | None = None,
    who: str = "",
    reasons: tuple[Reason, ...] = (REASON,),
) -> Payment:
    """The person of a step refuses the payment as it stands."""
    seen = version_of(office, payment_id) if version is None else version
    with office.app.change(office.people[who or key]) as work:
        return refuse(work, payment_id, Decision(key, seen), reasons)


def last_act(office: Treasury, payment_id: UUID) -> Act:
    """What was done last."""
    with office.app.read(SYSTEM) as view:
        query = select(Act).where(Act.payment_id == payment_id).order_by(Act.id.desc()).limit(1)
        return view.session.scalars(query).one()


@pytest.mark.parametrize("key", STEPS)
def test_nothing_of_a_refused_payment_holds_any_more(office: Treasury, key: str) -> None:
    """Papers and numbers are void, the money and the bill are free, and nobody goes on with it."""
    payment_id = walked(office, key)
    payment = refused(office, payment_id, key)
    assert (payment.state, payment.refused_by, payment.round) == (CANCELLED, key, 1)
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)
    with office.app.read(SYSTEM) as view:
        papers = view.session.scalars(select(Paper)).all()
        assert all(paper.state == "voided" and "keliru" in paper.void_reason for paper in papers)
        assert {one.state for one in view.session.scalars(select(Number))} == {"voided"}
        assert check_ledger(view).disagreements == ()
    for key_of in (DRAFT, SPP, *STEPS):
        with pytest.raises(WrongTurnError), office.app.change(office.people[key_of]) as work:
            take_step(work, payment_id, Decision(key_of, payment.version))
    assert drafted(office).id != payment_id


@pytest.mark.parametrize("key", STEPS)
def test_a_refusal_has_a_letter(office: Treasury, key: str) -> None:
    """It says that the document is refused for good, why and by whom, and asks for no mending."""
    payment_id = walked(office, key)
    refused(office, payment_id, key)
    act = last_act(office, payment_id)
    assert (act.what, act.step) == ("refused", key)
    pdf, name = return_letter_pdf(office.app, office.people[key], payment_id, act.id)
    assert name.startswith("penolakan-")
    text = text_of(pdf).replace(" ", "")
    for part in (
        DOCUMENTS[key],
        "Penolakan",
        "kami tolak dan tidak diproses lagi",
        "salah_hitung",
        "angka keliru",
        f"{key.title()} Contoh",
    ):
        assert part.replace(" ", "") in text, part
    for part in ("kembali", "Yang perlu diperbaiki"):
        assert part.replace(" ", "") not in text, part


def test_the_same_refusal_twice_gives_the_first_answer(office: Treasury) -> None:
    """A second sending changes nothing; another person's, or another version's, is told so."""
    payment_id = walked(office, VERIFY)
    seen = version_of(office, payment_id)
    with pytest.raises(StaleEditError):
        refused(office, payment_id, VERIFY, version=seen - 1)
    first = refused(office, payment_id, VERIFY, version=seen)
    again = refused(office, payment_id, VERIFY, version=seen)
    assert first.version == again.version == seen + 1
    with office.app.read(SYSTEM) as view:
        acts = view.session.scalars(select(Act).where(Act.what == "refused")).all()
        assert len(acts) == 1
    with pytest.raises(WrongTurnError):
        refused(office, payment_id, VERIFY, version=seen + 1)


def test_only_whose_turn_it_is_refuses_and_never_the_first_two(office: Treasury) -> None:
    """PPTK gives up and treasurer sends back; who acted before is kept from this too."""
    payment_id = walked(office, SPP)
    for key, fault in ((SPP, ConflictError), (VERIFY, WrongTurnError)):
        with pytest.raises(fault):
            refused(office, payment_id, key)
    with pytest.raises(NotFoundError):
        refused(office, payment_id, SPP, who=VERIFY)
    step(office, payment_id, SPP)
    grant = Grant(
        role="sp2d.verifier",
        unit_id=office.unit,
        account_id=office.people[SPP].account_id,
        valid_from=SINCE,
    )
    with office.app.change(SYSTEM) as work:
        work.session.add(grant)
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    with pytest.raises(SamePersonError):
        refused(office, payment_id, VERIFY, who=SPP)
    assert state_of(office, payment_id) == VERIFY


def test_a_refusal_needs_a_coded_reason(office: Treasury) -> None:
    """Without a reason of the edition nothing ends, and nothing is given free."""
    payment_id = walked(office, SP2D)
    before = pockets(office, office.line)
    for reasons in ((), (Reason("karangan", ""),)):
        with pytest.raises(InvalidInputError):
            refused(office, payment_id, SP2D, reasons=reasons)
    assert (state_of(office, payment_id), pockets(office, office.line)) == (SP2D, before)


def test_what_was_given_up_is_not_told_as_refused(office: Treasury, client: Client) -> None:
    """Also where it had been sent back before: the list and the page keep the two apart."""
    other = walked(office, VERIFY)
    returned(office, other, VERIFY)
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, other, work.session.get_one(Payment, other).version, "salah unit")
    payment_id = walked(office, VERIFY)
    refused(office, payment_id, VERIFY)
    with client.as_(office.people[DRAFT]):
        assert "Ditolak" not in client.get(f"/sp2d/payments/{other}").text
        listed = client.get("/sp2d").text
    assert (listed.count("Ditolak<"), listed.count("Dibatalkan</span>")) == (1, 1)


def test_by_the_pages_a_payment_is_refused(office: Treasury, client: Client) -> None:
    """Who verifies says why on a page of its own; the PPTK reads it, with the letter."""
    payment_id = walked(office, VERIFY)
    path = f"/sp2d/payments/{payment_id}"
    sent = {"step": VERIFY, "version": str(version_of(office, payment_id))}
    with client.as_(office.people[VERIFY]):
        assert "Penolakan mengakhiri pembayaran ini" in client.get(path).text
        marked = sent | {"do": "refuse", "answer-kuitansi": "wrong"}
        asked = client.post_form(f"{path}/steps", marked)
        assert f'action="{path}/refuse"' in asked.text
        assert "<legend>Kuitansi</legend>" in asked.text
        empty = client.post_form(f"{path}/refuse", sent)
        assert empty.status_code == 422
        assert f'action="{path}/refuse"' in empty.text
        given = sent | {"reasons": "salah_penerima", "remark-salah_penerima": "bukan haknya"}
        for _twice in range(2):
            ended = client.post_form(f"{path}/refuse", given)
            assert ended.headers["location"] == path
        assert "ditolak" in client.get("/tasks?tab=done").text
    with client.as_(office.people[DRAFT]):
        page = client.get(path).text
        for told in ("Ditolak", "Verifikasi SPP: ditolak", "Surat penolakan"):
            assert told in page, told
        assert "Batalkan pengajuan" not in page
        letter = client.get(f"{path}/returns/{last_act(office, payment_id).id}")
    assert letter.headers["content-type"] == "application/pdf"


def test_the_treasurer_is_offered_no_refusal(office: Treasury, client: Client) -> None:
    """The page shows it to those alone who may, and asks nobody else for reasons."""
    payment_id = walked(office, SPP)
    path = f"/sp2d/payments/{payment_id}"
    sent = {"step": SPP, "version": str(version_of(office, payment_id)), "do": "refuse"}
    with client.as_(office.people[SPP]):
        assert 'value="refuse"' not in client.get(path).text
        assert client.post_form(f"{path}/steps", sent).status_code == 409


def test_by_program_a_payment_is_refused(office: Treasury, client: Client) -> None:
    """The same key gives the first answer; the history names what was done and why."""
    programs = Programs(client, office)
    payment_id = walked(office, TEST)
    who = office.people[TEST]
    path = f"/payments/{payment_id}"
    sent: dict[str, Any] = {"step": TEST, "version": version_of(office, payment_id), "reasons": []}
    assert programs.call(who, "POST", f"{path}/refuse", json=sent).status_code == 422
    sent["reasons"] = [{"code": "lain", "remark": "pagu kegiatan dihentikan"}]
    ended = programs.done(who, "POST", f"{path}/refuse", json=sent, key="tolak-1")
    assert (ended["state"], ended["refused_by"]) == (CANCELLED, TEST)
    assert ended["acts"][-1]["what"] == "refused"
    assert ended["acts"][-1]["reasons"][0]["remark"] == "pagu kegiatan dihentikan"
    assert programs.done(who, "POST", f"{path}/refuse", json=sent, key="tolak-1") == ended
    [listed] = programs.done(who, "GET", "/payments")["items"]
    assert (listed["state"], listed["refused_by"]) == (CANCELLED, TEST)
