"""The device behind a serial, with what an upload must know of it; one statement."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select
from sqlalchemy.orm import Session

from leuit.values import RecordRef
from leuit_attendance.models import Device, DeviceState


@attrs.frozen
class KnownDevice:
    """An active device. `leads` and the rest are its state when this unit or view began."""

    id: UUID
    serial: str
    name: str
    leads: tuple[int, ...] = ()
    last_seen_at: dt.datetime | None = None
    resend_asked_at: dt.datetime | None = None
    resend_told_at: dt.datetime | None = None
    push_version: str = ""
    device_type: str = "att"

    @property
    def ref(self) -> RecordRef:
        """How the audit log names it."""
        return device_ref(self.id, self.serial, self.name)


_QUERY = (
    select(
        Device.id,
        Device.serial,
        Device.name,
        DeviceState.leads,
        DeviceState.last_seen_at,
        DeviceState.resend_asked_at,
        DeviceState.resend_told_at,
        DeviceState.push_version,
        DeviceState.device_type,
    )
    .join(DeviceState, DeviceState.device_id == Device.id)
    .where(Device.status == "active")
)


def find_device(session: Session, serial: str) -> KnownDevice | None:
    """The active device of a serial; None for unknown and retired ones."""
    row = session.execute(_QUERY.where(Device.serial == serial)).one_or_none()
    if row is None:
        return None
    return KnownDevice(**{**row._asdict(), "leads": tuple(row.leads)})


def device_ref(device_id: UUID, serial: str, name: str = "") -> RecordRef:
    """How the audit log names a device."""
    return RecordRef("attendance.device", str(device_id), f"{name} ({serial})" if name else serial)
