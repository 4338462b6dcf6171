"""Instruments whose rows stand in the edition itself, where people can mend them by hand.

Columns of the file and fields of a row have the same names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import attrs
import cattrs

from leuit.builtin.organisation import Line
from leuit.builtin.regulations import Edition, RegulationKind
from leuit.values import FieldError, InvalidInputError, Text, _, one_line
from leuit.work import StoredFile, View, Work
from leuit_archives.rules.row_fault import RowFault

from .instrument import Instrument, ReadRow, became

Row = TypeVar("Row")
LONGEST = 500
LEVEL_WORDS = {
    "levels": _("Tingkat"),
    "code": _("Kode"),
    "name": _("Nama"),
    "order": _("Urutan"),
    "status": _("Status"),
    "meaning": _("Arti"),
}
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


class Cells:
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


def short_instrument(
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
        faults = [
            attrs.evolve(one.fault, path=f"{field}[{one.index}].{one.fault.path}")
            for one in check(rows)
        ]
        if not rows:
            faults = [FieldError(field, _("Sedikitnya satu baris harus ada."), "required")]
        if faults:
            raise InvalidInputError(_("Isi edisi keliru."), fields=faults)
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
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    return "" if value is None else str(value)
