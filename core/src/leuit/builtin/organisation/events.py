"""What listeners are told of the organisation."""

import datetime as dt
from typing import ClassVar

import attrs


@attrs.frozen
class StaffChanged:
    """PIN or post of these people is another one from `since` on; ids are those of people.

    A large import tells of its people in several events of at most `BATCH`.
    """

    event_name: ClassVar[str] = "core.staff_changed"
    version: ClassVar[int] = 1

    people: tuple[str, ...]
    since: dt.date


@attrs.frozen
class UnitsMoved:
    """These units, and all below them, belong to another parent from `since` on; ids of units.

    What a parent hands down (a schedule, say) is another one for their people then.
    """

    event_name: ClassVar[str] = "core.units_moved"
    version: ClassVar[int] = 1

    units: tuple[str, ...]
    since: dt.date


BATCH = 500
