"""Making, moving, renaming and closing units.

A reorganisation never rewrites a past day: a move closes one link and opens another. There is one
root, the regency, made by `leuit init`: a second one would be a second "whole regency" for rights.
"""

import datetime as dt
import re
from uuid import UUID

from sqlalchemy import or_, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Assignment, Position, Unit, UnitLink, rebuild_closure
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import View, Work

from .events import UnitsMoved
from .rights import EDIT, one_at_a_time
from .series import Span, set_from

KINDS = (
    "kabupaten",
    "sekretariat",
    "bagian_setda",
    "inspektorat",
    "badan",
    "dinas",
    "satuan",
    "rumah_sakit",
    "upt",
    "kecamatan",
    "kelurahan",
    "bidang",
    "bagian",
    "subbagian",
    "seksi",
)
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")


def unit_ref(unit: Unit) -> RecordRef:
    """The reference by which the audit log names a unit."""
    return RecordRef("core.unit", str(unit.id), unit.name)


def get_unit(view: View, unit_id: UUID) -> Unit:
    """The unit; raises NotFoundError."""
    unit = view.session.get(Unit, unit_id)
    if unit is None:
        raise NotFoundError(_("Unit itu tidak ada."))
    return unit


def unit_by_code(view: View, code: str) -> Unit | None:
    """The unit of that code, or None."""
    return view.session.execute(select(Unit).where(Unit.code == code)).scalar_one_or_none()


def check_unit_texts(checker: TextChecker, code: str, name: str, short: str, kind: str) -> None:
    """Note every fault of a unit's texts; `kind` must be one of `KINDS`."""
    if not CODE.fullmatch(code):
        checker.fault(
            "code", _("Kode unit: huruf, angka, titik, garis; paling banyak 40."), "invalid_code"
        )
    checker.read("name", name, most=200)
    checker.read("short", short, most=80)
    if kind not in KINDS:
        checker.fault("kind", _("Jenis unit tidak dikenal."), "unknown_kind")


def create_unit(
    work: Work, *, code: str, name: str, kind: str, parent_id: UUID, on: dt.date, short: str = ""
) -> Unit:
    """A new unit below `parent_id` from the day on."""
    one_at_a_time(work)
    checker = TextChecker()
    short = short or name[:80]
    check_unit_texts(checker, code, name, short, kind)
    if unit_by_code(work, code) is not None:
        checker.fault("code", _("Kode unit itu sudah dipakai."), "taken")
    if checker.faults:
        raise InvalidInputError(_("Data unit keliru."), fields=checker.faults)
    parent = get_unit(work, parent_id)
    work.require(EDIT, parent_id)
    require_open(parent, on)
    unit = Unit(code=code, name=name.strip(), short=short.strip(), kind=kind, valid_from=on)
    work.session.add(unit)
    work.session.flush()
    work.session.add(UnitLink(unit_id=unit.id, parent_id=parent_id, valid_from=on))
    rebuild_closure(work.session)
    work.audit("core.unit.created", unit_ref(unit), code=code, parent=parent.code, on=on)
    return unit


def move_unit(work: Work, unit_id: UUID, parent_id: UUID, on: dt.date) -> None:
    """From the day on the unit belongs to another parent; raises ConflictError on a cycle."""
    one_at_a_time(work)
    unit, parent = get_unit(work, unit_id), get_unit(work, parent_id)
    work.require(EDIT, unit_id)
    work.require(EDIT, parent_id)
    require_open(unit, on)
    require_open(parent, on)
    links = {
        link.id: link
        for link in work.session.execute(
            select(UnitLink).where(UnitLink.unit_id == unit_id)
        ).scalars()
    }
    if not links:
        raise ConflictError(_("Akar pohon unit tidak dapat dipindahkan."))
    spans = [Span(row.id, row.parent_id, row.valid_from, row.valid_to) for row in links.values()]
    step = set_from(spans, parent_id, on)
    if step.kind == "same":
        return
    if step.kind == "correct" and step.span:
        links[step.span.id].parent_id = parent_id
    else:
        if step.span:
            links[step.span.id].valid_to = on
        work.session.add(UnitLink(unit_id=unit_id, parent_id=parent_id, valid_from=on))
    unit.version += 1
    rebuild_closure(work.session)
    work.audit("core.unit.moved", unit_ref(unit), parent=parent.code, on=on)
    work.emit(UnitsMoved(units=(str(unit_id),), since=on))


def rename_unit(work: Work, unit_id: UUID, *, name: str, short: str, version: int) -> None:
    """Another name or abbreviation; the code stays, since it is what files and scripts know."""
    unit = get_unit(work, unit_id)
    work.require(EDIT, unit_id)
    if unit.version != version:
        raise StaleEditError(
            _("Unit ini baru saja diubah orang lain: sekarang “%(name)s”."),
            advice=_("Muat ulang halaman, lalu ulangi perubahan Anda."),
            name=unit.name,
        )
    checker = TextChecker()
    check_unit_texts(checker, unit.code, name, short, unit.kind)
    if checker.faults:
        raise InvalidInputError(_("Data unit keliru."), fields=checker.faults)
    before = unit.name
    unit.name, unit.short = name.strip(), short.strip()
    unit.version += 1
    work.audit("core.unit.renamed", unit_ref(unit), before=before)


def close_unit(work: Work, unit_id: UUID, on: dt.date) -> None:
    """From the day on the unit is no more; refused while it has sub-units or people by then."""
    one_at_a_time(work)
    unit = get_unit(work, unit_id)
    work.require(EDIT, unit_id)
    require_open(unit, on)
    links = list(
        work.session.execute(select(UnitLink).where(UnitLink.unit_id == unit_id)).scalars()
    )
    if not links:
        raise ConflictError(_("Akar pohon unit tidak dapat ditutup."))
    if on <= unit.valid_from:
        raise ConflictError(_("Unit baru dapat ditutup sehari sesudah dibuka."))
    children = select(UnitLink.id).where(
        UnitLink.parent_id == unit_id, or_(UnitLink.valid_to.is_(None), UnitLink.valid_to > on)
    )
    people = (
        select(Assignment.id)
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Position.unit_id == unit_id,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > on),
        )
    )
    for query, sentence in (
        (children, _("Unit ini masih punya unit bawahan pada tanggal itu.")),
        (people, _("Unit ini masih punya pegawai pada tanggal itu.")),
    ):
        if work.session.execute(query.limit(1)).first() is not None:
            raise ConflictError(sentence, advice=_("Pindahkan dahulu, lalu tutup unitnya."))
    for link in links:
        if link.valid_from >= on:
            work.session.delete(link)
        elif link.valid_to is None or link.valid_to > on:
            link.valid_to = on
    unit.valid_to = on
    unit.version += 1
    rebuild_closure(work.session)
    work.audit("core.unit.closed", unit_ref(unit), on=on)


def require_open(unit: Unit, on: dt.date) -> None:
    """Refuse a day on which the unit does not exist."""
    if on < unit.valid_from or (unit.valid_to is not None and on >= unit.valid_to):
        raise ConflictError(
            _("Unit “%(name)s” tidak ada pada tanggal itu."),
            advice=_("Pilih tanggal selama unit itu ada."),
            name=unit.name,
        )
