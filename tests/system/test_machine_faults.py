"""A full disk and a database that is gone: a clear answer to everybody, and recovery by itself."""

import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from leuit.plugins import Host
from tests.conftest import migrated
from tests.support.postgres import Server, start_server

from .load import Book, let_flow, load
from .served import Reply, Site, site
from .truth import compare, jobs_are_done

TOLD = {"unavailable": "belum tersimpan", "unknown_outcome": "Belum pasti"}
"""Codes and words; a COMMIT that failed with an error of input or output leaves open what came of
it, and then just that is said.
"""
TAP = b"1\t2026-10-05 07:00:%02d\t0\t1\t0\t0\t0"


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL server that this test may stop."""
    server = start_server(durable=True)
    yield server
    server.close()


@pytest.mark.ci
def test_a_full_disk_is_told_and_got_over(tmp_path: Path, sqlite_template: Path) -> None:
    """While no file may grow: 503 with the reason to people, scripts and devices, and pages are
    read; as soon as there is room again everything goes on, without a restart and without loss.
    """
    shutil.copyfile(sqlite_template, tmp_path / "leuit.db")
    book = Book()
    with site(tmp_path, f"sqlite:///{tmp_path / 'leuit.db'}") as served:
        served.start()
        cookie = served.sign_in()
        with load(served, book):
            let_flow(book)
        assert not book.wrong
        size = (tmp_path / "leuit.db-wal").stat().st_size
        limits = resource.prlimit(served.server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(served.server.pid, resource.RLIMIT_FSIZE, (size, limits[1]))
        refused = _until_refused(served)
        assert refused.headers["content-type"].startswith("application/problem+json")
        assert refused.json["code"] in TOLD
        assert TOLD[refused.json["code"]] in refused.json["title"]
        assert int(refused.headers["retry-after"]) > 0
        _everybody_is_told(served, cookie)
        assert served.ask("GET", "/attendance/devices", headers={"Cookie": cookie}).status == 200
        with served.opened() as app:
            compare(app, book)
        resource.prlimit(served.server.pid, resource.RLIMIT_FSIZE, limits)
        with load(served, book):
            let_flow(book)
        assert not book.wrong, book.wrong[:3]
        assert served.server.poll() is None
        served.kill()
        served.finish_jobs()
        with served.opened() as app:
            compare(app, book)
            jobs_are_done(app)


@pytest.mark.ci
def test_a_database_that_is_gone_is_told_and_got_over(
    tmp_path: Path, own_server: Server, host: Host
) -> None:
    """While PostgreSQL is stopped: 503 to people, scripts and devices, alive but not ready; once it
    is back everything goes on in the same processes, server and worker, without loss.
    """
    url = own_server.create_database()
    migrated(url, host)
    book = Book()
    with site(tmp_path, url) as served:
        served.start()
        cookie = served.sign_in()
        with load(served, book):
            let_flow(book)
        assert not book.wrong
        own_server.stop()
        refused = _write(served, 9_999)
        assert refused.status == 503, refused.body[:200]
        assert refused.json["code"] == "unavailable"
        _everybody_is_told(served, cookie)
        page = served.ask("GET", "/", headers={"Cookie": cookie})
        assert page.status == 503
        assert "Basis data tidak dapat dipakai" in page.body.decode()
        assert served.ask("GET", "/healthz").status == 200
        ready = served.ask("GET", "/readyz")
        assert ready.status == 503
        assert ready.json["reasons"]
        own_server.start()
        assert served.ask("GET", "/readyz").status == 200
        with load(served, book):
            let_flow(book)
        assert not book.wrong, book.wrong[:3]
        assert [process.poll() for process in served.processes] == [None, None]
        served.kill()
        served.finish_jobs()
        with served.opened() as app:
            compare(app, book)
            jobs_are_done(app)


def _everybody_is_told(served: Site, cookie: str) -> None:
    """A page in words, a line for the device, neither with a trace of the program."""
    fields = {"serial": "PENUH1", "unit": str(served.unit), "name": "", "usb_id": ""}
    page = served.form("/attendance/devices/new", fields, cookie)
    assert page.status == 503
    assert "text/html" in page.headers["content-type"]
    assert any(words in page.body.decode() for words in TOLD.values())
    device = served.ask("POST", "/iclock/cdata?SN=UJI1&table=ATTLOG&Stamp=9999", TAP % 59)
    assert device.status == 503
    assert device.body in {f"ERROR: {code}\n".encode() for code in TOLD}
    for answer in (page, device):
        assert b"Traceback" not in answer.body
        assert b"sqlalchemy" not in answer.body.lower()


def _until_refused(served: Site) -> Reply:
    """The first write that is refused; what was acknowledged before it is stored."""
    for number in range(10_000, 10_400):
        answer = _write(served, number)
        if answer.status != 200:
            assert answer.status == 503, answer.body[:200]
            return answer
    raise AssertionError("the disk never filled")


def _write(served: Site, number: int) -> Reply:
    day = f"{2100 + number % 90}-{1 + number // 90 % 12:02d}-{1 + number % 28:02d}"
    value = {"kind": "libur", "title": f"Uji {number}", "legal_basis": "Uji"}
    return served.api("PUT", f"/api/calendar/v1/days/{day}", value)
