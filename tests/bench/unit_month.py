"""The unit month page beside a bare Starlette route, and beside itself in a small regency.

A regency of 10,000 people and one of 1,000, each with a year of days, in units of 200 people; how
page and bare route are compared stands in `bare_route`.
"""

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.routing import Route

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
from tests.bench.bare_route import Caller, Stopwatch, calling, capturing, medians
from tests.support.postgres import start_server

SIZES = (1_000, 10_000)
PER_UNIT = 200
ROUNDS, CALLS, WARM = 9, 120, 30
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
        callers[name] = stack.enter_context(calling(pages, path, cookie))
    with capturing(large.app) as captured:
        callers["large"].call(1)
    _say(f"{engine}: {len(captured.statements)} statements, {len(captured.html)} characters")
    bare = Stopwatch(Starlette(routes=[Route("/bare", captured.endpoint(large.app))]))
    callers["bare"] = stack.enter_context(calling(bare, "/bare", ""))
    for caller in callers.values():
        caller.call(WARM)
    found = medians(callers, rounds, calls, lambda line: _say(f"{engine}: {line}"))
    return found["large"], found["bare"], found["small"]


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
