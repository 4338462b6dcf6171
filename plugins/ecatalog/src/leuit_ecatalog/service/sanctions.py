"""Sanctions: recorded under an edition, lifted before their time, told of when they turn."""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Identity
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    _,
    local_day,
    one_line,
)
from leuit.work import JobContext, Leuit, StoredFile, View, Work, register_file
from leuit_ecatalog.events import VendorChanged
from leuit_ecatalog.models import Sanction, Vendor
from leuit_ecatalog.models.vendors import ACTIVE, NOTE
from leuit_ecatalog.permissions import READ_VENDORS, SANCTION
from leuit_ecatalog.rules.sanctions import (
    BLOCKED,
    NO_ORDERS,
    TAKEN_DOWN,
    SanctionKind,
    effects_of,
    end_after,
    end_of,
    holds_on,
)

from .membership import in_force
from .paper_files import receive_file
from .sanction_rules import sanctions_on
from .vendors import find_vendor, locked_vendor, note_step, ref_of, tell_changed

TURN: Final = "ecatalog.sanctions.turn"
DECREE: Final = 120


@attrs.frozen
class Decided:
    """What a decree says; an `until` of None is the one that the edition proposes."""

    kind: str
    decree: str
    reason: str
    since: dt.date
    until: dt.date | None = None


def receive_decree(app: Leuit, asker: Identity, name: str, data: bytes) -> StoredFile:
    """Look at the file of a decree and store it, for who may record sanctions."""
    with app.read(asker) as view:
        view.require_on_root(SANCTION)
    return receive_file(app, name, data)


def sanction_kinds(view: View, day: dt.date) -> tuple[SanctionKind, ...]:
    """The kinds that may be set on a day; ConflictError while no edition holds."""
    kinds: tuple[SanctionKind, ...] = sanctions_on(view, day).figures.kinds
    return kinds


def record_sanction(
    work: Work, vendor_id: UUID, version: int, decided: Decided, file: StoredFile
) -> Sanction:
    """Record a sanction on an active vendor under the edition of its first day.

    Raises InvalidInputError with every fault by field, ConflictError for a vendor that is not
    active or while no edition holds, StaleEditError.
    """
    work.require_on_root(SANCTION)
    vendor = locked_vendor(work, vendor_id, version)
    if vendor.state != ACTIVE:
        raise ConflictError(_("Sanksi dicatat pada penyedia yang aktif."))
    edition = sanctions_on(work, decided.since)
    kind = edition.figures.kind(decided.kind)
    checker = TextChecker()
    decree = checker.read("decree", one_line(decided.decree), most=DECREE)
    reason = checker.read("reason", decided.reason, most=NOTE)
    if kind is None:
        checker.fault("kind", _("Pilih jenis sanksi."), "unknown")
    if decided.until is not None and decided.until <= decided.since:
        checker.fault("until", _("Akhir sanksi harus sesudah mulainya."), "order")
    if checker.faults or kind is None:
        raise InvalidInputError(_("Periksa isian sanksi."), fields=checker.faults)
    until = decided.until or end_after(decided.since, kind.months)
    sanction = Sanction(
        vendor_id=vendor.id,
        kind=kind.code,
        edition_id=edition.id,
        decree=decree,
        reason=reason,
        since=decided.since,
        until=until,
        takes_down=TAKEN_DOWN in kind.effects,
        blocks=BLOCKED in kind.effects,
        sha256=register_file(work, file),
        file_name=file.name,
        media_type=file.media_type,
        recorded_by=_person(work),
        recorded_at=work.now,
    )
    work.session.add(sanction)
    work.session.flush()
    note_step(work, vendor, "sanctioned", f"{decree}: {reason}")
    work.audit(
        "ecatalog.vendor.sanctioned",
        ref_of(vendor),
        sanction=sanction.id,
        kind=kind.code,
        since=decided.since,
        until=until,
        edition=edition.id,
    )
    tell_changed(work, vendor)
    return sanction


