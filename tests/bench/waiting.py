"""What waits for a signer, on the page Tugas, beside a bare route; 100,000 documents.

Each document has three steps. Thirty letters wait for the signer, some with a limit, some overdue;
he has signed a thousand others and has ten of his own on their way. How page and bare route are
compared stands in `bare_route`.
"""

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, insert
from starlette.applications import Starlette
from starlette.routing import Route

from leuit.cli.logs import configure_logs
from leuit.identity import SYSTEM, Account, Assignment, Identity, Person, Position, Unit
from leuit.plugins import Host
from leuit.values import ManualClock, RecordRef, new_id
from leuit.web import build, cookie_name, open_session
from leuit.work import Leuit, register_file, store_file
from leuit_esign.models import DONE, RUNNING, Document, Step
from tests.bench.bare_route import Stopwatch, calling, capturing, medians
from tests.bench.places import ENGINES, installation, installed

DOCUMENTS = 100_000
SIGNERS, OWNERS = 500, 1_500
WAITING, SIGNED, OWN = 30, 1_000, 10
ROUNDS, CALLS, WARM = 9, 120, 30
GOAL = 1.5
NOW = dt.datetime(2026, 11, 10, 1, 0, tzinfo=dt.UTC)
SINCE = dt.date(2020, 1, 1)
HOUR = dt.timedelta(hours=1)
AT_A_TIME = 5_000


def measure(
    documents: int = DOCUMENTS,
    rounds: int = ROUNDS,
    calls: int = CALLS,
    engines: Sequence[str] = ENGINES,
) -> list[dict[str, Any]]:
    """Rows for the report: the page against the bare route on each engine."""
    configure_logs()  # as `leuit serve` does
    host = installed()
    found: list[dict[str, Any]] = []
    for engine in engines:
        with ExitStack() as stack:
            log = stack.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
            stack.enter_context(redirect_stderr(log))  # written as always, kept by nobody
            app, cookie = stack.enter_context(_regency(engine, host, documents))
            pages = Stopwatch(build(app, host))
            session = f"{cookie_name(secure=False)}={cookie}"
            callers = {"page": stack.enter_context(calling(pages, "/tasks", session))}
            with capturing(app) as captured:
                callers["page"].call(1)
            shown = captured.html.count('class="row task"')
            if shown != WAITING:
                raise RuntimeError(f"the page shows {shown} tasks, not {WAITING}")
            _say(f"{engine}: {len(captured.statements)} statements, {len(captured.html)} letters")
            bare = Stopwatch(Starlette(routes=[Route("/bare", captured.endpoint(app))]))
            callers["bare"] = stack.enter_context(calling(bare, "/bare", ""))
            for caller in callers.values():
                caller.call(WARM)
            times = medians(callers, rounds, calls, _say)
        ratio = times["page"] / times["bare"]
        found.append(
            {
                "name": f"Tugas of a signer, p95 ms, {documents} documents, beside a bare route",
                "engine": engine,
                "value": round(times["page"], 2),
                "baseline": round(times["bare"], 2),
                "ratio": round(ratio, 3),
                "goal": f"<= {GOAL}",
                "holds": ratio <= GOAL,
            }
        )
    return found


@attrs.frozen
class Office:
    """Who signs, who brings documents, and the file that every document is."""

    positions: list[UUID]
    people: list[UUID]
    sha256: str


@contextmanager
def _regency(engine: str, host: Host, documents: int) -> Iterator[tuple[Leuit, str]]:
    """A filled installation on a real disk, and the session of the signer."""
    with installation(engine, host) as settings:
        app = Leuit(settings, host.vocabulary, clock=ManualClock(NOW))
        try:
            began = time.perf_counter()
            office, signer = _staff(app)
            _load(app, office, documents)
            took = time.perf_counter() - began
            _say(f"{engine}: {documents} documents loaded in {took:.0f} s")
            cookie, _ends = open_session(app, signer, own_phone=True, request_id="bench")
            yield app, cookie
        finally:
            app.close()


