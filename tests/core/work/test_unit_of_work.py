"""The unit of work: rows, audit entries and jobs together or not at all."""

import datetime as dt
import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import Date, Uuid, bindparam, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from leuit.audit import verify_body
from leuit.identity import SYSTEM, Identity, Person, Unit
from leuit.values import RecordRef, SetupError, UnavailableError, new_id
from leuit.work import (
    AuditEntry,
    BarredError,
    Job,
    JobKind,
    Leuit,
    LostTransactionError,
    NestedUnitError,
    UnauditedWriteError,
    UnknownOutcomeError,
    Work,
)

FIRST = dt.date(2020, 1, 1)
REF = RecordRef("core.unit", "x", "Contoh")


def unit(code: str) -> Unit:
    return Unit(code=code, name=code, short=code, kind="dinas", valid_from=FIRST)


def add(work: Work, code: str) -> None:
    work.session.add(unit(code))
    work.session.flush()
    work.audit("core.unit.created", REF, code=code)


def stored(app: Leuit) -> tuple[set[str], int]:
    """Codes of all units, and the number of audit entries about units."""
    with app.read(SYSTEM) as view:
        codes = set(view.session.execute(select(Unit.code)).scalars())
        entries = view.session.execute(
            select(func.count())
            .select_from(AuditEntry)
            .where(AuditEntry.action == "core.unit.created")
        ).scalar_one()
    return codes, entries


def test_a_unit_stores_row_and_entry(app: Leuit) -> None:
    """Leaving the block stores the row together with its entry, whose leaf fits its body."""
    with app.change(SYSTEM, request_id="R1") as work:
        add(work, "A")
    assert stored(app) == ({"A"}, 1)
    with app.read(SYSTEM) as view:
        entry = view.session.execute(select(AuditEntry)).scalar_one()
        assert entry.salt is not None
        assert entry.body is not None
        assert verify_body(entry.leaf, entry.salt, entry.body)
        assert json.loads(entry.body)["request"] == "R1"
        assert entry.log_index is None


def test_a_unit_in_which_nothing_happens_ends_quietly(app: Leuit) -> None:
    """Neither engine takes a transaction that never began for a lost one."""
    with app.change(SYSTEM) as work:
        assert work.identity == SYSTEM
    with app.change(SYSTEM) as work:
        add(work, "A")
    assert stored(app) == ({"A"}, 1)


def test_an_error_in_the_block_stores_nothing(app: Leuit) -> None:
    """An exception takes row, entry and job with it, and callbacks are not called."""
    called: list[int] = []
    with pytest.raises(RuntimeError), app.change(SYSTEM) as work:
        add(work, "A")
        work.after_commit(lambda: called.append(1))
        raise RuntimeError
    assert stored(app) == (set(), 0)
    assert called == []


def test_a_silent_write_is_refused(app: Leuit) -> None:
    """A write without an audit entry is rolled back, by ORM, Core and plain SQL alike."""
    plain = text(
        "INSERT INTO unit (id, code, name, short, kind, valid_from, version)"
        " VALUES (:id, 'P', 'P', 'P', 'dinas', :now, 1)"
    ).bindparams(bindparam("id", type_=Uuid()), bindparam("now", type_=Date()))
    core = insert(Unit).values(
        id=new_id(), code="C", name="C", short="C", kind="dinas", valid_from=FIRST, version=1
    )
    writes: list[Callable[[Work], Any]] = [
        lambda work: work.session.add(unit("O")),
        lambda work: work.session.execute(core),
        lambda work: work.session.execute(plain, {"id": new_id(), "now": FIRST}),
    ]
    for write in writes:
        with pytest.raises(UnauditedWriteError, match="unit"), app.change(SYSTEM) as work:
            write(work)
    assert stored(app) == (set(), 0)


def test_the_transaction_cannot_be_ended_from_inside(app: Leuit) -> None:
    """commit, rollback, begin and close of the lent session are barred; savepoints are not."""
    with app.change(SYSTEM) as work:
        for end in (work.session.commit, work.session.rollback, work.session.close):
            with pytest.raises(BarredError):
                end()
        with pytest.raises(BarredError):
            work.session.begin()
        with pytest.raises(IntegrityError), work.session.begin_nested():
            work.session.add_all([unit("A"), unit("A")])
            work.session.flush()
        add(work, "B")
    assert stored(app) == ({"B"}, 1)


