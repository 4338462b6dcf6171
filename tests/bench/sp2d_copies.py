"""Many payments for the benchmarks: one walks the whole chain, the others are copies of its rows.

So what is measured lies in the tables as the services write it. Each copy has ids and numbers of
its own and other budget lines; the kept balances follow, and the books agree.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import String, Table, UniqueConstraint, bindparam, insert, select, update

from leuit.identity import SYSTEM
from leuit.values import ManualClock, RecordRef, new_id
from leuit.work import Leuit
from leuit_sp2d.models import (
    FREE,
    OUTSIDE,
    RESERVED,
    SPENT,
    UNRELEASED,
    Act,
    Dpa,
    DpaLine,
    Duty,
    Entry,
    Instruction,
    Line,
    Paper,
    Payment,
    PaymentLine,
    Spd,
    SpdLine,
)
from leuit_sp2d.rules.chain import BANK
from leuit_sp2d.service.claims import ClaimedLine
from leuit_sp2d.service.ledger import Cause, Move, post
from tests.bench.places import installation, installed
from tests.sp2d.treasury import YEAR, Treasury, claim, treasury, walked

NOW = dt.datetime(YEAR, 10, 5, 1, 0, tzinfo=dt.UTC)
AMOUNT = 1_000_000
CEILING = 1_000_000_000_000
ALL = (Payment, PaymentLine, Duty, Act, Paper, Entry, Instruction)
AT_A_TIME = 1_000
"""So many copies in one transaction."""


@attrs.frozen
class Books:
    """A treasury with many budget lines and many copies of one payment."""

    office: Treasury
    lines: list[UUID]
    payments: list[UUID]


@contextmanager
def books(
    engine: str,
    *,
    payments: int,
    lines: int,
    each: int,
    state: str = BANK,
    tables: Sequence[type[Any]] = ALL,
) -> Iterator[Books]:
    """An installation on a real disk with so many payments on `each` budget lines, all in `state`.

    The state is `sp2d`, where money is reserved, or `bank`, where it is spent.
    """
    host = installed()
    with installation(engine, host) as settings:
        app = Leuit(settings, host.vocabulary, clock=ManualClock(NOW))
        try:
            office = treasury(app)
            line_ids = _lines(office, lines)
            first = tuple(ClaimedLine(line_id, AMOUNT) for line_id in line_ids[:each])
            model = walked(office, state, claim(office, lines=first))
            made = _copy(office, model, line_ids, payments - 1, state, tables)
            rest(app)
            yield Books(office, line_ids, [model, *made])
        finally:
            app.close()


def _lines(office: Treasury, count: int) -> list[UUID]:
    """Budget lines of the unit with everything released."""
    ids = [new_id() for _number in range(count)]
    common = {"unit_id": office.unit, "year": YEAR, "activity_name": "Uji", "account_name": "Uji"}
    with office.app.change(SYSTEM) as work:
        work.session.execute(
            insert(Line),
            [
                common
                | {"id": line_id, "activity": f"7.01.01.2.{number // 1000:02d}.0001"}
                | {"account": f"5.1.02.02.{number // 100 % 10:02d}.{number % 100:04d}"}
                for number, line_id in enumerate(ids)
            ],
        )
        dpa = work.session.scalars(select(Dpa.id)).one()
        spd = work.session.scalars(select(Spd.id)).one()
        for table, named, source, target, cause in (
            (DpaLine, "dpa_id", OUTSIDE, UNRELEASED, Cause("dpa", dpa)),
            (SpdLine, "spd_id", UNRELEASED, FREE, Cause("spd", spd)),
        ):
            told = [{named: cause.id, "line_id": line_id, "amount": CEILING} for line_id in ids]
            work.session.execute(insert(table), told)
            post(work, [Move(line_id, source, target, CEILING) for line_id in ids], cause)
        work.audit("core.unit.created", RecordRef("core.unit", "lines", "Uji kecepatan"))
    return ids


@attrs.define
class _Table:
    """Rows of the model in one table, as the driver takes them, and what of them changes."""

    name: str
    columns: list[str]
    rows: list[list[Any]]
    unique: list[int]

    def put(self, row: list[Any], **values: Any) -> None:
        """Change what the table has of these columns."""
        for name, value in values.items():
            if name in self.columns:
                row[self.columns.index(name)] = value

    def held(self, row: list[Any], name: str) -> Any:
        """The value of a column, None where the table has none of that name."""
        return row[self.columns.index(name)] if name in self.columns else None


def _copy(
    office: Treasury,
    model: UUID,
    line_ids: Sequence[UUID],
    count: int,
    state: str,
    kinds: Sequence[type[Any]],
) -> list[UUID]:
    app = office.app
    written: Callable[[UUID], Any] = (
        (lambda value: value) if app.database.dialect == "postgresql" else (lambda value: value.hex)
    )
    tables = [_read(app, kind.__table__, model) for kind in kinds]
    lines = [written(line_id) for line_id in line_ids]
    made = [new_id() for _number in range(count)]
    papers = next(table for table in tables if table.name == Paper.__tablename__)
    model_papers = [papers.held(row, "id") for row in papers.rows]
    each = next(len(table.rows) for table in tables if table.name == PaymentLine.__tablename__)

    def rows_of(table: _Table, start: int, end: int) -> Iterator[list[Any]]:
        for number in range(start, end):
            of = {
                paper: written(UUID(int=(number + 1) << 16 | place, version=4))
                for place, paper in enumerate(model_papers)
            }
            start_line = (number + 1) * each  # the model itself is the first
            its = {lines[place]: lines[(start_line + place) % len(lines)] for place in range(each)}
            for kept in table.rows:
                row = list(kept)
                if table is papers:
                    table.put(row, id=of[table.held(row, "id")], value=number + 2)
                elif "id" in table.columns:
                    is_payment = table.name == Payment.__tablename__
                    table.put(row, id=written(made[number] if is_payment else new_id()))
                table.put(row, payment_id=written(made[number]))
                if (cause := table.held(row, "cause_id")) is not None:
                    table.put(row, cause_id=of[cause])
                if (line := table.held(row, "line_id")) is not None:
                    table.put(row, line_id=its[line])
                for place in table.unique:
                    row[place] = f"{row[place][:-8]}{number:08d}"
                yield row

    with app.database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for start in range(0, count, AT_A_TIME):
            _store(app, raw, tables, rows_of, start, min(count, start + AT_A_TIME))
    bearing = [line_ids[place % len(line_ids)] for place in range(each, (count + 1) * each)]
    _follow(app, Counter(bearing), SPENT if state == BANK else RESERVED)
    return made


def _read(app: Leuit, table: Table, model: UUID) -> _Table:
    names = [column.name for column in table.columns]
    dialect = app.database.writer.dialect
    processors = [
        column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns
    ]
    with app.read(SYSTEM) as view:
        if table.name == Payment.__tablename__:
            where = table.c.id == model
        elif "payment_id" in table.c:
            where = table.c.payment_id == model
        else:
            where = table.c.cause_id.in_(select(Paper.id).where(Paper.payment_id == model))
        rows = view.connection.execute(select(table).where(where)).all()
    alone = {
        next(iter(one.columns)).name
        for one in table.constraints
        if isinstance(one, UniqueConstraint) and len(one.columns) == 1
    } | {
        next(iter(one.columns)).name
        for one in table.indexes
        if one.unique and len(one.columns) == 1
    }
    return _Table(
        table.name,
        names,
        [
            [
                process(value) if process is not None and value is not None else value
                for process, value in zip(processors, row, strict=True)
            ]
            for row in rows
        ],
        [
            place
            for place, column in enumerate(table.columns)
            if column.name in alone and isinstance(column.type, String)
        ],
    )


def _store(
    app: Leuit,
    raw: Any,
    tables: Sequence[_Table],
    rows_of: Callable[[_Table, int, int], Iterator[list[Any]]],
    start: int,
    end: int,
) -> None:
    """As the drivers take them fastest; keys between the copies are known to hold."""
    if app.database.dialect == "postgresql":
        with raw.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for table in tables:
                names = ", ".join(table.columns)
                with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                    for row in rows_of(table, start, end):
                        copy.write_row(row)
            cursor.execute("SET session_replication_role = origin")
        raw.commit()
        return
    raw.execute("BEGIN")
    for table in tables:
        marks = ", ".join("?" * len(table.columns))
        names = ", ".join(table.columns)
        raw.executemany(
            f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows_of(table, start, end)
        )
    raw.execute("COMMIT")


def _follow(app: Leuit, counts: Mapping[UUID, int], pocket: str) -> None:
    """The kept balances after the copies have moved their money, so often from each line."""
    column = getattr(Line, pocket)
    amount: Any = bindparam("amount", type_=column.type)
    statement = (
        update(Line.__table__)  # type: ignore[arg-type]  # a Table
        .where(Line.id == bindparam("line"))
        .values({"free": Line.free - amount, pocket: column + amount})
    )
    with app.change(SYSTEM) as work:
        work.connection.execute(
            statement,
            [{"line": line_id, "amount": n * AMOUNT} for line_id, n in counts.items()],
        )
        work.audit("core.unit.created", RecordRef("core.unit", "lines", "Uji kecepatan"))


def rest(app: Leuit) -> None:
    """Leave the engine as rested as it would be at night."""
    with app.database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if app.database.dialect == "postgresql":
            raw.autocommit = True
            raw.execute("VACUUM ANALYZE")
            raw.execute("CHECKPOINT")
            raw.autocommit = False
        else:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
