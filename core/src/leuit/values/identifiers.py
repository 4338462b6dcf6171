"""Public ids: UUID version 7 (RFC 9562 section 5.7), sortable by the time they were made."""

import os
import threading
import time
import uuid


class _Sequence:
    """The last millisecond used, and how many ids it has given so far."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.milliseconds = 0
        self.counter = 0

    def next(self, now: int) -> int:
        """The upper 64 bits of the next id: milliseconds, version, counter."""
        with self.lock:
            if now > self.milliseconds:
                self.milliseconds = now
                self.counter = int.from_bytes(os.urandom(1), "big")
            else:
                self.counter += 1
                if self.counter > 0xFFF:
                    self.milliseconds += 1
                    self.counter = 0
            return (self.milliseconds << 16) | 0x7000 | self.counter


_sequence = _Sequence()


def new_id() -> uuid.UUID:
    """A new UUIDv7; ids of one process never decrease, as `rand_a` counts within a millisecond.

    Method 1 of RFC 9562 section 6.2 (fixed-length counter, 12 bits); when the counter is full or
    the clock went back, the last millisecond is kept and moved on.
    """
    head = _sequence.next(time.time_ns() // 1_000_000)
    tail = (int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)) | (1 << 63)
    return uuid.UUID(int=(head << 64) | tail)
