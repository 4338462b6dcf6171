"""A signed recap is filed: by the real archive, by none, by slow, raising and repeating ones."""

import datetime as dt
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select, update

from leuit.identity import SYSTEM
from leuit.values import ManualClock, RecordRef
from leuit.work import Job, Leuit, Worker
from leuit_archives.models import FILED, Record, RecordFile
from leuit_archives.service.records import archive_record
from leuit_attendance.models import RecapDocument
from leuit_attendance.service.recap_documents import make_document, record_by_hand, store_scan
from leuit_attendance.service.recap_filing import FILE_JOB, REST_JOB
from tests.archives.archive_room import put_in_force
from tests.archives.keepers import table
from tests.attendance.pages.world import World
from tests.support.archives import FAULTS, Thinking, Willing, with_archive
from tests.support.client import Client

from .signers import Accepting, tell_signed

PAGE = "/attendance/units/DIN/recaps?month=2026-10"
OCTOBER, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 2)
HOUR = dt.timedelta(hours=1)


def signed_by_hand(world: World) -> UUID:
    """Make the document of October and keep its scan; nothing else is done yet."""
    who = world.office.staff(1)
    made = make_document(world.app, who, "DIN", OCTOBER)
    file = store_scan(world.app, "pindaian.pdf", b"%PDF-1.4 pindaian")
    with world.app.change(who) as work:
        record_by_hand(work, made.id, 1, file, "Kepala Dinas", TODAY)
    return made.id


def recap(app: Leuit) -> RecapDocument:
    """The only version."""
    with app.read(SYSTEM) as view:
        return view.session.scalars(select(RecapDocument)).one()


def ask_again(app: Leuit, *, forgotten: bool = False) -> None:
    """Let the job come a second time; `forgotten` as if the first answer had been lost."""
    with app.change(SYSTEM) as work:
        if forgotten:
            work.session.execute(update(RecapDocument).values(filed_id=""))
            work.audit("core.token.created", RecordRef("uji.arsip", "1"))
        work.enqueue(FILE_JOB, {"document_id": str(recap(app).id)})


def test_real_the_recap_ends_in_a_dossier(world: World, app: Leuit, client: Client) -> None:
    """With unit, day and file, by a rule for its kind alone; asked twice there is one record."""
    put_in_force(app, "classification", table("800,Kepegawaian,,1", "800.1,Disiplin,800,2"))
    rule = table(
        "attendance.recap,800.1,Rekap {tahun},,ya",
        heading="source,code,title,secrecy,automatic",
    )
    put_in_force(app, "filing", rule)
    with_archive(app, archive_record)
    document_id = signed_by_hand(world)
    world.work_off()
    for forgotten in (False, True):
        ask_again(app, forgotten=forgotten)
        world.work_off()
    with app.read(SYSTEM) as view:
        [record] = view.session.scalars(select(Record)).all()
        [file] = view.session.scalars(select(RecordFile)).all()
    row = recap(app)
    assert (row.filed_kind, row.filed_id) == ("archives.record", str(record.id))
    assert file.sha256 == row.signed_sha256
    assert (record.ref_kind, record.ref_id) == ("attendance.recap", str(document_id))
    assert (record.title, record.date) == ("Rekapitulasi Kehadiran Dinas, Oktober 2026", TODAY)
    assert (record.state, record.class_code, record.secrecy) == (FILED, "800.1", 2)
    assert (record.signed, record.unit_id) == (True, world.office.unit("DIN"))
    with client.as_(world.office.staff(1)):
        assert "Sudah diserahkan ke arsip." in client.get(PAGE).text


def test_absent_the_recap_stays_here(world: World, app: Leuit) -> None:
    """No job is left behind; one that is left from before does nothing."""
    signed_by_hand(world)
    ask_again(app)
    world.work_off()
    assert (recap(app).state, recap(app).filed_id) == ("by_hand", "")


def test_signed_electronically_it_is_filed_as_it_was_signed(
    world: World, accepting: Accepting, client: Client
) -> None:
    """The signed file, of the day of the signature; told twice, it is handed over once."""
    archive = Willing()
    with_archive(world.app, archive)
    made = make_document(world.app, world.office.identity("admin"), "DIN", OCTOBER)
    client.sign_in(world.office.staff(1))
    client.post_form(f"/attendance/recaps/{made.id}/send", {"version": "1"})
    tell_signed(world.app, accepting.asked[0])
    sha256 = tell_signed(world.app, accepting.asked[0])
    world.work_off()
    [asked] = archive.asked
    assert (asked.sha256, asked.date, asked.signed) == (sha256, TODAY, True)
    assert (asked.number, asked.secrecy) == ("", "limited")
    assert archive.calls == 1


def test_what_was_signed_before_anybody_filed_is_filed_later(world: World, app: Leuit) -> None:
    """The nightly round hands over the recap that was signed while no archive was there, once."""
    with_archive(app, None)
    signed_by_hand(world)
    world.work_off()
    archive = Willing()
    with_archive(app, archive)
    for _night in range(2):
        with app.change(SYSTEM) as work:
            work.enqueue(REST_JOB, {})
        world.work_off()
    assert len(archive.asked) == 1
    assert recap(app).filed_id


@pytest.mark.parametrize("fault", FAULTS, ids=["refusing", "breaking"])
def test_raising_the_recap_is_signed_and_filed_later(
    world: World, app: Leuit, clock: ManualClock, fault: Exception
) -> None:
    """The signature stands; the job is tried again until the archive takes it, once."""
    archive = Willing(fault)
    with_archive(app, archive)
    signed_by_hand(world)
    Worker(app, name="test").run_pending()
    assert (recap(app).state, recap(app).filed_id) == ("by_hand", "")
    archive.fault = None
    clock.advance(HOUR)
    world.work_off()
    assert recap(app).filed_id == "0"
    assert archive.calls == 2


def test_slow_nobody_waits_for_the_archive(world: World, app: Leuit) -> None:
    """While it thinks the recap is signed for everybody who reads."""
    slow = Thinking()
    with_archive(app, slow)
    signed_by_hand(world)
    assert not slow.begun.is_set()
    worker = Worker(app, name="test")
    job = Thread(target=lambda: worker.run_pending(raise_errors=True), daemon=True)
    job.start()
    try:
        assert slow.begun.wait(30)
        assert (recap(app).state, recap(app).filed_id) == ("by_hand", "")
    finally:
        slow.answer.set()
        job.join(30)
    assert recap(app).filed_id == "1"
    with app.read(SYSTEM) as view:
        jobs = view.session.scalars(select(Job).where(Job.kind == FILE_JOB)).all()
    assert [one.status for one in jobs] == ["done"]
