"""Tables of devices and of what they send.

A punch is stored once: device, PIN, wall time and key make it unique, however often and in whatever
order it arrives (attendance.md 6.2, reliability). Wall times of devices are kept naive, as told.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import unit_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base

_SERIAL = 32
_KEY = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER keys count up on SQLite


class Device(Base):
    """A registered device. `usb_id` is the small number that its files bear, unique while active.

    `column_map` tells which of status and verify comes first in its files.
    """

    __tablename__ = "attendance_device"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'retired')", name="status"),
        CheckConstraint("column_map IN ('standard', 'swapped')", name="column_map"),
        Index(
            "uq_attendance_device_usb_id",
            "usb_id",
            unique=True,
            sqlite_where=text("status = 'active' AND usb_id IS NOT NULL"),
            postgresql_where=text("status = 'active' AND usb_id IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    serial: Mapped[str] = mapped_column(String(_SERIAL), unique=True)
    usb_id: Mapped[str | None] = mapped_column(String(24))
    unit_id: Mapped[UUID] = unit_fk(index=True)
    name: Mapped[str] = mapped_column(String(120))
    column_map: Mapped[str] = mapped_column(String(10), default="standard")
    status: Mapped[str] = mapped_column(String(10), default="active")
    registered_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)


class DeviceState(Base):
    """What a device last showed of itself; heartbeats, so exempt from the audit log.

    `last_seen_at`: its last call but uploads, written at most once a minute; `last_upload_at` tells
    of those, so that a device that sends without pause still gets its polls noted.
    `leads`: seconds by which the newest record of each of the last uploads was ahead of our clock
    (see `wire.drift`). `records_on_device` is its own count, `lines_stored` ours; `offset_seconds`
    the zone it tells. `resend_asked_at` is set while handshakes ask for everything again,
    `resend_told_at` when the device was first told so; `log_asked_at` and `log_told_at` are the
    same for its operation log.
    """

    __tablename__ = "attendance_device_state"

    device_id: Mapped[UUID] = mapped_column(
        ForeignKey("attendance_device.id", ondelete="RESTRICT"), primary_key=True
    )
    last_seen_at: Mapped[dt.datetime | None]
    last_upload_at: Mapped[dt.datetime | None]
    leads: Mapped[list[int]] = mapped_column(Json())
    records_on_device: Mapped[int | None] = mapped_column(BigInteger)
    lines_stored: Mapped[int] = mapped_column(BigInteger, default=0)
    offset_seconds: Mapped[int | None]
    resend_asked_at: Mapped[dt.datetime | None]
    resend_told_at: Mapped[dt.datetime | None]
    log_asked_at: Mapped[dt.datetime | None]
    log_told_at: Mapped[dt.datetime | None]
    address: Mapped[str] = mapped_column(String(45), default="")
    push_version: Mapped[str] = mapped_column(String(20), default="")
    device_type: Mapped[str] = mapped_column(String(4), default="att")
    info: Mapped[dict[str, Any]]

    @property
    def seen_at(self) -> dt.datetime | None:
        """When it last called, in whatever way."""
        calls = [at for at in (self.last_seen_at, self.last_upload_at) if at is not None]
        return max(calls, default=None)


class PunchRow(Base):
    """One tap of a PIN at a device.

    `copies`: how often the line stood in that one upload that held it most often, so that sums of
    lines can be compared with the device's. `upload_id` marks the upload that brought it first.
    Positions are degrees, `accuracy` metres.
    """

    __tablename__ = "attendance_punch"
    __table_args__ = (
        UniqueConstraint("device_id", "at", "pin", "status", name="uq_attendance_punch_tap"),
        Index("ix_attendance_punch_pin_at", "pin", "at", "status"),  # all that judging reads
        CheckConstraint("source IN ('push', 'file')", name="source"),
    )

    id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("attendance_device.id", ondelete="RESTRICT"))
    pin: Mapped[str] = mapped_column(String(24))
    at: Mapped[dt.datetime] = mapped_column(DateTime())
    status: Mapped[int]
    verify: Mapped[int | None]
    workcode: Mapped[str] = mapped_column(String(24))
    copies: Mapped[int]
    source: Mapped[str] = mapped_column(String(4))
    upload_id: Mapped[UUID]
    received_at: Mapped[dt.datetime]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy: Mapped[float | None]


class UnknownDevice(Base):
    """A serial that nobody registered, and how many of its records wait or found no room.

    `device_type` is what its last handshake told, None before one: it says what columns 8 and 9 of
    its lines mean (attendance.md 6.2). A body that could not be read counts as one dropped record.
    """

    __tablename__ = "attendance_unknown_device"

    serial: Mapped[str] = mapped_column(String(_SERIAL), primary_key=True)
    first_seen_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    kept: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(String(45), default="")
    device_type: Mapped[str | None] = mapped_column(String(4))


class SetAsideRow(Base):
    """A tap of an unregistered device; counts for nobody until the device is approved."""

    __tablename__ = "attendance_set_aside"
    __table_args__ = (
        UniqueConstraint("serial", "pin", "at", "status", name="uq_attendance_set_aside_tap"),
    )

    id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=True)
    serial: Mapped[str] = mapped_column(String(_SERIAL))
    pin: Mapped[str] = mapped_column(String(24))
    at: Mapped[dt.datetime] = mapped_column(DateTime())
    status: Mapped[int]
    verify: Mapped[int | None]
    workcode: Mapped[str] = mapped_column(String(24))
    copies: Mapped[int]
    received_at: Mapped[dt.datetime]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class BadLine(Base):
    """A line that could not be read, kept as it came (cut to 120 characters) with the reason."""

    __tablename__ = "attendance_bad_line"
    __table_args__ = (
        UniqueConstraint("serial", "fingerprint", name="uq_attendance_bad_line_text"),
    )

    id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=True)
    serial: Mapped[str] = mapped_column(String(_SERIAL))
    fingerprint: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(40))
    raw: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[dt.datetime]


class DeviceEvent(Base):
    """An entry of a device's operation log (`OPLOG`); `at` is the device's wall time."""

    __tablename__ = "attendance_device_event"
    __table_args__ = (
        UniqueConstraint(
            "device_id",
            "at",
            "code",
            "operator",
            "objects",
            name="uq_attendance_device_event_entry",
        ),
    )

    id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("attendance_device.id", ondelete="RESTRICT"))
    code: Mapped[int]
    operator: Mapped[str] = mapped_column(String(24))
    at: Mapped[dt.datetime] = mapped_column(DateTime())
    objects: Mapped[str] = mapped_column(String(270))
    upload_id: Mapped[UUID]
    received_at: Mapped[dt.datetime]


class DeviceCommand(Base):
    """A command waiting for a device, or what became of it.

    `code` is the id on the wire. `status`: waiting, sent, done, failed (the device refused),
    expired (it never answered). `first` and `last` bound what a back-fill or a sum is about.
    """

    __tablename__ = "attendance_command"
    __table_args__ = (
        CheckConstraint(
            "status IN ('waiting', 'sent', 'done', 'failed', 'expired')", name="status"
        ),
        Index("ix_attendance_command_device_status", "device_id", "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("attendance_device.id", ondelete="RESTRICT"))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(300))
    first: Mapped[dt.datetime | None] = mapped_column(DateTime())
    last: Mapped[dt.datetime | None] = mapped_column(DateTime())
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    asked_by: Mapped[UUID | None]
    asked_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[dt.datetime | None]
    return_code: Mapped[int | None]


class DailySum(Base):
    """How many records a device says it holds for a day, and how many lines of it are stored.

    `backfills` counts how often the device was asked to send the day again.
    """

    __tablename__ = "attendance_daily_sum"

    device_id: Mapped[UUID] = mapped_column(
        ForeignKey("attendance_device.id", ondelete="RESTRICT"), primary_key=True
    )
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    told: Mapped[int]
    stored: Mapped[int]
    checked_at: Mapped[dt.datetime]
    backfills: Mapped[int] = mapped_column(default=0)

    @property
    def agrees(self) -> bool:
        """Whether every record the device holds is stored."""
        return self.told <= self.stored


class ImportedFile(Base):
    """A file of punches that a person uploaded: kept whole, stored when confirmed."""

    __tablename__ = "attendance_import"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("attendance_device.id", ondelete="RESTRICT"))
    sha256: Mapped[str] = blob_fk()
    name: Mapped[str] = mapped_column(String(200))
    uploaded_by: Mapped[UUID | None]
    uploaded_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    stored: Mapped[int | None]
