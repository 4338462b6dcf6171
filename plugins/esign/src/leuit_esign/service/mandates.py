"""Mandates: given by who decides for the principal's position, and ended on a date."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from leuit.builtin.organisation import position_named
from leuit.identity import Position, Unit, UnitClosure, holds_on
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    _,
    one_line,
)
from leuit.work import View, Work
from leuit_esign.models import Mandate

from .faults import fault_at
from .turn import decided_posts

MANAGE = "esign.mandate.manage"
BASIS = 200


@attrs.frozen
class NewMandate:
    """A mandate that is wanted: positions by name, or by the code of the unit they head."""

    principal: str
    delegate: str
    basis: str
    since: dt.date
    until: dt.date | None = None
    through: str = ""


@attrs.frozen
class ShownMandate:
    """A mandate with the titles of its positions; `last_day` is the last on which it holds."""

    mandate: Mandate
    principal: str
    delegate: str
    through: str
    last_day: dt.date | None
    ended: bool
    endable: bool


def give_mandate(work: Work, wanted: NewMandate) -> Mandate:
    """Let a position sign in the name of another, from a day on; faults name the field.

    The head of a unit gives it, to a position of his unit or below it; u.b. goes further down, and
    needs an a.n. from the same principal to the position in between. `until` is the last day.
    """
    principal = _position(work, wanted.principal, "principal")
    delegate = _position(work, wanted.delegate, "delegate")
    through = _position(work, wanted.through, "through") if wanted.through.strip() else None
    work.session.get(Position, principal, with_for_update=True)  # one mandate of his at a time
    _require(work, principal)
    named = [one for one in (principal, delegate, through) if one is not None]
    if len(set(named)) != len(named):
        raise fault_at("delegate", _("Jabatan-jabatannya harus berbeda."))
    if not _below(work, principal, delegate, wanted.since):
        raise fault_at(
            "delegate", _("Wewenang dilimpahkan kepada jabatan di bawah kepala unit itu.")
        )
    if through is not None and not _below(work, principal, through, wanted.since, delegate):
        raise fault_at("delegate", _("Untuk u.b., penerima berada di bawah jabatan perantara."))
    basis = one_line(wanted.basis)
    if not 0 < len(basis) <= BASIS:
        raise fault_at("basis", _("Tulis dasar pelimpahannya, paling banyak %s huruf.") % BASIS)
    if wanted.since < work.today:
        raise fault_at("since", _("Pelimpahan berlaku paling cepat hari ini."))
    if wanted.until is not None and wanted.until < wanted.since:
        raise fault_at("until", _("Hari terakhir tidak boleh sebelum hari pertama."))
    if through is not None and not _held(work, principal, through, wanted.since):
        raise fault_at(
            "through", _("Jabatan perantara belum mendapat pelimpahan a.n. pada hari itu.")
        )
    end = None if wanted.until is None else wanted.until + dt.timedelta(days=1)
    if _overlapping(work, principal, delegate, wanted.since, end):
        raise ConflictError(_("Jabatan itu sudah mendapat pelimpahan pada waktu yang sama."))
    person_id = work.identity.person_id
    if person_id is None:
        raise PermissionDeniedError(_("Pelimpahan diberikan oleh seorang pegawai."))
    mandate = Mandate(
        principal_id=principal,
        delegate_id=delegate,
        through_id=through,
        basis=basis,
        valid_from=wanted.since,
        valid_to=end,
        given_by=person_id,
        given_at=work.now,
    )
    work.session.add(mandate)
    work.session.flush()
    work.audit(
        "esign.mandate.given",
        _ref(work, mandate),
        principal=_title(work, principal),
        through=_title(work, through) if through else "",
        basis=mandate.basis,
        since=mandate.valid_from,
        until=wanted.until,
    )
    return mandate


def end_mandate(work: Work, mandate_id: UUID) -> None:
    """End a mandate as of today; one that has not begun is ended before it begins."""
    mandate = work.session.get(Mandate, mandate_id, with_for_update=True)
    if mandate is None:
        raise NotFoundError(_("Pelimpahan itu tidak ada."))
    _require(work, mandate.principal_id)
    if mandate.valid_to is not None and mandate.valid_to <= work.today:
        raise ConflictError(_("Pelimpahan ini sudah berakhir."))
    mandate.valid_to = max(work.today, mandate.valid_from)
    work.audit("esign.mandate.ended", _ref(work, mandate))


def mandates_seen(view: View, limit: int) -> list[ShownMandate]:
    """Mandates of the reader's own positions, or of the units he keeps them for; newest first."""
    own = [post.position_id for post in decided_posts(view)]
    kept = select(Position.id).where(Position.unit_id.in_(view.units(MANAGE)))
    query = (
        select(Mandate)
        .where(
            or_(
                Mandate.principal_id.in_(own),
                Mandate.delegate_id.in_(own),
                Mandate.principal_id.in_(kept),
            )
        )
        .order_by(Mandate.valid_from.desc(), Mandate.id)
        .limit(limit)
    )
    found = view.session.scalars(query).all()
    kept_ids = set(
        view.session.scalars(kept.where(Position.id.in_([m.principal_id for m in found])))
    )
    return [_shown(view, one, {*own, *kept_ids}) for one in found]


