"""The unit month page beside a bare Starlette route, and beside itself in a small regency.

A regency of 10,000 people and one of 1,000, each with a year of days, in units of 200 people. The
bare route sends the statements that one call of the page sent (captured, driver's texts and
parameters, the access entry with its commit included) and renders the same template with the same
values: what the page adds is finding out who asks, checking rights, compiling statements and making
rows into words. Times are taken at the server; the load comes from another process; the three
routes alternate, and the medians of the rounds' 95th percentiles are compared.
"""

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import attrs
import jinja2
import uvicorn
from sqlalchemy import event, insert
from starlette.applications import Starlette
from starlette.requests import Request as RawRequest
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leuit.builtin import BUILTINS
from leuit.builtin.regulations import Draft, seed_edition
from leuit.cli.logs import configure_logs
from leuit.identity import (
    SYSTEM,
    Account,
    Assignment,
    Identity,
    Person,
    Position,
    Unit,
    UnitLink,
    rebuild_closure,
)
from leuit.plugins import Host, load
from leuit.settings import Region, Settings, write_first_settings
from leuit.storage import Database, core_history, migrate
from leuit.values import ManualClock, RecordRef, new_id
from leuit.web import build, cookie_name, open_session
from leuit.work import Leuit, Work
from leuit_attendance.data import seed_tables
from leuit_attendance.models import DayBasis
from leuit_attendance.rules import DeductionTable, to_plain
from leuit_attendance.service.day_rows import COLUMNS
from leuit_attendance.service.figures import DEDUCTIONS
from tests.bench.places import REPOSITORY
from tests.support.postgres import start_server

SIZES = (1_000, 10_000)
PER_UNIT = 200
ROUNDS, CALLS, WARM, AT_ONCE = 9, 120, 30, 5
ENGINES = ("sqlite", "postgresql")
BARE_GOAL, SIZE_GOAL = 1.5, 1.2
FIRST, LAST = dt.date(2025, 11, 1), dt.date(2026, 10, 31)
NOW = dt.datetime(2026, 11, 10, 1, 0, tzinfo=dt.UTC)
MONTH = "2026-10"
DAY = dt.timedelta(days=1)
PATTERNS = 200
"""So many different years; people share them, as making 3.6 million days would take minutes."""
MIDNIGHT = dt.time()


def measure(
    sizes: tuple[int, int] = SIZES,
    rounds: int = ROUNDS,
    calls: int = CALLS,
    engines: Sequence[str] = ENGINES,
) -> list[dict[str, Any]]:
    """Rows for the report: page against bare route, and large against small, for each engine."""
    configure_logs()  # as `leuit serve` does
    host = load(Settings(data=Path("unused"), region=Region()), BUILTINS)
    found: list[dict[str, Any]] = []
    for engine in engines:
        with ExitStack() as stack:
            log = stack.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
            stack.enter_context(redirect_stderr(log))  # written as always, kept by nobody
            small, large = (stack.enter_context(_regency(engine, host, people)) for people in sizes)
            page, bare, beside = _alternate(stack, host, small, large, rounds, calls)
        for name, value, baseline, goal in (
            (
                f"unit month page, p95 ms, {sizes[1]} people, beside a bare route",
                page,
                bare,
                BARE_GOAL,
            ),
            (
                f"unit month page, p95 ms, {sizes[1]} beside {sizes[0]} people",
                page,
                beside,
                SIZE_GOAL,
            ),
        ):
            ratio = value / baseline
            found.append(
                {
                    "name": name,
                    "engine": engine,
                    "value": round(value, 2),
                    "baseline": round(baseline, 2),
                    "ratio": round(ratio, 3),
                    "goal": f"<= {goal}",
                    "holds": ratio <= goal,
                }
            )
    return found


@attrs.define
class Stopwatch:
    """An application that notes how long each call took until its answer began, in ms by path."""

    inner: ASGIApp
    times: dict[str, list[float]] = attrs.field(factory=lambda: defaultdict(list))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        began = time.perf_counter()
        path = scope["path"]

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] != 200:
                    raise RuntimeError(f"{path} answered {message['status']}")
                self.times[path].append((time.perf_counter() - began) * 1000)
            await send(message)

        await self.inner(scope, receive, note)


