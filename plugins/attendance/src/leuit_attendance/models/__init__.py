"""Tables of attendance: devices and their punches, and what days are made of."""

from .base import Base
from .days import AbsenceRow, AttendanceDay, DayBasis, ScheduleUse, ShiftRow
from .devices import (
    BadLine,
    DailySum,
    Device,
    DeviceCommand,
    DeviceEvent,
    DeviceState,
    ImportedFile,
    PunchRow,
    SetAsideRow,
    UnknownDevice,
)

__all__ = [
    "AbsenceRow",
    "AttendanceDay",
    "BadLine",
    "Base",
    "DailySum",
    "DayBasis",
    "Device",
    "DeviceCommand",
    "DeviceEvent",
    "DeviceState",
    "ImportedFile",
    "PunchRow",
    "ScheduleUse",
    "SetAsideRow",
    "ShiftRow",
    "UnknownDevice",
]
