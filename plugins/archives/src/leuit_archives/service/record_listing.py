"""Lists of records and dossiers: narrowed, counted and cut into pages in SQL, by who may read."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from leuit.builtin.checks import storable
from leuit.identity import Unit
from leuit.work import View
from leuit_archives.models import FILED, WAITING, Dossier, Record, RecordFile, Retention
from leuit_archives.permissions import FILE_RECORDS

from .record_access import (
    RecordColumns,
    readable_dossiers,
    readable_records,
    visible_records,
)


@attrs.frozen
class RecordFilter:
    """What a list of records is narrowed to; empty values narrow nothing.

    `state` always does: one index holds each list in its order. `text` is looked for in title and
    number.
    """

    state: str = FILED
    unit_id: UUID | None = None
    year: int | None = None
    source: str = ""
    text: str = ""


@attrs.frozen
class DossierFilter:
    """What a list of dossiers is narrowed to; `code` is the beginning of one, `text` of a title.

    `retention` is a state of `rules.lifecycle.STATES`, empty for all of them; `appraised` keeps
    those whose end an appraisal decided or put off.
    """

    year: int | None = None
    code: str = ""
    text: str = ""
    unit_id: UUID | None = None
    retention: str = ""
    appraised: bool = False


@attrs.frozen
class ListedDossier:
    """A dossier in a list: what of its contents the reader may read, and of which dates."""

    dossier: Dossier
    unit: str
    count: int
    first: dt.date | None
    last: dt.date | None


def records(
    view: View, wanted: RecordFilter, limit: int, *, after: UUID | None = None
) -> Sequence[tuple[Record, str]]:
    """Records with the short names of their units: those that wait in the order of their coming,
    others the newest first. `after` is the last one seen.
    """
    query = _narrowed(
        select(Record, Unit.short).join(Unit, Unit.id == Record.unit_id), view, wanted
    )
    waiting = wanted.state == WAITING
    if after is not None:
        query = query.where(Record.id > after if waiting else Record.id < after)
    query = query.order_by(Record.id if waiting else Record.id.desc()).limit(limit)
    return [(row[0], row[1]) for row in view.session.execute(query)]


def count_records(view: View, wanted: RecordFilter) -> int:
    """How many there are."""
    query = _narrowed(select(func.count()).select_from(Record), view, wanted)
    return int(view.connection.execute(query).scalar_one())


def dossiers(
    view: View, wanted: DossierFilter, limit: int, *, after: UUID | None = None
) -> list[ListedDossier]:
    """Dossiers, the newest first, with what lies in them; `after` is the last one seen."""
    query = (
        select(Dossier, Unit.short)
        .join(Unit, Unit.id == Dossier.unit_id)
        .where(readable_dossiers(view))
    )
    if wanted.year is not None:
        query = query.where(Dossier.year == wanted.year)
    if wanted.unit_id is not None:
        query = query.where(Dossier.unit_id == wanted.unit_id)
    if wanted.code:
        query = query.where(Dossier.class_code.startswith(_kept(wanted.code), autoescape=True))
    if wanted.text:
        words = func.lower(Dossier.title).contains(_kept(wanted.text).casefold(), autoescape=True)
        query = query.where(words)
    if wanted.retention:
        kept = select(Retention.dossier_id).where(Retention.state == wanted.retention)
        query = query.where(Dossier.id.in_(kept))
    if wanted.appraised:
        decided = select(Retention.dossier_id).where(Retention.appraised != "")
        query = query.where(Dossier.id.in_(decided))
    if after is not None:
        query = query.where(Dossier.id < after)
    found = view.session.execute(query.order_by(Dossier.id.desc()).limit(limit)).all()
    inside = inside_of(view, [row[0].id for row in found])
    return [
        ListedDossier(dossier, unit, *inside.get(dossier.id, (0, None, None)))
        for dossier, unit in found
    ]


def listed_dossier(view: View, dossier: Dossier) -> ListedDossier:
    """One dossier as lists tell it."""
    unit = view.session.get_one(Unit, dossier.unit_id)
    inside = inside_of(view, [dossier.id]).get(dossier.id, (0, None, None))
    return ListedDossier(dossier, unit.short, *inside)


def contents(
    view: View, dossier_id: UUID, limit: int, *, after: int = 0, skip: int = 0
) -> Sequence[Record]:
    """What lies in a dossier in the order of places (daftar isi berkas), behind a place, or after
    so many that the reader may read.
    """
    return view.session.scalars(
        select(Record)
        .where(Record.dossier_id == dossier_id, Record.place > after, visible_records(view))
        .order_by(Record.place)
        .offset(skip)
        .limit(limit)
    ).all()


def shown_places(view: View, found: Sequence[Record]) -> dict[UUID, int]:
    """By record that is filed: its number in its dossier over what the reader may read there, so
    that no gap tells of something secret.
    """
    other = aliased(Record)
    number = (
        select(func.count())
        .select_from(other)
        .where(
            other.dossier_id == Record.dossier_id,
            other.place <= Record.place,
            readable_records(view, RecordColumns(other.unit_id, other.secrecy)),
        )
        .scalar_subquery()
    )
    rows = view.connection.execute(
        select(Record.id, number).where(
            Record.id.in_([one.id for one in found]), Record.dossier_id.is_not(None)
        )
    )
    return {row[0]: row[1] for row in rows}


def files_of(view: View, record_id: UUID) -> Sequence[RecordFile]:
    """The files of a record; the right to read it is the caller's."""
    return view.session.scalars(
        select(RecordFile).where(RecordFile.record_id == record_id).order_by(RecordFile.place)
    ).all()


