"""A small service for tests of jobs: one table of its own, and kinds that do telling things.

Run as a module it is a process to be killed: `work URL LEASE` does jobs, `ask URL` asks for them.
"""

import datetime as dt
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import attrs
from sqlalchemy import String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from leuit.audit import AuditAction
from leuit.identity import SYSTEM
from leuit.settings import Settings
from leuit.storage import maintenance_engine, plugin_base
from leuit.values import Clock, ManualClock, new_id
from leuit.work import Job, JobContext, JobKind, Leuit, Schedule, Vocabulary, Work, Worker, by_event
from leuit.work import Listener as EventListener

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
    work.connection.execute(insert(Row), {"id": new_id(), "word": word})


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


def say(word: str) -> None:
    """Tell the test that started this process."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def told_steps(context: JobContext) -> None:
    """Steps that tell the test each time one has been stored."""

    def tell(done: int, total: int, text: str = "") -> None:
        say(str(done))
        progress(done, total, text)

    progress, context.progress = context.progress, tell  # type: ignore[method-assign]  # to be told
    steps(context)


def work_until_killed(url: str, lease_seconds: float) -> None:
    """A worker in a process of its own; SIGTERM stops it cleanly."""
    # Two attempts only: being killed more often must not matter while steps are finished.
    app = application(url, vocabulary(JobKind("probe.told", told_steps, max_attempts=2)))
    worker = Worker(app, threads=1, lease_seconds=lease_seconds, poll_seconds=0.05)
    signal.signal(signal.SIGTERM, lambda _number, _frame: worker.request_stop())
    worker.run_until_stopped()
    app.close()


def ask_until_killed(url: str) -> None:
    """Units that write a row, tell the test, wait for its answer, and ask for a job."""
    app = application(url)
    while True:
        with app.change(SYSTEM) as work:
            write(work, "asked")
            say("between")
            sys.stdin.readline()
            work.enqueue("probe.echo", {})


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work_until_killed(sys.argv[2], float(sys.argv[3]))
    else:
        ask_until_killed(sys.argv[2])
