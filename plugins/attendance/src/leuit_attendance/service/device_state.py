"""What is remembered of a device beside its punches: last seen, clock, back-log, what it told.

Heartbeats are written at most once a minute for each device: three hundred devices that poll twice
a minute would otherwise keep the writer busy.
"""

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Update, Uuid, bindparam, update

from leuit.work import Work
from leuit_attendance.models import DeviceState
from leuit_attendance.wire import ClockDrift, DeviceInfo, WireRecord, estimate_drift, upload_lead
from leuit_attendance.wire.drift import WINDOW

from .known_device import KnownDevice, is_backfilling
from .tables import table_of

HEARTBEAT = dt.timedelta(seconds=60)
_STATE = table_of(DeviceState)
OLD = dt.timedelta(hours=1)
MOST_SECONDS = 10**8
RESEND_TRUST = dt.timedelta(hours=24)
"""How long a device is told to send everything again, unless it is seen to do so."""


def is_due(device: KnownDevice, now: dt.datetime) -> bool:
    """Whether a heartbeat of the device is to be written."""
    return device.last_seen_at is None or not (
        dt.timedelta(0) <= now - device.last_seen_at < HEARTBEAT
    )


def write_state(
    work: Work, device: KnownDevice, values: Mapping[str, Any], *, lines: int = 0
) -> None:
    """Write columns of the device's state; `lines` are added to those stored of it."""
    given: dict[str, Any] = {f"new_{name}": value for name, value in values.items()}
    if lines:
        given["more_lines"] = lines
    if given:
        statement = _writing(frozenset(values), lines > 0)
        work.connection.execute(statement, {**given, "of_device": device.id})


@functools.cache
def _writing(columns: frozenset[str], adds_lines: bool) -> Update:
    """One statement for each set of columns: SQLAlchemy compiles it once, uploads come often."""
    values: dict[str, Any] = {
        name: bindparam(f"new_{name}", type_=_STATE.c[name].type) for name in sorted(columns)
    }
    if adds_lines:
        values["lines_stored"] = _STATE.c.lines_stored + bindparam("more_lines")
    mine = _STATE.c.device_id == bindparam("of_device", type_=Uuid())
    return update(_STATE).where(mine).values(values)


def after_info(info: DeviceInfo) -> dict[str, Any]:
    """State columns from the INFO of a poll."""
    if info.records is None and not info.firmware:
        return {}
    return {
        "records_on_device": info.records,
        "info": {
            "firmware": info.firmware,
            "users": info.users,
            "fingerprints": info.fingerprints,
            "faces": info.faces,
            "address": info.address,
        },
    }


def after_upload(
    work: Work, device: KnownDevice, records: Sequence[WireRecord], stamp: str
) -> dict[str, Any]:
    """State columns from an upload; one that was asked for again says nothing about the clock."""
    now = work.now
    values: dict[str, Any] = {"last_upload_at": now}
    told = next((r.offset_seconds for r in records if r.offset_seconds is not None), None)
    if told is not None:
        values["offset_seconds"] = told
    everything = stamp in ("0", "None")
    lead = upload_lead(now, records, zone_seconds(now, work.app.zone))
    if lead is not None and not everything and not (lead < -OLD and is_backfilling(work, device)):
        bounded = max(-MOST_SECONDS, min(MOST_SECONDS, round(lead.total_seconds())))
        values["leads"] = [*device.leads, bounded][-WINDOW:]
    told_at = device.resend_told_at
    if device.resend_asked_at and told_at and (everything or now - told_at > RESEND_TRUST):
        values.update(resend_asked_at=None, resend_told_at=None)
    return values


def drift_of(leads: Sequence[int], tolerance_seconds: int) -> ClockDrift | None:
    """How far the clock is off, by the leads of the last uploads."""
    return estimate_drift(
        [dt.timedelta(seconds=lead) for lead in leads], tolerance_seconds=tolerance_seconds
    )


def zone_seconds(now: dt.datetime, zone: ZoneInfo) -> int:
    """The region's distance from UTC, which the handshake gives to the devices."""
    offset = now.astimezone(zone).utcoffset()
    return round(offset.total_seconds()) if offset else 0
