"""A small service for tests of jobs: one table of its own, and kinds that do telling things.

Run as `python -m tests.core.work.probe URL` it is a worker in a process of its own, to be killed.
"""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import attrs
from leuit.audit import AuditAction
from leuit.identity import SYSTEM
from leuit.settings import Settings
from leuit.storage import maintenance_engine, plugin_base
from leuit.values import Clock, ManualClock, new_id
from leuit.work import Job, JobContext, JobKind, Leuit, Schedule, Vocabulary, Work, Worker, by_event
from leuit.work import Listener as EventListener
from sqlalchemy import String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

START = dt.datetime(2026, 10, 5, 0, 0, tzinfo=dt.UTC)
Base = plugin_base("probe")


class Row(Base):  # type: ignore[valid-type,misc]  # a base made at run time, one for each plugin
    """What a job did."""

    __tablename__ = "probe_row"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    word: Mapped[str] = mapped_column(String(120))


@attrs.frozen
class Happened:
    """A fact that listeners are told of."""

    event_name: ClassVar[str] = "probe.happened"
    version: ClassVar[int] = 1

    day: dt.date
    who: UUID
    at: dt.datetime


def write(work: Work, word: str) -> None:
    """One row of the probe's own table."""
    work.session.connection().execute(insert(Row), {"id": new_id(), "word": word})


def steps(context: JobContext) -> None:
    """As many steps as asked, each writing one row."""
    total = context.args["steps"]
    for number in range(total):

        def one(work: Work, number: int = number) -> dict[str, Any]:
            write(work, f"step {number}")
            return {"number": number}

        assert context.step(f"step {number}", one) == {"number": number}
        context.progress(number + 1, total)


def echo(context: JobContext) -> None:
    """One row in one unit."""
    with context.change() as work:
        write(work, context.args.get("word", "echo"))


KINDS = (JobKind("probe.steps", steps), JobKind("probe.echo", echo))

ACTIONS = {
    name: AuditAction(name, name)
    for name in ("core.job.retried", "core.job.cancelled", "core.job.hastened")
}


def vocabulary(
    *kinds: JobKind, schedules: tuple[Schedule, ...] = (), listeners: tuple[EventListener, ...] = ()
) -> Vocabulary:
    """The probe's kinds and those given."""
    from leuit.work import deliver

    told = tuple(
        JobKind(one.kind, deliver(one), queue="events", max_attempts=one.max_attempts)
        for one in listeners
    )
    return Vocabulary(
        kinds={kind.name: kind for kind in (*KINDS, *kinds, *told)},
        schedules=schedules,
        listeners=by_event(listeners),
        actions=ACTIONS,
        unaudited=frozenset({"probe_row"}),
    )


def kind(name: str, handler: Callable[[JobContext], None], **options: Any) -> JobKind:
    """A kind for one test."""
    return JobKind(f"probe.{name}", handler, **options)


def application(url: str, words: Vocabulary | None = None, clock: Clock | None = None) -> Leuit:
    """An application over a database that has the probe's table."""
    settings = Settings(data=Path("unused"), database=url)
    return Leuit(settings, words or vocabulary(), clock=clock or ManualClock(START))


def make_tables(app: Leuit) -> None:
    """The probe's own table."""
    engine = maintenance_engine(app.database)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    engine.dispose()


def ask(app: Leuit, name: str, args: dict[str, Any] | None = None, **options: Any) -> UUID:
    """Enqueue one job of the probe in a unit of its own."""
    with app.change(SYSTEM) as work:
        return work.enqueue(f"probe.{name}", args or {}, **options)


def job(app: Leuit, job_id: UUID) -> Job:
    """The row of a job as it stands."""
    with app.read(SYSTEM) as view:
        found = view.session.get_one(Job, job_id)
        view.session.expunge(found)
        return found


def words(app: Leuit) -> list[str]:
    """Every word written, in order of writing."""
    with app.read(SYSTEM) as view:
        return list(view.session.execute(select(Row.word).order_by(Row.id)).scalars())


def main(url: str, lease_seconds: float) -> None:
    """A worker that says when it is ready and works until it is killed."""
    app = application(url)
    worker = Worker(app, threads=1, lease_seconds=lease_seconds, poll_seconds=0.05)
    print("ready", flush=True)
    worker.run_until_stopped()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
