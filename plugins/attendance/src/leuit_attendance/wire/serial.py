"""Serial: the number by which a device is known to the push protocol.

Letters, digits, hyphen and underscore, at most 32. Nothing else is taken, since the serial is
written back into the first line of the handshake and shown to people. Upper and lower case differ.
"""

from __future__ import annotations

import re

_SERIAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


def parse_serial(text: str | None) -> str | None:
    """The serial, or None for anything that cannot be one."""
    if text is None:
        return None
    serial = text.strip(" ")
    return serial if _SERIAL.fullmatch(serial) else None
