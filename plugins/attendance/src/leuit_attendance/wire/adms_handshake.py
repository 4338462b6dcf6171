"""Handshake: what a device says of itself at its first request, and the options it is given.

The first line of the reply is exactly `GET OPTION FROM: <SN>`, the keys follow in the order of the
vendor's protocol, parted by LF. The lower protocol version of both sides is used; a device that
tells none speaks 2.2.14. TimeZone is in hours for whole zones and in minutes for the others. A
resume stamp of 0 or None makes the device send everything again. Of the stamps that attendance.md
6.2 lists, those of today's names are told that its sample session tells; it demands none of the
others (BIODATAStamp, ERRORLOGStamp; older: Stamp, OpStamp, PhotoStamp) for any version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from .serial import parse_serial

SERVER_VERSION = "2.4.1"
OLDEST_VERSION = "2.2.14"
"""What a side speaks that tells no version."""
KEEP_STAMP = "9999"
"""Any stamp but 0 and None: the device goes on where it was."""
SEND_ALL = "0"

_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")
_STAMP = re.compile(r"[0-9]{1,20}|None")


@frozen
class Handshake:
    """The first request. `serial` is None where the text cannot be a serial.

    A communication key (`pushcommkey`) is neither compared nor kept: no key is agreed on with a
    device, which is known by its serial alone (attendance.md 6.2, security). Register serials, and
    put a network restriction in front.
    """

    serial: str | None
    wants_options: bool
    push_version: str
    device_type: str
    language: str


def parse_handshake(query: Mapping[str, str]) -> Handshake:
    """Read `SN=..&options=all&pushver=..&DeviceType=..&language=..`; names in any case."""
    values = {name.lower(): value for name, value in query.items()}
    device_type = values.get("devicetype", "").strip().lower()
    return Handshake(
        serial=parse_serial(values.get("sn")),
        wants_options=values.get("options", "").strip().lower() == "all",
        push_version=read_version(values.get("pushver", "")),
        device_type=device_type if device_type in {"att", "pid", "ins"} else "att",
        language=values.get("language", "")[:8],
    )


def read_version(text: str) -> str:
    """A dotted version, `OLDEST_VERSION` for anything else."""
    version = text.strip()
    return version if _VERSION.fullmatch(version) else OLDEST_VERSION


def lower_version(one: str, other: str) -> str:
    """The lower of two dotted versions, by number and not by letter."""
    return min(read_version(one), read_version(other), key=_numbers)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def write_zone(offset_minutes: int) -> str:
    """TimeZone: 7 for +07:00, 330 for +05:30."""
    hours, rest = divmod(offset_minutes, 60)
    return str(offset_minutes if rest else hours)


@frozen
class HandshakeReply:
    """The options for one device.

    Stamps are digits or `None`. `error_delay` (30 to 300) and `delay` (2 to 60) are seconds,
    `trans_interval` minutes, `zone_minutes` the distance of the region's time from UTC.
    `transfer` names what the device may send: no photos and no templates.
    `push_options` empty leaves the three optional keys out.
    """

    serial: str
    push_version: str = OLDEST_VERSION
    attlog_stamp: str = KEEP_STAMP
    operlog_stamp: str = KEEP_STAMP
    attphoto_stamp: str = KEEP_STAMP
    error_delay: int = 60
    delay: int = 30
    trans_times: str = "00:00;14:05"
    trans_interval: int = 1
    transfer: tuple[str, ...] = ("AttLog", "OpLog", "EnrollUser", "ChgUser")
    zone_minutes: int = 420
    realtime: bool = True
    push_options: tuple[str, ...] = ("FingerFunOn", "FaceFunOn")

    def __attrs_post_init__(self) -> None:
        stamps = (self.attlog_stamp, self.operlog_stamp, self.attphoto_stamp)
        if parse_serial(self.serial) != self.serial:
            raise ValueError("a handshake reply needs a serial that has been checked")
        if not all(_STAMP.fullmatch(stamp) for stamp in stamps):
            raise ValueError("a stamp is digits or None")

    def write(self) -> bytes:
        """The body of the reply."""
        rows = [
            f"GET OPTION FROM: {self.serial}",
            f"ATTLOGStamp={self.attlog_stamp}",
            f"OPERLOGStamp={self.operlog_stamp}",
            f"ATTPHOTOStamp={self.attphoto_stamp}",
            f"ErrorDelay={self.error_delay}",
            f"Delay={self.delay}",
            f"TransTimes={self.trans_times}",
            f"TransInterval={self.trans_interval}",
            "TransFlag=TransData " + "\t".join(self.transfer),
            f"TimeZone={write_zone(self.zone_minutes)}",
            f"Realtime={int(self.realtime)}",
            "Encrypt=None",
            f"ServerVer={SERVER_VERSION}",
            f"PushProtVer={lower_version(self.push_version, SERVER_VERSION)}",
        ]
        if self.push_options:
            rows += ["PushOptionsFlag=1", "PushOptions=" + ",".join(self.push_options)]
            rows += ["SupportPing=1"]
        return "\n".join(rows).encode("ascii")
