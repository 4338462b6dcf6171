"""A folder by page: sent, tried, read row by row, taken once, or dropped; nothing is lost."""

import csv
import datetime as dt
import io
import re
import threading
from typing import Any
from uuid import UUID

import attrs
import httpx2
import pytest
from sqlalchemy import select

from leuit.builtin.uploads import add_piece, begin_file, keep_whole
from leuit.builtin.uploads.models import SentFile
from leuit.identity import SYSTEM, Account, Identity
from leuit.values import ConflictError, ManualClock, RecordRef
from leuit.work import AuditEntry, Job, Leuit, Worker
from leuit_archives.models import FILED, FolderImport, FolderImportRow, Record
from leuit_archives.service import folder_import, folder_imports, folder_reports, taking_many
from leuit_archives.service.folder_imports import (
    PURPOSE,
    ask_again,
    ask_to_take,
    bring_folder,
    drop_folder,
)
from tests.archives.archive_room import Room, archive_room
from tests.archives.folders import row, text_file
from tests.archives.zips import many_zipped, table, zipped
from tests.support.client import Client

pytestmark = pytest.mark.ci

HOME = "/archives/import"


@attrs.frozen
class Desk:
    """The room of the archive, and its pages as `archivist` sees them."""

    room: Room
    client: Client

    @property
    def app(self) -> Leuit:
        return self.room.app

    def sent(self, data: bytes, who: Identity | None = None) -> UUID:
        """A whole ZIP on the server."""
        who = who or self.room.archivist
        return keep_whole(self.app, who, PURPOSE.name, "lama.zip", data).id

    def brought(self, data: bytes) -> str:
        """The address of the import of a ZIP for Bidang A, not tried yet."""
        file_id = self.sent(data)
        with self.app.change(self.room.archivist) as work:
            import_id = bring_folder(work, self.room.unit, file_id)
        return f"{HOME}/{import_id}"

    def tried(self, data: bytes) -> str:
        """As `brought`, and tried."""
        path = self.brought(data)
        self.work()
        return path

    def page(self, path: str) -> str:
        """A page of the archivist."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, **fields: str) -> httpx2.Response:
        """A press on a button."""
        return self.client.post_form(path, fields)

    def work(self) -> None:
        """Do all jobs that are due."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    def row(self) -> FolderImport:
        """The one import."""
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(select(FolderImport)).one()

    def files(self) -> list[str]:
        """States of all ZIPs on the server."""
        with self.app.read(SYSTEM) as view:
            return list(view.session.scalars(select(SentFile.state)))

    def actions(self) -> list[str]:
        """What the audit log says of folders, in order."""
        with self.app.read(SYSTEM) as view:
            query = select(AuditEntry.action).where(AuditEntry.ref_kind == "archives.folder")
            return list(view.session.scalars(query.order_by(AuditEntry.at, AuditEntry.id)))


@pytest.fixture
def desk(app: Leuit, client: Client) -> Desk:
    """The archivist is signed in."""
    room = archive_room(app)
    client.sign_in(room.archivist)
    return Desk(room, client)


def test_a_folder_comes_in_by_page(desk: Desk) -> None:
    """Sent with the form, tried, shown, taken, counted; then its ZIP is let go."""
    form = {"unit": str(desk.room.unit)}
    files = {"file": ("lama.zip", many_zipped(3, "Arsip lama/"), "application/zip")}
    answer = desk.client.post_form(HOME, form, files=files)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    assert "Menunggu giliran." in desk.page(path)
    desk.work()
    shown = desk.page(path)
    assert "3 arsip siap dimasukkan." in shown
    assert shown.count("surat-") == 3
    assert desk.room.records() == []
    assert desk.post(f"{path}/take").status_code == 303
    desk.work()
    shown = desk.page(path)
    assert "3 arsip masuk." in shown
    assert f"/archives/records?state=filed&amp;unit={desk.room.unit}" in shown
    assert [one.state for one in desk.room.records()] == [FILED] * 3
    assert {one.ref_id.partition(":")[0] for one in desk.room.records()} == {desk.row().id.hex}
    assert desk.files() == ["ended"]
    assert desk.actions() == [
        "archives.folder.brought",
        "archives.folder.tried",
        "archives.folder.asked",
        "archives.folder.taken",
    ]
    assert "lama.zip" in desk.page(HOME)


