"""The devices of the demonstration, and what they saw, pushed as real devices push it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.calendar import holidays_between
from leuit.plugins import CommandContext
from leuit.values import _
from leuit.web import served_on_loopback
from leuit_attendance.models import Device
from leuit_attendance.service.devices import ask_everything_again, register_device
from leuit_attendance.service.figures import figures_now
from leuit_attendance.testing import (
    Behaviour,
    Fleet,
    Hours,
    PlannedTap,
    dates,
    office_hours,
    plan_days,
    taps_of,
)

from .office import Office

CROWD = 20
"""A unit with more people than this has a second device."""
LINE = Behaviour(batch=120, offline=0.2, lost_reply=0.03, repeat=0.02, stall=0.02, poll_every=10)
"""Lines as they are: replies get lost, uploads come twice, and nothing is counted twice."""
PREFIX = "DEMO"
STRANGER = f"{PREFIX}9900000001"
"""A device that nobody has registered, so that there is one to approve."""


def install_devices(context: CommandContext, office: Office) -> None:
    """One device in every unit, two in large ones; each is asked for all that it remembers."""
    with context.app.change(office.cast["administrator"]) as work:
        mine = select(Device.id).where(Device.serial.startswith(PREFIX))
        if work.session.scalars(mine.limit(1)).first() is not None:
            return
        number = 0
        for unit_id, several in office.colleagues.items():
            if unit_id == office.root:
                continue  # the acting regent taps where the secretariat does
            unit = office.units[unit_id]
            for place in range(1, 2 + len(several) // CROWD):
                number += 1
                device = register_device(
                    work,
                    f"{PREFIX}{number:010d}",
                    unit_id,
                    usb_id=str(900 + number),
                    name=_("Mesin %(number)s %(unit)s") % {"number": place, "unit": unit.short},
                )
                ask_everything_again(work, device.id)


def push_punches(
    context: CommandContext, office: Office, seed: int, first: dt.date, now: dt.datetime
) -> None:
    """Everything that the devices saw from the first day until now, over HTTP."""
    records = _records(context, office, seed, first, now)
    fleet = Fleet.of(
        records,
        seed=seed,
        behaviours=dict.fromkeys(records, LINE),
        zone_offset=_zone_offset(context),
    )
    text = _("Rekaman mesin absensi")
    with served_on_loopback(context.app, context.host) as address:
        fleet.run_blocking(
            address,
            records,
            concurrency=8,
            progress=lambda done, total: context.progress(done, total, text),
        )


def _records(
    context: CommandContext, office: Office, seed: int, first: dt.date, now: dt.datetime
) -> dict[str, list[PlannedTap]]:
    """Taps by serial. Holidays, shifts and absences are kept to; nothing happens after now."""
    with context.app.read(context.identity) as view:
        holidays = set(holidays_between(view, first, now.date()))
        patterns = figures_now(view).on(first).shifts
        devices: dict[UUID, list[str]] = defaultdict(list)
        for serial, unit_id in view.session.execute(
            select(Device.serial, Device.unit_id)
            .where(Device.status == "active", Device.serial.startswith(PREFIX))
            .order_by(Device.serial)
        ):
            devices[unit_id].append(serial)
    by_pin = {one.pin: one for one in office.everybody}
    shifts = patterns.figures.by_code if patterns else {}

    def hours(pin: str, day: dt.date) -> Hours | None:
        one = by_pin[pin]
        if office.is_absent(one.person_id, day):
            return None
        code = office.shifts.get((one.person_id, day))
        if code is None:
            return None if day in holidays else office_hours(pin, day)
        pattern = shifts[code].pattern
        if pattern is None:
            return None
        starts = dt.datetime.combine(day, pattern.start)
        ends = dt.datetime.combine(day, pattern.end)
        return starts, ends if ends > starts else ends + dt.timedelta(days=1)

    days = dates(first, (now.date() - first).days + 1)
    secretariat = next(
        serials for unit, serials in devices.items() if office.units[unit].code == "SETDA"
    )
    pins: dict[str, list[str]] = defaultdict(list)
    for unit_id, several in office.colleagues.items():
        serials = devices.get(unit_id, secretariat)
        for number, one in enumerate(several):
            pins[serials[number % len(serials)]].append(one.pin)
    records = {
        serial: _until(now, taps_of(plan_days(mine, days, schedule=hours, seed=seed)))
        for serial, mine in sorted(pins.items())
    }
    strange = plan_days(["9001", "9002", "9003"], dates(first, 3), seed=seed)
    return {**records, STRANGER: taps_of(strange)}


def _until(now: dt.datetime, taps: Iterable[PlannedTap]) -> list[PlannedTap]:
    return [tap for tap in taps if tap.at <= now]


def _zone_offset(context: CommandContext) -> int:
    offset = context.app.clock.now().astimezone(context.app.zone).utcoffset()
    return round(offset.total_seconds()) if offset else 0
