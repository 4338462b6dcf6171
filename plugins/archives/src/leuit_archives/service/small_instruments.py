"""The short instruments: levels of secrecy and of urgency, kinds of letters.

Their rows stand in the body of the edition itself, so that they can also be mended by hand at
*Peraturan*.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import attrs
import cattrs

from leuit.builtin.organisation import Line
from leuit.builtin.regulations import Edition, RegulationKind
from leuit.values import FieldError, Text, _, one_line
from leuit.work import StoredFile, View, Work
from leuit_archives.rules.letter_kinds import (
    GROUPS,
    SHAPES,
    LetterKind,
    LetterKinds,
    faults_of_kinds,
)
from leuit_archives.rules.row_fault import RowFault
from leuit_archives.rules.secrecy import SecrecyLevel, SecrecyLevels, faults_of_levels
from leuit_archives.rules.urgency import UrgencyLevel, UrgencyLevels, faults_of_urgency

from .instrument import Instrument, ReadRow, became

Row = TypeVar("Row")
LONGEST = 500
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


class _RefusedError(ValueError):
    """Carries faults to the room of regulations as it wants them: pairs of path and sentence."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


class _Cells:
    """Reads the cells of a line and gathers what is wrong with them."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.faults: list[FieldError] = []

    def text(self, column: str, *, required: bool = True) -> str:
        found = one_line(self.line.get(column))
        if required and not found:
            self.faults.append(FieldError(column, _("Wajib diisi."), "required"))
        if len(found) > LONGEST:
            sentence = _("Paling banyak %(most)s huruf.")
            self.faults.append(FieldError(column, sentence, "too_long", {"most": LONGEST}))
        return found

    def whole(self, column: str) -> int | None:
        found = self.line.get(column)
        if not found:
            return None
        if not (found.isascii() and found.isdigit() and len(found) < 6):
            self.faults.append(FieldError(column, _("Tulis bilangan bulat."), "whole"))
            return None
        return int(found)

    def chosen(self, column: str, choices: tuple[str, ...], default: str) -> str:
        found = one_line(self.line.get(column)).lower() or default
        if found not in choices:
            sentence = _("Pilih salah satu: %(choices)s.")
            told = {"choices": ", ".join(choices)}
            self.faults.append(FieldError(column, sentence, "unknown", told))
        return found


def _level(line: Line) -> ReadRow[SecrecyLevel]:
    cells = _Cells(line)
    code, name = cells.text("code"), cells.text("name")
    level = SecrecyLevel(
        code,
        name,
        cells.whole("order") or 0,
        cells.chosen("status", ("current", "legacy"), "current"),  # type: ignore[arg-type]  # of these two
        cells.text("meaning", required=False),
        cells.text("readers_default", required=False),
    )
    return ReadRow(line.number, level, code, name, tuple(cells.faults))


def _urgency(line: Line) -> ReadRow[UrgencyLevel]:
    cells = _Cells(line)
    code, name = cells.text("code"), cells.text("name")
    synonyms = cells.text("synonyms", required=False).split(";")
    level = UrgencyLevel(
        code,
        name,
        cells.whole("order") or 0,
        tuple(one.strip() for one in synonyms if one.strip()),
        cells.whole("target_hours_default"),
        cells.text("meaning", required=False),
    )
    return ReadRow(line.number, level, code, name, tuple(cells.faults))


def _kind(line: Line) -> ReadRow[LetterKind]:
    cells = _Cells(line)
    name = cells.text("kind")
    kind = LetterKind(
        name,
        cells.chosen("group", GROUPS, ""),
        cells.text("subgroup", required=False),
        cells.chosen("page_shape", SHAPES, ""),
        cells.text("number_pattern", required=False),
        cells.text("signatory_rule", required=False),
        cells.text("abbreviation", required=False),
    )
    return ReadRow(line.number, kind, name.casefold(), name, tuple(cells.faults))


def _changed(before: Any, after: Any, labels: Mapping[str, Text]) -> list[str]:
    """What differs between two rows of one class, field by field."""
    pairs = [
        (field.name, getattr(before, field.name), getattr(after, field.name))
        for field in attrs.fields(type(before))
    ]
    return [
        became(labels[name], _shown(old), _shown(new)) for name, old, new in pairs if old != new
    ]


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def _small(
    *,
    name: str,
    title: Text,
    schema: type,
    field: str,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    read: Callable[[Line], ReadRow[Row]],
    check: Callable[[Sequence[Row]], Iterable[RowFault]],
    key: Callable[[Row], str],
    label: Callable[[Row], str],
    labels: dict[str, Text],
) -> tuple[Instrument[Row], RegulationKind]:
    """The instrument whose rows are the tuple `field` of its schema, and its regulation."""
    regulation = f"archives.{name}"

    def rows_of(_view: View, found: Edition) -> Sequence[Row]:
        rows: Sequence[Row] = getattr(found.figures, field)
        return rows

    def body(_work: Work, rows: Sequence[Row], _file: StoredFile) -> Any:
        return _CONVERTER.unstructure(schema(tuple(rows)))

    def changes(before: Sequence[Row], after: Sequence[Row]) -> dict[str, list[str]]:
        known = {key(row): row for row in before}
        return {
            key(row): _changed(known[key(row)], row, labels) for row in after if key(row) in known
        }

    def structure(plain: Any) -> Any:
        figures: Any = _CONVERTER.structure(plain, schema)
        rows = getattr(figures, field)
        problems = [
            (f"{field}[{one.index}].{one.fault.path}", one.fault.sentence()) for one in check(rows)
        ]
        if not rows:
            problems = [(field, _("Sedikitnya satu baris harus ada."))]
        if problems:
            raise _RefusedError(problems)
        return figures

    instrument = Instrument(
        name=name,
        regulation=regulation,
        title=title,
        columns=columns,
        required=required,
        read=read,
        check=check,
        key=key,
        label=label,
        changes=changes,
        rows=rows_of,
        body=body,
    )
    kind = RegulationKind(
        regulation, title, schema, structure, _CONVERTER.unstructure, labels=labels
    )
    return instrument, kind


_LEVEL_WORDS = {
    "levels": _("Tingkat"),
    "code": _("Kode"),
    "name": _("Nama"),
    "order": _("Urutan"),
    "status": _("Status"),
    "meaning": _("Arti"),
}

SECRECY, SECRECY_KIND = _small(
    name="secrecy",
    title=_("Klasifikasi keamanan dan akses arsip"),
    schema=SecrecyLevels,
    field="levels",
    columns=("code", "name", "order", "status", "meaning", "readers_default"),
    required=("code", "name", "order"),
    read=_level,
    check=faults_of_levels,
    key=lambda level: level.code,
    label=lambda level: level.name,
    labels={**_LEVEL_WORDS, "readers": _("Yang boleh membaca")},
)
URGENCY, URGENCY_KIND = _small(
    name="urgency",
    title=_("Tingkat kecepatan penyampaian"),
    schema=UrgencyLevels,
    field="levels",
    columns=("code", "name", "order", "synonyms", "meaning", "target_hours_default"),
    required=("code", "name", "order"),
    read=_urgency,
    check=faults_of_urgency,
    key=lambda level: level.code,
    label=lambda level: level.name,
    labels={**_LEVEL_WORDS, "synonyms": _("Nama lain"), "hours": _("Sasaran, jam")},
)
LETTER_KINDS, LETTER_KINDS_REGULATION = _small(
    name="letter_kinds",
    title=_("Jenis naskah dinas"),
    schema=LetterKinds,
    field="kinds",
    columns=(
        "kind",
        "group",
        "subgroup",
        "page_shape",
        "number_pattern",
        "signatory_rule",
        "abbreviation",
    ),
    required=("kind", "group", "page_shape"),
    read=_kind,
    check=faults_of_kinds,
    key=lambda kind: kind.kind.casefold(),
    label=lambda kind: kind.kind,
    labels={
        "kinds": _("Jenis"),
        "kind": _("Nama"),
        "group": _("Kelompok"),
        "subgroup": _("Subkelompok"),
        "shape": _("Susunan halaman"),
        "number_pattern": _("Pola nomor"),
        "signatory_rule": _("Penanda tangan"),
        "abbreviation": _("Singkatan"),
    },
)