def _shown(view: View, mandate: Mandate, mine: set[UUID]) -> ShownMandate:
    end = mandate.valid_to
    ended = end is not None and end <= view.today
    return ShownMandate(
        mandate,
        _title(view, mandate.principal_id),
        _title(view, mandate.delegate_id),
        _title(view, mandate.through_id) if mandate.through_id else "",
        None if end is None else end - dt.timedelta(days=1),
        ended,
        not ended and mandate.principal_id in mine,
    )


def _require(work: Work, principal: UUID) -> None:
    """Who decides for the principal gives and ends it, or who keeps mandates for its unit."""
    if any(post.position_id == principal for post in decided_posts(work)):
        return
    unit_id = work.session.get_one(Position, principal).unit_id
    if not work.allows(MANAGE, unit_id):
        raise PermissionDeniedError(
            _("Hanya pemegang jabatannya yang dapat melimpahkan wewenang."),
            advice=_("Minta pemegang jabatan itu, atau petugas yang berwenang."),
        )


def _held(view: View, principal: UUID, delegate: UUID, on: dt.date) -> bool:
    query = select(Mandate.id).where(
        Mandate.principal_id == principal,
        Mandate.delegate_id == delegate,
        Mandate.through_id.is_(None),
        holds_on(Mandate.valid_from, Mandate.valid_to, on),
    )
    return view.session.execute(query.limit(1)).first() is not None


def _below(
    view: View, principal: UUID, delegate: UUID, on: dt.date, under: UUID | None = None
) -> bool:
    """Whether the delegate stands below the head: in his unit or further down the tree.

    With `under`, that one stands below the delegate in turn.
    """
    upper, lower = aliased(Position), aliased(Position)
    chain = [(principal, delegate, True)]
    if under is not None:
        chain.append((delegate, under, False))
    for above, below, heads in chain:
        query = (
            select(upper.id)
            .join(UnitClosure, UnitClosure.ancestor_id == upper.unit_id)
            .join(lower, lower.unit_id == UnitClosure.descendant_id)
            .where(
                upper.id == above,
                lower.id == below,
                holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
            )
        )
        if heads:
            query = query.where(upper.is_head)
        if view.session.execute(query.limit(1)).first() is None:
            return False
    return True


def _overlapping(
    work: Work, principal: UUID, delegate: UUID, since: dt.date, end: dt.date | None
) -> Sequence[UUID]:
    query = select(Mandate.id).where(
        Mandate.principal_id == principal,
        Mandate.delegate_id == delegate,
        or_(
            Mandate.valid_to.is_(None),
            and_(Mandate.valid_to > since, Mandate.valid_to > Mandate.valid_from),
        ),
    )
    if end is not None:
        query = query.where(Mandate.valid_from < end)
    return work.session.scalars(query).all()


def _position(work: Work, text: str, field: str) -> UUID:
    try:
        return position_named(work, text, work.today)
    except (NotFoundError, InvalidInputError) as error:
        raise fault_at(field, str(error)) from None


def _title(view: View, position_id: UUID) -> str:
    row = view.session.execute(
        select(Position.title, Unit.short)
        .join(Unit, Unit.id == Position.unit_id)
        .where(Position.id == position_id)
    ).one()
    return f"{row.title} · {row.short}"


def _ref(view: View, mandate: Mandate) -> RecordRef:
    return RecordRef("esign.mandate", str(mandate.id), _title(view, mandate.delegate_id))