def test_a_folder_that_came_in_pieces_is_named_by_its_id(desk: Desk) -> None:
    """The form then holds the id; one that is refused keeps it, so that nothing is sent twice."""
    file_id = desk.sent(many_zipped(1))
    answer = desk.post(HOME, unit="bukan unit", file=str(file_id))
    assert answer.status_code == 422
    assert f'name="file" value="{file_id}"' in answer.text
    answer = desk.post(HOME, unit=str(desk.room.unit), file=str(file_id))
    assert answer.status_code == 303
    again = desk.post(HOME, unit=str(desk.room.unit), file=str(file_id))
    assert again.status_code == 422
    assert "sudah diperiksa" in again.text
    desk.work()
    assert desk.row().counts["baru"] == 1


def test_a_zip_is_brought_in_once_however_often_it_is_asked(desk: Desk) -> None:
    """Of two presses in the same moment the second hears that it is checked already."""
    file_id = desk.sent(many_zipped(1))
    meet = threading.Barrier(4)
    outcomes: list[str] = []

    def ask() -> None:
        meet.wait(30)
        try:
            with desk.app.change(desk.room.archivist) as work:
                bring_folder(work, desk.room.unit, file_id)
            outcomes.append("brought")
        except ConflictError:
            outcomes.append("refused")

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["brought", "refused", "refused", "refused"]
    desk.work()
    assert desk.row().state == "tried"


def test_what_is_no_zip_of_ones_own_is_refused(desk: Desk) -> None:
    """Another's, half a one, none, another kind: told at the field, without an import."""
    app, unit = desk.app, str(desk.room.unit)
    foreign = desk.sent(many_zipped(1), desk.room.neighbour)
    half = begin_file(app, desk.room.archivist, PURPOSE.name, "lama.zip", 9)
    add_piece(app, desk.room.archivist, half.id, 0, b"abc")
    for file, told in (
        (str(foreign), "Kiriman itu tidak ada"),
        (str(half.id), "belum lengkap"),
        ("", "Pilih berkas"),
        ("bukan-id", "Pilih berkas"),
    ):
        answer = desk.post(HOME, unit=unit, file=file)
        assert (answer.status_code, told in answer.text) == (422, True), told
    files = {"file": ("lama.rar", b"Rar!", "application/zip")}
    answer = desk.client.post_form(HOME, {"unit": unit}, files=files)
    assert (answer.status_code, ".zip" in answer.text) == (422, True)
    files = {"file": ("lama.zip", b"PK", "application/zip")}
    other = desk.client.post_form(HOME, {"unit": str(desk.room.other_unit)}, files=files)
    assert other.status_code == 422
    with app.read(SYSTEM) as view:
        assert view.session.scalars(select(FolderImport)).all() == []


