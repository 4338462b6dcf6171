"""Options: what a device tells of itself, `table=options`, body `key=value,key=value`.

A value may hold commas: a piece without `=` belongs to the value before it. Keys of the device
begin with `~` where they cannot be changed; the mark is dropped. Passwords and communication keys
are dropped. Where a key comes twice, the last value holds, as in the device's own file.
"""

from __future__ import annotations

import re

from .line import decode_text

MAX_OPTIONS = 300
MAX_VALUE = 256
"""Characters of a value; longer ones are cut."""
_MAX_BODY = 64 * 1024

_SECRET = re.compile(r"passw|pwd|commkey|comkey|secret|token", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z0-9_.]{1,48}")


def parse_options(body: bytes) -> dict[str, str]:
    """Options by name; what is no option is left out."""
    options: dict[str, str] = {}
    last = ""
    for piece in re.split(r"[,\n\t]", decode_text(body[:_MAX_BODY])):
        name, mark, value = piece.strip(" \r\0").partition("=")
        if not mark:
            if last and name and len(options[last]) < MAX_VALUE:
                options[last] = f"{options[last]},{name}"[:MAX_VALUE]
            continue
        name = name.strip(" ").removeprefix("~")
        last = ""
        if not _KEY.fullmatch(name) or _SECRET.search(name):
            continue
        if name in options or len(options) < MAX_OPTIONS:
            options[name] = value.strip(" ")[:MAX_VALUE]
            last = name
    return options
