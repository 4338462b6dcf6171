"""The device behind a serial, with what an upload must know of it; one statement."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import Uuid, bindparam, or_, select

from leuit.storage import Instant
from leuit.values import RecordRef
from leuit.work import View
from leuit_attendance.models import Device, DeviceCommand, DeviceState

from .tables import table_of


@attrs.frozen
class KnownDevice:
    """An active device. `leads` and the rest are its state when this unit or view began."""

    id: UUID
    serial: str
    name: str
    leads: Sequence[int] = ()
    last_seen_at: dt.datetime | None = None
    resend_asked_at: dt.datetime | None = None
    resend_told_at: dt.datetime | None = None
    device_type: str = "att"

    @property
    def ref(self) -> RecordRef:
        """How the audit log names it."""
        return device_ref(self.id, self.serial, self.name)


_DEVICE, _STATE, _COMMAND = table_of(Device), table_of(DeviceState), table_of(DeviceCommand)
BACKFILL_TAKES = dt.timedelta(hours=1)
"""For how long after its answer records of a back-fill may still come."""

_BACKFILL = (
    select(_COMMAND.c.id)
    .where(
        _COMMAND.c.device_id == bindparam("device", type_=Uuid()),
        _COMMAND.c.kind == "query_attlog",
        or_(
            _COMMAND.c.status == "sent",
            _COMMAND.c.finished_at > bindparam("since", type_=Instant()),
        ),
    )
    .limit(1)
)
_QUERY = (
    select(
        _DEVICE.c.id,
        _DEVICE.c.serial,
        _DEVICE.c.name,
        _STATE.c.leads,
        _STATE.c.last_seen_at,
        _STATE.c.resend_asked_at,
        _STATE.c.resend_told_at,
        _STATE.c.device_type,
    )
    .join_from(_DEVICE, _STATE, _STATE.c.device_id == _DEVICE.c.id)
    .where(_DEVICE.c.status == "active", _DEVICE.c.serial == bindparam("serial"))
)


def find_device(view: View, serial: str) -> KnownDevice | None:
    """The active device of a serial; None for unknown and retired ones."""
    row = view.connection.execute(_QUERY, {"serial": serial}).one_or_none()
    return None if row is None else KnownDevice(*row)


def is_backfilling(view: View, device: KnownDevice) -> bool:
    """Whether the device was asked for old records and may be sending them now."""
    given = {"device": device.id, "since": view.now - BACKFILL_TAKES}
    return view.connection.execute(_BACKFILL, given).first() is not None


def device_ref(device_id: UUID, serial: str, name: str = "") -> RecordRef:
    """How the audit log names a device."""
    return RecordRef("attendance.device", str(device_id), f"{name} ({serial})" if name else serial)
