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


def figure_tables(body: Any, labels: Mapping[str, str]) -> list[FigureTable]:
    """Tables in the order of the body: first plain figures, then each list and each group."""
    return [table for table in _tables(body, "", labels) if table.rows]


def _tables(value: Any, title: str, labels: Mapping[str, str]) -> list[FigureTable]:
    if isinstance(value, dict):
        plain = tuple(
            (_label(key, labels), _text(inner))
            for key, inner in value.items()
            if not _is_nested(inner)
        )
        found = [FigureTable(title or _("Angka"), (_("Butir"), _("Isi")), plain)]
        for key, inner in value.items():
            if _is_nested(inner):
                name = _label(key, labels)
                found += _tables(inner, f"{title} · {name}" if title else name, labels)
        return found
    if all(isinstance(row, dict) for row in value):
        keys = list(dict.fromkeys(key for row in value for key in row))
        rows = tuple(tuple(_text(row.get(key)) for key in keys) for row in value)
        return [FigureTable(title, tuple(_label(key, labels) for key in keys), rows)]
    return [FigureTable(title, (_("Isi"),), tuple((_text(inner),) for inner in value))]


def _is_nested(value: Any) -> bool:
    return bool(value) and isinstance(value, (dict, list))


def _label(key: str, labels: Mapping[str, str]) -> str:
    return labels.get(key, key.replace("_", " "))


def _text(value: Any) -> str:
    if value is None or value in ([], {}):
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return ", ".join(_text(inner) for inner in value)
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {_text(inner)}" for key, inner in value.items())
    text = str(value)
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text
