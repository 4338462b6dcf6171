"""Seed editions that ship with attendance: published or usual figures, as data with their source.

A seed is offered, never in force by itself: a regency activates its own edition. The files hold the
plain form of the rule values; the name's first word says which: `schedule_` one week schedule,
`tpp_` one deduction table, `shifts_` a list of shifts. Keys of the answers are the file names
without ending.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from leuit_attendance.rules import DeductionTable, ShiftPattern, WeekSchedule, from_plain


def seed_schedules() -> dict[str, WeekSchedule]:
    """Week schedules by file name."""
    return {name: from_plain(WeekSchedule, plain) for name, plain in _files("schedule_")}


def seed_tables() -> dict[str, DeductionTable]:
    """Deduction tables by file name."""
    return {name: from_plain(DeductionTable, plain) for name, plain in _files("tpp_")}


def seed_shifts() -> dict[str, ShiftPattern]:
    """Shifts by their code."""
    shifts = [from_plain(ShiftPattern, each) for _, plain in _files("shifts_") for each in plain]
    return {shift.code: shift for shift in shifts}


def _files(prefix: str) -> list[tuple[str, Any]]:
    found = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    return [
        (entry.name.removesuffix(".json"), json.loads(entry.read_text("utf-8")))
        for entry in found
        if entry.name.startswith(prefix) and entry.name.endswith(".json")
    ]
