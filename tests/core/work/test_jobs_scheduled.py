"""Schedules fire by the region's clock: each moment once, whoever looks and however clocks move."""

import datetime as dt
import threading

import attrs
import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.settings import Region
from leuit.values import ManualClock
from leuit.work import Job, Leuit, Schedule, Worker
from leuit.work.schedules import AT_ONCE, Scheduler, moments

from . import probe
from .conftest import Make

DAILY = Schedule("probe.daily", "30 6 * * *", "probe.echo", {"word": "daily"})
EACH = attrs.evolve(DAILY, name="probe.each", catch_up=True)
DAY = dt.timedelta(days=1)


def scheduled(app: Leuit) -> list[str]:
    """The moments of every job that a schedule asked for, in order of asking."""
    with app.read(SYSTEM) as view:
        rows = view.session.execute(select(Job.args).order_by(Job.id)).scalars()
        return [args["scheduled_for"] for args in rows]


def test_a_new_schedule_counts_from_now(make: Make, clock: ManualClock) -> None:
    """What would have been before the schedule was first seen is not made up for."""
    leuit = make(probe.vocabulary(schedules=(DAILY, EACH)))
    scheduler = Scheduler(leuit)
    assert scheduler.fire() == 0
    clock.advance(DAY - dt.timedelta(minutes=31))  # 06.29 WIB, as the test began at 07.00
    assert scheduler.fire() == 0
    clock.advance(dt.timedelta(minutes=1))
    assert scheduler.fire() == 2
    assert scheduled(leuit) == ["2026-10-05T23:30:00+00:00"] * 2
    assert scheduler.fire() == 0


def test_missed_moments_fire_once_or_each(make: Make, clock: ManualClock) -> None:
    """After days of silence: once, for the last moment; with `catch_up` once for each."""
    leuit = make(probe.vocabulary(schedules=(DAILY,)))
    Scheduler(leuit).fire()
    clock.advance(5 * DAY)
    assert Scheduler(leuit).fire() == 1
    assert scheduled(leuit) == ["2026-10-09T23:30:00+00:00"]


def test_each_missed_moment_has_its_job(make: Make, clock: ManualClock) -> None:
    """With `catch_up` every missed moment is made up for, in order, each knowing its moment."""
    leuit = make(probe.vocabulary(schedules=(EACH,)))
    Scheduler(leuit).fire()
    clock.advance(5 * DAY)
    assert Scheduler(leuit).fire() == 5
    assert scheduled(leuit) == [f"2026-10-{day:02}T23:30:00+00:00" for day in range(5, 10)]


def test_a_long_silence_is_caught_up_in_parts(make: Make, clock: ManualClock) -> None:
    """More missed moments than one unit takes are all made up for."""
    minutely = attrs.evolve(EACH, cron="* * * * *")
    leuit = make(probe.vocabulary(schedules=(minutely,)))
    Scheduler(leuit).fire()
    clock.advance(dt.timedelta(minutes=AT_ONCE + 7))
    assert Scheduler(leuit).fire() == AT_ONCE + 7
    assert len(set(scheduled(leuit))) == AT_ONCE + 7


def test_two_schedulers_fire_once(make: Make, clock: ManualClock) -> None:
    """Of two that find the same moment due, one fires and the other does nothing."""
    words = probe.vocabulary(schedules=(DAILY, EACH))
    leuit = make(words)
    first, second = Scheduler(leuit), Scheduler(make(words))
    first.fire()
    second.fire()
    clock.advance(3 * DAY)
    assert first.fire() + second.fire() == 4
    assert len(scheduled(leuit)) == 4


