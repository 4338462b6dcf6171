"""Behaviour: the faults and the dialect of one simulated device.

Chances are per upload. Waiting times are small by default: a simulation proves what happens, not
how long it takes.
"""

from __future__ import annotations

from random import Random
from typing import Literal

from attrs import frozen

Form = Literal["12", "7", "5", "commas", "crlf", "form", "named"]
"""Columns of an upload: how many, commas for TAB, CRLF for LF, a form body, named columns."""
FORMS: tuple[Form, ...] = ("12", "7", "5", "commas", "crlf", "form", "named")


@frozen
class Behaviour:
    """What a device does beside telling the truth.

    - `clock_offset`: seconds that its clock is ahead (positive) or behind.
    - `batch`: most records of one upload; realtime devices send one or few.
    - `stall`: the upload stops in its middle for `stall_seconds`.
    - `lost_reply`: the reply is lost, so the same upload comes again.
    - `repeat`: an upload comes again though it was answered.
    - `offline`: the network is away, records pile up until a later upload.
    - `restart`: a new handshake before an upload.
    - `poll_every`: uploads between two polls for commands.
    - `attempts`, `retry_seconds`: tries of one request, and the wait before the second one.
    """

    form: Form = "12"
    clock_offset: int = 0
    batch: int = 3
    stall: float = 0.0
    stall_seconds: float = 0.005
    lost_reply: float = 0.0
    repeat: float = 0.0
    offline: float = 0.0
    restart: float = 0.0
    poll_every: int = 10
    attempts: int = 5
    retry_seconds: float = 0.01


HONEST = Behaviour()
"""A device on a good line."""


def invent_behaviour(chance: Random) -> Behaviour:
    """A device as found in the field: half speak the current form, one in ten has a wrong clock."""
    return Behaviour(
        form="12" if chance.random() < 0.5 else chance.choice(FORMS),
        clock_offset=_wrong_clock(chance),
        batch=chance.randint(1, 8),
        stall=0.02,
        lost_reply=0.03,
        repeat=0.02,
        offline=chance.choice((0.0, 0.0, 0.05, 0.3)),
        restart=0.01,
        poll_every=chance.randint(5, 20),
    )


def _wrong_clock(chance: Random) -> int:
    if chance.random() >= 0.1:
        return 0
    size = chance.choice((90, 300, 1800, 3600))
    return size if chance.random() < 0.5 else -size
