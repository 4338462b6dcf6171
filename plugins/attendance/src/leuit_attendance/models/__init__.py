"""Tables of attendance: devices and their punches, and what days are made of."""

from .base import Base
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
    "BadLine",
    "Base",
    "DailySum",
    "Device",
    "DeviceCommand",
    "DeviceEvent",
    "DeviceState",
    "ImportedFile",
    "PunchRow",
    "SetAsideRow",
    "UnknownDevice",
]