def test_schedulers_in_a_race_fire_once(make: Make, clock: ManualClock) -> None:
    """Eight schedulers at the same instant ask for each moment exactly once."""
    leuit = make(probe.vocabulary(schedules=(EACH,)))
    Scheduler(leuit).fire()
    clock.advance(20 * DAY)
    ready = threading.Barrier(8)

    def race() -> None:
        scheduler = Scheduler(leuit)
        ready.wait(30)
        scheduler.fire()

    threads = [threading.Thread(target=race) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = scheduled(leuit)
    assert len(found) == len(set(found)) == 20


def test_a_clock_set_back_repeats_nothing(make: Make, clock: ManualClock) -> None:
    """Moments that have fired do not fire again, and the next one does."""
    leuit = make(probe.vocabulary(schedules=(DAILY,)))
    Scheduler(leuit).fire()
    clock.advance(DAY)
    assert Scheduler(leuit).fire() == 1
    clock.advance(-dt.timedelta(hours=5))
    assert Scheduler(leuit).fire() == 0
    clock.advance(dt.timedelta(hours=5))
    assert Scheduler(leuit).fire() == 0
    clock.advance(DAY)
    assert Scheduler(leuit).fire() == 1


@pytest.mark.parametrize(
    "day, expected",
    [
        (dt.date(2026, 3, 29), ["2026-03-29T01:00:00+00:00"]),  # 02.30 does not exist: at 03.00
        (dt.date(2026, 10, 25), ["2026-10-25T00:30:00+00:00"]),  # 02.30 is twice: the first
    ],
)
def test_a_night_of_clock_change_has_each_moment_once(
    make: Make, clock: ManualClock, day: dt.date, expected: list[str]
) -> None:
    """In a zone with summer time a daily moment is neither left out nor doubled."""
    night = Schedule("probe.night", "30 2 * * *", "probe.echo", catch_up=True)
    leuit = make(probe.vocabulary(schedules=(night,)))
    leuit.zone = attrs.evolve(leuit.settings, region=Region(zone="Europe/Berlin")).zone
    clock.set(dt.datetime.combine(day, dt.time(0), dt.UTC) - dt.timedelta(hours=6))
    scheduler = Scheduler(leuit)
    scheduler.fire()
    clock.advance(dt.timedelta(hours=20))
    scheduler.fire()
    assert scheduled(leuit) == expected


@pytest.mark.parametrize("cron", ["nonsense", "61 * * * *", "0 0 31 2 *"])
def test_an_unreadable_schedule_harms_no_other(make: Make, clock: ManualClock, cron: str) -> None:
    """It is logged and left out; the others fire."""
    broken = attrs.evolve(DAILY, name="probe.broken", cron=cron)
    leuit = make(probe.vocabulary(schedules=(broken, DAILY)))
    scheduler = Scheduler(leuit)
    scheduler.fire()
    clock.advance(DAY)
    assert scheduler.fire() == 1


def test_a_worker_fires_and_runs(make: Make, clock: ManualClock) -> None:
    """Draining begins with the schedules, and does what they ask for."""
    leuit = make(probe.vocabulary(schedules=(DAILY,)))
    worker = Worker(leuit)
    assert worker.run_pending() == 0
    clock.advance(DAY)
    assert worker.run_pending() == 1
    assert probe.words(leuit) == ["daily"]


def test_unfinished_firings_do_not_pile_up(make: Make, clock: ManualClock) -> None:
    """Without `catch_up` a firing that still waits takes up the next one."""
    leuit = make(probe.vocabulary(schedules=(DAILY,)))
    scheduler = Scheduler(leuit)
    for _number in range(4):
        scheduler.fire()
        clock.advance(DAY)
    with leuit.read(SYSTEM) as view:
        assert view.session.execute(select(func.count()).select_from(Job)).scalar_one() == 1


def test_moments_are_local(leuit: Leuit) -> None:
    """06.30 of the region's zone is 23.30 UTC of the day before in Asia/Jakarta."""
    found = moments(DAILY, probe.START, leuit)
    assert next(found) == dt.datetime(2026, 10, 5, 23, 30, tzinfo=dt.UTC)
    assert next(found) == dt.datetime(2026, 10, 6, 23, 30, tzinfo=dt.UTC)
