"""Testing: devices that do not exist, for tests, load and demo data; shipped with the plugin.

Nothing here is used by a running server, and nothing here uses the server's parsers: the protocol
is written a second time, so that each side proves the other.
"""

from .behaviour import FORMS, HONEST, Behaviour, Form, invent_behaviour
from .device import Device, DeviceCounts
from .fleet import Fleet, FleetReport
from .link import Answer, Link, LinkError
from .memory import DeviceMemory, MemoryLine, write_upload
from .punch_plan import (
    Hours,
    Odds,
    PlannedDay,
    PlannedTap,
    dates,
    night_hours,
    office_hours,
    plan_days,
    taps_of,
)
from .session import Message, Step, parse_session

__all__ = [
    "FORMS",
    "HONEST",
    "Answer",
    "Behaviour",
    "Device",
    "DeviceCounts",
    "DeviceMemory",
    "Fleet",
    "FleetReport",
    "Form",
    "Hours",
    "Link",
    "LinkError",
    "MemoryLine",
    "Message",
    "Odds",
    "PlannedDay",
    "PlannedTap",
    "Step",
    "dates",
    "invent_behaviour",
    "night_hours",
    "office_hours",
    "parse_session",
    "plan_days",
    "taps_of",
    "write_upload",
]
