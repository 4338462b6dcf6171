"""The fleet as people see it: every device with its unit and state, filtered; who is silent."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from leuit.identity import Unit
from leuit.plugins import HealthAnswer
from leuit.values import _
from leuit.work import View
from leuit_attendance.models import (
    BadLine,
    DailySum,
    Device,
    DeviceCommand,
    DeviceEvent,
    DeviceState,
)
from leuit_attendance.wire import ClockDrift

from .daily_sums import LOOK_BACK
from .device_state import drift_of
from .devices import READ, missing
from .set_aside import settings_of

SILENT = dt.timedelta(hours=24)
"""After so long without a call a device counts as silent."""
STATES = ("", "silent", "differs", "retired")
RECENT = 20
"""Rows of each part of a device's page."""


@attrs.frozen
class FleetFilter:
    """`text` is looked for in serial, name and number; `state` is one of `STATES`."""

    text: str = ""
    unit_id: UUID | None = None
    state: str = ""


@attrs.frozen
class FleetRow:
    """One device with its unit and state; `open_days`: recent days whose sums do not agree."""

    device: Device
    unit: Unit
    state: DeviceState
    open_days: int
    drift: ClockDrift | None
    silent: bool

    @property
    def backlog(self) -> int | None:
        """Records that the device holds beyond those stored; None where it tells no count."""
        if self.state.records_on_device is None:
            return None
        return max(0, self.state.records_on_device - self.state.lines_stored)


@attrs.frozen
class DeviceDetail:
    """A device and what it lately told, newest first."""

    row: FleetRow
    sums: Sequence[DailySum]
    commands: Sequence[DeviceCommand]
    events: Sequence[DeviceEvent]
    bad_lines: Sequence[BadLine]
    bad_count: int


def fleet(view: View, wanted: FleetFilter, offset: int, limit: int) -> tuple[list[FleetRow], int]:
    """Rows of one page, and how many there are in all; only of units that the reader may see."""
    query = _filtered(view, wanted)
    total = view.session.execute(
        select(func.count()).select_from(query.with_only_columns(Device.id).subquery())
    ).scalar_one()
    rows = view.session.execute(
        query.order_by(Unit.name, Device.name, Device.serial).offset(offset).limit(limit)
    ).all()
    return [_row(view, *row) for row in rows], total


def device_detail(view: View, device_id: UUID) -> DeviceDetail:
    """One device; NotFoundError unless it stands in a unit that the reader may see."""
    found = view.session.execute(_base(view).where(Device.id == device_id)).one_or_none()
    if found is None:
        raise missing("")
    row = _row(view, *found)
    serial = row.device.serial
    session = view.session
    return DeviceDetail(
        row=row,
        sums=session.scalars(
            select(DailySum)
            .where(DailySum.device_id == device_id)
            .order_by(DailySum.day.desc())
            .limit(RECENT)
        ).all(),
        commands=session.scalars(
            select(DeviceCommand)
            .where(DeviceCommand.device_id == device_id)
            .order_by(DeviceCommand.asked_at.desc(), DeviceCommand.id.desc())
            .limit(RECENT)
        ).all(),
        events=session.scalars(
            select(DeviceEvent)
            .where(DeviceEvent.device_id == device_id)
            .order_by(DeviceEvent.at.desc(), DeviceEvent.id.desc())
            .limit(RECENT)
        ).all(),
        bad_lines=session.scalars(
            select(BadLine)
            .where(BadLine.serial == serial)
            .order_by(BadLine.id.desc())
            .limit(RECENT)
        ).all(),
        bad_count=session.execute(
            select(func.count()).select_from(BadLine).where(BadLine.serial == serial)
        ).scalar_one(),
    )


def units_with(view: View, permission: str) -> Sequence[Unit]:
    """Units on which the reader holds the permission, by name: for choices."""
    return view.session.scalars(
        select(Unit).where(Unit.id.in_(view.units(permission))).order_by(Unit.name)
    ).all()


def silent_devices(view: View) -> HealthAnswer:
    """Health check: active devices that have not called for a day."""
    silent = view.session.execute(
        select(func.count())
        .select_from(Device)
        .join(DeviceState, DeviceState.device_id == Device.id)
        .where(Device.status == "active", _is_silent(view))
    ).scalar_one()
    every = view.session.execute(
        select(func.count()).select_from(Device).where(Device.status == "active")
    ).scalar_one()
    sentence = _("%(silent)s dari %(every)s mesin absensi diam lebih dari 24 jam.") % {
        "silent": silent,
        "every": every,
    }
    return HealthAnswer(silent == 0, sentence if silent else "", {"silent": silent, "all": every})


def _base(view: View) -> Select[Device, Unit, DeviceState, int]:
    open_days = (
        select(func.count())
        .select_from(DailySum)
        .where(DailySum.device_id == Device.id, _differs(view))
        .correlate(Device)
        .scalar_subquery()
    )
    return (
        select(Device, Unit, DeviceState, open_days)
        .join(Unit, Unit.id == Device.unit_id)
        .join(DeviceState, DeviceState.device_id == Device.id)
        .where(Device.unit_id.in_(view.units(READ)))
    )


def _filtered(view: View, wanted: FleetFilter) -> Select[Device, Unit, DeviceState, int]:
    query = _base(view).where(
        Device.status == ("retired" if wanted.state == "retired" else "active")
    )
    if wanted.state == "silent":
        query = query.where(_is_silent(view))
    if wanted.state == "differs":
        query = query.where(exists().where(DailySum.device_id == Device.id, _differs(view)))
    if wanted.unit_id is not None:
        query = query.where(Device.unit_id == wanted.unit_id)
    if wanted.text:
        query = query.where(
            or_(
                func.lower(Device.serial).contains(wanted.text.lower(), autoescape=True),
                func.lower(Device.name).contains(wanted.text.lower(), autoescape=True),
                Device.usb_id == wanted.text,
            )
        )
    return query


def _differs(view: View) -> ColumnElement[bool]:
    return and_(
        DailySum.told > DailySum.stored,
        DailySum.day >= view.today - dt.timedelta(days=LOOK_BACK),
    )


def _is_silent(view: View) -> ColumnElement[bool]:
    since = view.now - SILENT
    return and_(
        or_(DeviceState.last_seen_at.is_(None), DeviceState.last_seen_at < since),
        or_(DeviceState.last_upload_at.is_(None), DeviceState.last_upload_at < since),
    )


def _row(view: View, device: Device, unit: Unit, state: DeviceState, open_days: int) -> FleetRow:
    seen = state.seen_at
    return FleetRow(
        device,
        unit,
        state,
        open_days,
        drift_of(state.leads, settings_of(view).drift_seconds),
        device.status == "active" and (seen is None or seen < view.now - SILENT),
    )
