"""Prepared statements do what SQLAlchemy's own execution does: values, errors, listeners."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, event, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from leuit.identity import SYSTEM
from leuit.storage import Prepared
from leuit.values import RecordRef, new_id
from leuit.work import Job, Leuit, LostTransactionError, Number, NumberSeries, UnauditedWriteError

REF = RecordRef("core.unit", "x", "contoh")
SERIES = Prepared(insert(NumberSeries))
NUMBER = Prepared(insert(Number))
RENAME = Prepared(
    update(Number).where(Number.series == bindparam("of")).values(reason=bindparam("told"))
)
NEXT = Prepared(
    update(NumberSeries)
    .where(NumberSeries.key == bindparam("of"))
    .values(last=NumberSeries.last + 1)
    .returning(NumberSeries.last)
)
GONE = Prepared(delete(Number).where(Number.series == bindparam("of")))


def row(value: int, at: dt.datetime) -> dict[str, Any]:
    """A number of the series S without what has a default."""
    return {
        "id": new_id(),
        "series": "S",
        "value": value,
        "ref_kind": "a",
        "ref_id": "b",
        "reserved_at": at,
    }


def test_what_is_stored_is_what_the_mapped_class_reads(app: Leuit) -> None:
    """Ids, instants, JSON, scalar defaults and NULL arrive as if SQLAlchemy had stored them."""
    job = Prepared(insert(Job))
    with app.change(SYSTEM) as work:
        SERIES.run(work.connection, {"key": "S", "last": 7})
        first, second, third = (row(value, work.now) for value in (1, 2, 3))
        assert NUMBER.run(work.connection, first) == 1
        NUMBER.run_many(work.connection, [second, third])
        NUMBER.run_many(work.connection, [row(4, work.now)])
        assert NEXT.scalar(work.connection, {"of": "S"}) == 8
        assert NEXT.scalar(work.connection, {"of": "T"}) is None
        told = {"b": ["é", 1, None], "a": {}}
        plain = {"id": new_id(), "queue": "q", "kind": "k", "args": told, "priority": 1}
        plain |= {"status": "done", "run_at": work.now, "created_at": work.now}
        job.run(work.connection, plain | {"request_id": "", "progress_text": ""})
        work.audit("core.unit.created", REF)
    with app.read(SYSTEM) as view:
        found = view.session.scalars(select(Number).order_by(Number.value)).all()
        assert [one.value for one in found] == [1, 2, 3, 4]
        assert found[0].id == first["id"]
        assert found[0].reserved_at == first["reserved_at"]
        assert (found[0].state, found[0].reason, found[0].ended_at) == ("reserved", "", None)
        kept = view.session.get_one(Job, plain["id"])
        assert (kept.args, kept.attempts, kept.dedupe_key) == (told, 0, None)


def test_rows_that_were_touched_are_counted(app: Leuit) -> None:
    """Also none."""
    with app.change(SYSTEM) as work:
        SERIES.run(work.connection, {"key": "S", "last": 0})
        NUMBER.run_many(work.connection, [row(1, work.now), row(2, work.now)])
        assert RENAME.run(work.connection, {"of": "S", "told": "x"}) == 2
        assert RENAME.run(work.connection, {"of": "T", "told": "x"}) == 0
        assert GONE.run(work.connection, {"of": "S"}) == 2
        work.audit("core.unit.created", REF)


def test_a_refused_row_is_an_error_of_sqlalchemy(app: Leuit) -> None:
    """It names no value, and the unit stores nothing."""
    with pytest.raises(IntegrityError) as told, app.change(SYSTEM) as work:
        SERIES.run(work.connection, {"key": "S", "last": 0})
        SERIES.run(work.connection, {"key": "S", "last": 123_456_789})
    assert "123456789" not in str(told.value)
    with app.read(SYSTEM) as view:
        assert view.session.get(NumberSeries, "S") is None


def test_the_unit_of_work_sees_what_is_written(app: Leuit) -> None:
    """Without an audit entry the unit is refused, and a lost transaction is noticed before."""
    with pytest.raises(UnauditedWriteError), app.change(SYSTEM) as work:
        SERIES.run(work.connection, {"key": "S", "last": 0})
    with pytest.raises(LostTransactionError), app.change(SYSTEM) as work:
        SERIES.run(work.connection, {"key": "S", "last": 0})
        raw: Any = work.connection.connection.dbapi_connection
        raw.rollback()
        SERIES.run(work.connection, {"key": "T", "last": 0})


def test_listeners_hear_of_it(app: Leuit) -> None:
    """As of every statement: with its text."""
    heard: list[str] = []

    def hear(*call: Any) -> None:
        heard.append(call[2])

    event.listen(app.database.writer, "before_cursor_execute", hear)
    try:
        with app.change(SYSTEM) as work:
            SERIES.run(work.connection, {"key": "S", "last": 0})
            work.audit("core.unit.created", REF)
    finally:
        event.remove(app.database.writer, "before_cursor_execute", hear)
    assert heard[0].startswith("INSERT INTO number_series")


def test_a_default_that_is_worked_out_is_the_callers(app: Leuit) -> None:
    """An id that nobody gave is told when the statement is first run."""
    with pytest.raises(TypeError, match="default"), app.change(SYSTEM) as work:
        NUMBER.run(work.connection, {"series": "S", "value": 1})


def test_rows_are_those_that_sqlalchemy_reads(app: Leuit) -> None:
    """Ids, instants, JSON, NULL and reckoned columns come back alike, in order, by name."""
    reckoned = (Number.value * 2).label("twice")
    plain = select(*Number.__table__.columns, reckoned, func.length(Number.series)).where(
        Number.series == bindparam("of"), Number.value.in_([1, 3, 4]), Number.state == "reserved"
    )
    ordered = plain.order_by(Number.value.desc()).limit(2)
    jobs = select(Job.args, Job.dedupe_key, Job.run_at).where(Job.kind == bindparam("kind"))
    with app.change(SYSTEM) as work:
        SERIES.run(work.connection, {"key": "S", "last": 0})
        NUMBER.run_many(work.connection, [row(value, work.now) for value in (1, 2, 3, 4)])
        told = {"id": new_id(), "queue": "q", "kind": "k", "args": {"a": [1]}, "priority": 1}
        told |= {"status": "done", "run_at": work.now, "created_at": work.now}
        Prepared(insert(Job)).run(work.connection, told | {"request_id": "", "progress_text": ""})
        work.audit("core.unit.created", REF)
        for statement, values in (
            (ordered, {"of": "S"}),
            (ordered, {"of": "T"}),
            (ordered.with_for_update(), {"of": "S"}),
            (jobs, {"kind": "k"}),
        ):
            ours, theirs = Prepared(statement), work.connection.execute(statement, values).all()
            for _again in range(2):
                assert [tuple(one) for one in ours.rows(work.connection, values)] == [
                    tuple(one) for one in theirs
                ]
            first = ours.first(work.connection, values)
            assert (first and tuple(first)) == (tuple(theirs[0]) if theirs else None)
    with app.read(SYSTEM) as view:
        [one, other] = Prepared(ordered).rows(view.connection, {"of": "S"})
        assert (one.value, one.twice, other.value, other.ended_at) == (4, 8, 3, None)
