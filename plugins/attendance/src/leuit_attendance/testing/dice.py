"""Dice: chance that is the same for the same seed and name, on every machine and Python.

Each thing that needs chance takes dice of its own name, so that adding one device or one person
changes nothing for the others.
"""

from __future__ import annotations

from random import Random


def dice(seed: int, *name: object) -> Random:
    """A generator for one named thing."""
    key = ":".join(str(part) for part in (seed, *name))
    return Random(key)  # noqa: S311  invented data, nothing secret hangs on it