@attrs.frozen
class Regency:
    """An installation with a year of days; `cookie` is of the head of the unit U1."""

    app: Leuit
    cookie: str


def _alternate(
    stack: ExitStack, host: Host, small: Regency, large: Regency, rounds: int, calls: int
) -> tuple[float, float, float]:
    """Median p95 in ms: the page, the bare route, the page in the small regency."""
    engine = large.app.database.dialect
    path = f"/attendance/units/U1/month?month={MONTH}"
    callers: dict[str, Caller] = {}
    for name, regency in (("large", large), ("small", small)):
        pages = Stopwatch(build(regency.app, host))
        cookie = f"{cookie_name(secure=False)}={regency.cookie}"
        callers[name] = stack.enter_context(_calling(pages, path, cookie))
    with _captured(large.app) as captured:
        callers["large"].call(1)
    _say(f"{engine}: {len(captured.statements)} statements, {len(captured.html)} characters")
    bare = Stopwatch(Starlette(routes=[Route("/bare", captured.endpoint(large.app))]))
    callers["bare"] = stack.enter_context(_calling(bare, "/bare", ""))
    for caller in callers.values():
        caller.call(WARM)
    tails: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds):
        for caller in callers.values():
            caller.times.clear()
        for _turn in range(
            calls // AT_ONCE
        ):  # short turns: the machine's own pace changes by the second
            for caller in callers.values():
                caller.call(AT_ONCE)
        for name, caller in callers.items():
            tails[name].append(_p95(caller.times))
        said = ", ".join(f"{name} {values[-1]:.1f} ms" for name, values in tails.items())
        _say(f"{engine}: round {number + 1}, p95 {said}")
    page, baseline, beside = (statistics.median(tails[n]) for n in ("large", "bare", "small"))
    return page, baseline, beside


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, round(len(times) * 0.95) - 1)]


@attrs.define
class Captured:
    """What one call of the page did: statements with their parameters, template and values."""

    statements: list[tuple[bool, str, Any]] = attrs.field(factory=list)
    template: Any = None
    values: dict[str, Any] = attrs.field(factory=dict)
    html: str = ""

    def endpoint(self, app: Leuit) -> Callable[[RawRequest], HTMLResponse]:
        """A plain route that does the same and nothing else."""
        reads = [(text, values) for writes, text, values in self.statements if not writes]
        writes = [(text, values) for writes, text, values in self.statements if writes]

        def bare(_request: RawRequest) -> HTMLResponse:
            with app.database.reader.connect() as connection, connection.begin():
                for text, values in reads:
                    connection.exec_driver_sql(text, values).fetchall()
            html = self.template.render(**self.values)
            with app.database.writer.connect() as connection, connection.begin():
                for text, values in writes:
                    connection.exec_driver_sql(text, _fresh(values))
            return HTMLResponse(html)

        return bare


def _fresh(values: Any) -> Any:
    """The parameters of an entry with an id of its own; the id is the first of them."""
    if isinstance(values, dict):
        key = next(name for name in values if name.startswith("id"))
        return values | {key: new_id()}
    return (new_id().hex, *values[1:])


