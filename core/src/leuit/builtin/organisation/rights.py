"""Permissions of this part, and the checks that no date and no list can express.

Rows are guarded by the one rule of `leuit.identity`. Beside it: nobody moves himself to another
post, and nobody gives, takes away or takes over more than he holds. Changes to the organisation
are rare, so they go one at a time: two people can neither get one PIN nor two posts by a race.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import or_, select, text

from leuit.identity import Assignment, Grant, Position
from leuit.values import ConflictError, PermissionDeniedError, _
from leuit.work import View, Work

READ = "core.organisation.read"
EDIT = "core.organisation.edit"
MANAGE = "core.account.manage"
GRANT = "core.role.grant"

FAR = dt.date(9999, 12, 31)
_LOCK = 0x6C65756974  # "leuit": one number for every change of the organisation


def one_at_a_time(work: Work) -> None:
    """Wait until no other unit of work changes the organisation (SQLite has one writer anyway)."""
    if work.database.dialect == "postgresql":
        work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def require_person(view: View, permission: str, person_id: UUID, *, take_up: bool = False) -> None:
    """Raise unless the permission reaches a post of the person, today's or a later one.

    Somebody without any post (new, or long gone) belongs to the regency alone; with `take_up`,
    when he is given a post, whoever holds the permission anywhere will do.
    """
    units = view.session.execute(
        select(Position.unit_id)
        .join(Assignment, Assignment.position_id == Position.id)
        .where(
            Assignment.person_id == person_id,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > view.today),
        )
    ).scalars()
    known = set(units)
    if not known:
        (view.require_anywhere if take_up else view.require_on_root)(permission)
        return
    allowed = view.units(permission).subquery()
    reached = select(allowed.c[0]).where(allowed.c[0].in_(known))
    if view.session.execute(reached.limit(1)).first() is None:
        raise view.refusal(permission)


def refuse_oneself(work: Work, person_id: UUID) -> None:
    """Nobody decides about his own post: rights follow it."""
    if work.identity.person_id == person_id:
        raise PermissionDeniedError(
            _("Anda tidak dapat mengubah penempatan Anda sendiri."),
            advice=_("Minta petugas lain melakukannya."),
        )


def require_covered(view: View, roles: Iterable[tuple[str, UUID]], days: Iterable[dt.date]) -> None:
    """Raise unless the identity itself holds, on each of the days, all that the roles bring.

    `roles` are (role, unit) pairs. A role that no plugin registers brings nothing.
    """
    if view.identity.kind == "system":
        return
    rights = view.app.vocabulary.rights
    wanted: dict[str, set[UUID]] = {}
    for role, unit_id in roles:
        known = rights.roles.get(role)
        for permission in known.permissions if known else ():
            wanted.setdefault(permission, set()).add(unit_id)
    for day in sorted(set(days)):
        for permission, units in sorted(wanted.items()):
            allowed = view.units(permission, day).subquery()
            reached = set(
                view.session.execute(select(allowed.c[0]).where(allowed.c[0].in_(units))).scalars()
            )
            if units - reached:
                raise PermissionDeniedError(
                    _("Anda sendiri tidak memiliki hak “%(title)s” di unit itu."),
                    advice=_("Hak hanya dapat diberikan atau diambil oleh yang memilikinya."),
                    title=rights.permissions[permission].title,
                )


def roles_of_account(view: View, account_id: UUID, person_id: UUID | None) -> set[tuple[str, UUID]]:
    """The (role, unit) pairs granted to an account or to its person's posts, today or later."""
    holder = Grant.account_id == account_id
    if person_id is not None:
        posts = select(Assignment.position_id).where(
            Assignment.person_id == person_id,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > view.today),
        )
        holder = or_(holder, Grant.position_id.in_(posts))
    rows = view.session.execute(
        select(Grant.role, Grant.unit_id).where(
            holder, or_(Grant.valid_to.is_(None), Grant.valid_to > view.today)
        )
    )
    return {(row.role, row.unit_id) for row in rows}


def check_range(valid_from: dt.date, valid_to: dt.date | None) -> None:
    """Refuse a range that is empty or ends before it begins."""
    if valid_to is not None and valid_to <= valid_from:
        raise ConflictError(_("Tanggal akhir tidak boleh sebelum tanggal mulai."))