def test_refused_rows_are_all_told_and_can_be_downloaded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pages and by outcome; the CSV has every row and no formula; nothing comes in."""
    monkeypatch.setattr(folder_reports, "AT_ONCE", 7)
    rows = [row(1), row(2, date="kemarin"), row(3, title="=1+1", code="999.9")]
    rows += [row(number, file=f"hilang-{number}.txt") for number in range(4, 64)]
    files = {f"surat-{n}.txt": text_file(n) for n in (1, 2, 3)}
    path = desk.tried(zipped({"arsip.csv": table(rows), "sisa.txt": b"s", **files}))
    shown = desk.page(path)
    assert "62 baris ditolak." in shown
    assert "sisa.txt" in shown
    assert f"{path}/take" not in shown
    assert "1–50 dari 63" in shown.replace("&ndash;", "–")
    assert "hilang-63.txt" in desk.page(f"{path}?status=ditolak&page=2")
    assert "hilang" not in desk.page(f"{path}?status=baru")
    answer = desk.client.get(f"{path}/rows")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 64
    assert [line[0] for line in lines[1:4]] == ["2", "3", "4"]
    assert lines[3][2] == "'=1+1"
    assert "tidak ada di ZIP" in lines[-1][4]
    some = desk.client.get(f"{path}/rows?status=baru").content.decode("utf-8-sig")
    assert len(some.splitlines()) == 2
    with desk.app.change(desk.room.archivist) as work, pytest.raises(ConflictError):
        ask_to_take(work, desk.row().id)
    assert desk.room.records() == []
    assert desk.files() == ["whole"]


def test_a_zip_that_cannot_be_read_is_told_and_stays(desk: Desk) -> None:
    """Nothing is lost on an error: one may try again, or drop it."""
    path = desk.tried(zipped({"surat.txt": b"a"}))
    shown = desk.page(path)
    assert "arsip.csv tidak ada di ZIP itu." in shown
    assert "Letakkan di akar ZIP" in shown
    assert desk.files() == ["whole"]
    assert desk.post(f"{path}/again").status_code == 303
    assert desk.row().state == "trying"
    desk.work()
    assert desk.row().state == "failed"
    assert desk.post(f"{path}/drop").headers["location"] == HOME
    desk.work()
    assert desk.files() == ["ended"]
    assert "lama.zip" not in desk.page(HOME)
    assert desk.post(f"{path}/again").headers["location"] == path
    assert desk.row().state == "dropped"


def test_a_second_time_nothing_is_taken_twice(desk: Desk) -> None:
    """What is in the archive already is `sama`; a ZIP of only such rows has nothing to take."""
    path = desk.tried(many_zipped(3))
    desk.post(f"{path}/take")
    desk.work()
    file_id = desk.sent(many_zipped(3))
    with desk.app.change(desk.room.archivist) as work:
        again = bring_folder(work, desk.room.unit, file_id)
    desk.work()
    shown = desk.page(f"{HOME}/{again}")
    assert "Semua baris sudah ada di arsip." in shown
    assert f"{HOME}/{again}/take" not in shown
    assert len(desk.room.records()) == 3


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_a_stopped_import_goes_on_without_doubles(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    """Killed before, between or after batches: the job that comes back takes what is missing."""
    monkeypatch.setattr(folder_import, "BATCH", 2)
    path = desk.tried(many_zipped(4))
    desk.post(f"{path}/take")
    _killed_after(desk, monkeypatch, batches)
    assert len(desk.room.records()) == 2 * batches
    assert desk.row().state == "taking"
    _later(desk)
    desk.work()
    assert sorted(one.title for one in desk.room.records()) == [f"Surat lama {n}" for n in range(4)]
    assert sorted(one.place or 0 for one in desk.room.records()) == [1, 2, 3, 4]
    assert (desk.row().state, desk.row().taken) == ("taken", 4)
    assert desk.files() == ["ended"]


def _killed_after(desk: Desk, monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    """Let the job that takes die after so many batches, as a machine without power does."""
    taken = [0]
    real = taking_many.take_many

    def dies(*args: Any) -> int:
        if taken[0] == batches:
            raise RuntimeError("no power")
        taken[0] += 1
        return real(*args)

    count = folder_imports._count

    def dies_at_the_end(*args: Any) -> int:
        if batches == 2:
            raise RuntimeError("no power")
        return count(*args)

    with monkeypatch.context() as patch:
        patch.setattr(folder_import, "take_many", dies)
        patch.setattr(folder_imports, "_count", dies_at_the_end)
        Worker(desk.app, name="test").run_pending()


def _later(desk: Desk) -> None:
    clock = desk.app.clock
    assert isinstance(clock, ManualClock)
    clock.advance(dt.timedelta(minutes=5))


def test_a_job_that_gave_up_is_begun_again_by_hand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says why it stopped; `Lanjutkan` asks again, and only where it did stop."""
    path = desk.brought(many_zipped(2))
    with desk.app.change(desk.room.archivist) as work, pytest.raises(ConflictError):
        ask_again(work, desk.row().id)
    with desk.app.change(desk.room.archivist) as work, pytest.raises(ConflictError):
        drop_folder(work, desk.row().id)

    def broken(*_args: Any, **_options: Any) -> Any:
        raise RuntimeError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(folder_imports, "try_folder", broken)
        for _turn in range(6):
            Worker(desk.app, name="test").run_pending()
            _later(desk)
            _later(desk)
            clock = desk.app.clock
            assert isinstance(clock, ManualClock)
            clock.advance(dt.timedelta(hours=2))
    desk.client.sign_in(desk.room.archivist)
    with desk.app.read(SYSTEM) as view:
        job_id = desk.row().job_id
        assert job_id is not None
        assert view.session.get_one(Job, job_id).status == "parked"
    assert "Berhenti." in desk.page(path)
    assert desk.post(f"{path}/again").status_code == 303
    desk.work()
    assert desk.row().state == "tried"


def test_rights_are_those_of_the_moment(desk: Desk) -> None:
    """A job whose asker has no account any more takes nothing and says so."""
    path = desk.tried(many_zipped(1))
    desk.post(f"{path}/take")
    with desk.app.change(SYSTEM) as work:
        account = work.session.get_one(Account, desk.room.archivist.account_id)
        account.disabled_at = work.now
        work.audit("core.account.created", RecordRef("core.account", str(account.id)))
    desk.work()
    assert desk.room.records() == []
    assert (desk.row().state, "tidak aktif" in desk.row().fault) == ("failed", True)
    assert desk.files() == ["whole"]


