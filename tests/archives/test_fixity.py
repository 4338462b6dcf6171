"""Stored files are read against their hashes: what is gone or changed is found and named."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.values import RecordRef
from leuit.work import Leuit, Work, Worker
from leuit_archives.models import FixityFinding, FixityRun
from leuit_archives.models.fixity import CHANGED, MISSING
from leuit_archives.service import fixity
from leuit_archives.service.fixity import KIND, Progress, check_files
from leuit_archives.service.fixity_findings import findings, health
from tests.archives.archive_room import PDF, Room, archive_room
from tests.support.client import Client
from tests.support.command_line import runner


@pytest.fixture
def room(app: Leuit) -> Room:
    """A regency with its instruments in force."""
    return archive_room(app)


def lying(room: Room, key: str) -> Path:
    """Where the store keeps the file of a record that was handed over under that key."""
    sha256 = room.app.blobs.put(PDF + key.encode())
    folder = Path(unquote(urlsplit(room.app.settings.blobs_url).path))
    return folder / sha256[:2] / sha256[2:]


def corrupt(path: Path) -> None:
    """Turn over one bit of the last byte, as a tired disk does."""
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def writer(app: Leuit) -> fixity.Write:
    """Units of work as a command makes them."""

    def write(_name: str, act: Callable[[Work], dict[str, Any]]) -> dict[str, Any]:
        with app.change(SYSTEM) as work:
            return act(work)

    return write


def passed(app: Leuit) -> Progress:
    """One pass to its end."""
    return check_files(app, writer(app), None)


def open_findings(app: Leuit) -> dict[str, str]:
    """Faults by hash that nothing has settled."""
    with app.read(SYSTEM) as view:
        query = select(FixityFinding).where(FixityFinding.settled_at.is_(None))
        return {one.sha256: one.fault for one in view.session.scalars(query)}


def test_a_byte_that_changed_and_a_file_that_is_gone_are_found(room: Room) -> None:
    """Both are named with their records; sound ones are not, and each is told once."""
    for key in "123":
        room.handed(key)
    changed, gone = lying(room, "1"), lying(room, "2")
    corrupt(changed)
    gone.unlink()
    progress = passed(room.app)
    assert (progress.checked, progress.faulty, progress.finished) == (3, 2, True)
    names = {
        path.parent.name + path.name: fault for path, fault in ((changed, CHANGED), (gone, MISSING))
    }
    assert open_findings(room.app) == names
    passed(room.app)
    assert open_findings(room.app) == names
    assert room.actions().count(fixity.FOUND) == 2
    with room.app.read(room.archivist) as view:
        told = {named.title: one.fault for one in findings(view, 10) for named in one.named}
    assert told == {"Surat 1": CHANGED, "Surat 2": MISSING}


def test_what_was_restored_is_settled(room: Room) -> None:
    """The next pass reads it sound; health says so too, and before that what is wrong."""
    room.handed("1")
    path = lying(room, "1")
    sound = path.read_bytes()
    corrupt(path)
    passed(room.app)
    with room.app.read(SYSTEM) as view:
        answer = health(view)
    assert (answer.ok, answer.figures["faulty"]) == (False, 1)
    path.write_bytes(sound)
    passed(room.app)
    assert open_findings(room.app) == {}
    assert room.actions()[-2:] == [fixity.SETTLED, fixity.PASSED]
    with room.app.read(SYSTEM) as view:
        assert health(view).ok


def test_a_pass_that_was_stopped_goes_on_where_it_was(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is not read again; the same pass ends."""
    for key in "12345":
        room.handed(key)
    monkeypatch.setattr(fixity, "BATCH", 2)
    first = check_files(room.app, writer(room.app), 1)
    assert (first.checked, first.finished) == (2, False)
    read: list[str] = []
    real = room.app.blobs.fixity

    def reading(name: str) -> str:
        read.append(name)
        return real(name)

    monkeypatch.setattr(room.app.blobs, "fixity", reading)
    second = passed(room.app)
    assert (second.run_id, second.checked, second.finished) == (first.run_id, 5, True)
    assert len(read) == len(set(read)) == 3
    assert passed(room.app).run_id != first.run_id


def test_the_job_of_the_night_does_the_same(room: Room) -> None:
    """By the worker, in steps of its own."""
    room.handed("1")
    corrupt(lying(room, "1"))
    with room.app.change(SYSTEM) as work:
        work.enqueue(KIND, {})
        work.audit("core.token.created", RecordRef("uji.kerja", "1"))
    Worker(room.app, name="test").run_pending(raise_errors=True)
    assert list(open_findings(room.app).values()) == [CHANGED]
    with room.app.read(SYSTEM) as view:
        [run] = view.session.scalars(select(FixityRun))
        assert (run.checked, run.faulty, run.finished_at is not None) == (1, 1, True)


def test_memory_does_not_grow_with_files(room: Room) -> None:
    """A file of twelve megabytes is read in pieces of one."""
    big = b"".join(bytes([number]) * (1024 * 1024) for number in range(12))
    room.handed("1", sha256=room.stored(big).sha256)
    del big
    tracemalloc.start()
    assert passed(room.app).checked == 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * 1024 * 1024


def test_findings_of_secrets_are_for_who_reads_them(room: Room) -> None:
    """Neither title nor row for another archivist."""
    room.handed("1", "uji.rahasia")
    corrupt(lying(room, "1"))
    passed(room.app)
    for who, count in ((room.archivist, 0), (room.neighbour, 0), (room.trusted, 1)):
        with room.app.read(who) as view:
            assert len(findings(view, 10)) == count


def test_the_command_names_what_is_wrong(room: Room, host: Host) -> None:
    """Exit status 1, with the record and its file."""
    room.handed("1")
    run = runner(room.app, host, "archives", "fixity")
    assert run("--all")[0] == 0
    corrupt(lying(room, "1"))
    status, out, _err = run("--all")
    assert status == 1
    assert "Surat 1 · surat.pdf" in out
    assert "Isinya berubah" in out


@pytest.mark.ci
def test_the_page_names_what_is_wrong(room: Room, client: Client) -> None:
    """For the archivist of the unit; empty before anything was found."""
    room.handed("1")
    with client.as_(room.archivist):
        assert "Belum pernah" in client.get("/archives/fixity").text
        corrupt(lying(room, "1"))
        passed(room.app)
        shown = client.get("/archives/fixity").text
    assert "Isinya berubah" in shown
    assert "Surat 1" in shown
