"""The classification of records (klasifikasi arsip) as an instrument: one code a row.

Codes are the base of numbering, filing, arrangement, disposal and retrieval (Permendagri 83/2022
Pasal 3 ayat (6)). The long names of a schedule say "antara lain: …" after what is shown.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from leuit.builtin.organisation import Line
from leuit.builtin.regulations import Edition, RegulationKind
from leuit.values import FieldError, _, one_line
from leuit.work import StoredFile, View, Work
from leuit_archives.models import CLASSIFICATION, ClassRow
from leuit_archives.rules.classification import ClassLine, differences, faults_of
from leuit_archives.rules.codes import level_of, sort_key
from leuit_archives.rules.row_fault import RowFault, coded

from .instrument import Instrument, ReadRow
from .kept_tables import TableBody, keep_table, table_of
from .table_kind import table_kind
from .touched import touched_notes

REGULATION = "archives.classification"
MOST_FOUND = 50


def classes_of(view: View, found: Edition) -> list[ClassLine]:
    """All codes of an edition in their order."""
    table = table_of(view, CLASSIFICATION, found.figures)
    rows = view.connection.execute(
        select(ClassRow.code, ClassRow.title, ClassRow.parent, ClassRow.level)
        .where(ClassRow.table_id == table)
        .order_by(ClassRow.place)
    )
    return [ClassLine(*row) for row in rows]


@attrs.frozen
class ListedClass:
    """One code as lists show it, and whether codes stand below it."""

    code: str
    title: str
    has_parts: bool


def below(view: View, found: Edition, parent: str) -> list[ListedClass]:
    """The codes right below one, or the first level."""
    return _listed(view, found, ClassRow.parent == parent)


def search(view: View, found: Edition, text: str) -> list[ListedClass]:
    """The first codes that begin with the text, or whose titles contain each of its words."""
    words = one_line(text).casefold().split()
    code = ClassRow.code.startswith(one_line(text), autoescape=True)
    titles = [func.lower(ClassRow.title).contains(word, autoescape=True) for word in words]
    matches = code
    if titles:
        every = titles[0]
        for one in titles[1:]:
            every = every & one
        matches = or_(code, every)
    return _listed(view, found, matches, limit=MOST_FOUND)


def trail(view: View, found: Edition, code: str) -> list[ListedClass]:
    """The code and those above it, the first level first; empty for one that is not there."""
    table = table_of(view, CLASSIFICATION, found.figures)
    steps: list[ListedClass] = []
    wanted = code
    while wanted and len(steps) < 20:
        row = view.connection.execute(
            select(ClassRow.code, ClassRow.title, ClassRow.parent).where(
                ClassRow.table_id == table, ClassRow.code == wanted
            )
        ).first()
        if row is None:
            break
        steps.insert(0, ListedClass(row.code, row.title, True))
        wanted = row.parent
    return steps


def _listed(
    view: View, found: Edition, condition: Any, limit: int | None = None
) -> list[ListedClass]:
    part = aliased(ClassRow)
    table = table_of(view, CLASSIFICATION, found.figures)
    query = (
        select(
            ClassRow.code,
            ClassRow.title,
            exists().where(part.table_id == table, part.parent == ClassRow.code),
        )
        .where(ClassRow.table_id == table, condition)
        .order_by(ClassRow.place)
    )
    return [ListedClass(*row) for row in view.connection.execute(query.limit(limit))]


def _read(line: Line) -> ReadRow[ClassLine]:
    code, title = one_line(line.get("code")), one_line(line.get("name"))
    faults = []
    level = line.get("level")
    if level and not (level.isascii() and level.isdigit() and len(level) < 3):
        faults.append(FieldError("level", _("Tulis bilangan bulat."), "whole"))
        level = ""
    row = ClassLine(
        code, title, one_line(line.get("parent")), int(level) if level else level_of(code)
    )
    return ReadRow(line.number, row, code, title, tuple(faults))


def _check(rows: Sequence[ClassLine]) -> Iterator[RowFault]:
    return coded(faults_of(rows))


def _changes(before: Sequence[ClassLine], after: Sequence[ClassLine]) -> dict[str, list[str]]:
    found = differences(before, after)
    told = {
        one.code: [str(_("Nama sebelumnya: %(name)s") % {"name": one.before})]
        for one in found.renamed
    }
    return told | {
        one.after: [str(_("Pindah dari kode %(code)s.") % {"code": one.before})]
        for one in found.moved
    }


def _notes(view: View, rows: Sequence[ClassLine], day: dt.date) -> list[str]:
    """What it closes, renames or moves of what still runs."""
    held = INSTRUMENT.held(view, day)
    closed = {row.code for row in held} - {row.code for row in rows}
    moved = {one.before for one in differences(held, rows).moved}
    return touched_notes(view, {*_changes(held, rows), *closed, *moved})


def _body(work: Work, rows: Sequence[ClassLine], file: StoredFile) -> Any:
    ordered = sorted(rows, key=lambda row: sort_key(row.code))
    kept = [{**attrs.asdict(row), "place": place} for place, row in enumerate(ordered)]
    return attrs.asdict(keep_table(work, CLASSIFICATION, ClassRow, kept, file))


INSTRUMENT: Instrument[ClassLine] = Instrument(
    name="classification",
    regulation=REGULATION,
    title=_("Klasifikasi arsip"),
    columns=("code", "name", "parent", "level"),
    required=("code", "name", "parent"),
    read=_read,
    check=_check,
    key=lambda row: row.code,
    label=lambda row: row.title,
    changes=_changes,
    rows=classes_of,
    body=_body,
    notes=_notes,
)
KIND: RegulationKind = table_kind(REGULATION, _("Klasifikasi arsip"), TableBody)
