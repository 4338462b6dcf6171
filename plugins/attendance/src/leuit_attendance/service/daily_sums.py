"""Every night each device counts yesterday's records; where it holds more, it sends them again.

The device counts lines, not distinct taps, so lines are compared (`copies`). A day that does not
agree is asked for again on the following nights, three times in all, and is shown on the fleet page
until it agrees. Days that have no sum yet, because the job did not run or the device was silent,
are asked for as well, a month back (attendance.md 6.2, daily reconciliation).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import case, func, or_, select

from leuit.work import JobContext, View, Work
from leuit_attendance.models import DailySum, Device, DeviceCommand, DeviceState, PunchRow

from .device_commands import ask_sum, expire, queue_backfill
from .set_aside import REPLAY, stragglers

KIND = "attendance.daily_sums"
LOOK_BACK = 14
"""Days that are asked for again while they do not agree."""
UNSUMMED = 31
"""Days back that are asked for while they have no sum."""
ASKED = 3
"""How often a day without a sum is asked for: some devices know no sums."""
BACKFILLS = 3
SILENT = dt.timedelta(days=7)
"""A device that has not called for so long is not asked."""
PART = 100
"""Devices of one unit of work."""


def ask_daily_sums(context: JobContext) -> None:
    """Job: ask each device for the sums that lack, and once more for days that did not agree."""
    with context.read() as view:
        wanted = list(_wanted(view))
        left = stragglers(view)
    for start in range(0, len(wanted), PART):
        with context.change() as work:
            for device_id, day in wanted[start : start + PART]:
                ask_sum(work, work.session.get_one(Device, device_id), day)
    with context.change() as work:
        expire(work)
        for serial in left:
            work.enqueue(REPLAY, {"serial": serial})


def compare(work: Work, command: DeviceCommand, told: int) -> DailySum:
    """Set the device's sum beside ours; ask for the day again where it holds more."""
    assert command.first is not None
    assert command.last is not None
    day = command.first.date()
    stored = stored_lines(work, command.device_id, command.first, command.last)
    row = work.session.get(DailySum, (command.device_id, day), with_for_update=True)
    if row is None:
        row = DailySum(device_id=command.device_id, day=day, backfills=0)
        work.session.add(row)
    row.told, row.stored, row.checked_at = told, stored, work.now
    if not row.agrees and row.backfills < BACKFILLS:
        row.backfills += 1
        queue_backfill(work, work.session.get_one(Device, command.device_id), day, day)
    work.session.flush()
    return row


def stored_lines(view: View, device_id: UUID, first: dt.datetime, last: dt.datetime) -> int:
    """Lines stored for a device between two wall times, both included."""
    return (
        view.session.execute(
            select(func.sum(PunchRow.copies)).where(
                PunchRow.device_id == device_id, PunchRow.at.between(first, last)
            )
        ).scalar()
        or 0
    )


def _wanted(view: View) -> Iterator[tuple[UUID, dt.date]]:
    yesterday = view.today - dt.timedelta(days=1)
    registered = view.session.execute(
        select(Device.id, Device.registered_at)
        .join(DeviceState, DeviceState.device_id == Device.id)
        .where(
            Device.status == "active",
            or_(
                DeviceState.last_seen_at > view.now - SILENT,
                DeviceState.last_upload_at > view.now - SILENT,
            ),
        )
        .order_by(Device.serial)
    ).all()
    devices = [row.id for row in registered]
    open_days = view.session.execute(
        select(DailySum.device_id, DailySum.day).where(
            DailySum.told > DailySum.stored,
            DailySum.backfills < BACKFILLS,
            DailySum.day >= view.today - dt.timedelta(days=LOOK_BACK),
            DailySum.day < yesterday,
            DailySum.device_id.in_(devices),
        )
    )
    settled = _settled(view, devices)
    for device_id, registered_at in registered:
        begun = registered_at.astimezone(view.app.zone).date()
        day = min(yesterday, max(begun, view.today - dt.timedelta(days=UNSUMMED)))
        while day <= yesterday:
            if (device_id, day) not in settled:
                yield device_id, day
            day += dt.timedelta(days=1)
    for device_id, day in open_days:
        yield device_id, day


def _settled(view: View, devices: Sequence[UUID]) -> set[tuple[UUID, dt.date]]:
    """Days of the devices that have a sum, wait for one, or were asked for often enough."""
    since = view.today - dt.timedelta(days=UNSUMMED)
    summed = view.session.execute(
        select(DailySum.device_id, DailySum.day).where(
            DailySum.day >= since, DailySum.device_id.in_(devices)
        )
    )
    found = {(row.device_id, row.day) for row in summed}
    waits = DeviceCommand.status.in_(("waiting", "sent"))
    asked = view.session.execute(
        select(
            DeviceCommand.device_id,
            DeviceCommand.first,
            func.count().label("times"),
            func.sum(case((waits, 1), else_=0)).label("waiting"),
        )
        .where(
            DeviceCommand.kind == "verify_sum",
            DeviceCommand.first >= dt.datetime.combine(since, dt.time()),
            DeviceCommand.device_id.in_(devices),
        )
        .group_by(DeviceCommand.device_id, DeviceCommand.first)
    )
    for device_id, first, times, waiting in asked:
        if first is not None and (waiting or times >= ASKED):
            found.add((device_id, first.date()))
    return found
