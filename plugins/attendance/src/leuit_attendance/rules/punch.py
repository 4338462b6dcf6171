"""Punch: one record of a clock, as the device told it. The engine never changes or invents one.

Status keys of ZKTeco devices: 0 in, 1 out, 2 break out, 3 break in, 4 overtime in, 5 overtime out,
255 none. People press the wrong key, so a key never decides alone: it breaks a tie and raises a
flag.
"""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

IN_KEYS = frozenset({0, 3, 4})
"""Keys that say "I come": in, break in, overtime in."""
OUT_KEYS = frozenset({1, 2, 5})
"""Keys that say "I leave": out, break out, overtime out."""


@frozen
class Punch:
    """One tap of one person.

    - `at`: naive local wall time of the regency, whole seconds (devices tell no fraction).
    - `status`: the key, see above; 255 or any other number says nothing.
    - `id`, `device`, `verify`: for whoever shows the punch; the rules do not read them.
    """

    at: datetime
    status: int = 255
    id: int | str | None = None
    device: str = ""
    verify: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise ValueError("Waktu tap harus waktu setempat tanpa zona.")