def open_dossiers(view: View, unit_id: UUID, text: str, limit: int) -> Sequence[Dossier]:
    """The unit's open dossiers whose code begins with the text or whose title holds it."""
    query = select(Dossier).where(
        Dossier.unit_id == unit_id,
        Dossier.closed_on.is_(None),
        readable_dossiers(view),
    )
    if text:
        query = query.where(
            Dossier.class_code.startswith(_kept(text), autoescape=True)
            | func.lower(Dossier.title).contains(_kept(text).casefold(), autoescape=True)
        )
    return view.session.scalars(query.order_by(Dossier.id.desc()).limit(limit)).all()


def units_with_records(view: View) -> list[tuple[UUID, str]]:
    """The units of which the reader may read any record, by name: that there are secret ones is
    not told by the name of their unit.
    """
    rows = view.connection.execute(
        select(Unit.id, Unit.name)
        .where(select(Record.id).where(Record.unit_id == Unit.id, visible_records(view)).exists())
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in rows]


@attrs.frozen
class Desk:
    """What waits for an archivist in one unit, and since when."""

    unit_id: UUID
    unit: str
    count: int
    since: dt.datetime


def desks(view: View, limit: int) -> list[Desk]:
    """The units in which records wait for the reader, the longest waiting first."""
    since = func.min(Record.taken_at)
    rows = view.connection.execute(
        select(Unit.id, Unit.name, func.count(), since)
        .join(Record, Record.unit_id == Unit.id)
        .where(Record.state == WAITING, visible_records(view, FILE_RECORDS))
        .group_by(Unit.id, Unit.name)
        .order_by(since, Unit.name)
        .limit(limit)
    )
    return [Desk(*row) for row in rows]


def count_desks(view: View) -> int:
    """In how many units records wait for the reader."""
    query = select(func.count(Record.unit_id.distinct())).where(
        Record.state == WAITING, visible_records(view, FILE_RECORDS)
    )
    return int(view.connection.execute(query).scalar_one())


def filed_lately(view: View, limit: int) -> Sequence[Record]:
    """What the reader filed, the newest first."""
    if view.identity.person_id is None:
        return ()
    return view.session.scalars(
        select(Record)
        .where(Record.filed_by == view.identity.person_id, visible_records(view))
        .order_by(Record.filed_at.desc(), Record.id.desc())
        .limit(limit)
    ).all()


def inside_of(view: View, ids: Sequence[UUID]) -> dict[UUID, tuple[int, dt.date, dt.date]]:
    """By dossier: how many records the reader may read there, and their first and last date."""
    rows = view.connection.execute(
        select(Record.dossier_id, func.count(), func.min(Record.date), func.max(Record.date))
        .where(Record.dossier_id.in_(ids), visible_records(view))
        .group_by(Record.dossier_id)
    )
    return {dossier: (count, first, last) for dossier, count, first, last in rows if dossier}


def _narrowed(query: Any, view: View, wanted: RecordFilter) -> Any:
    query = query.where(visible_records(view), Record.state == wanted.state)
    if wanted.unit_id is not None:
        query = query.where(Record.unit_id == wanted.unit_id)
    if wanted.year is not None:
        since = dt.date(wanted.year, 1, 1)
        query = query.where(Record.date >= since, Record.date <= dt.date(wanted.year, 12, 31))
    if wanted.source:
        query = query.where(Record.ref_kind == _kept(wanted.source))
    if wanted.text:
        text = _kept(wanted.text)
        query = query.where(
            func.lower(Record.title).contains(text.casefold(), autoescape=True)
            | func.lower(Record.number).contains(text.casefold(), autoescape=True)
        )
    return query


def _kept(text: str) -> str:
    """The text as a database takes it; what none can hold is found nowhere."""
    return text if storable(text) else "\ufffd"
