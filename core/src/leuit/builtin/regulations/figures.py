"""The figures of a body as tables for people: lists of rows become tables, the rest pairs."""

import re
from collections.abc import Mapping
from typing import Any

import attrs

from leuit.values import _

_DECIMAL = re.compile(r"-?\d+\.\d+")


@attrs.frozen
class FigureTable:
    """One table: `columns` are headings, each row one text a column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@attrs.frozen
class Words:
    """What fields are called, and what a field's values are called, by (field, value)."""

    labels: Mapping[str, str] = attrs.field(factory=dict)
    values: Mapping[tuple[str, str], str] = attrs.field(factory=dict)

    def label(self, key: str) -> str:
        """The name of a field."""
        return self.labels.get(key, key.replace("_", " "))

    def text(self, value: Any, key: str = "") -> str:
        """A figure of that field as people write it."""
        if value is None or value in ("", [], {}):
            return "–"
        if isinstance(value, bool):
            return _("ya") if value else _("tidak")
        if isinstance(value, list):
            return ", ".join(self.text(inner, key) for inner in value)
        if isinstance(value, dict):
            pairs = (f"{self.label(name)}: {self.text(part, name)}" for name, part in value.items())
            return "; ".join(pairs)
        text = str(value)
        if _DECIMAL.fullmatch(text):
            return text.replace(".", ",")
        return self.values.get((key, text), text)


def figure_tables(body: Any, words: Words) -> list[FigureTable]:
    """Tables in the order of the body: first plain figures, then each list and each group."""
    return [table for table in _tables(body, "", "", words) if table.rows]


def _tables(value: Any, title: str, key: str, words: Words) -> list[FigureTable]:
    if isinstance(value, dict):
        plain = tuple(
            (words.label(name), words.text(inner, name))
            for name, inner in value.items()
            if not _is_nested(inner)
        )
        found = [FigureTable(title or _("Angka"), (_("Butir"), _("Isi")), plain)]
        for name, inner in value.items():
            if _is_nested(inner):
                label = words.label(name)
                found += _tables(inner, f"{title} · {label}" if title else label, name, words)
        return found
    if all(isinstance(row, dict) for row in value):
        keys = list(dict.fromkeys(name for row in value for name in row))
        rows = tuple(tuple(words.text(row.get(name), name) for name in keys) for row in value)
        return [FigureTable(title, tuple(words.label(name) for name in keys), rows)]
    return [FigureTable(title, (_("Isi"),), tuple((words.text(inner, key),) for inner in value))]


def _is_nested(value: Any) -> bool:
    return bool(value) and isinstance(value, (dict, list))