def lift_sanction(work: Work, sanction_id: UUID, version: int, on: dt.date, reason: str) -> None:
    """End a sanction before its time, from a day on that is not over; `version` is the vendor's.

    Raises InvalidInputError at `on` or `reason`, ConflictError for one that has ended.
    """
    work.require_on_root(SANCTION)
    sanction = _found(work, sanction_id)
    vendor = locked_vendor(work, sanction.vendor_id, version)
    work.session.refresh(sanction)
    last = end_of(sanction)
    if last is not None and (last <= work.today or sanction.lifted_on is not None):
        raise ConflictError(_("Sanksi ini sudah berakhir atau sudah dicabut."))
    checker = TextChecker()
    why = checker.read("reason", reason, most=NOTE)
    if on < work.today or (last is not None and on >= last):
        checker.fault("on", _("Pilih hari ini atau sesudahnya, sebelum sanksi berakhir."), "range")
    if checker.faults:
        raise InvalidInputError(_("Periksa isian pencabutan."), fields=checker.faults)
    sanction.lifted_on, sanction.lifted_reason = on, why
    sanction.lifted_by = _person(work)
    note_step(work, vendor, "lifted", f"{sanction.decree}: {why}")
    work.audit("ecatalog.vendor.lifted", ref_of(vendor), sanction=sanction.id, on=on)
    tell_changed(work, vendor)


def find_sanction(view: View, sanction_id: UUID) -> tuple[Sanction, Vendor]:
    """A sanction and its vendor, for who may read vendors."""
    view.require_on_root(READ_VENDORS)
    sanction = _found(view, sanction_id)
    return sanction, find_vendor(view, sanction.vendor_id)


def sanctions_of(view: View, vendor_id: UUID) -> Sequence[Sanction]:
    """Every sanction of a vendor, the newest first."""
    return view.session.scalars(
        select(Sanction)
        .where(Sanction.vendor_id == vendor_id)
        .order_by(Sanction.since.desc(), Sanction.id.desc())
    ).all()


def held_sanctions(view: View, vendor_id: UUID, on: dt.date) -> Sequence[Sanction]:
    """The sanctions that hold on a day, the longest first."""
    return [one for one in sanctions_of(view, vendor_id) if holds_on(one, on)]


def effects_on(view: View, vendor_id: UUID, on: dt.date) -> frozenset[str]:
    """What the sanctions of a vendor stop on a day, together."""
    held = held_sanctions(view, vendor_id, on)
    return effects_of(effects(one) for one in held)


def effects(sanction: Sanction) -> tuple[str, ...]:
    """What one sanction stops; every sanction stops new orders."""
    more = ((TAKEN_DOWN, sanction.takes_down), (BLOCKED, sanction.blocks))
    return (NO_ORDERS, *(effect for effect, holds in more if holds))


def tell_turns(context: JobContext) -> None:
    """The nightly job: tell of every vendor whose sanction begins or ends on the day."""
    moment = dt.datetime.fromisoformat(context.args["scheduled_for"])
    day = local_day(moment, context.app.zone)
    with context.change() as work:
        for vendor_id in turning_on(work, day):
            work.emit(VendorChanged(str(vendor_id)))


def turning_on(view: View, day: dt.date) -> Sequence[UUID]:
    """The vendors of which a sanction begins or ends on a day."""
    query = (
        select(Sanction.vendor_id)
        .where(or_(Sanction.since == day, Sanction.until == day, Sanction.lifted_on == day))
        .distinct()
    )
    return view.session.scalars(query).all()


def sanctioned_vendors(view: View, vendor_ids: Sequence[UUID], on: dt.date) -> set[UUID]:
    """Which of these vendors a sanction holds on a day."""
    query = select(Sanction.vendor_id).where(Sanction.vendor_id.in_(vendor_ids), in_force(on))
    return set(view.session.scalars(query))


def _found(view: View, sanction_id: UUID) -> Sanction:
    found = view.session.get(Sanction, sanction_id)
    if found is None:
        raise NotFoundError(_("Sanksi itu tidak ada."))
    return found


def _person(work: Work) -> UUID:
    """Who records; a sanction is a person's act."""
    person_id = work.identity.person_id
    if person_id is None:
        raise InvalidInputError(_("Sanksi dicatat oleh pegawai, bukan oleh akun layanan."))
    return person_id