@contextmanager
def _captured(app: Leuit) -> Iterator[Captured]:
    """Note what the page does inside the block."""
    found = Captured()
    render = jinja2.Template.render

    def spy(template: jinja2.Template, *args: Any, **values: Any) -> str:
        found.template, found.values = template, values
        found.html = render(template, *args, **values)
        return found.html

    def reading(_c: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if not text.startswith("BEGIN"):
            found.statements.append((False, text, values))

    def writing(_c: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if not text.startswith("BEGIN"):
            found.statements.append((True, text, values))

    event.listen(app.database.reader, "before_cursor_execute", reading)
    event.listen(app.database.writer, "before_cursor_execute", writing)
    jinja2.Template.render = spy  # type: ignore[method-assign,assignment]  # given back below
    try:
        yield found
    finally:
        jinja2.Template.render = render  # type: ignore[method-assign]  # as it was
        event.remove(app.database.reader, "before_cursor_execute", reading)
        event.remove(app.database.writer, "before_cursor_execute", writing)


@contextmanager
def _serving(application: ASGIApp) -> Iterator[int]:
    """Serve in a thread on a free port."""
    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@attrs.define
class Caller:
    """A process that calls one page, and the times that its server took for it."""

    watch: Stopwatch
    path: str
    cookie: str
    process: "subprocess.Popen[str]"

    @property
    def times(self) -> list[float]:
        """In milliseconds, since they were cleared."""
        return self.watch.times[self.path.partition("?")[0]]

    def call(self, count: int) -> None:
        """Call the page so often, one after another."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.path}\t{self.cookie}\t{count}\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "done\n":
            raise RuntimeError(f"{self.path} was not answered")


@contextmanager
def _calling(watch: Stopwatch, path: str, cookie: str) -> Iterator[Caller]:
    """Serve an application, with a process beside it that calls one of its pages."""
    with _serving(watch) as port:
        command = [sys.executable, "-m", "tests.bench.page_caller", str(port)]
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield Caller(watch, path, cookie, process)
            finally:
                process.terminate()


@contextmanager
def _regency(engine: str, host: Host, people: int) -> Iterator[Regency]:
    """A migrated database on a real disk with a year of days for so many people."""
    with _database(engine) as url, tempfile.TemporaryDirectory() as folder:
        database = Database(url)
        migrate(database, (core_history(), *host.histories))
        database.close()
        write_first_settings(Path(folder), Region())
        settings = Settings.load(Path(folder), {"LEUIT_DATABASE": url})
        app = Leuit(settings, host.vocabulary, clock=ManualClock(NOW))
        try:
            began = time.perf_counter()
            head = _fill(app, people)
            _say(f"{engine}: {people} people loaded in {time.perf_counter() - began:.0f} s")
            cookie, _ends = open_session(app, head, own_phone=True, request_id="bench")
            yield Regency(app, cookie)
        finally:
            app.close()


def _fill(app: Leuit, count: int) -> Identity:
    since = dt.date(2020, 1, 1)
    table = seed_tables()["tpp_umum"]
    with app.change(SYSTEM) as work:
        units = [
            {"code": f"U{n}", "name": f"Unit {n}", "short": f"U{n}", "kind": "dinas"}
            for n in range(count // PER_UNIT + 1)
        ]
        unit_ids = _insert(work, Unit, [row | {"valid_from": since} for row in units])
        links = [
            {"unit_id": u, "parent_id": unit_ids[0], "valid_from": since} for u in unit_ids[1:]
        ]
        _insert(work, UnitLink, links)
        rebuild_closure(work.session)
        heads = _insert(
            work,
            Position,
            [{"unit_id": u, "title": "Kepala", "is_head": True} for u in unit_ids[1:]],
        )
        posts = _insert(
            work, Position, [{"unit_id": u, "title": "Pelaksana"} for u in unit_ids[1:]]
        )
        people = _insert(work, Person, [{"name": f"Pegawai {n * 7919}"} for n in range(count)])
        _insert(
            work,
            Assignment,
            [
                {
                    "person_id": person,
                    "position_id": (posts if n % PER_UNIT else heads)[n // PER_UNIT],
                    "kind": "definitif",
                    "valid_from": since,
                }
                for n, person in enumerate(people)
            ],
        )
        draft = Draft("Uji kecepatan", "Uji", "unverified", since, to_plain(table))
        edition_id = seed_edition(work, DEDUCTIONS, draft)
        basis = DayBasis(mark="bench", deductions_id=edition_id)
        account = Account(login="kepala", person_id=people[0], created_at=work.now)
        work.session.add_all([basis, account])
        work.session.flush()
        work.audit("core.account.created", RecordRef("core.account", str(account.id)))
        basis_id, account_id = basis.id, account.id
    _store_days(app, people, unit_ids[1:], basis_id, table)
    return Identity(
        kind="person", name="Kepala", account_id=account_id, person_id=people[0], login="kepala"
    )


def _store_days(
    app: Leuit, people: list[UUID], units: list[UUID], basis: int, table: DeductionTable
) -> None:
    """A year of days for everybody, as the drivers take them fastest; then a rested database."""
    postgresql = app.database.dialect == "postgresql"
    years = _years(postgresql, table)
    names = ", ".join((*COLUMNS, "computed_at"))
    stamp = NOW if postgresql else NOW.replace(tzinfo=None).isoformat(" ", "microseconds")

    def rows(start: int, end: int) -> Iterator[tuple[Any, ...]]:
        for number in range(start, end):
            person, unit = people[number], units[number // PER_UNIT]
            key: Any = person if postgresql else person.hex
            where: Any = unit if postgresql else unit.hex
            for day, *rest in years[number % PATTERNS]:
                yield (key, day, where, *rest, basis, stamp)

    with app.database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if postgresql:
            with raw.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")  # keys are known to hold
                for start in range(0, len(people), 500):  # a statement may not last for ever
                    with cursor.copy(f"COPY attendance_day ({names}) FROM STDIN") as copy:
                        for row in rows(start, start + 500):
                            copy.write_row(row)
                cursor.execute("SET session_replication_role = origin")
            raw.commit()
            raw.autocommit = True
            raw.execute("VACUUM ANALYZE")
            raw.autocommit = False
            return
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        for start in range(0, len(people), 500):
            raw.execute("BEGIN")
            raw.executemany(
                f"INSERT INTO attendance_day ({names}) VALUES ({marks})", rows(start, start + 500)
            )
            raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _years(postgresql: bool, table: DeductionTable) -> list[list[tuple[Any, ...]]]:
    """Some years of days: day, status, duty, taps, minutes, classes, deductions, flags."""
    dice = Random(7)
    percents = table.hundredths_by_class

    def moment(value: dt.datetime) -> Any:
        return value if postgresql else value.isoformat(" ", "microseconds")

    years = []
    for _pattern in range(PATTERNS):
        year: list[tuple[Any, ...]] = []
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + number * DAY
            written: Any = day if postgresql else day.isoformat()
            midnight = dt.datetime.combine(day, MIDNIGHT)
            if day.weekday() > 4:
                year.append((written, "bebas", None, None, None, None, 0, 0, "", 0, 0, ""))
                continue
            starts, ends = midnight + dt.timedelta(hours=7.5), midnight + dt.timedelta(hours=16)
            duty = (moment(starts), moment(ends))
            chance = dice.random()
            if chance < 0.04:
                status = dice.choice(("cuti", "dinas_luar", "tanpa_keterangan"))
                lost = percents["TK"] if status == "tanpa_keterangan" else 0
                names = "TK" if lost else ""
                year.append((written, status, *duty, None, None, 0, 0, names, lost, 0, ""))
                continue
            late = dice.randrange(1, 60) if chance > 0.9 else 0
            early = dice.randrange(1, 60) if chance < 0.08 else 0
            classes = [f"TL{late // 31 + 1}"] if late else []
            classes += [f"PSW{early // 31 + 1}"] if early else []
            taps = (
                moment(starts + dt.timedelta(minutes=late or -dice.randrange(30))),
                moment(ends - dt.timedelta(minutes=early or -dice.randrange(30))),
            )
            lost = sum(percents[name] for name in classes)
            late_lost = percents[classes[0]] if late else 0
            names = " ".join(classes)
            year.append((written, "hadir", *duty, *taps, late, early, names, lost, late_lost, ""))
        years.append(year)
    return years


def _insert(work: Work, model: Any, rows: list[dict[str, Any]]) -> list[UUID]:
    ids = [new_id() for _row in rows]
    named = [{"id": row_id, **row} for row_id, row in zip(ids, rows, strict=True)]
    work.session.execute(insert(model), named)
    return ids


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "postgresql":
        server = start_server(durable=True)
        try:
            yield server.create_database()
        finally:
            server.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/leuit.db"


def _say(line: str) -> None:
    error_stream = sys.__stderr__
    assert error_stream is not None
    error_stream.write(f"unit month {line}\n")
    error_stream.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
