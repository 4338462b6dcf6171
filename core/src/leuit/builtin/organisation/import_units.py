"""Units from a table: what each row would do, worked out without touching the database.

Columns: code, name, short, kind, parent_code, effective. The code is the identity, names are
labels. An empty cell says nothing: a known unit keeps what it has, a new one lies below the
regency. A parent may stand in a later row. `effective` is the day of birth of a new unit, or of a
move; names and kinds are corrected for all time.
"""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Unit, UnitLink, rebuild_closure
from leuit.values import (
    InvalidInputError,
    LeuitError,
    RecordRef,
    _,
    format_date,
    new_id,
    parse_date,
)
from leuit.work import View, Work

from .events import UnitsMoved
from .ledger import Ledger, metadata_table, update_many
from .report import RowReport
from .rights import EDIT
from .series import Span
from .tables import Line
from .units import KINDS, check_unit_texts

COLUMNS = ("code", "name", "short", "kind", "parent_code", "effective")
REQUIRED = ("code", "name")


@attrs.define
class UnitState:
    """A unit as it is, or would be after the rows read so far."""

    id: UUID
    code: str
    name: str
    short: str
    kind: str
    valid_from: dt.date
    valid_to: dt.date | None
    links: list[Span[UUID]]
    new: bool = False
    texts_changed: bool = False

    def parent_on(self, day: dt.date) -> UUID | None:
        """The parent on that day."""
        return next((span.value for span in self.links if span.covers(day)), None)

    def is_open(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@attrs.define
class UnitPlan:
    """The rows' reports and the rows to be written."""

    units: dict[str, UnitState]
    allowed: set[UUID]
    root: UnitState | None
    today: dt.date
    rows: list[RowReport] = attrs.field(factory=list)
    seen: dict[str, int] = attrs.field(factory=dict)
    moved: list[tuple[RowReport, UnitState, dt.date]] = attrs.field(factory=list)
    links: Ledger[UUID] = attrs.field(factory=lambda: Ledger(metadata_table(UnitLink), "parent_id"))


def plan_units(view: View, lines: tuple[Line, ...], default_day: dt.date) -> UnitPlan:
    """What the lines would do to the units as `view` sees them."""
    links: dict[UUID, list[Span[UUID]]] = {}
    for link in view.session.execute(
        select(
            UnitLink.id,
            UnitLink.unit_id,
            UnitLink.parent_id,
            UnitLink.valid_from,
            UnitLink.valid_to,
        )
    ):
        links.setdefault(link.unit_id, []).append(
            Span(link.id, link.parent_id, link.valid_from, link.valid_to)
        )
    units = {
        row.code: UnitState(
            row.id,
            row.code,
            row.name,
            row.short,
            row.kind,
            row.valid_from,
            row.valid_to,
            links.get(row.id, []),
        )
        for row in view.session.execute(
            select(
                Unit.id, Unit.code, Unit.name, Unit.short, Unit.kind, Unit.valid_from, Unit.valid_to
            )
        )
    }
    root = next((unit for unit in units.values() if not unit.links and unit.valid_to is None), None)
    allowed = set(view.session.execute(view.units(EDIT)).scalars())
    plan = UnitPlan(units, allowed, root, view.today)
    later: list[tuple[RowReport, Line, UnitState, dt.date]] = []
    for line in lines:
        row = RowReport(line.number, line.get("code"), line.get("name"))
        plan.rows.append(row)
        day = day_of(row, line, default_day)
        unit = _texts(plan, row, line, day)
        if unit is not None:
            later.append((row, line, unit, day))
    for row, line, unit, day in later:
        _place(plan, row, line, unit, day)
    _refuse_cycles(plan)
    return plan


def day_of(row: RowReport, line: Line, default_day: dt.date) -> dt.date:
    """The effective day of a row."""
    text = line.get("effective")
    if not text:
        return default_day
    try:
        return parse_date(text)
    except InvalidInputError as error:
        row.refuse("effective", error)
        return default_day


def _texts(plan: UnitPlan, row: RowReport, line: Line, day: dt.date) -> UnitState | None:
    code = line.get("code")
    known = plan.units.get(code)
    if code and code in plan.seen:
        row.refuse("code", _("Kode ini sudah ada di baris %s.") % plan.seen[code])
        return None
    plan.seen[code] = line.number
    name = line.get("name") or (known.name if known else "")
    short = line.get("short") or (known.short if known else name[:80])
    kind = line.get("kind").lower() or (known.kind if known else "")
    checker = TextChecker()
    check_unit_texts(checker, code, name, short, kind)
    for fault in checker.faults:
        row.refuse(fault.path, fault.sentence())
        if fault.code == "unknown_kind":
            row.faults[-1] = attrs.evolve(
                row.faults[-1], message=_("Jenis: salah satu dari %s.") % ", ".join(KINDS)
            )
    if known is None:
        if row.faults:
            return None
        unit = UnitState(new_id(), code, name, short, kind, day, None, [], new=True)
        plan.units[code] = unit
        row.changed(_("unit baru mulai %s") % format_date(day), new=True)
        return unit
    for field, value, title in (
        ("name", name, _("nama")),
        ("short", short, _("singkatan")),
        ("kind", kind, _("jenis")),
    ):
        before = getattr(known, field)
        if before != value:
            row.changed(f"{title}: {before} → {value}")
            if not row.faults:
                setattr(known, field, value)
                known.texts_changed = True
    if row.changes and known.id not in plan.allowed:
        row.refuse("code", _("Anda tidak berhak mengubah unit ini."))
    return known


def _place(plan: UnitPlan, row: RowReport, line: Line, unit: UnitState, day: dt.date) -> None:
    code = line.get("parent_code")
    if not code and not unit.new:
        return
    parent = plan.units.get(code) if code else plan.root
    if parent is None:
        missing = _("Unit induk “%s” tidak ada.") % code
        row.refuse("parent_code", missing if code else _("Jalankan leuit init dahulu."))
        return
    if unit is plan.root:
        row.refuse("parent_code", _("Akar pohon unit tidak punya induk."))
        return
    if unit.parent_on(day) == parent.id:
        return
    for needed in (parent, unit):
        if not needed.new and needed.id not in plan.allowed:
            row.refuse("parent_code", _("Anda tidak berhak mengubah unit “%s”.") % needed.name)
    if not parent.is_open(day) or not unit.is_open(day):
        row.refuse(
            "effective",
            _("Unit itu atau induknya tidak ada pada %s.") % format_date(day),
        )
    if row.faults:
        return
    try:
        plan.links.set(unit.links, parent.id, day, unit_id=unit.id)
    except LeuitError as error:
        row.refuse("effective", error)
        return
    if not unit.new:
        told = {"day": format_date(day), "name": parent.name}
        row.changed(_("induk mulai %(day)s: %(name)s") % told)
    plan.moved.append((row, unit, day))


def _refuse_cycles(plan: UnitPlan) -> None:
    by_id = {unit.id: unit for unit in plan.units.values()}
    for row, unit, day in plan.moved:
        path, at = {unit.id}, unit.parent_on(day)
        while at is not None and at in by_id:
            if at in path:
                row.refuse("parent_code", _("Induk ini membuat pohon unit berputar."))
                break
            path.add(at)
            at = by_id[at].parent_on(day)


def apply_units(work: Work, plan: UnitPlan, import_id: str) -> None:
    """Write the plan of rows none of which is refused."""
    new = [unit for unit in plan.units.values() if unit.new]
    if new:
        work.session.execute(
            insert(Unit),
            [
                {
                    "id": unit.id,
                    "code": unit.code,
                    "name": unit.name,
                    "short": unit.short,
                    "kind": unit.kind,
                    "valid_from": unit.valid_from,
                    "valid_to": None,
                    "version": 1,
                }
                for unit in new
            ],
        )
    texts = {
        unit.id: {"name": unit.name, "short": unit.short, "kind": unit.kind}
        for unit in plan.units.values()
        if unit.texts_changed and not unit.new
    }
    update_many(work, metadata_table(Unit), texts)
    plan.links.write(work)
    if new or plan.moved:
        rebuild_closure(work.session)
    moved = {unit.id: day for _row, unit, day in plan.moved if not unit.new}
    if moved:
        ids = tuple(sorted(str(unit_id) for unit_id in moved))
        work.emit(UnitsMoved(units=ids, since=min(moved.values())))
    for row in plan.rows:
        if row.status in ("baru", "berubah"):
            unit = plan.units[row.key]
            work.audit(
                "core.unit.imported",
                RecordRef("core.unit", str(unit.id), unit.name),
                file=import_id,
                row=row.number,
                changes=row.changes,
            )
