"""Faults at each step of a unit of work, and the comparison of answers with what is stored.

A step is one call of the engine's driver: the beginning, each statement, COMMIT, and the giving
back of the connection. A fault comes before the call (it is not made) or after it (its answer is
lost).
"""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import psycopg
from sqlalchemy import Engine, select

from leuit.identity import SYSTEM, Unit
from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import LeuitError, RecordRef, new_id
from leuit.work import AuditEntry, Job, JobKind, Leuit, UnknownOutcomeError

KIND = "core.example"
STEPS = ("begin", "INSERT unit", "INSERT job", "INSERT audit_entry", "commit", "give back")
"""The steps of the unit that `write` makes."""
COMMIT = STEPS.index("commit")
Raise = Callable[[Any], None]
"""Raises a fault as the driver does, given its connection."""


def installation(settings: Settings, host: Host) -> Leuit:
    """The installation, opened anew, with a kind of job that these tests may ask for."""
    kinds = {**host.vocabulary.kinds, KIND: JobKind(KIND, print)}
    return Leuit(settings, attrs.evolve(host.vocabulary, kinds=kinds))


def unit(code: str) -> dict[str, Any]:
    """The values of a row."""
    first = dt.date(2020, 1, 1)
    return {
        "id": new_id(),
        "code": code,
        "name": code,
        "short": code,
        "kind": "dinas",
        "valid_from": first,
        "version": 1,
    }


def write(app: Leuit, code: str, *, is_wrong: bool = False) -> None:
    """One unit of work: a row, a job and the audit entry; a wrong one fails at its end."""
    with app.change(SYSTEM) as work:
        work.session.add(Unit(**unit(code)))
        work.session.flush()
        work.enqueue(KIND, {"code": code})
        work.audit("core.unit.created", RecordRef("core.unit", code), code=code)
        if is_wrong:
            raise RuntimeError("a mistake")


def told(app: Leuit, code: str) -> tuple[str, BaseException | None]:
    """What the caller of one unit hears, as a line for `compare`, and as the error."""
    try:
        write(app, code)
    except UnknownOutcomeError as error:
        return f"unknown {code} {error.code}\n", error
    except LeuitError as error:
        return f"no {code} {error.code}\n", error
    except (KeyboardInterrupt, RuntimeError) as error:
        return f"broken {code}\n", error
    return f"ok {code}\n", None


def compare(app: Leuit, lines: list[str]) -> tuple[set[str], set[str]]:
    """Acknowledged and refused codes, after checking that rows, entries and jobs agree."""
    whole = [line.split() for line in lines if line.endswith("\n")]
    acknowledged = {parts[1] for parts in whole if parts[0] == "ok"}
    refused = {parts[1] for parts in whole if parts[0] == "no"}
    rows = stored(app)
    assert acknowledged <= rows, "an acknowledged write is lost"
    assert not refused & rows, "a refused write is stored"
    return acknowledged, refused


def stored(app: Leuit) -> set[str]:
    """Codes of all units, each once, after checking that each has its entry and its job."""
    with app.read(SYSTEM) as view:
        rows = list(view.session.execute(select(Unit.code)).scalars())
        entries = list(
            view.session.execute(
                select(AuditEntry.ref_id).where(AuditEntry.action == "core.unit.created")
            ).scalars()
        )
        jobs = [args["code"] for args in view.session.execute(select(Job.args)).scalars()]
    assert sorted(rows) == sorted(entries), "a row without its entry, or the other way round"
    assert sorted(rows) == sorted(jobs), "a row without its job, or the other way round"
    assert len(rows) == len(set(rows)), "a row twice"
    return set(rows)


def steps_of(app: Leuit, code: str) -> list[str]:
    """The steps of one unit that goes well."""
    with faulty(app.database.writer) as steps:
        write(app, code)
    return steps


@contextlib.contextmanager
def faulty(
    engine: Engine, number: int = -1, fault: Raise | None = None, *, after: bool = False
) -> Iterator[list[str]]:
    """Steps are noted in the list; the one of that number meets the fault, before or after."""
    dialect: Any = engine.dialect
    steps: list[str] = []

    def step(
        name: str, call: Callable[..., None], connection: Any, arguments: tuple[Any, ...]
    ) -> None:
        here = len(steps) == number
        steps.append(name)
        if here and fault is not None and not after:
            fault(connection)
        call(*arguments)
        if here and fault is not None:
            fault(connection)

    def statement(call: Callable[..., None]) -> Callable[..., None]:
        def execute(cursor: Any, text: str, values: Any, context: Any = None) -> None:
            words = text.replace('"', "").split()
            name = f"INSERT {words[2]}" if words[0] == "INSERT" else words[0]
            step(name, call, cursor.connection, (cursor, text, values, context))

        return execute

    def ending(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def end(connection: Any) -> None:
            raw = getattr(connection, "dbapi_connection", connection)
            step(name, call, raw, (connection,))

        return end

    engine.connect().close()  # what a first connection asks is no step of the unit
    changed = {
        "do_begin": ending("begin", dialect.do_begin),
        "do_execute": statement(dialect.do_execute),
        "do_executemany": statement(dialect.do_executemany),
        "do_commit": ending("commit", dialect.do_commit),
        "do_rollback": ending("give back", dialect.do_rollback),
    }
    own = {name: vars(dialect)[name] for name in changed if name in vars(dialect)}
    vars(dialect).update(changed)
    try:
        yield steps
    finally:
        for name in changed:
            del vars(dialect)[name]
        vars(dialect).update(own)


def control_c(_connection: Any) -> None:
    """Somebody presses Ctrl-C."""
    raise KeyboardInterrupt


def mistake(_connection: Any) -> None:
    """An error of the program itself."""
    raise RuntimeError("a mistake")


def full(connection: Any) -> None:
    """No room: both engines give the transaction up."""
    _give_up(connection, sqlite3.SQLITE_FULL, "database or disk is full", "53100")


def broken_disk(connection: Any) -> None:
    """An error of input or output: both engines give the transaction up."""
    _give_up(connection, sqlite3.SQLITE_IOERR, "disk I/O error", "58030")


def stopped(connection: Any) -> None:
    """The engine is told to stop what it is doing: sqlite3_interrupt, or a cancelled query."""
    _give_up(connection, sqlite3.SQLITE_INTERRUPT, "interrupted", "57014")


def gone(connection: Any) -> None:
    """The connection breaks."""
    if isinstance(connection, sqlite3.Connection):
        broken_disk(connection)
    connection.close()
    raise psycopg.OperationalError("server closed the connection unexpectedly")


def _give_up(connection: Any, code: int, words: str, state: str) -> None:
    """Fail as the engine does; PostgreSQL itself is made to."""
    if isinstance(connection, sqlite3.Connection):
        connection.rollback()
        error = sqlite3.OperationalError(words)
        error.sqlite_errorcode = code
        raise error
    connection.execute(f"DO $$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = '{state}'; END $$")
