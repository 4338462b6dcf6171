"""Levels of urgency as an instrument."""

from leuit.builtin.organisation import Line
from leuit.values import _
from leuit_archives.rules.urgency import UrgencyLevel, UrgencyLevels, faults_of_urgency

from .instrument import ReadRow
from .short_instrument import LEVEL_WORDS, Cells, short_instrument


def _read(line: Line) -> ReadRow[UrgencyLevel]:
    cells = Cells(line)
    synonyms = cells.text("synonyms", required=False).split(";")
    level = UrgencyLevel(
        cells.text("code"),
        cells.text("name"),
        cells.whole("order") or 0,
        tuple(one.strip() for one in synonyms if one.strip()),
        cells.whole("target_hours_default"),
        cells.text("meaning", required=False),
    )
    return ReadRow(line.number, level, level.code, level.name, tuple(cells.faults))


INSTRUMENT, KIND = short_instrument(
    name="urgency",
    title=_("Tingkat kecepatan penyampaian"),
    schema=UrgencyLevels,
    field="levels",
    columns=("code", "name", "order", "synonyms", "meaning", "target_hours_default"),
    required=("code", "name", "order"),
    read=_read,
    check=faults_of_urgency,
    key=lambda level: level.code,
    label=lambda level: level.name,
    labels={
        **LEVEL_WORDS,
        "synonyms": _("Nama lain"),
        "target_hours_default": _("Sasaran, jam"),
    },
)
