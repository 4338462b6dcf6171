"""Disposals: what is due is listed, proposed as a frozen list per authority, seen, and undone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Unit, UnitClosure, holds_on, subtree
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import View, Work
from leuit_archives.models import Disposal, DisposalItem, Dossier, Record, Retention
from leuit_archives.models.disposals import DISPOSAL_REASON, LEFT, LISTED
from leuit_archives.permissions import DECIDE, PROPOSE, READ_RECORDS
from leuit_archives.rules.disposal import EXCLUSIONS, exclusions, split_by_authority
from leuit_archives.rules.lifecycle import (
    INACTIVE,
    PROPOSED,
    UNDONE,
    DisposalKind,
    may_undo,
)

from .dossier_rules import kept_rules
from .dossiers import lock_unit
from .minutes_rounds import require_no_round
from .moving import Standing, move_dossiers, standings
from .record_access import signature_of

PROPOSED_ACTION = "archives.disposal.proposed"
UNDONE_ACTION = "archives.disposal.undone"
DISPOSAL = "archives.disposal"
MOST_ITEMS = 10_000


@attrs.frozen
class Judged:
    """A dossier that might end, and the codes of every reason why it may not."""

    standing: Standing
    reasons: tuple[str, ...]


def candidates(
    view: View, unit_id: UUID, kind: DisposalKind, limit: int = MOST_ITEMS
) -> list[Judged]:
    """The inactive dossiers below a unit whose end is due, each with what stands against it."""
    step = "destroy" if kind == "destroy" else "hand_over"
    ids = view.connection.scalars(
        select(Retention.dossier_id)
        .join(Dossier, Dossier.id == Retention.dossier_id)
        .where(
            Dossier.unit_id.in_(subtree(unit_id, view.today)),
            Dossier.unit_id.in_(view.units(PROPOSE)),
            Retention.state == INACTIVE,
            Retention.next_step == step,
            Retention.due_on <= view.today,
        )
        .order_by(Retention.due_on, Retention.dossier_id)
        .limit(limit)
    ).all()
    return judged(view, ids, kind)


def judged(
    view: View,
    dossiers: Sequence[UUID],
    kind: DisposalKind,
    *,
    confirmed: bool = False,
    lock: bool = False,
) -> list[Judged]:
    """What stands against each dossier, in the order of their ids."""
    return [
        Judged(one, tuple(exclusions(one.candidate(view), kind, confirmed=confirmed)))
        for one in standings(view, dossiers, lock=lock)
    ]


def propose(
    work: Work,
    unit_id: UUID,
    kind: DisposalKind,
    dossiers: Sequence[UUID],
    reason: str,
    *,
    confirmed: bool = False,
) -> list[Disposal]:
    """Freeze a list of dossiers below a unit, one list for each authority that must approve.

    `confirmed`: the proposers answer for editions that nobody has compared with the regulation.
    Raises InvalidInputError at `reason` or for an empty list, NotFoundError for a dossier of
    others, ConflictError with the first that may not be on a list, and why.
    """
    work.require(PROPOSE, unit_id)
    proposer = work.identity.person_id
    if proposer is None:
        raise work.refusal(PROPOSE)
    check = TextChecker()
    text = check.read("reason", reason, most=DISPOSAL_REASON)
    if check.faults:
        raise InvalidInputError(_("Usul belum disimpan."), fields=check.faults)
    wanted = set(dossiers)
    if not 1 <= len(wanted) <= MOST_ITEMS:
        raise InvalidInputError(
            _("Pilih sedikitnya satu dan paling banyak %s berkas.") % MOST_ITEMS
        )
    found = judged(work, sorted(wanted), kind, confirmed=confirmed, lock=True)
    _require_below(work, unit_id, found, len(wanted))
    for one in found:
        if one.reasons:
            raise ConflictError(
                _("Berkas %(number)s tidak dapat diusulkan. %(reason)s"),
                advice=_("Lepaskan dari pilihan, lalu usulkan lagi."),
                number=signature_of(one.standing.dossier),
                reason=str(EXCLUSIONS[one.reasons[0]]),
            )
    items = _items(work, found)
    parts = split_by_authority([item["years"] for item in items], kind)
    made = []
    lock_unit(work, unit_id)
    for authority, places in sorted(parts.items()):
        listed = [{**items[index], "place": place} for place, index in enumerate(places, 1)]
        disposal = Disposal(
            year=work.today.year,
            serial=_next_serial(work),
            kind=kind,
            unit_id=unit_id,
            state=PROPOSED,
            authority=authority,
            count=len(listed),
            longest=max(item["years"] for item in listed),
            list_sha256=list_hash(listed),
            confirmed=confirmed,
            reason=text,
            proposed_by=proposer,
            proposed_at=work.now,
        )
        work.session.add(disposal)
        work.session.flush()
        work.session.add_all(DisposalItem(disposal_id=disposal.id, **item) for item in listed)
        work.session.flush()
        work.audit(
            PROPOSED_ACTION,
            disposal_ref(disposal),
            kind=kind,
            authority=authority,
            count=disposal.count,
            list_sha256=disposal.list_sha256,
            confirmed=confirmed,
            reason=text,
        )
        made.append(disposal)
    move_dossiers(work, sorted(wanted), f"propose_{kind}")
    return made


def proposing_units(view: View) -> list[tuple[UUID, str]]:
    """The units for which the reader may propose, the topmost first."""
    size = (
        select(func.count())
        .where(
            UnitClosure.ancestor_id == Unit.id,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, view.today),
        )
        .correlate(Unit)
        .scalar_subquery()
    )
    query = select(Unit.id, Unit.name).where(Unit.id.in_(view.units(PROPOSE)))
    rows = view.connection.execute(query.order_by(size.desc(), Unit.name))
    return [(row.id, row.name) for row in rows]


def undo(work: Work, disposal_id: UUID, version: int, reason: str) -> Disposal:
    """Take a proposal back, up to its determination; its dossiers are inactive again.

    Raises ConflictError once its berita acara is signed.
    """
    disposal = find_disposal(work, disposal_id)
    work.require(DECIDE, disposal.unit_id)
    lock_disposal(work, disposal, version)
    if not may_undo(disposal.state):
        raise ConflictError(
            _("Penyusutan %(number)s tidak dapat dibatalkan lagi."),
            advice=_("Pembatalan hanya sampai penetapan."),
            number=disposal.number,
        )
    require_no_round(work, disposal)
    check = TextChecker()
    text = check.read("reason", reason, most=DISPOSAL_REASON)
    if check.faults:
        raise InvalidInputError(_("Sebutkan alasannya."), fields=check.faults)
    leave(work, listed_items(work, disposal), "undone")
    disposal.state, disposal.undone_reason, disposal.ended_at = UNDONE, text, work.now
    disposal.version += 1
    work.audit(UNDONE_ACTION, disposal_ref(disposal), reason=text)
    return disposal


def leave(work: Work, items: Sequence[DisposalItem], outcome: str) -> None:
    """Let items go from their list for a coded reason: their dossiers are inactive again."""
    if not items:
        return
    for item in items:
        item.state, item.outcome, item.ended_at = LEFT, outcome, work.now
    work.session.flush()
    move_dossiers(work, [item.dossier_id for item in items], "let_go")


def listed_items(view: View, disposal: Disposal) -> Sequence[DisposalItem]:
    """What is still on the list, in its order."""
    return [item for item in items_of(view, disposal) if item.state == LISTED]


def items_of(
    view: View, disposal: Disposal, *, after: int = 0, limit: int = MOST_ITEMS
) -> Sequence[DisposalItem]:
    """All items behind a place in their order, whatever became of them."""
    return view.session.scalars(
        select(DisposalItem)
        .where(DisposalItem.disposal_id == disposal.id, DisposalItem.place > after)
        .order_by(DisposalItem.place)
        .limit(limit)
    ).all()


def listed_disposals(view: View, limit: int, *, after: UUID | None = None) -> Sequence[Disposal]:
    """The disposals of the units whose records the reader may read, the newest first."""
    query = select(Disposal).where(Disposal.unit_id.in_(view.units(READ_RECORDS)))
    if after is not None:
        query = query.where(Disposal.id < after)
    return view.session.scalars(query.order_by(Disposal.id.desc()).limit(limit)).all()


def find_disposal(view: View, disposal_id: UUID) -> Disposal:
    """A disposal of a unit whose records the reader may read; NotFoundError for any other."""
    found = view.session.scalar(
        select(Disposal).where(
            Disposal.id == disposal_id, Disposal.unit_id.in_(view.units(READ_RECORDS))
        )
    )
    if found is None:
        raise NotFoundError(_("Penyusutan itu tidak ada."), advice=_("Mulai dari daftar."))
    return found


def lock_disposal(work: Work, disposal: Disposal, version: int) -> None:
    """Hold a disposal until the unit of work ends; StaleEditError for another version."""
    work.session.refresh(disposal, with_for_update=True)
    if disposal.version != version:
        raise StaleEditError(
            _("Penyusutan itu baru saja diubah orang lain."), advice=_("Muat ulang halaman.")
        )


def disposal_ref(disposal: Disposal) -> RecordRef:
    """The reference by which the audit log names a disposal."""
    return RecordRef(DISPOSAL, str(disposal.id), disposal.number)


def list_hash(items: Sequence[Mapping[str, Any]]) -> str:
    """The hash of a list as it was frozen: every item with what it was judged by."""
    told = json.dumps(
        list(items), default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(told.encode()).hexdigest()


def frozen_items(items: Sequence[DisposalItem]) -> list[dict[str, Any]]:
    """The items as they were frozen, for comparing them with the hash of their list."""
    return [{name: getattr(item, name) for name in (*_FROZEN, "place")} for item in items]


_FROZEN = (
    "dossier_id",
    "number",
    "title",
    "class_code",
    "first",
    "last",
    "records",
    "years",
    "due_on",
    "editions",
)


def _items(work: Work, found: Sequence[Judged]) -> list[dict[str, Any]]:
    """What is frozen of each dossier."""
    ids = [one.standing.dossier.id for one in found]
    inside = {
        row[0]: row[1:]
        for row in work.connection.execute(
            select(Record.dossier_id, func.count(), func.min(Record.date), func.max(Record.date))
            .where(Record.dossier_id.in_(ids))
            .group_by(Record.dossier_id)
        )
    }
    rules = kept_rules(work, ids)
    items = []
    for one in found:
        dossier, retention = one.standing.dossier, one.standing.retention
        count, first, last = inside.get(dossier.id, (0, None, None))
        values = (
            dossier.id,
            signature_of(dossier),
            dossier.title,
            dossier.class_code,
            first,
            last,
            count,
            retention.years,
            retention.ends_on,
            sorted({str(edition) for _code, edition in rules[dossier.id]}),
        )
        items.append(dict(zip(_FROZEN, values, strict=True)))
    return items


def _require_below(work: Work, unit_id: UUID, found: Sequence[Judged], count: int) -> None:
    """Every dossier is of a unit below the proposing one, in which the proposer may propose."""
    units = {one.standing.dossier.unit_id for one in found}
    below = set(
        work.connection.scalars(
            select(Unit.id).where(
                Unit.id.in_(units),
                Unit.id.in_(subtree(unit_id, work.today)),
                Unit.id.in_(work.units(PROPOSE)),
            )
        )
    )
    if len(found) < count or units - below:
        raise NotFoundError(
            _("Salah satu berkas itu tidak ada, atau bukan milik unit Anda."),
            advice=_("Muat ulang halaman, lalu pilih lagi."),
        )


def _next_serial(work: Work) -> int:
    """The next number of the year, over all units."""
    root = work.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
    if root is not None:
        lock_unit(work, root)
    last = work.connection.execute(
        select(func.max(Disposal.serial)).where(Disposal.year == work.today.year)
    ).scalar()
    return int(last or 0) + 1
