"""Giving and taking roles, on a unit's subtree, with dates.

Nobody gives more than he holds, nor for longer: what a role brings is checked on the first and on
the last day. The last administrator of the regency cannot be taken away.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import or_, select

from leuit.identity import Account, Grant, Position
from leuit.values import ConflictError, InvalidInputError, NotFoundError, RecordRef, _
from leuit.work import Work

from .posts import overlaps
from .rights import FAR, GRANT, check_range, one_at_a_time, require_covered
from .units import get_unit

ADMINISTRATOR = "core.administrator"


def grant_role(
    work: Work,
    role: str,
    unit_id: UUID,
    *,
    account_id: UUID | None = None,
    position_id: UUID | None = None,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
) -> Grant:
    """A role on the unit's subtree, to an account or to whoever holds a post."""
    one_at_a_time(work)
    unit = get_unit(work, unit_id)
    work.require(GRANT, unit_id)
    known = work.app.vocabulary.rights.roles.get(role)
    if known is None or known.given_to is not None:
        raise InvalidInputError(_("Peran “%(role)s” tidak dapat diberikan."), role=role)
    check_range(valid_from, valid_to)
    last = FAR if valid_to is None else valid_to - dt.timedelta(days=1)
    require_covered(work, [(role, unit_id)], [max(valid_from, work.today), last])
    if (account_id is None) == (position_id is None):
        raise InvalidInputError(_("Pilih satu akun atau satu jabatan."))
    holder = (
        work.session.get(Account, account_id)
        if account_id
        else (work.session.get(Position, position_id))
    )
    if holder is None:
        raise NotFoundError(_("Akun atau jabatan itu tidak ada."))
    twice = select(Grant.id).where(
        Grant.role == role,
        Grant.unit_id == unit_id,
        Grant.account_id == account_id if account_id else Grant.position_id == position_id,
        overlaps(Grant, valid_from, valid_to),
    )
    if work.session.execute(twice.limit(1)).first() is not None:
        raise ConflictError(_("Peran itu sudah diberikan untuk masa yang sama."))
    grant = Grant(
        role=role,
        unit_id=unit_id,
        account_id=account_id,
        position_id=position_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    work.session.add(grant)
    work.session.flush()
    work.audit(
        "core.grant.given",
        grant_ref(grant),
        role=role,
        unit=unit.code,
        account=account_id,
        position=position_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return grant


def revoke_grant(work: Work, grant_id: UUID, on: dt.date) -> None:
    """The grant ends: on `on` it no longer holds. A grant not begun by then never will."""
    one_at_a_time(work)
    grant = work.session.get(Grant, grant_id)
    if grant is None:
        raise NotFoundError(_("Pemberian peran itu tidak ada."))
    work.require(GRANT, grant.unit_id)
    require_covered(work, [(grant.role, grant.unit_id)], [work.today])
    if grant.valid_to is not None and grant.valid_to <= on:
        raise ConflictError(_("Peran itu sudah berakhir pada tanggal itu."))
    if grant.role == ADMINISTRATOR and not _other_administrator(work, grant, on):
        raise ConflictError(
            _("Ini administrator terakhir; perannya tidak dapat dicabut."),
            advice=_("Berikan peran itu kepada akun lain dahulu."),
        )
    grant.valid_to = max(on, grant.valid_from)
    work.audit("core.grant.revoked", grant_ref(grant), role=grant.role, on=on)


def grant_ref(grant: Grant) -> RecordRef:
    """The reference by which the audit log names a grant."""
    return RecordRef("core.grant", str(grant.id), grant.role)


def _other_administrator(work: Work, grant: Grant, on: dt.date) -> bool:
    query = (
        select(Grant.id)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Grant.role == ADMINISTRATOR,
            Grant.id != grant.id,
            Grant.unit_id == grant.unit_id,
            Grant.valid_from <= on,
            or_(Grant.valid_to.is_(None), Grant.valid_to > on),
            Account.disabled_at.is_(None),
        )
    )
    return work.session.execute(query.limit(1)).first() is not None
