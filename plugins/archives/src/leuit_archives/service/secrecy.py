"""Levels of security and access as an instrument."""

from leuit.builtin.organisation import Line
from leuit.values import _
from leuit_archives.rules.secrecy import SecrecyLevel, SecrecyLevels, faults_of_levels

from .instrument import ReadRow
from .short_instrument import LEVEL_WORDS, Cells, short_instrument


def _read(line: Line) -> ReadRow[SecrecyLevel]:
    cells = Cells(line)
    level = SecrecyLevel(
        cells.text("code"),
        cells.text("name"),
        cells.whole("order") or 0,
        cells.text("status", required=False).lower() or "current",
        cells.text("meaning", required=False),
        cells.text("readers_default", required=False),
    )
    return ReadRow(line.number, level, level.code, level.name, tuple(cells.faults))


INSTRUMENT, KIND = short_instrument(
    name="secrecy",
    title=_("Klasifikasi keamanan dan akses arsip"),
    schema=SecrecyLevels,
    field="levels",
    columns=("code", "name", "order", "status", "meaning", "readers_default"),
    required=("code", "name", "order"),
    read=_read,
    check=faults_of_levels,
    key=lambda level: level.code,
    label=lambda level: level.name,
    labels={**LEVEL_WORDS, "readers_default": _("Yang boleh membaca")},
)
