"""DeviceMemory: what a simulated device holds, the truth that a server is compared with.

Lines are kept in the order of the taps, exact repeats included, with the time of the device's own
clock. `sent` of them have been acknowledged by the server. Nothing here is shared with the parsers
of the server: the forms are written from the protocol's description a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import frozen

from .behaviour import Form
from .punch_plan import PlannedTap

Key = tuple[str, str, datetime, int]
"""Serial, PIN, time of the device, status: by this the server stores a tap once."""

_NO_POSITION = "eyJHUFNJbmZvIjp7ImxvbmdpdHVkZSI6Ii0xIiwibGF0aXR1ZGUiOiItMSJ9fQ=="


@frozen
class MemoryLine:
    """One record; `at` is naive time of the device."""

    pin: str
    at: datetime
    status: int
    verify: int

    def write(self, form: Form, zone_offset: int) -> str:
        """The record in a form; `zone_offset` in seconds appears where the form has it."""
        time = self.at.strftime("%Y-%m-%d %H:%M:%S")
        if form == "named":
            return f"PIN={self.pin}\tTime={time}\tStatus={self.status}\tVerifyMode={self.verify}"
        cells = [self.pin, time, str(self.status), str(self.verify), "0"]
        if form != "5":
            cells += ["0", "0"]
        if form in {"12", "commas", "crlf"}:
            cells += ["0", "", "", f"{zone_offset:+d}", _NO_POSITION]
        return ("," if form == "commas" else "\t").join(cells)


def write_upload(lines: Sequence[MemoryLine], form: Form, zone_offset: int) -> bytes:
    """The body of an upload."""
    mark = "\r\n" if form == "crlf" else "\n"
    rows = [line.write(form, zone_offset) for line in lines]
    return (("data=" if form == "form" else "") + mark.join(rows)).encode("ascii")


class DeviceMemory:
    """The records of one device."""

    def __init__(self, serial: str, clock_offset: int = 0) -> None:
        self.serial = serial
        self.clock_offset = timedelta(seconds=clock_offset)
        self.lines: list[MemoryLine] = []
        self.sent = 0

    def add(self, tap: PlannedTap) -> None:
        """A tap happens: it is noted with the time that the device's clock shows."""
        at = tap.at + self.clock_offset
        self.lines.append(MemoryLine(tap.pin, at, tap.status, tap.verify))

    def next_batch(self, most: int) -> list[MemoryLine]:
        """Unsent lines, oldest first; exact repeats in a row are never parted.

        A repeat within one upload is a repeat, while one in a later upload could not be told from
        the same upload coming again.
        """
        end = min(self.sent + most, len(self.lines))
        while self.sent < end < len(self.lines) and self.lines[end] == self.lines[end - 1]:
            end += 1
        return self.lines[self.sent : end]

    def between(self, start: datetime, end: datetime) -> list[MemoryLine]:
        """Lines of [start, end], both inclusive."""
        return [line for line in self.lines if start <= line.at <= end]

    def truth(self) -> set[Key]:
        """What a server must have stored, each once."""
        return {(self.serial, line.pin, line.at, line.status) for line in self.lines}
