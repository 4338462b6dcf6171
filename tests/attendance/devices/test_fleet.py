"""Many devices at once over real HTTP, with every fault that the field knows, against the truth."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.work import Leuit
from leuit_attendance.service.devices import register_device
from leuit_attendance.testing import Fleet, PlannedTap
from leuit_attendance.testing.simulate import invent_records

from .office import Office, punches
from .serving import served

MONDAY = dt.date(2026, 10, 5)


def _register(app: Leuit, office: Office, fleet: Fleet) -> None:
    with app.change(SYSTEM) as work:
        for serial in fleet.devices:
            register_device(work, serial, office.unit)


def _run(app: Leuit, host: Host, fleet: Fleet, records: Mapping[str, Sequence[PlannedTap]]) -> None:
    with served(app, host) as url:
        report = fleet.run_blocking(url, records, concurrency=24)
    assert report.is_complete
    assert not report.refused
    assert report.counts["errors"] == 0


def _prove(app: Leuit, host: Host, office: Office, fleet: Fleet, days: int, people: int) -> None:
    records = invent_records(list(fleet.devices), MONDAY, days, people=people, seed=3)
    _register(app, office, fleet)
    _run(app, host, fleet, records)
    rows = punches(app)
    stored = {(serial, pin, at, status) for serial, pin, at, status, _copies in rows}
    assert len(stored) == len(rows)
    assert stored == fleet.truth()
    lines = sum(len(device.memory.lines) for device in fleet.devices.values())
    assert sum(copies for *_key, copies in rows) == lines


def test_fleet_with_faults_is_stored_exactly(app: Leuit, office: Office, host: Host) -> None:
    """Sixty devices with stalls, re-sends, lost replies and wrong clocks: the truth, once each."""
    _prove(app, host, office, Fleet.invent(60, seed=11), days=2, people=3)


@pytest.mark.ci
def test_large_fleet_with_faults_is_stored_exactly(app: Leuit, office: Office, host: Host) -> None:
    """The same with three hundred devices and a working week."""
    _prove(app, host, office, Fleet.invent(300, seed=29), days=5, people=4)


def test_unregistered_fleet_counts_once_it_is_approved(
    app: Leuit, office: Office, host: Host
) -> None:
    """What strangers sent waits; approved one by one, all of it is stored exactly."""
    from leuit_attendance.service.set_aside import REPLAY, approve, replay, waiting

    from .jobs import run_jobs

    fleet = Fleet.invent(8, seed=5)
    records = invent_records(list(fleet.devices), MONDAY, 2, people=2, seed=3)
    _run(app, host, fleet, records)
    assert punches(app) == []
    with app.read(SYSTEM) as view:
        assert {stranger.serial for stranger in waiting(view)} == set(fleet.devices)
    with app.change(SYSTEM) as work:
        for serial in fleet.devices:
            approve(work, serial, office.unit)
    run_jobs(app, REPLAY, replay)
    assert {row[:4] for row in punches(app)} == fleet.truth()
