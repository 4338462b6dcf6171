"""Photo: `table=ATTPHOTO`, a picture taken at a tap: four lines, a NUL, the picture.

Pictures of people are not wanted: only what the header says and the number of bytes that came are
told; the picture stays where the caller holds the body, and goes with it.
"""

from __future__ import annotations

import re
from datetime import datetime

from attrs import frozen

from .cell import BadCellError, read_pin
from .line import decode_text

_MAX_HEADER = 1024
_NAME = re.compile(r"([0-9]{14})(?:-([^.]{1,24}))?\.[A-Za-z]{3,4}")


@frozen
class PhotoUpload:
    """`at` and `pin` from the picture's name `<time>-<pin>.jpg`; without a PIN nobody was known.

    `size`: bytes as stated, `received`: bytes that came.
    """

    at: datetime | None
    pin: str
    serial: str
    size: int | None
    received: int
    command: str

    @property
    def is_whole(self) -> bool:
        return self.size == self.received


def parse_photo(body: bytes) -> PhotoUpload:
    """Read the header; a body without one yields an upload that is not whole."""
    end = body.find(b"\0", 0, _MAX_HEADER)
    header = body[:end] if end >= 0 else body[:_MAX_HEADER]
    values: dict[str, str] = {}
    for row in decode_text(header).split("\n"):
        name, mark, value = row.strip("\r ").partition("=")
        if mark:
            values.setdefault(name.lower(), value)
    at, pin = _named(values.get("pin", ""))
    size = values.get("size", "")
    return PhotoUpload(
        at=at,
        pin=pin,
        serial=values.get("sn", "")[:32],
        size=int(size) if re.fullmatch(r"[0-9]{1,9}", size) else None,
        received=len(body) - end - 1 if end >= 0 else 0,
        command=values.get("cmd", "")[:32],
    )


def _named(name: str) -> tuple[datetime | None, str]:
    match = _NAME.fullmatch(name.strip(" "))
    if not match:
        return None, ""
    digits = match[1]
    parts = (digits[:4], *(digits[i : i + 2] for i in range(4, 14, 2)))
    try:
        year, month, day, hour, minute, second = map(int, parts)
        at = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  wall time by design
    except ValueError:
        at = None
    try:
        pin = read_pin(match[2] or "")
    except BadCellError:
        pin = ""
    return at, pin
