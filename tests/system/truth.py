"""Comparing what was acknowledged with what is stored, and every row with its audit entry."""

import json
from collections import Counter
from typing import Any

from sqlalchemy import func, or_, select

from leuit.audit import verify_body
from leuit.builtin.calendar import HolidayRow
from leuit.identity import SYSTEM, WebSession
from leuit.work import AuditEntry, Job, Leuit, View
from leuit_attendance.models import AbsenceRow, AttendanceDay, Device, PunchRow

from .load import Book


def compare(app: Leuit, book: Book) -> dict[str, int]:
    """Assert that nothing acknowledged is lost, doubled or half-done; the numbers of rows.

    Everything is read in one view: writers may be at work meanwhile.
    """
    with app.read(SYSTEM) as view:
        entries = _entries(view)
        told = Counter((entry["action"], entry["ref"]) for entry in entries)
        taps = _compare_taps(view, book, entries)
        holidays = set(view.session.scalars(select(HolidayRow.day)))
        assert book.holidays <= holidays, sorted(book.holidays - holidays)
        _each_once(told, "core.holiday.set", {day.isoformat() for day in holidays})
        absences = {str(row) for row in view.session.scalars(select(AbsenceRow.id))}
        assert book.absences <= absences, book.absences - absences
        _each_once(told, "attendance.absence.entered", absences)
        devices = {
            serial: str(device)
            for serial, device in view.session.execute(select(Device.serial, Device.id))
        }
        assert book.devices <= set(devices), book.devices - set(devices)
        _each_once(told, "attendance.device.registered", set(devices.values()))
        sessions = set(view.session.scalars(select(WebSession.key_hash)))
        assert book.sessions <= sessions, len(book.sessions - sessions)
        opened = sum(entry["action"] == "core.session.opened" for entry in entries)
        assert opened == len(sessions), (opened, len(sessions))
        return {
            "taps": taps,
            "holidays": len(holidays),
            "absences": len(absences),
            "devices": len(devices),
            "sessions": len(sessions),
            "entries": len(entries),
        }


def jobs_are_done(app: Leuit) -> int:
    """Assert that every job has ended well, and that every tap has its day; the number of jobs."""
    with app.read(SYSTEM) as view:
        left = view.session.execute(
            select(Job.kind, Job.status, Job.error).where(
                Job.status.not_in(("done", "merged")), Job.run_at <= view.now
            )
        ).all()
        assert not left, left[:5]
        taps = set(view.session.execute(select(PunchRow.pin, func.date(PunchRow.at)).distinct()))
        days = view.session.execute(
            select(func.count())
            .select_from(AttendanceDay)
            .where(or_(AttendanceDay.check_in.is_not(None), AttendanceDay.check_out.is_not(None)))
        ).scalar_one()
        assert days >= len(taps), (days, len(taps))
        return view.session.execute(select(func.count()).select_from(Job)).scalar_one()


def _compare_taps(view: View, book: Book, entries: list[dict[str, Any]]) -> int:
    rows = view.session.execute(
        select(Device.serial, PunchRow.pin, PunchRow.at, PunchRow.copies, PunchRow.upload_id).join(
            Device, Device.id == PunchRow.device_id
        )
    ).all()
    stored = Counter((row.serial, row.pin, row.at) for row in rows)
    lost = book.taps - set(stored)
    assert not lost, sorted(lost)[:5]
    assert all(count == 1 for count in stored.values())
    assert all(row.copies == 1 for row in rows)
    brought = Counter(str(row.upload_id) for row in rows)
    told = {
        entry["details"]["upload"]: entry["details"]["new"]
        for entry in entries
        if entry["action"] == "attendance.punches.received" and entry["details"]["new"]
    }
    assert told == dict(brought)
    return len(rows)


def _each_once(told: Counter[tuple[str, str]], action: str, refs: set[str]) -> None:
    """Every row has one entry of the action, and every entry its row."""
    entries = {ref: count for (name, ref), count in told.items() if name == action}
    assert entries == dict.fromkeys(refs, 1)


def _entries(view: View) -> list[dict[str, Any]]:
    found = []
    for row in view.session.execute(
        select(
            AuditEntry.action, AuditEntry.ref_id, AuditEntry.leaf, AuditEntry.salt, AuditEntry.body
        )
    ):
        assert verify_body(row.leaf, row.salt, row.body)
        details = json.loads(row.body)["details"]
        found.append({"action": row.action, "ref": row.ref_id, "details": details})
    return found
