"""Two workers at one person, jobs that are killed, and days that only time closes."""

import datetime as dt
import threading

import pytest

from leuit.identity import SYSTEM
from leuit.values import ManualClock
from leuit.work import Leuit, Work, Worker
from leuit_attendance.service import compute
from leuit_attendance.service.compute import CLOSE, RECOMPUTE
from leuit_attendance.service.judging import Target

from .office import Office


def test_two_workers_end_with_the_right_days(office: Office) -> None:
    """Many uploads for the same people, worked off by several threads at once, lose nothing."""
    for day in range(1, 31):
        for person in range(3):
            at = f"2026-10-{day:02}"
            office.tap((person, f"{at} 07:{day:02}:00"), settle=False)
            office.tap((person, f"{at} 16:{day:02}:00"), settle=False)
    errors: list[BaseException] = []

    def work_off(name: str) -> None:
        try:
            Worker(office.app, name=name).run_pending(raise_errors=True)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=work_off, args=(f"w{n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    found = office.stored()
    assert found == office.computed_again()
    assert office.day(0, 20).check_out == dt.datetime(2026, 10, 20, 16, 20)


def test_a_killed_job_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that dies between chunks does not judge the finished ones again."""
    monkeypatch.setattr(compute, "CHUNK_DAYS", 31)
    whole = compute.recompute
    seen: list[Target] = []

    def dying(work: Work, targets: list[Target]) -> object:
        seen.extend(targets)
        if len(seen) == 2:
            raise RuntimeError("killed")
        return whole(work, targets)

    monkeypatch.setattr(compute, "recompute", dying)
    with office.app.change(SYSTEM) as work:
        work.enqueue(RECOMPUTE, {"everyone": ["2026-10-01", "2026-10-31"]})
    with pytest.raises(RuntimeError):
        office.work_off()
    clock = office.app.clock
    assert isinstance(clock, ManualClock)
    clock.advance(dt.timedelta(minutes=10))
    office.work_off()
    people = [target.person_id for target in seen]
    assert sorted(people) == sorted([*office.people, people[1]])


def test_night_closes_what_nobody_touched(office: Office, clock: ManualClock) -> None:
    """A day without any tap is open while it lasts and absent after the night's job."""
    today = dt.date(2026, 11, 2)
    assert office.day(0, today).status == "belum"
    clock.advance(dt.timedelta(days=1))
    with office.app.change(SYSTEM) as work:
        work.enqueue(CLOSE, {})
    office.work_off()
    assert office.day(0, today).status == "tanpa_keterangan"
    assert office.day(0, dt.date(2026, 11, 3)).status == "belum"


def test_the_command_line_finds_nothing_to_do(app: Leuit, office: Office) -> None:
    """Draining does what waits, and says how much that was."""
    assert office.people
    with app.change(SYSTEM) as work:
        work.enqueue(RECOMPUTE, {"everyone": ["2026-10-01", "2026-10-02"]})
    assert compute.drain(app) >= 1
    assert compute.drain(app) == 0