def _staff(app: Leuit) -> tuple[Office, Identity]:
    file = store_file(app, b"%PDF-1.7", "application/pdf", "surat.pdf")
    with app.change(SYSTEM) as work:
        unit = Unit(code="KAB", name="Kabupaten", short="Kab", kind="kabupaten", valid_from=SINCE)
        work.session.add(unit)
        work.session.flush()
        positions = [new_id() for _number in range(SIGNERS)]
        people = [new_id() for _number in range(SIGNERS + OWNERS)]
        work.session.execute(
            insert(Position),
            [
                {"id": i, "unit_id": unit.id, "title": f"Kepala {n}"}
                for n, i in enumerate(positions)
            ],
        )
        work.session.execute(
            insert(Person), [{"id": i, "name": f"Pegawai {n}"} for n, i in enumerate(people)]
        )
        work.session.execute(
            insert(Assignment),
            [
                {"person_id": person, "position_id": position, "kind": "definitif"}
                | {"id": new_id(), "valid_from": SINCE}
                for person, position in zip(people, positions, strict=False)
            ],
        )
        account = Account(login="kepala", person_id=people[0], created_at=work.now)
        work.session.add(account)
        work.session.flush()
        sha256 = register_file(work, file)
        work.audit("core.account.created", RecordRef("core.account", str(account.id)))
        signer = Identity("person", "Pegawai 0", account.id, people[0], login="kepala")
    return Office(positions, people, sha256), signer


def _load(app: Leuit, office: Office, documents: int) -> None:
    with app.database.writer.connect() as connection:
        for start in range(0, documents, AT_A_TIME):
            with connection.begin():
                _store(connection, office, range(start, min(documents, start + AT_A_TIME)))
    with app.database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if app.database.dialect == "postgresql":
            raw.autocommit = True
            raw.execute("VACUUM ANALYZE")
            raw.autocommit = False
        else:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _store(connection: Connection, office: Office, numbers: range) -> None:
    documents: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    for number in numbers:
        made = NOW - (number % 2_000) * HOUR
        waits = number < WAITING
        own = WAITING <= number < WAITING + OWN
        signed = WAITING + OWN <= number < WAITING + OWN + SIGNED
        running = waits or own or (number % 40 == 0 and not signed)
        document = {
            "id": new_id(),
            "code": f"{number:012d}",
            "title": f"Surat nomor {number} tentang pelaksanaan kegiatan",
            "owner_id": office.people[0 if own else SIGNERS + number % OWNERS],
            "state": RUNNING if running else DONE,
            "source_sha256": office.sha256,
            "pdf_sha256": office.sha256,
            "sheets": [],
            "started_at": made,
            "due_at": NOW + (number * 7 - 40) * HOUR if number % 3 == 0 else None,
            "ended_at": None if running else made + 5 * HOUR,
            "created_at": made,
        }
        documents.append(document)
        for place in (1, 2, 3):
            opened = running and place == 3
            mine = place == 3 and (waits or signed)
            position = 0 if mine else 1 + (number * 3 + place) % (SIGNERS - 1)
            steps.append(
                {
                    "id": new_id(),
                    "document_id": document["id"],
                    "number": place,
                    "kind": "sign" if place == 3 else "paraf",
                    "position_id": office.positions[position],
                    "title": f"Kepala {position}",
                    "state": "open" if opened else "done",
                    "opened_at": made + place * HOUR,
                    "decided_at": None if opened else made + (place + 1) * HOUR,
                    "person_id": None if opened else office.people[position],
                }
            )
    connection.execute(insert(Document), documents)
    connection.execute(insert(Step), steps)


def _say(line: str) -> None:
    error_stream = sys.__stderr__
    assert error_stream is not None
    error_stream.write(f"waiting {line}\n")
    error_stream.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
