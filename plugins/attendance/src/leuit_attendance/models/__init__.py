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
from .documents import BY_HAND, ENDED, MADE, SIGNED, WAITING, RecapDeduction, RecapDocument

__all__ = [
    "BY_HAND",
    "ENDED",
    "MADE",
    "SIGNED",
    "WAITING",
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
    "RecapDeduction",
    "RecapDocument",
    "ScheduleUse",
    "SetAsideRow",
    "ShiftRow",
    "UnknownDevice",
]
