"""All instruments of records by name, and where each stands: what holds, and since when."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from leuit.builtin.regulations import Edition, RegulationKind, edition, editions
from leuit.values import NotFoundError, _
from leuit.work import View

from . import classification, schedule
from .instrument import Instrument
from .small_instruments import (
    LETTER_KINDS,
    LETTER_KINDS_REGULATION,
    SECRECY,
    SECRECY_KIND,
    URGENCY,
    URGENCY_KIND,
)

INSTRUMENTS: Mapping[str, Instrument[Any]] = {
    one.name: one
    for one in (classification.INSTRUMENT, schedule.INSTRUMENT, SECRECY, URGENCY, LETTER_KINDS)
}
KINDS: tuple[RegulationKind, ...] = (
    classification.KIND,
    schedule.KIND,
    SECRECY_KIND,
    URGENCY_KIND,
    LETTER_KINDS_REGULATION,
)


@attrs.frozen
class Standing:
    """An instrument today: the edition that holds, its size, and the next one, if any."""

    instrument: Instrument[Any]
    held: Edition | None
    count: int
    following: Edition | None


def instrument_named(name: str) -> Instrument[Any]:
    """NotFoundError for a name that is none."""
    found = INSTRUMENTS.get(name)
    if found is None:
        raise NotFoundError(
            _("Instrumen itu tidak ada."),
            advice=_("Pilih salah satu: %(names)s."),
            names=", ".join(INSTRUMENTS),
        )
    return found


def standing(view: View, instrument: Instrument[Any], day: dt.date) -> Standing:
    """Where an instrument stands on a day."""
    held = edition(view, instrument.regulation, day)
    later = [one for one in editions(view, instrument.regulation) if one.effective_from > day]
    return Standing(instrument, held, size_of(held) if held else 0, later[0] if later else None)


def size_of(held: Edition) -> int:
    """How many rows an edition has."""
    figures = held.figures
    if hasattr(figures, "count"):
        return int(figures.count)
    [rows] = attrs.astuple(figures, recurse=False)
    return len(rows)
