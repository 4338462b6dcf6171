"""Whose vendor an account acts for, and which vendors may sell on a day.

Every question about sanctions is asked for a day: one that begins or ends by its date needs nobody
to act. May sell: active, and no sanction in force. Is shown: active, and none that takes it down.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from leuit.values import NotFoundError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Sanction, Vendor, VendorMember
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.permissions import SHOP

from .vendors import locked_vendor


def own_vendor(view: View) -> Vendor:
    """The vendor for which the asker acts.

    Raises PermissionDeniedError for who is not from outside, NotFoundError for an account that acts
    for none.
    """
    vendor_id = _own_id(view)
    vendor = view.session.get(Vendor, vendor_id) if vendor_id else None
    if vendor is None:
        raise NotFoundError(
            _("Akun ini tidak mewakili penyedia mana pun."),
            advice=_("Hubungi pengelola katalog bila ini keliru."),
        )
    return vendor


def locked_own(work: Work, version: int) -> Vendor:
    """The asker's own vendor, to be changed; as `locked_vendor`."""
    return locked_vendor(work, own_vendor(work).id, version)


def may_sell(view: View, vendor_id: UUID, on: dt.date) -> bool:
    """Whether a vendor may take orders and put products up on a day."""
    query = selling(on).where(Vendor.id == vendor_id)
    return view.session.execute(query).first() is not None


def selling(on: dt.date) -> Select[UUID]:
    """A SELECT of the vendors that may sell on a day."""
    return select(Vendor.id).where(Vendor.state == ACTIVE, ~_sanctioned(on))


def shown(on: dt.date) -> Select[UUID]:
    """A SELECT of the vendors whose products are shown on a day, whether or not they may sell."""
    down = or_(Sanction.takes_down, Sanction.blocks)
    return select(Vendor.id).where(Vendor.state == ACTIVE, ~_sanctioned(on, down))


def in_force(on: dt.date) -> ColumnElement[bool]:
    """The condition on sanctions that keeps those that hold on a day."""
    return and_(
        Sanction.since <= on,
        or_(Sanction.until.is_(None), Sanction.until > on),
        or_(Sanction.lifted_on.is_(None), Sanction.lifted_on > on),
    )


def _sanctioned(on: dt.date, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Sanction.vendor_id == Vendor.id, in_force(on), *more)


def _own_id(view: View) -> UUID | None:
    if not view.is_given_outside(SHOP):
        raise view.refusal(SHOP)
    return view.session.scalars(
        select(VendorMember.vendor_id).where(
            VendorMember.account_id == view.identity.account_id, VendorMember.until.is_(None)
        )
    ).one_or_none()
