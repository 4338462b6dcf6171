"""Recomputing days: the job by which everything that days depend on reaches them.

One chunk of people is one unit of work and one step of the job: their rows in `person` are locked
first (PostgreSQL; SQLite has one writer anyway) and everything is read after that, so of two
workers at the same person the later one sees what both saw. Days that come out as they stand are
left alone, days that do not exist any more are taken out, and one entry of the audit log tells how
many were written and removed.
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.identity import (
    DEFINITIF,
    SYSTEM,
    Assignment,
    Person,
    PersonPin,
    Position,
    UnitClosure,
)
from leuit.values import RecordRef, _, format_date
from leuit.work import Job, JobContext, Leuit, View, Work, Worker
from leuit_attendance.models import AttendanceDay

from .day_rows import DayRows, Row, Stored, Written
from .figures import figures_now
from .judging import Bench, Target
from .reach import Reach, reach_of

RECOMPUTE = "attendance.recompute"
CLOSE = "attendance.close_days"
JUDGED = "attendance.days.judged"
CHUNK_DAYS = 6_000
"""Days of one unit of work: about a fifth of a second, since on SQLite nobody else writes then."""
_DAY = dt.timedelta(days=1)


def recompute(work: Work, targets: Sequence[Target]) -> Written:
    """Judge the days of the targets anew and write those that differ, in this unit of work.

    Targets of one person must not overlap.
    """
    if work.database.dialect == "postgresql":
        # A plan kept from when there were few days would read all of them for each chunk to come.
        work.connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
    work.session.execute(
        select(Person.id)
        .where(Person.id.in_([target.person_id for target in targets]))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    )
    figures = figures_now(work)
    earliest = figures.first_day
    wanted = [each for each in (_clipped(t, earliest, work.today) for t in targets) if each]
    if not wanted:
        return Written()
    wanted.sort(key=lambda target: (target.person_id, target.first))
    people = sorted({target.person_id for target in wanted})
    first = min(target.first for target in wanted)
    last = max(target.last for target in wanted)
    bench = Bench(work, wanted, figures)
    with DayRows(work) as rows:
        stored = rows.stored(people, first, last)
        judge = _judge_known if stored else _judge_new
        written = judge(bench, wanted, rows, stored)
    if written.changed or written.removed:
        _note(work, wanted, first, last, written)
    return written


def _judge_new(bench: Bench, wanted: Sequence[Target], rows: DayRows, _stored: Stored) -> Written:
    """Days none of which stands: each target's are on their way while the next is judged."""
    count = 0
    for target in wanted:
        for judged in bench.judge(target):
            found = rows.rows(judged)
            rows.put(found)
            count += len(found)
    return Written(count)


def _judge_known(bench: Bench, wanted: Sequence[Target], rows: DayRows, stored: Stored) -> Written:
    """Days that stand are compared; those that differ or do not exist any more are taken out."""
    changed: list[Row] = []
    removed: list[tuple[Any, Any]] = []
    for target in wanted:
        found = [row for judged in bench.judge(target) for row in rows.rows(judged)]
        exist = {row[1] for row in found}
        person = rows.id_of(target.person_id)
        removed += [
            (person, day)
            for day in rows.days(target.first, target.last)
            if day not in exist and (person, day) in stored
        ]
        changed += [row for row in found if stored.get((row[0], row[1])) != row]
    rows.take_out([*removed, *(row[:2] for row in changed if row[:2] in stored)])
    rows.put(changed)
    return Written(len(changed), len(removed))


def run(context: JobContext) -> None:
    """Job: recompute what the arguments name, chunk by chunk.

    Arguments hold any of `pins` (PIN, first and last date of new taps; the days that these can
    change are judged), `people` (person id, first day, last day), `units` ([ids, first, last]:
    whoever belonged there) and `everyone` ([first, last]).
    """
    with context.read() as view:
        targets = merged(_asked(view, context.args))
    done = 0
    for chunk in _chunks(targets):
        context.step(_name(chunk), functools.partial(_judge_chunk, targets=chunk))
        done += len(chunk)
        context.progress(done, len(targets), _("pegawai dihitung"))


def _judge_chunk(work: Work, targets: Sequence[Target]) -> dict[str, Any]:
    return attrs.asdict(recompute(work, targets))


def close_days(context: JobContext) -> None:
    """Job of every night: judge yesterday and today for everybody, and all days still open.

    Nothing else makes a day of somebody who came on no device, and a night duty of the day before
    yesterday has only now ended.
    """
    with context.change() as work:
        yesterday = work.today - _DAY
        people = _open_days(work, yesterday)
        work.enqueue(RECOMPUTE, {"everyone": [yesterday.isoformat(), work.today.isoformat()]})
        if people:
            work.enqueue(RECOMPUTE, {"people": people})


def ask(
    work: Work, people: Iterable[tuple[UUID, dt.date, dt.date]], *, duties: bool = False
) -> None:
    """Have exactly these days of people judged again; with `duties` also those whose windows
    another duty on these days moves.
    """
    reach = reach_of(figures_now(work)) if duties else None
    wanted = []
    for person_id, *span in people:
        first, last = reach.of_duties(*span) if reach is not None else span
        if first <= work.today:
            wanted.append([str(person_id), first.isoformat(), last.isoformat()])
    if wanted:
        work.enqueue(RECOMPUTE, {"people": sorted(wanted)})