def test_nested_units_raise_at_once(app: Leuit) -> None:
    """A unit inside a unit would wait for itself; it raises instead, and the outer one is whole."""
    with app.change(SYSTEM) as work:
        add(work, "A")
        with pytest.raises(NestedUnitError), app.change(SYSTEM):
            pass
    assert stored(app) == ({"A"}, 1)


def test_a_view_cannot_write(app: Leuit) -> None:
    """Reading connections refuse every write on both engines."""
    _one(app, "A")
    with pytest.raises((UnavailableError, DBAPIError)), app.read(SYSTEM) as view:
        view.session.execute(text("DELETE FROM unit"))
    assert stored(app) == ({"A"}, 1)


def test_a_view_sees_one_moment(app: Leuit) -> None:
    """What another unit commits after a view's first look is not seen by that view."""
    with app.read(SYSTEM) as view:
        count = select(func.count()).select_from(Unit)
        assert view.session.execute(count).scalar_one() == 0
        worker = threading.Thread(target=lambda: _one(app, "A"))
        worker.start()
        worker.join()
        assert view.session.execute(count).scalar_one() == 0
    assert stored(app) == ({"A"}, 1)


def test_many_writers_lose_nothing(app: Leuit) -> None:
    """Sixteen threads reading then writing the same row give the sum of what they added."""
    with app.change(SYSTEM) as work:
        add(work, "A")

    def raise_version() -> None:
        for _turn in range(10):
            with app.change(SYSTEM) as work:
                row = work.session.execute(
                    select(Unit).where(Unit.code == "A").with_for_update()
                ).scalar_one()
                row.version += 1
                work.audit("core.unit.created", REF)

    threads = [threading.Thread(target=raise_version) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.read(SYSTEM) as view:
        assert view.session.execute(select(Unit.version)).scalar_one() == 161
    assert stored(app)[1] == 161


def test_undeclared_actions_and_jobs_are_refused(app: Leuit) -> None:
    """A name that nobody registered is an error, so the vocabularies stay closed."""
    with pytest.raises(SetupError, match="tidak terdaftar"), app.change(SYSTEM) as work:
        work.audit("core.unit.exploded", REF)
    with pytest.raises(SetupError, match="tidak terdaftar"), app.change(SYSTEM) as work:
        work.enqueue("core.no_such_kind", {})


def test_floats_do_not_enter_the_log(app: Leuit) -> None:
    """A float has no single text form, so an entry with one is refused."""
    with pytest.raises(TypeError, match="float"), app.change(SYSTEM) as work:
        work.audit("core.unit.created", REF, hours=7.5)


def test_access_to_personal_data_is_logged_after_reading(app: Leuit) -> None:
    """Accesses noted in a view become entries before the block is left, naming who looked."""
    who = Identity(kind="service", name="x", account_id=new_id(), login="x")
    with app.read(who, request_id="R2") as view:
        view.note_access(RecordRef("core.person", "p1"), fields=["nik"], why="unduh")
    with app.read(SYSTEM) as view:
        entry = view.session.execute(select(AuditEntry)).scalar_one()
        assert entry.action == "core.personal_data.read"
        assert entry.body is not None
        assert json.loads(entry.body)["details"] == {"fields": ["nik"], "why": "unduh"}


def test_a_lost_transaction_is_noticed(app: Leuit, engine: str) -> None:
    """When the engine drops the transaction in the middle, later statements do not commit alone."""
    with pytest.raises(LostTransactionError), app.change(SYSTEM) as work:
        add(work, "A")
        raw: Any = work.connection.connection.dbapi_connection
        raw.rollback()  # what SQLITE_FULL and SQLITE_IOERR do by themselves
        if engine == "sqlite":
            add(work, "B")
    assert stored(app) == (set(), 0)
    _one(app, "C")
    assert stored(app) == ({"C"}, 1)


def test_a_swallowed_error_on_postgresql_does_not_pass_for_a_commit(
    app: Leuit, engine: str
) -> None:
    """A failed statement inside the unit fails the unit, though the code swallowed the error."""
    with pytest.raises((LostTransactionError, IntegrityError)), app.change(SYSTEM) as work:
        add(work, "A")
        try:
            work.connection.execute(text("INSERT INTO unit_link (id, unit_id) VALUES ('x', NULL)"))
        except Exception as error:
            if engine == "sqlite":
                raise
            assert "unit_link" in str(error)  # psycopg would answer COMMIT by a silent rollback
    assert stored(app) == (set(), 0)


def test_a_failing_commit_is_told_and_the_connection_replaced(app: Leuit) -> None:
    """COMMIT that raises answers with an unknown outcome, and the next unit works."""
    broken = [True]

    def refuse(connection: Any) -> None:
        if broken and broken.pop():
            connection.connection.dbapi_connection.close()

    event.listen(app.database.writer, "commit", refuse)
    with pytest.raises((UnknownOutcomeError, UnavailableError)), app.change(SYSTEM) as work:
        add(work, "A")
    event.remove(app.database.writer, "commit", refuse)
    _one(app, "B")
    assert stored(app) == ({"B"}, 1)


def test_a_deferred_constraint_refuses_the_whole_unit(app: Leuit, engine: str) -> None:
    """A constraint that speaks only at COMMIT takes everything with it."""
    if engine == "sqlite":
        defer = "PRAGMA defer_foreign_keys = ON"
    else:
        defer = "ALTER TABLE unit_link ALTER CONSTRAINT fk_unit_link_unit_id DEFERRABLE"
        with app.database.writer.connect() as connection, connection.begin():
            connection.execute(text(defer))
        defer = "SET CONSTRAINTS ALL DEFERRED"
    with pytest.raises(IntegrityError), app.change(SYSTEM) as work:
        add(work, "A")
        work.session.execute(text(defer))
        known = work.session.execute(select(Unit.id)).scalar_one()
        work.session.execute(
            text(
                "INSERT INTO unit_link (id, unit_id, parent_id, valid_from)"
                " VALUES (:id, :ghost, :known, '2020-01-01')"
            ).bindparams(
                bindparam("id", known, Uuid()),
                bindparam("ghost", UUID(int=0), Uuid()),
                bindparam("known", known, Uuid()),
            )
        )
    assert stored(app) == (set(), 0)


def test_jobs_are_stored_with_the_unit_that_asks(app: Leuit) -> None:
    """A job exists exactly when the change that asked for it does."""
    kind = "core.example"
    app.vocabulary = attrs.evolve(app.vocabulary, kinds={kind: JobKind(kind, print)})
    with pytest.raises(RuntimeError), app.change(SYSTEM) as work:
        work.enqueue(kind, {"n": 1})
        raise RuntimeError
    with app.change(SYSTEM) as work:
        first = work.enqueue(kind, {"n": 2}, dedupe_key="same")
        assert work.enqueue(kind, {"n": 3}, dedupe_key="same") == first
    with app.read(SYSTEM) as view:
        assert [job.args for job in view.session.execute(select(Job)).scalars()] == [{"n": 2}]


def _one(app: Leuit, code: str) -> None:
    with app.change(SYSTEM) as work:
        add(work, code)


def test_an_error_does_not_repeat_values(app: Leuit) -> None:
    """What a refused statement held may be personal: neither its error nor the log repeats it."""
    secret = "3602991212800001"
    with pytest.raises(DBAPIError) as caught, app.change(SYSTEM) as work:
        work.session.execute(text("INSERT INTO nowhere (nik) VALUES (:nik)"), {"nik": secret})
    assert secret not in str(caught.value)
    with pytest.raises(IntegrityError) as twice, app.change(SYSTEM) as work:
        for _number in range(2):
            row = {"id": new_id(), "name": "Contoh", "nik": secret, "version": 1}
            work.connection.execute(insert(Person), row)
    assert secret not in f"{twice.value} {twice.value.orig}"


def test_the_lent_connection_shares_the_sessions_savepoints(app: Leuit) -> None:
    """What the connection writes goes with a savepoint of the session; it sees flushed rows."""
    with app.change(SYSTEM) as work:
        add(work, "A")
        work.session.flush()
        assert work.connection.execute(select(Unit.code)).scalars().all() == ["A"]
        with pytest.raises(RuntimeError), work.session.begin_nested():
            work.connection.execute(
                insert(Unit).values(
                    id=new_id(),
                    code="C",
                    name="C",
                    short="C",
                    kind="dinas",
                    valid_from=FIRST,
                    version=1,
                )
            )
            raise RuntimeError
    assert stored(app) == ({"A"}, 1)
