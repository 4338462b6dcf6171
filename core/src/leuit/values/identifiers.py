"""Public ids: UUID version 7 (RFC 9562 section 5.7), sortable by the time they were made."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last_milliseconds = 0
_counter = 0


def new_id() -> uuid.UUID:
    """A new UUIDv7; ids of one process never decrease, as `rand_a` counts within a millisecond.

    Method 1 of RFC 9562 section 6.2 (fixed-length counter, 12 bits); when the counter is full or
    the clock went back, the last millisecond is kept and moved on.
    """
    global _last_milliseconds, _counter
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _last_milliseconds:
            _last_milliseconds = now
            _counter = int.from_bytes(os.urandom(1), "big")
        else:
            _counter += 1
            if _counter > 0xFFF:
                _last_milliseconds += 1
                _counter = 0
        head = (_last_milliseconds << 16) | 0x7000 | _counter
    tail = (int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)) | (1 << 63)
    return uuid.UUID(int=(head << 64) | tail)
