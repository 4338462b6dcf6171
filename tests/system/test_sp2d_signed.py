"""SPP and SPM, signed through e-sign by everybody whose signature they need, on both engines."""

import datetime as dt
import io
from uuid import UUID

import attrs
import pikepdf
import pytest
from sqlalchemy import select

from leuit.builtin.documents import FOOTER
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Person
from leuit.values import ManualClock, local_time
from leuit.work import Leuit, Worker
from leuit_esign.providers import Secret
from leuit_esign.service.acting import sign_step
from leuit_esign.service.keys import add_key
from leuit_esign.service.tasks import my_turns
from leuit_esign.service.trust import TRUST
from leuit_esign.test_pki import Authority
from leuit_sp2d.models import Paper
from leuit_sp2d.rules.chain import DRAFT, SPM, SPP, TEST
from tests.esign.conftest import Judge, authority, examine, examiner, verdict_of
from tests.esign.letters import PASSPHRASE, seen_text
from tests.sp2d import treasury as stage
from tests.support.client import Client

__all__ = ["authority", "examine", "examiner", "verdict_of"]  # the fixtures of e-sign's tests

HOLDERS = {DRAFT: "kadis", SPP: "sekda", SPM: "bupati"}
FOOTER_LINE = "Dokumen ini telah ditandatangani secara elektronik dengan sertifikat uji."


@pytest.fixture
def office(
    app: Leuit, clock: ManualClock, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> stage.Treasury:
    """A treasury of the present, as the authority's answers are, whose people have keys."""
    clock.set(dt.datetime.now(dt.UTC))
    today = local_time(clock.now(), app.zone).date()
    monkeypatch.setattr(stage, "YEAR", today.year)
    made = stage.treasury(app)
    roots = {"roots": [{"name": "Root", "pem": authority.root_pem}]}
    with app.change(SYSTEM) as work:
        for kind, body in ((TRUST, roots), (FOOTER, {"lines": [FOOTER_LINE]})):
            since = dt.date(2024, 1, 1)
            seed_edition(work, kind, Draft("Uji", "Perbup uji 1/2024", "unverified", since, body))
        for key, holder in HOLDERS.items():
            person = work.session.get_one(Person, made.people[key].person_id)
            person.name = authority.holders[holder].name
            add_key(work, person, authority.pkcs12(holder, PASSPHRASE), Secret(PASSPHRASE))
    return made


@pytest.mark.ci
def test_papers_are_signed_by_all_who_answer_for_them(
    office: stage.Treasury, authority: Authority, client: Client, verdict_of: Judge
) -> None:
    """SPP by two, SPM and its statement by one: VALID, PDF/A, and shown in place of the draft."""
    today = local_time(office.app.clock.now(), office.app.zone).date()
    wanted = attrs.evolve(stage.claim(office), invoice_date=today)
    payment_id = stage.walked(office, TEST, wanted)
    for kind, signers in (("SPP", (DRAFT, SPP)), ("SPM", (SPM, SPM))):
        _work_off(office.app)
        for key in signers:
            _sign(office, key, kind)
        paper = _paper(office.app, payment_id, kind)
        assert paper.signing == "signed"
        with client.as_(office.people[SPM]):
            pdf = client.get(f"/sp2d/payments/{payment_id}/papers/{paper.id}").content
        verdict = verdict_of(pdf)
        assert verdict.word == "VALID"
        names = [authority.holders[HOLDERS[key]].name for key in signers]
        assert [one.finding.signer for one in verdict.signatures] == names
        text = " ".join(seen_text(pdf).split())
        assert FOOTER_LINE in text
        assert paper.number in text.replace(" ", "")
        with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


def _sign(office: stage.Treasury, key: str, kind: str) -> None:
    """The person of a step signs the one paper of a kind that waits for him."""
    person = office.people[key]
    with office.app.read(person) as view:
        [letter] = [one for one in my_turns(view, 10) if one.title.startswith(kind)]
    sign_step(office.app, person, letter.document_id, Secret(PASSPHRASE))
    _work_off(office.app)


def _work_off(app: Leuit) -> None:
    Worker(app, name="test").run_pending(raise_errors=True)


def _paper(app: Leuit, payment_id: UUID, kind: str) -> Paper:
    with app.read(SYSTEM) as view:
        return view.session.scalars(
            select(Paper).where(Paper.payment_id == payment_id, Paper.kind == kind)
        ).one()
