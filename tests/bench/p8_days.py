"""P8: from stored punches to stored days, at three sizes, beside the pure engine in memory.

The pipeline is the job that runs in production, asked for everybody's month: it finds the people,
reads their punches, judges and stores every day, with real fsync. The pure engine is given the same
people's taps, and resolves and judges the same days. Both start from nothing in every round and
alternate; the least of the rounds counts. Growth is the exponent between the smallest and the
largest size.
"""

import datetime as dt
import gc
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from leuit.builtin import BUILTINS
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import (
    SYSTEM,
    Assignment,
    Person,
    PersonPin,
    Position,
    Unit,
    UnitLink,
    rebuild_closure,
)
from leuit.plugins import Host, load
from leuit.settings import Region, Settings
from leuit.storage import Database, core_history, migrate
from leuit.values import ManualClock, RecordRef, new_id
from leuit.work import Leuit, Work, Worker
from leuit_attendance.data import seed_schedules, seed_tables
from leuit_attendance.models import Device, DeviceState, PunchRow, ScheduleUse
from leuit_attendance.rules import DatedSchedule, Punch, judge_days, resolve_duty, to_plain
from leuit_attendance.service.compute import JUDGED, RECOMPUTE
from leuit_attendance.service.figures import DEDUCTIONS, SCHEDULES, ScheduleBook
from tests.support.postgres import start_server

SIZES = (1_000, 5_000, 25_000)
ROUNDS = 5
ENGINES = ("sqlite", "postgresql")
SPEED_GOAL, GROWTH_GOAL = 0.25, 1.05
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
NOW = dt.datetime(2026, 11, 10, 1, 0, tzinfo=dt.UTC)
UNITS = 30
DAY = dt.timedelta(days=1)
MONTH = [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]
AROUND = [FIRST - DAY, *MONTH, LAST + DAY]
WEEK = seed_schedules()["schedule_permenpanrb_6_2018"]
TABLE = seed_tables()["tpp_umum"]


def measure(
    sizes: Sequence[int] = SIZES, rounds: int = ROUNDS, engines: Sequence[str] = ENGINES
) -> list[dict[str, Any]]:
    """Rows for the report: speed at each size, and growth, for each engine."""
    host = load(Settings(data=Path("unused"), region=Region()), BUILTINS)
    found: list[dict[str, Any]] = []
    for engine in engines:
        times: list[float] = []
        for size in sizes:
            pipeline, pure = _measure_size(host, engine, size, rounds)
            times.append(pipeline)
            days = size * len(MONTH)
            ratio = pure / pipeline
            found.append(
                {
                    "name": f"P8 {size} person-months, µs a day",
                    "engine": engine,
                    "value": round(pipeline / days * 1e6, 2),
                    "baseline": round(pure / days * 1e6, 2),
                    "ratio": round(ratio, 3),
                    "goal": f">= {SPEED_GOAL}",
                    "holds": ratio >= SPEED_GOAL,
                }
            )
        growth = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
        found.append(
            {
                "name": f"P8 growth exponent, {sizes[0]} to {sizes[-1]}",
                "engine": engine,
                "value": round(growth, 3),
                "baseline": 1.0,
                "ratio": round(growth, 3),
                "goal": f"<= {GROWTH_GOAL}",
                "holds": growth <= GROWTH_GOAL,
            }
        )
    return found


def _measure_size(host: Host, engine: str, size: int, rounds: int) -> tuple[float, float]:
    taps = _taps(size)
    with _database(engine, host) as url, tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), region=Region(), database=url)
        app = Leuit(settings, host.vocabulary, clock=ManualClock(NOW))
        try:
            _load(app, taps)
            Worker(app, name="bench").run_pending()  # what loading itself has asked for
            gc.freeze()  # the baseline's taps in memory must not slow the pipeline's collector
            best: dict[str, float] = {}
            for number in range(rounds):
                _forget(app)
                for name, function in (
                    ("pipeline", lambda: _pipeline(app, size)),
                    ("pure", lambda: _pure(taps)),
                ):
                    seconds = _timed(function)
                    best[name] = min(seconds, best.get(name, math.inf))
                    _say(f"{engine} {size}: round {number + 1}, {name} {seconds:.2f} s")
            return best["pipeline"], best["pure"]
        finally:
            app.close()


def _pipeline(app: Leuit, size: int) -> None:
    with app.change(SYSTEM) as work:
        work.enqueue(RECOMPUTE, {"everyone": [FIRST.isoformat(), LAST.isoformat()]})
    Worker(app, name="bench").run_pending(limit=1, raise_errors=True)
    with app.read(SYSTEM) as view:
        count = view.session.execute(text("SELECT count(*) FROM attendance_day")).scalar_one()
    if count != size * len(MONTH):
        raise RuntimeError(f"{count} days are stored, not {size * len(MONTH)}")


def _pure(taps: list[list[Punch]]) -> None:
    schedule = DatedSchedule(WEEK, "region", dt.date(2026, 1, 1))
    for mine in taps:
        duties = {day: resolve_duty(day, (schedule,)) for day in AROUND}
        judge_days(MONTH, duties, mine, TABLE, explain=False)


