"""Shifts: named day patterns (pagi, siang, malam, off) and who works which on what date.

A shift belongs to the date on which it starts: malam of 5 October, 21:00-07:00, is 5 October's duty
although it ends on the 6th. Law: Perpres 21/2023 Pasal 7 exempts units of direct service from the
five days; the hours themselves are set by the regency (hospital hours in use are unverified).
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from .basis import Basis
from .schedule import DayPattern


@frozen
class ShiftPattern:
    """A named shift; `pattern` None is a day off (lepas jaga)."""

    code: str
    title: str
    basis: Basis
    pattern: DayPattern | None = None

    def __attrs_post_init__(self) -> None:
        if not self.code or self.code != self.code.strip():
            raise ValueError("Kode sif harus diisi, tanpa spasi di tepinya.")


@frozen
class ShiftAssignment:
    """One person's shift on the date it starts; at most one a person and date.

    `on_holidays`: the person works although the date is a national holiday or cuti bersama (usual
    for shifts, Perpres 21/2023 Pasal 7). `label` names the roster or import it came from.
    """

    day: date
    shift: ShiftPattern
    on_holidays: bool = True
    label: str = ""
