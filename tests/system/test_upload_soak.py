"""A ZIP of two gigabytes sent to a real server that is killed on the way, then brought in by it.

Every byte arrives, a kill costs one piece at most, and the server's memory does not grow with the
file: neither while it comes nor while its folder is tried and taken.
"""

import base64
import hashlib
import random
import shutil
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import attrs
import pytest
from sqlalchemy import select

from leuit.builtin.uploads import open_sent_file
from leuit.identity import SYSTEM, Account, known_by_account
from leuit.plugins import Host
from leuit_archives.models import Record
from tests.archives.folders import row, text_file
from tests.archives.zips import table
from tests.conftest import ENGINES, migrated
from tests.support.postgres import Server, start_server

from .served import NoAnswerError, Reply, Site, site

MEGABYTE = 1024 * 1024
PIECE = 8 * MEGABYTE
FILES = "/api/uploads/v1/files"
ROWS = 3
GROWTH = 160
"""Megabytes by which a server may grow over what it needs to serve at all: a few pieces of work."""
SIZES = [
    pytest.param(48, 3, marks=pytest.mark.ci),
    pytest.param(2_048, 12, marks=pytest.mark.soak),
]


@pytest.fixture(scope="module")
def durable() -> Iterator[Server]:
    """A PostgreSQL server on disk with fsync."""
    server = start_server(durable=True)
    yield server
    server.close()


@attrs.define
class Memory:
    """The most that each process of a site has held, in megabytes."""

    most: dict[str, int] = attrs.field(factory=dict)

    def look(self, served: Site) -> None:
        """Note the peaks of the processes that live now."""
        for name, process in zip(("server", "worker"), served.processes, strict=False):
            with suppress(FileNotFoundError):
                for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        megabytes = int(line.split()[1]) // 1024
                        self.most[name] = max(self.most.get(name, 0), megabytes)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("megabytes, kills", SIZES)
def test_a_big_zip_outlives_kills(
    engine: str,
    megabytes: int,
    kills: int,
    tmp_path: Path,
    sqlite_template: Path,
    host: Host,
    request: pytest.FixtureRequest,
) -> None:
    """Sent, cut, sent on: the same bytes; then tried, taken and let go, all within bounds."""
    folder = tmp_path / "site"
    folder.mkdir()
    if engine == "sqlite":
        shutil.copyfile(sqlite_template, folder / "leuit.db")
        url = f"sqlite:///{folder / 'leuit.db'}"
    else:
        server: Server = request.getfixturevalue("durable")
        url = server.create_database()
        migrated(url, host)
    archive = _archive(tmp_path / "arsip.zip", megabytes)
    idle, busy = Memory(), Memory()
    with site(folder, url) as served:
        served.start()
        for _turn in range(20):
            served.api("GET", "/api/archives/v1/records")
        idle.look(served)
        began = time.monotonic()
        path, lost = _sent(served, archive, kills, busy)
        took = time.monotonic() - began
        file_id = UUID(path.rpartition("/")[2])
        assert _stored(served, file_id) == _sum(archive)
        shown = _brought_in(served, file_id, busy)
        busy.look(served)
        with served.opened() as app, app.read(SYSTEM) as view:
            assert len(view.session.scalars(select(Record.id)).all()) == ROWS
    assert f"{ROWS} arsip masuk." in shown
    assert max(lost, default=0) <= PIECE
    grown = {name: busy.most[name] - idle.most[name] for name in busy.most}
    _tell(
        f"{engine}: {archive.stat().st_size / MEGABYTE:.0f} MB in {took:.0f} s over {kills} kills, "
        f"at most {max(lost, default=0) / MEGABYTE:.1f} MB sent again after one; peak memory "
        f"{busy.most} MB, {idle.most} MB idle"
    )
    assert all(megabytes_more < GROWTH for megabytes_more in grown.values()), grown


