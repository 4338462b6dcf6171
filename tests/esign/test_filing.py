"""A letter that all have signed is filed: by the real archive, none, a slow or raising one."""

import datetime as dt
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select, update

from leuit.identity import SYSTEM
from leuit.values import ManualClock, RecordRef, local_day
from leuit.work import Job, Worker
from leuit_archives.models import WAITING, Record, RecordFile
from leuit_archives.service.records import archive_record
from leuit_esign.models import DONE, Document
from leuit_esign.service.acting import sign_step
from leuit_esign.service.filing import FILE_JOB, REST_JOB
from leuit_esign.service.passing import revoke
from leuit_esign.service.sending import SendOptions
from tests.esign.course import numbered, sent
from tests.esign.test_asking import Caller, caller
from tests.esign.test_chain import SECRET, Office, office
from tests.support.archives import FAULTS, Thinking, Willing, with_archive
from tests.support.client import Client

__all__ = ["caller", "numbered", "office"]  # the fixtures of other tests of e-sign

pytestmark = pytest.mark.ci


def work_off(office: Office, *, faults: bool = False) -> None:
    """Do every job that waits; with `faults` those may fail and wait again."""
    Worker(office.app, name="test").run_pending(raise_errors=not faults)


def signed(office: Office) -> UUID:
    """A letter of one signature, signed; nothing else is done yet."""
    document_id = office.send(("bupati", "sign", 1))
    office.sign("bupati", document_id)
    return document_id


def ask_again(office: Office, document_id: UUID, *, forgotten: bool = False) -> None:
    """Let the job come a second time; `forgotten` as if the first answer had been lost."""
    with office.app.change(SYSTEM) as work:
        if forgotten:
            work.session.execute(update(Document).values(filed_id=""))
            work.audit("core.token.created", RecordRef("uji.arsip", "1"))
        work.enqueue(FILE_JOB, {"document_id": str(document_id)})


def test_real_the_letter_comes_to_the_archive_once(numbered: Office, client: Client) -> None:
    """With its number, day, unit and signed file; without a rule it waits on the desk."""
    with_archive(numbered.app, archive_record)
    options = SendOptions(pattern="Surat", classification="000.1")
    document_id = sent(numbered, options, number=True)
    sign_step(numbered.app, numbered.who["bupati"], document_id, SECRET)
    work_off(numbered)
    for forgotten in (False, True):
        ask_again(numbered, document_id, forgotten=forgotten)
        work_off(numbered)
    document = numbered.document(document_id)
    with numbered.app.read(SYSTEM) as view:
        [record] = view.session.scalars(select(Record)).all()
        [file] = view.session.scalars(select(RecordFile)).all()
    assert (document.filed_kind, document.filed_id) == ("archives.record", str(record.id))
    assert file.sha256 == document.current_sha256
    assert (record.ref_kind, record.state, record.signed) == ("esign.document", WAITING, True)
    assert record.number == document.number
    assert record.number.startswith("000.1/001/")
    assert document.ended_at is not None
    assert record.date == local_day(document.ended_at, numbered.app.zone)
    with client.as_(numbered.maker):
        assert "Sudah diserahkan" in client.get(f"/esign/documents/{document_id}").text


def test_absent_the_letter_stays_here(office: Office) -> None:
    """No job is left behind; one that is left from before does nothing."""
    with_archive(office.app, None)
    document_id = signed(office)
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Job).where(Job.kind == FILE_JOB)).all() == []
    ask_again(office, document_id)
    work_off(office)
    assert (office.document(document_id).state, office.document(document_id).filed_id) == (DONE, "")


def test_what_was_signed_before_anybody_filed_is_filed_later(office: Office) -> None:
    """Each night what is signed by all and was never handed over goes to the archive, once."""

    def night() -> None:
        with office.app.change(SYSTEM) as work:
            work.enqueue(REST_JOB, {})
        work_off(office)

    with_archive(office.app, None)
    document_id = signed(office)
    waits = office.send(("bupati", "sign", 1))
    night()
    assert office.document(document_id).filed_id == ""
    archive = Willing()
    with_archive(office.app, archive)
    night()
    night()
    [request] = archive.asked
    assert request.ref.id == str(document_id)
    assert office.document(document_id).filed_id
    assert office.document(waits).filed_id == ""


@pytest.mark.parametrize("fault", FAULTS, ids=["refusing", "breaking"])
def test_raising_the_letter_is_signed_and_filed_later(
    office: Office, clock: ManualClock, fault: Exception
) -> None:
    """The signature stands; the job is tried again until the archive takes it, once."""
    archive = Willing(fault)
    with_archive(office.app, archive)
    document_id = signed(office)
    work_off(office, faults=True)
    assert (office.document(document_id).state, office.document(document_id).filed_id) == (DONE, "")
    archive.fault = None
    clock.advance(dt.timedelta(hours=1))
    work_off(office)
    [asked] = archive.asked
    assert asked.sha256 == office.document(document_id).current_sha256
    assert (asked.secrecy, asked.signed) == (None, True)


def test_slow_nobody_waits_for_the_archive(office: Office) -> None:
    """While it thinks the letter is signed for everybody who reads."""
    slow = Thinking()
    with_archive(office.app, slow)
    document_id = signed(office)
    job = Thread(target=lambda: work_off(office), daemon=True)
    job.start()
    try:
        assert slow.begun.wait(30)
        assert office.document(document_id).state == DONE
    finally:
        slow.answer.set()
        job.join(30)
    assert office.document(document_id).filed_id == "1"


def test_what_another_service_asked_for_is_not_filed_here(office: Office, caller: Caller) -> None:
    """The owner of the reference files it: two records of one paper there are never."""
    archive = Willing()
    with_archive(office.app, archive)
    document_id = caller.ask()
    caller.work_off()
    office.paraf("sekda", document_id)
    for label in ("bupati", "kadis"):
        office.sign(label, document_id)
    caller.work_off()
    assert office.document(document_id).state == DONE
    assert len(caller.told) == 1
    assert archive.calls == 0


def test_a_letter_that_was_revoked_meanwhile_is_not_filed(office: Office) -> None:
    """Its signer took its force before the job came."""
    archive = Willing()
    with_archive(office.app, archive)
    document_id = signed(office)
    with office.app.change(office.who["bupati"]) as work:
        revoke(work, document_id, "Salah alamat")
    work_off(office)
    assert archive.calls == 0
