"""Legal holds: begun for a case with a reason, ended with a reason, and never deleted."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, exists, func, or_, select, true

from leuit.builtin.checks import TextChecker
from leuit.identity import Unit
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import View, Work
from leuit_archives.models import Dossier, Hold, HoldItem, Record, Tombstone
from leuit_archives.models.holds import CASE, HOLD_REASON, HOLD_TEXT
from leuit_archives.permissions import MANAGE_HOLDS, READ_CLASSIFIED
from leuit_archives.rules.codes import is_code

from .hold_rule import holds_dossier, reaches_dossier
from .moving import stop_executions
from .record_access import find_dossier, find_record, readable_dossiers, visible_records

BEGUN = "archives.hold.begun"
WIDENED = "archives.hold.widened"
ENDED = "archives.hold.ended"
HOLD = "archives.hold"


@attrs.frozen
class HoldQuestion:
    """What a hold reaches without naming it; an empty part narrows nothing."""

    unit_id: UUID | None = None
    code: str = ""
    words: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def begin_hold(
    work: Work, case_number: str, reason: str, question: HoldQuestion | None = None
) -> Hold:
    """Begin a hold of a case; what it names is added by `hold_things`.

    With a question it catches all that fits, now and later; one that narrows nothing is refused.
    Raises InvalidInputError at its fields.
    """
    work.require_anywhere(MANAGE_HOLDS)
    check = TextChecker()
    case = check.read("case_number", case_number, most=CASE)
    why = check.read("reason", reason, most=HOLD_REASON)
    asked = question or HoldQuestion()
    words = check.read("words", asked.words, most=HOLD_TEXT, required=False)
    if asked.code and not is_code(asked.code):
        check.fault("code", _("Bukan kode klasifikasi."), "no_code")
    if asked.since and asked.until and asked.since > asked.until:
        check.fault("until", _("Akhir masa tidak boleh sebelum awalnya."), "out_of_range")
    if question is not None and attrs.evolve(asked, words=words) == HoldQuestion():
        check.fault("words", _("Sebutkan unit, kode, kata, atau masanya."), "required")
    if asked.unit_id is not None and work.session.get(Unit, asked.unit_id) is None:
        check.fault("unit_id", _("Unit itu tidak dikenal."), "unknown")
    if check.faults:
        raise InvalidInputError(_("Penahanan belum dimulai."), fields=check.faults)
    if question is not None:  # it reaches into units: over all of them it needs the root
        if asked.unit_id is not None:
            work.require(MANAGE_HOLDS, asked.unit_id)
        else:
            work.require_on_root(MANAGE_HOLDS)
    stop_executions(work)
    hold = Hold(
        case_number=case,
        reason=why,
        begun_on=work.today,
        begun_at=work.now,
        begun_by=work.identity.person_id,
        asks=question is not None,
        unit_id=asked.unit_id,
        code=asked.code,
        words=words,
        since=asked.since,
        until=asked.until,
    )
    work.session.add(hold)
    work.session.flush()
    work.audit(BEGUN, hold_ref(hold), reason=why, asks=attrs.asdict(asked) if question else None)
    return hold


def hold_things(
    work: Work, hold_id: UUID, dossiers: Sequence[UUID] = (), records: Sequence[UUID] = ()
) -> Hold:
    """Put dossiers or single records under a hold that runs; what is there already stays once.

    Raises NotFoundError for what the asker may not see, ConflictError for what is destroyed.
    """
    stop_executions(work)
    hold = _locked(work, hold_id)
    if hold.ended_on is not None:
        raise ConflictError(_("Penahanan itu sudah berakhir."), advice=_("Mulai yang baru."))
    there = {
        (row.dossier_id, row.record_id)
        for row in work.session.scalars(select(HoldItem).where(HoldItem.hold_id == hold.id))
    }
    added: list[tuple[UUID | None, UUID | None]] = []
    for one in dossiers:
        dossier = find_dossier(work, one)
        work.require(MANAGE_HOLDS, dossier.unit_id)
        _check_there(work, select(Record.id).where(Record.dossier_id == dossier.id))
        added.append((dossier.id, None))
    for one in records:
        record = find_record(work, one)
        work.require(MANAGE_HOLDS, record.unit_id)
        _check_there(work, select(Record.id).where(Record.id == record.id))
        added.append((None, record.id))
    fresh = [one for one in dict.fromkeys(added) if one not in there]
    for dossier_id, record_id in fresh:
        work.session.add(HoldItem(hold_id=hold.id, dossier_id=dossier_id, record_id=record_id))
    hold.version += 1
    work.audit(
        WIDENED,
        hold_ref(hold),
        dossiers=[one for one, _record in fresh if one is not None],
        records=[one for _dossier, one in fresh if one is not None],
    )
    return hold


def end_hold(work: Work, hold_id: UUID, version: int, reason: str) -> Hold:
    """End a hold with the reason; what other holds reach stays held.

    Raises ConflictError for one that has ended, StaleEditError for another version.
    """
    hold = _locked(work, hold_id)
    _require_all(work, hold)
    if hold.ended_on is not None:
        raise ConflictError(_("Penahanan itu sudah berakhir."))
    if hold.version != version:
        raise StaleEditError(
            _("Penahanan itu baru saja diubah orang lain."), advice=_("Muat ulang halaman.")
        )
    check = TextChecker()
    why = check.read("reason", reason, most=HOLD_REASON)
    if check.faults:
        raise InvalidInputError(_("Sebutkan alasannya."), fields=check.faults)
    hold.ended_on, hold.ended_at = work.today, work.now
    hold.ended_by, hold.end_reason = work.identity.person_id, why
    hold.version += 1
    work.audit(ENDED, hold_ref(hold), reason=why)
    return hold


@attrs.frozen
class ListedHold:
    """A hold and how many dossiers it reaches of those that the reader may see."""

    hold: Hold
    count: int


def listed_holds(view: View) -> list[ListedHold]:
    """The holds that the reader may see, those that run first."""
    reached = (
        select(func.count())
        .select_from(Dossier)
        .where(holds_dossier(visible_records(view)), readable_dossiers(view))
        .correlate(Hold)
        .scalar_subquery()
    )
    query = (
        select(Hold, reached)
        .where(visible_holds(view))
        .order_by(Hold.ended_on.is_not(None), Hold.id.desc())
    )
    return [ListedHold(*row) for row in view.session.execute(query)]


def holds_of(view: View, dossier: Dossier) -> Sequence[Hold]:
    """The holds that reach a dossier today by what the reader may read of it."""
    return view.session.scalars(
        select(Hold)
        .join(Dossier, Dossier.id == dossier.id)
        .where(holds_dossier(visible_records(view)))
        .order_by(Hold.id)
    ).all()


def held_by(view: View, hold: Hold, limit: int, *, after: UUID | None = None) -> Sequence[Dossier]:
    """The dossiers that a running hold reaches by what the reader may see, the newest first.

    `after` is the last one seen.
    """
    query = (
        select(Dossier)
        .join(Hold, Hold.id == hold.id)
        .where(holds_dossier(visible_records(view)), readable_dossiers(view))
    )
    if after is not None:
        query = query.where(Dossier.id < after)
    return view.session.scalars(query.order_by(Dossier.id.desc()).limit(limit)).all()


def shows_words(view: View, hold: Hold) -> bool:
    """Whether the reader may know the words of a question, which may be those of secret titles.

    He may who began it, and who may read secret papers wherever it asks. What it finds says nothing
    here, so that words that are withheld do not tell of a title.
    """
    if hold.begun_by is not None and hold.begun_by == view.identity.person_id:
        return True
    if hold.unit_id is None:
        return view.allows_on_root(READ_CLASSIFIED)
    return view.allows(READ_CLASSIFIED, hold.unit_id)


def find_hold(view: View, hold_id: UUID) -> Hold:
    """A hold that the reader may see; NotFoundError for any other."""
    found = view.session.scalar(select(Hold).where(Hold.id == hold_id, visible_holds(view)))
    if found is None:
        raise _no_hold()
    return found


def visible_holds(view: View) -> ColumnElement[bool]:
    """The condition on `Hold`: of a dossier whose title the reader may see, or begun by himself.

    Over all units, who may hold everywhere sees them all.
    """
    if view.allows_on_root(MANAGE_HOLDS):
        return true()
    mine = select(Dossier.id).where(readable_dossiers(view))
    reached = exists(mine.where(reaches_dossier(visible_records(view))).correlate(Hold))
    if view.identity.person_id is None:
        return reached
    return or_(reached, Hold.begun_by == view.identity.person_id)


def hold_ref(hold: Hold) -> RecordRef:
    """The reference by which the audit log names a hold."""
    return RecordRef(HOLD, str(hold.id), hold.case_number)


def _locked(work: Work, hold_id: UUID) -> Hold:
    work.require_anywhere(MANAGE_HOLDS)
    hold = work.session.get(Hold, hold_id, with_for_update=True, populate_existing=True)
    if hold is None:
        raise _no_hold()
    return hold


def _no_hold() -> NotFoundError:
    return NotFoundError(_("Penahanan itu tidak ada."), advice=_("Mulai dari daftar."))


def _require_all(work: Work, hold: Hold) -> None:
    """Whoever ends a hold must be allowed to hold everything that it reaches."""
    beyond = (
        select(Dossier.unit_id)
        .join(Hold, Hold.id == hold.id)
        .where(holds_dossier(), Dossier.unit_id.not_in(work.units(MANAGE_HOLDS)))
        .limit(1)
    )
    foreign = work.session.scalar(beyond)
    if foreign is not None:
        work.require(MANAGE_HOLDS, foreign)
    if hold.asks and hold.unit_id is None:
        work.require_on_root(MANAGE_HOLDS)


def _check_there(work: Work, records: Any) -> None:
    if work.session.scalar(
        select(Tombstone.record_id).where(Tombstone.record_id.in_(records)).limit(1)
    ):
        raise ConflictError(
            _("Isinya sudah dimusnahkan; tidak ada lagi yang dapat ditahan."),
            advice=_("Bukti pemusnahannya ada pada daftar pemusnahan."),
        )