def _taps(size: int) -> list[list[Punch]]:
    """A month of each person: two taps on most working days, some late, missing or repeated."""
    dice = Random(8)
    people = []
    for _person in range(size):
        mine = []
        for day in MONTH:
            if day.weekday() > 4 or dice.random() < 0.03:
                continue
            midnight = dt.datetime.combine(day, dt.time())
            comes = midnight + dt.timedelta(seconds=dice.gauss(7.3 * 3600, 900) // 1)
            leaves = midnight + dt.timedelta(seconds=dice.gauss(16.3 * 3600, 900) // 1)
            if dice.random() > 0.02:
                mine.append(Punch(comes, 0))
            if dice.random() > 0.02:
                mine.append(Punch(leaves, 1))
            if dice.random() < 0.05:
                mine.append(Punch(leaves + dt.timedelta(seconds=3), 1))
        people.append(mine)
    return people


def _load(app: Leuit, taps: list[list[Punch]]) -> None:
    since = AROUND[0]  # putting an edition in force judges every day since then
    with app.change(SYSTEM) as work:
        root, units = _units(work, since)
        posts = _insert(work, Position, [{"unit_id": u, "title": "Pelaksana"} for u in units])
        people = _insert(work, Person, [{"name": f"Pegawai {n}"} for n in range(len(taps))])
        _insert(
            work,
            Assignment,
            [
                {
                    "person_id": person,
                    "position_id": posts[number % UNITS],
                    "kind": "definitif",
                    "valid_from": since,
                }
                for number, person in enumerate(people)
            ],
        )
        _insert(
            work,
            PersonPin,
            [
                {"person_id": person, "pin": str(number + 1), "valid_from": since}
                for number, person in enumerate(people)
            ],
        )
        use = {"level": "region", "code": "kantor", "valid_from": since, "entered_at": work.now}
        _insert(work, ScheduleUse, [use])
        book = to_plain(ScheduleBook({"kantor": WEEK}))
        for kind, body in ((SCHEDULES, book), (DEDUCTIONS, to_plain(TABLE))):
            seed_edition(work, kind, Draft(kind, "Uji kecepatan", "unverified", since, body))
        work.audit("core.unit.created", RecordRef("core.unit", str(root), "Uji kecepatan"))
    _load_punches(app, taps, units)


def _units(work: Work, since: dt.date) -> tuple[UUID, list[UUID]]:
    rows = [
        {"code": f"U{n}", "name": f"Unit {n}", "short": f"U{n}", "kind": "dinas"}
        for n in range(UNITS + 1)
    ]
    ids = _insert(work, Unit, [row | {"valid_from": since} for row in rows])
    links = [{"unit_id": u, "parent_id": ids[0], "valid_from": since} for u in ids[1:]]
    _insert(work, UnitLink, links)
    rebuild_closure(work.session)
    return ids[0], ids[1:]


def _load_punches(app: Leuit, taps: list[list[Punch]], units: list[UUID]) -> None:
    """As devices would leave them: by time, not by person."""
    with app.change(SYSTEM) as work:
        device = Device(serial="BENCH", unit_id=units[0], name="Uji", registered_at=work.now)
        work.session.add(device)
        work.session.flush()
        work.session.add(DeviceState(device_id=device.id, leads=[], info={}))
        work.audit("attendance.device.registered", RecordRef("attendance.device", str(device.id)))
    common = {
        "device_id": device.id,
        "workcode": "0",
        "copies": 1,
        "source": "push",
        "upload_id": new_id(),
        "received_at": NOW,
        "verify": 1,
    }
    rows = sorted(
        (tap.at, str(number + 1), tap.status)
        for number, mine in enumerate(taps)
        for tap in {(tap.at, tap.status): tap for tap in mine}.values()
    )
    for start in range(0, len(rows), 20_000):
        with app.change(SYSTEM) as work:
            work.connection.execute(
                insert(PunchRow.__table__),  # type: ignore[arg-type]  # a Table
                [
                    common | {"at": at, "pin": pin, "status": status}
                    for at, pin, status in rows[start : start + 20_000]
                ],
            )
            work.audit(JUDGED, RecordRef("bench", str(start)))
    _say(f"{app.database.dialect} {len(taps)}: {len(rows)} punches stored")


def _insert(work: Work, model: Any, rows: list[dict[str, Any]]) -> list[UUID]:
    ids = [new_id() for _row in rows]
    named = [{"id": row_id, **row} for row_id, row in zip(ids, rows, strict=True)]
    for start in range(0, len(named), 20_000):
        work.session.execute(insert(model), named[start : start + 20_000])
    return ids


def _forget(app: Leuit) -> None:
    """Take the stored days away, and leave the engine as rested as it would be at night."""
    postgresql = app.database.dialect == "postgresql"
    with app.database.writer.connect() as connection:
        with connection.begin():
            for table in ("attendance_day", "job_step"):
                words = "TRUNCATE" if postgresql else "DELETE FROM"
                connection.exec_driver_sql(f"{words} {table}")
        raw: Any = connection.connection.dbapi_connection
        if postgresql:
            raw.autocommit = True
            raw.execute("VACUUM ANALYZE")
            raw.execute("CHECKPOINT")
            raw.autocommit = False
        else:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _database(engine: str, host: Host) -> Iterator[str]:
    """A migrated database of its own on a real disk."""
    if engine == "postgresql":
        server = start_server(durable=True)
        try:
            url = server.create_database()
            _migrate(url, host)
            yield url
        finally:
            server.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/leuit.db"
        _migrate(url, host)
        yield url


def _migrate(url: str, host: Host) -> None:
    database = Database(url)
    migrate(database, (core_history(), *host.histories))
    database.close()


def _timed(function: Callable[[], None]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def _say(line: str) -> None:
    sys.stderr.write(f"p8 {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:]]
    for result in measure(chosen or SIZES):
        sys.stdout.write(f"{result}\n")
