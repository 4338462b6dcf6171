"""Events reach every listener at least once, after the commit, each listener on its own."""

import datetime as dt
from typing import Any

from sqlalchemy import select, update

from leuit.identity import SYSTEM
from leuit.values import ConflictError, ManualClock, _, new_id
from leuit.work import Job, JobContext, Listener, Worker
from leuit.work.claim import claim

from . import probe
from .conftest import Make

EVENT = probe.Happened(
    day=dt.date(2026, 10, 5), who=new_id(), at=dt.datetime(2026, 10, 5, 1, tzinfo=dt.UTC)
)


def test_listeners_get_the_event_as_it_was(make: Make) -> None:
    """Dates, instants and ids come back as what they were, in an object of the event's class."""
    heard: list[Any] = []
    listener = Listener(probe.Happened, "probe.hears", lambda _context, event: heard.append(event))
    leuit = make(probe.vocabulary(listeners=(listener,)))
    with leuit.change(SYSTEM) as work:
        work.emit(EVENT)
        assert heard == []
    Worker(leuit).run_pending(raise_errors=True)
    assert heard == [EVENT]


def test_a_failing_listener_harms_no_other(make: Make, clock: ManualClock) -> None:
    """The others hear the event at once, the failing one is tried again until it hears it."""
    heard: list[str] = []

    def weak(context: JobContext, _event: probe.Happened) -> None:
        heard.append("weak")
        if heard.count("weak") < 3:
            raise ConflictError(_("Belum bisa."))

    listeners = (
        Listener(probe.Happened, "probe.a", weak),
        Listener(probe.Happened, "probe.b", lambda _context, _event: heard.append("b")),
    )
    leuit = make(probe.vocabulary(listeners=listeners))
    with leuit.change(SYSTEM) as work:
        work.emit(EVENT)
    worker = Worker(leuit)
    for _number in range(4):
        worker.run_pending()
        clock.advance(dt.timedelta(hours=2))
    assert sorted(heard) == ["b", "weak", "weak", "weak"]


def test_a_listener_whose_worker_died_hears_the_event(make: Make) -> None:
    """An event taken by a worker that died before the listener ended is delivered again."""
    heard: list[Any] = []
    listener = Listener(probe.Happened, "probe.hears", lambda _context, event: heard.append(event))
    leuit = make(probe.vocabulary(listeners=(listener,)))
    with leuit.change(SYSTEM) as work:
        work.emit(EVENT)
    assert claim(leuit, "dead@elsewhere", None, -1) is not None
    Worker(leuit).run_pending()
    assert heard == [EVENT]


def test_an_event_of_a_rolled_back_unit_never_was(make: Make) -> None:
    """Nobody hears of what was not stored."""
    heard: list[Any] = []
    listener = Listener(probe.Happened, "probe.hears", lambda _context, event: heard.append(event))
    leuit = make(probe.vocabulary(listeners=(listener,)))
    try:
        with leuit.change(SYSTEM) as work:
            work.emit(EVENT)
            raise ConflictError(_("Batal."))
    except ConflictError:
        Worker(leuit).run_pending()
    assert heard == []


def test_an_older_program_parks_a_newer_event(make: Make) -> None:
    """An event newer than the installed class is not misread: it waits for the upgrade."""
    heard: list[Any] = []
    listener = Listener(probe.Happened, "probe.hears", lambda _context, event: heard.append(event))
    leuit = make(probe.vocabulary(listeners=(listener,)))
    with leuit.change(SYSTEM) as work:
        work.emit(EVENT)
        args = work.session.execute(select(Job.args)).scalar_one()
        work.connection.execute(update(Job).values(args={**args, "version": 2}))
    Worker(leuit).run_pending()
    with leuit.read(SYSTEM) as view:
        job = view.session.execute(select(Job)).scalar_one()
        assert (job.status, job.parked_for) == ("parked", "setup")
    with leuit.change(SYSTEM) as work:
        work.connection.execute(update(Job).values(args=args))
    Worker(leuit).run_pending()
    assert heard == [EVENT]
