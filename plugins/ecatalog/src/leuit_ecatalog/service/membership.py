"""Whose vendor an account acts for, and which vendors may sell on a day."""

import datetime as dt
from uuid import UUID

from sqlalchemy import exists, or_, select

from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_ecatalog.models import Sanction, Vendor, VendorMember
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.permissions import SHOP


def own_vendor(view: View) -> Vendor:
    """The vendor for which the asker acts.

    Raises PermissionDeniedError for who is not from outside, NotFoundError for an account that acts
    for none.
    """
    if not view.is_given_outside(SHOP):
        raise view.refusal(SHOP)
    vendor = view.session.scalars(
        select(Vendor)
        .join(VendorMember, VendorMember.vendor_id == Vendor.id)
        .where(VendorMember.account_id == view.identity.account_id, VendorMember.until.is_(None))
    ).one_or_none()
    if vendor is None:
        raise NotFoundError(
            _("Akun ini tidak mewakili penyedia mana pun."),
            advice=_("Hubungi pengelola katalog bila ini keliru."),
        )
    return vendor


def may_sell(view: View, vendor_id: UUID, on: dt.date) -> bool:
    """Whether a vendor may take orders and put products up on a day."""
    sanctioned = exists().where(
        Sanction.vendor_id == Vendor.id,
        Sanction.since <= on,
        or_(Sanction.until.is_(None), Sanction.until > on),
        or_(Sanction.lifted_on.is_(None), Sanction.lifted_on > on),
    )
    query = select(Vendor.id).where(Vendor.id == vendor_id, Vendor.state == ACTIVE, ~sanctioned)
    return view.session.execute(query).first() is not None