def ask_units(work: Work, units: Iterable[UUID], first: dt.date, last: dt.date) -> None:
    """Have the days judged again on which these units, and all below them, have other duties."""
    begins, ends = reach_of(figures_now(work)).of_duties(first, min(last, work.today))
    if begins > work.today:
        return
    below = work.session.scalars(
        select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id.in_(list(units))).distinct()
    )
    ids = sorted(str(unit) for unit in below)
    work.enqueue(RECOMPUTE, {"units": [ids, begins.isoformat(), ends.isoformat()]})


def drain(app: Leuit) -> int:
    """Do the jobs that are due when no worker is there to do it; returns how many were done."""
    with app.read(SYSTEM) as view:
        waits = select(Job.id).where(Job.status == "waiting", Job.run_at <= view.now).limit(1)
        if view.session.execute(waits).first() is None:
            return 0
    return Worker(app, name="command").run_pending()


def merged(targets: Iterable[Target]) -> list[Target]:
    """The same days with overlapping and adjoining ranges of a person joined, those of one range
    beside each other.
    """
    joined: list[Target] = []
    for target in sorted(targets, key=lambda target: (target.person_id, target.first)):
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.person_id == target.person_id
            and target.first <= before.last + _DAY
        ):
            last = max(before.last, target.last)
            joined[-1] = Target(target.person_id, before.first, last)
        else:
            joined.append(target)
    return sorted(joined, key=lambda target: (target.first, target.last, target.person_id))


def _note(
    work: Work, targets: Sequence[Target], first: dt.date, last: dt.date, written: Written
) -> None:
    people = {target.person_id for target in targets}
    one = targets[0].person_id if len(people) == 1 else None
    label = format_date(first) if first == last else f"{format_date(first)}–{format_date(last)}"
    ref = RecordRef("core.person", str(one), "") if one else RecordRef(JUDGED, label, label)
    work.audit(
        JUDGED,
        ref,
        people=len(people),
        first=first,
        last=last,
        changed=written.changed,
        removed=written.removed,
    )


def _clipped(target: Target, earliest: dt.date | None, today: dt.date) -> Target | None:
    """The target without days on which nothing can exist: before any table, and after today."""
    if earliest is None:
        return None
    first, last = max(target.first, earliest), min(target.last, today)
    return Target(target.person_id, first, last) if first <= last else None


def _asked(view: View, args: dict[str, Any]) -> Iterator[Target]:
    figures = figures_now(view)
    earliest = figures.first_day
    for target in _named(view, args, reach_of(figures)):
        if (clipped := _clipped(target, earliest, view.today)) is not None:
            yield clipped


def _named(view: View, args: dict[str, Any], reach: Reach) -> Iterator[Target]:
    for person, first, last in args.get("people", ()):
        yield Target(UUID(person), _date(first), _date(last))
    if pins := {
        pin: (_date(first), _date(last))
        for first, last, some in args.get("pins", ())
        for pin in some
    }:
        for pin, person_id, since, until in _pin_owners(view, pins):
            first, last = pins[pin]
            first, last = max(first, since), min(last, until - _DAY if until else last)
            if first <= last:
                yield Target(person_id, *reach.of_taps(first, last))
    if "units" in args:
        units, first, last = args["units"]
        yield from _members(view, [UUID(unit) for unit in units], _date(first), _date(last))
    if "everyone" in args:
        first, last = args["everyone"]
        yield from _members(view, None, _date(first), _date(last))


def _pin_owners(view: View, pins: dict[str, tuple[dt.date, dt.date]]) -> Iterable[Any]:
    first = min(span[0] for span in pins.values())
    last = max(span[1] for span in pins.values())
    return view.session.execute(
        select(PersonPin.pin, PersonPin.person_id, PersonPin.valid_from, PersonPin.valid_to).where(
            PersonPin.pin.in_(pins),
            PersonPin.valid_from <= last,
            or_(PersonPin.valid_to.is_(None), PersonPin.valid_to > first),
        )
    )


def _members(
    view: View, units: list[UUID] | None, first: dt.date, last: dt.date
) -> Iterator[Target]:
    """Whoever holds or held an own post (in the units) in the range, for that time of it."""
    query = (
        select(Assignment.person_id, Assignment.valid_from, Assignment.valid_to)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Assignment.kind == DEFINITIF,
            Assignment.valid_from <= last,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > first),
        )
    )
    if units is not None:
        query = query.where(Position.unit_id.in_(units))
    for person_id, since, until in view.session.execute(query):
        yield Target(person_id, max(first, since), min(last, until - _DAY) if until else last)


def _open_days(view: View, before: dt.date) -> list[list[str]]:
    rows = view.session.execute(
        select(AttendanceDay.person_id, AttendanceDay.day)
        .where(AttendanceDay.status == "belum", AttendanceDay.day < before)
        .order_by(AttendanceDay.day)
    )
    return [[str(row.person_id), row.day.isoformat(), row.day.isoformat()] for row in rows]


def _chunks(targets: Sequence[Target]) -> Iterator[list[Target]]:
    chunk: list[Target] = []
    days = 0
    for target in targets:
        length = (target.last - target.first).days + 1
        if chunk and days + length > CHUNK_DAYS:
            yield chunk
            chunk, days = [], 0
        chunk.append(target)
        days += length
    if chunk:
        yield chunk


def _name(chunk: Sequence[Target]) -> str:
    """A step's name tells its contents: people who came since the last attempt shift the chunks."""
    text = "\n".join(f"{target.person_id} {target.first} {target.last}" for target in chunk)
    return f"people {hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
