"""The retention schedule (JRA) as an instrument: how long after which event, and what then.

"N years after EVENT" is parsed; what is said in other words stays as published and waits for a
person. The edition says how years are counted, by the day of the event or by calendar years.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import attrs
from sqlalchemy import func, or_, select

from leuit.builtin.organisation import Line
from leuit.builtin.regulations import Edition, RegulationKind
from leuit.values import Text, _, one_line
from leuit.work import StoredFile, View, Work
from leuit_archives.models import RETENTION, RetentionRow
from leuit_archives.rules.codes import sort_key
from leuit_archives.rules.periods import Period
from leuit_archives.rules.retention import kinds_of
from leuit_archives.rules.row_fault import RowFault, coded
from leuit_archives.rules.schedule import (
    Column,
    ScheduleLine,
    against_classification,
    differences,
    faults_of,
    read_line,
    unparsed_of,
)
from leuit_archives.rules.triggers import TRIGGERS

from . import classification
from .instrument import Instrument, ReadRow, became
from .kept_tables import TableBody, keep_table, table_of
from .table_kind import table_kind
from .touched import touched_notes

REGULATION = "archives.retention"
MOST_NAMED = 20
_COLUMNS: dict[Column, Text] = {
    "active": _("Aktif"),
    "inactive": _("Inaktif"),
    "final_action": _("Nasib akhir"),
}


@attrs.frozen
class ScheduleBody(TableBody):
    """What an edition says: its table, and how years are counted (`date` or `year`)."""

    counting: Literal["date", "year"] = "date"


def rules_of(view: View, found: Edition) -> list[ScheduleLine]:
    """All rules of an edition in their order, as their phrases say."""
    table = table_of(view, RETENTION, found.figures)
    rows = view.session.scalars(
        select(RetentionRow).where(RetentionRow.table_id == table).order_by(RetentionRow.place)
    )
    return [
        read_line(row.code, row.title, row.raw_active, row.raw_inactive, row.raw_final_action)
        for row in rows
    ]


def listed_rules(
    view: View, found: Edition, text: str, offset: int, limit: int
) -> tuple[list[RetentionRow], int]:
    """A page of the rules whose code begins with the text or whose title holds it, and how many."""
    table = table_of(view, RETENTION, found.figures)
    wanted = one_line(text)
    query = select(RetentionRow).where(RetentionRow.table_id == table)
    if wanted:
        query = query.where(
            or_(
                RetentionRow.code.startswith(wanted, autoescape=True),
                func.lower(RetentionRow.title).contains(wanted.casefold(), autoescape=True),
            )
        )
    count = view.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = view.session.scalars(query.order_by(RetentionRow.place).offset(offset).limit(limit))
    return list(rows), int(count)


def told_period(years: int | None, trigger: str, raw: str) -> str:
    """A period in words: `2 tahun setelah tidak berlaku`; as published where it is not parsed."""
    if years is None:
        return raw or "–"
    told = str(_("%s tahun") % years)
    if not trigger:
        return told
    kinds = [
        words or str(TRIGGERS[kind])
        for kind, _colon, words in (key.partition(":") for key in kinds_of(trigger))
    ]
    joined = str(_(" atau ") if "|" in trigger else _(" dan ")).join(kinds)
    return str(_("%(years)s setelah %(event)s") % {"years": told, "event": joined})


def _read(line: Line) -> ReadRow[ScheduleLine]:
    code, title, *phrases = (
        one_line(line.get(name))
        for name in ("code", "title", "raw_active", "raw_inactive", "raw_final_action")
    )
    row = read_line(code, title, *phrases)
    return ReadRow(line.number, row, code, title or code)


def _check(rows: Sequence[ScheduleLine]) -> Iterator[RowFault]:
    return coded(faults_of(rows))


def _changes(before: Sequence[ScheduleLine], after: Sequence[ScheduleLine]) -> dict[str, list[str]]:
    found = differences(before, after)
    old, new = ({line.code: line for line in lines} for lines in (before, after))
    told: dict[str, list[str]] = {}
    for one in found.changed_periods:
        was, now = old[one.code], new[one.code]
        for title, earlier, later in (
            (_("Aktif"), was.raw_active, now.raw_active),
            (_("Inaktif"), was.raw_inactive, now.raw_inactive),
        ):
            if earlier != later:
                told.setdefault(one.code, []).append(became(title, earlier, later))
    for final in found.changed_final_action:
        was, now = old[final.code], new[final.code]
        told.setdefault(final.code, []).append(
            became(_("Nasib akhir"), was.raw_final_action, now.raw_final_action)
        )
    return told


def _body(work: Work, rows: Sequence[ScheduleLine], file: StoredFile) -> Any:
    ordered = sorted(rows, key=lambda row: sort_key(row.code))
    kept = [
        {
            "code": row.code,
            "title": row.title,
            "place": place,
            **_period("active", row.active),
            **_period("inactive", row.inactive),
            "final_action": row.final_action,
            "raw_active": row.raw_active,
            "raw_inactive": row.raw_inactive,
            "raw_final_action": row.raw_final_action,
        }
        for place, row in enumerate(ordered)
    ]
    table = keep_table(work, RETENTION, RetentionRow, kept, file)
    return attrs.asdict(ScheduleBody(table.table, table.count))


def _period(name: str, period: Period | None) -> dict[str, Any]:
    trigger = period.trigger.text if period and period.trigger else ""
    return {f"{name}_years": period.years if period else None, f"{name}_trigger": trigger}


def _open_points(row: ScheduleLine) -> list[str]:
    found = unparsed_of([row])
    return [
        str(_("%(column)s: “%(phrase)s”") % {"column": title, "phrase": one.phrase or "–"})
        for column, title in _COLUMNS.items()
        for one in found[column]
    ]


def _notes(view: View, rows: Sequence[ScheduleLine], day: dt.date) -> list[str]:
    """What it changes of what still runs, and how it fits the classification of the day."""
    return [*_touched(view, rows, day), *_fit(view, rows, day)]


def _touched(view: View, rows: Sequence[ScheduleLine], day: dt.date) -> list[str]:
    held = INSTRUMENT.held(view, day)
    return touched_notes(view, {*_changes(held, rows), *_closed(held, rows)})


def _closed(before: Sequence[ScheduleLine], after: Sequence[ScheduleLine]) -> set[str]:
    return {row.code for row in before} - {row.code for row in after}


def _fit(view: View, rows: Sequence[ScheduleLine], day: dt.date) -> list[str]:
    codes = [row.code for row in classification.INSTRUMENT.held(view, day)]
    if not codes:
        return [str(_("Belum ada klasifikasi yang berlaku; kodenya belum dicocokkan."))]
    found = against_classification(rows, codes)
    unknown, bare = found.unknown, found.without_rule
    notes = []
    if unknown:
        notes.append(
            str(
                _("%(count)s kode tidak ada di klasifikasi: %(codes)s.")
                % {"count": len(unknown), "codes": _named(unknown)}
            )
        )
    if bare:
        notes.append(
            str(
                _("%(count)s kode klasifikasi paling rinci tanpa aturan: %(codes)s.")
                % {"count": len(bare), "codes": _named(bare)}
            )
        )
    return notes


def _named(codes: Sequence[str]) -> str:
    more = len(codes) - MOST_NAMED
    return ", ".join(codes[:MOST_NAMED]) + (f", +{more}" if more > 0 else "")


INSTRUMENT: Instrument[ScheduleLine] = Instrument(
    name="retention",
    regulation=REGULATION,
    title=_("Jadwal retensi arsip (JRA)"),
    columns=(
        "code",
        "title",
        "raw_active",
        "raw_inactive",
        "raw_final_action",
    ),
    required=("code", "raw_active", "raw_inactive", "raw_final_action"),
    read=_read,
    check=_check,
    key=lambda row: row.code,
    label=lambda row: row.title or row.code,
    changes=_changes,
    rows=rules_of,
    body=_body,
    open_points=_open_points,
    notes=_notes,
)
KIND: RegulationKind = table_kind(
    REGULATION,
    _("Jadwal retensi arsip (JRA)"),
    ScheduleBody,
    words={
        ("counting", "date"): _("menurut tanggal peristiwa"),
        ("counting", "year"): _("menurut tahun takwim"),
    },
)