def test_what_changed_since_the_trial_is_told_and_not_taken(desk: Desk) -> None:
    """A code that went out of force in between refuses its row; the report is the new one."""
    path = desk.tried(many_zipped(2))
    desk.post(f"{path}/take")
    _without_classes(desk)
    desk.work()
    assert desk.room.records() == []
    assert (desk.row().state, desk.row().counts["ditolak"]) == ("tried", 2)
    assert "2 baris ditolak." in desk.page(path)


def _without_classes(desk: Desk) -> None:
    from tests.archives.archive_room import put_in_force
    from tests.archives.keepers import SINCE
    from tests.archives.keepers import table as classes

    later = SINCE + dt.timedelta(days=1)
    put_in_force(desk.app, "classification", classes("000,Umum,,1"), later)


def test_an_expired_zip_is_told(desk: Desk, clock: ManualClock) -> None:
    """A report that waited for weeks cannot be taken; what to do is said."""
    desk.work()
    path = desk.tried(many_zipped(1))
    clock.advance(dt.timedelta(days=8))
    desk.work()
    desk.client.sign_in(desk.room.archivist)
    assert desk.files() == ["ended"]
    desk.post(f"{path}/take")
    desk.work()
    assert desk.row().state == "failed"
    assert "kedaluwarsa" in desk.page(path)
    desk.post(f"{path}/drop")
    assert desk.row().state == "dropped"


def test_nobody_else_sees_or_moves_an_import(desk: Desk) -> None:
    """Not even who files for the same unit; without the right the pages are closed."""
    path = desk.tried(many_zipped(1))
    acts = [f"{path}/{act}" for act in ("take", "again", "drop")]
    for who, status in (
        (desk.room.second, 404),
        (desk.room.neighbour, 404),
        (desk.room.stranger, 403),
    ):
        desk.client.sign_in(who)
        found = [desk.client.get(one).status_code for one in (path, f"{path}/rows")]
        found += [desk.post(one).status_code for one in acts]
        assert found == [status] * 5
    assert desk.row().state == "tried"
    desk.client.sign_in(desk.room.archivist)
    assert desk.post(f"{path}/lain").status_code == 404


def test_a_zip_that_nobody_goes_on_with_can_be_dropped(desk: Desk) -> None:
    """It is listed with how far it is; one that an import uses is dropped with the import alone."""
    half = begin_file(desk.app, desk.room.archivist, PURPOSE.name, "separuh.zip", 10)
    add_piece(desk.app, desk.room.archivist, half.id, 0, b"abcd")
    path = desk.tried(many_zipped(1))
    shown = desk.page(HOME)
    assert re.search(r"separuh\.zip.*40 persen terkirim", shown, re.DOTALL)
    assert f"{HOME}/sent/{half.id}/drop" in shown
    used = desk.row().upload_id
    assert f"{HOME}/sent/{used}/drop" not in shown
    assert desk.post(f"{HOME}/sent/{used}/drop").status_code == 409
    assert desk.post(f"{HOME}/sent/{half.id}/drop").status_code == 303
    assert "separuh.zip" not in desk.page(HOME)
    assert "siap dimasukkan" in desk.page(path)


def test_dropped_rows_are_gone(desk: Desk) -> None:
    """The report of a folder that was dropped stays nowhere: it may name people."""
    path = desk.tried(many_zipped(2))
    desk.post(f"{path}/drop")
    with desk.app.read(SYSTEM) as view:
        assert view.session.scalars(select(FolderImportRow)).all() == []
        assert view.session.scalars(select(Record)).all() == []
    assert desk.actions()[-1] == "archives.folder.dropped"


def test_a_report_is_kept_for_a_month(desk: Desk, clock: ManualClock) -> None:
    """Then its rows are forgotten; what came of the folder stays counted on its page."""
    desk.work()
    path = desk.tried(many_zipped(2))
    desk.post(f"{path}/take")
    desk.work()
    for days, left in ((29, 2), (2, 0)):
        clock.advance(dt.timedelta(days=days))
        desk.work()
        with desk.app.read(SYSTEM) as view:
            assert len(view.session.scalars(select(FolderImportRow.number)).all()) == left
    desk.client.sign_in(desk.room.archivist)
    shown = desk.page(path)
    assert "2 arsip masuk." in shown
    assert "Per baris" not in shown
