"""All instruments of records by name, and where each stands: what holds, and since when."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.organisation import RowReport
from leuit.builtin.regulations import (
    Edition,
    RegulationKind,
    edition,
    editions,
    find_edition,
)
from leuit.values import NotFoundError, _
from leuit.work import View

from . import automatic, classification, letter_kinds, schedule, secrecy, urgency
from .instrument import Instrument
from .instrument_import import compare

_ALL = (classification, schedule, secrecy, urgency, letter_kinds, automatic)
INSTRUMENTS: Mapping[str, Instrument[Any]] = {one.INSTRUMENT.name: one.INSTRUMENT for one in _ALL}
KINDS: tuple[RegulationKind, ...] = tuple(one.KIND for one in _ALL)


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


def shown_edition(view: View, instrument: Instrument[Any], edition_id: UUID) -> Edition:
    """An edition that the asker may see, drafts too; NotFoundError for one of another kind."""
    row = find_edition(view, edition_id)
    if row.kind != instrument.regulation:
        raise NotFoundError(_("Edisi itu bukan dari instrumen ini."))
    [kind] = [one for one in KINDS if one.name == row.kind]
    return Edition(
        id=row.id,
        kind=row.kind,
        title=row.title,
        legal_basis=row.legal_basis,
        source=row.source,
        confidence=row.confidence,
        effective_from=row.effective_from,
        until=row.effective_to,
        body_sha256=row.body_sha256,
        figures=kind.structure(row.body),
    )


def difference(view: View, instrument: Instrument[Any], shown: Edition) -> list[RowReport]:
    """The rows of an edition that differ from what holds on the day on which it begins."""
    rows = instrument.rows(view, shown)
    before = edition(view, instrument.regulation, shown.effective_from)
    if before is not None and before.id == shown.id:
        day = shown.effective_from - dt.timedelta(days=1)
        before = edition(view, instrument.regulation, day)
    reports = [RowReport(0, instrument.key(row), instrument.label(row)) for row in rows]
    held = instrument.rows(view, before) if before else ()
    closed = compare(instrument, held, rows, reports)
    return [*closed, *(report for report in reports if report.status != "sama")]


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
