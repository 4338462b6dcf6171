"""The sample files as worlds: each PIN under what section 8 says of it, and some variations."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from attrs import evolve

from leuit_attendance.rules import Absence, DeductionTable, Punch, ShiftAssignment
from tests.attendance.oracle.worlds import World
from tests.attendance.rules.office import (
    OFFICE,
    ROSTER_102,
    SHIFTS,
    USUAL,
    read_sample,
    sample_days,
    with_seconds,
)


@cache
def sample_worlds() -> dict[str, World]:
    """Each PIN, seconds cut and up; PIN 118 with its SPT; the night of PIN 102 while it runs."""
    found = {}
    for pin, punches in read_sample("1_attlog.dat").items():
        for name, table in (("", USUAL), (" seconds up", with_seconds("up"))):
            found[f"{pin}{name}"] = _world(pin, tuple(punches), table)
    spt = Absence("dinas_luar", date(2026, 10, 13), date(2026, 10, 14), "SPT 094/13/2026")
    found["118 with its SPT"] = evolve(found["118"], absences=(spt,))
    found["102 at 03:00"] = evolve(found["102"], as_of=datetime(2026, 10, 6, 3))
    return found


def _world(pin: str, punches: tuple[Punch, ...], table: DeductionTable) -> World:
    shifts = tuple(
        ShiftAssignment(date(2026, 10, day), SHIFTS[code]) for day, code in ROSTER_102.items()
    )
    return World(
        tuple(sample_days()),
        schedules=() if pin == "102" else (OFFICE,),
        shifts=shifts if pin == "102" else (),
        punches=punches,
        editions=((date(2026, 1, 1), table),),
    )