def _archive(path: Path, megabytes: int) -> Path:
    """A ZIP of that size: a table, its letters at both ends, and noise in between."""
    chance = random.Random(megabytes)
    with zipfile.ZipFile(path, "w") as made:
        rows = [row(number, code="", dossier="") for number in range(ROWS)]
        made.writestr("arsip.csv", table(rows))
        made.writestr("surat-0.txt", text_file(0))
        for number in range(megabytes // 16):
            made.writestr(f"lain-{number}.bin", chance.randbytes(16 * MEGABYTE))
        for number in range(1, ROWS):
            made.writestr(f"surat-{number}.txt", text_file(number))
    return path


def _sent(served: Site, archive: Path, kills: int, memory: Memory) -> tuple[str, list[int]]:
    """Send it in pieces; the server is killed so many times while one is on its way.

    Returns its address, and how many bytes had to be sent again after each kill.
    """
    size = archive.stat().st_size
    words = {"purpose": "archives.folder", "filename": "arsip.zip"}
    told = ",".join(f"{name} {_base64(word.encode())}" for name, word in words.items())
    begun = _ask(served, "POST", FILES, {"Upload-Length": str(size), "Upload-Metadata": told})
    assert begun.status == 201, begun.body
    path = begun.headers["location"]
    at, lost = 0, list[int]()
    deaths = sorted(random.Random(size).sample(range(1, size // PIECE), kills))
    with archive.open("rb") as file:
        while at < size:
            file.seek(at)
            piece = file.read(PIECE)
            headers = {
                "Upload-Offset": str(at),
                "Content-Type": "application/offset+octet-stream",
                "Upload-Checksum": f"sha256 {_base64(hashlib.sha256(piece).digest())}",
            }
            if not (deaths and at // PIECE >= deaths[0]):
                answer = _ask(served, "PATCH", path, headers, piece)
                assert answer.status == 204, answer.body
                at = int(answer.headers["upload-offset"])
                continue
            deaths.pop(0)
            memory.look(served)
            pause = random.Random(at).uniform(0.0, 0.06)
            killer = threading.Timer(pause, served.kill)
            killer.start()
            with suppress(NoAnswerError):
                _ask(served, "PATCH", path, headers, piece)
            killer.join()
            served.start()
            there = int(_ask(served, "HEAD", path).headers["upload-offset"])
            assert there in (at, at + len(piece))
            lost.append(at + len(piece) - there)
            at = there
    memory.look(served)
    return path, lost


def _brought_in(served: Site, file_id: UUID, memory: Memory) -> str:
    """Have the folder tried and taken by the page; what the page says at the end."""
    cookie = served.sign_in()
    form = {"unit": str(served.unit), "file": str(file_id)}
    answer = served.form("/archives/import", form, cookie)
    assert answer.status == 303, answer.body
    path = answer.headers["location"]
    _wait(lambda: b"siap dimasukkan" in _page(served, path, cookie, memory))
    assert served.form(f"{path}/take", {}, cookie).status == 303
    _wait(lambda: b"arsip masuk" in _page(served, path, cookie, memory))
    parts = served.folder / "blobs" / "parts"
    _wait(lambda: not any(one.is_file() for one in parts.rglob("*")))
    return _page(served, path, cookie, memory).decode()


def _page(served: Site, path: str, cookie: str, memory: Memory) -> bytes:
    memory.look(served)
    return served.ask("GET", path, headers={"Cookie": cookie}).body


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 600
    while not until():
        assert time.monotonic() < deadline, "it never came to that"
        threading.Event().wait(0.2)


def _stored(served: Site, file_id: UUID) -> str:
    """The hash of what the server has, read as a service reads it."""
    with served.opened() as app:
        with app.read(SYSTEM) as view:
            account = view.session.scalars(select(Account.id).where(Account.login == "admin")).one()
            who = known_by_account(view.connection, account)
        assert who is not None
        with open_sent_file(app, who, file_id, "archives.folder") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _ask(
    served: Site, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> Reply:
    told = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {served.token}"}
    return served.ask(method, path, body or None, told | (headers or {}))


def _tell(line: str) -> None:
    """Shown with `-s`, and by pytest beside a failure."""
    sys.stderr.write(line + "\n")
