"""For which vendor an account acts, and whether a vendor may sell on a day."""

import datetime as dt
from uuid import UUID

from sqlalchemy import or_, select

from leuit.values import PermissionDeniedError, _
from leuit.work import View
from leuit_ecatalog.models import Sanction, Vendor, VendorMember
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.permissions import SHOP


def own_vendor(view: View) -> Vendor:
    """The vendor for whom the asker acts; PermissionDeniedError when there is none."""
    found = None
    if view.is_given_outside(SHOP):
        found = view.session.scalars(
            select(Vendor)
            .join(VendorMember, VendorMember.vendor_id == Vendor.id)
            .where(
                VendorMember.account_id == view.identity.account_id,
                VendorMember.since <= view.now,
                or_(VendorMember.until.is_(None), VendorMember.until > view.now),
            )
        ).one_or_none()
    if found is None:
        raise PermissionDeniedError(
            _("Akun Anda belum mewakili penyedia."), advice=_("Daftarkan usaha Anda dahulu.")
        )
    return found


def may_sell(view: View, vendor_id: UUID, on: dt.date) -> bool:
    """Whether a vendor is active and under no sanction on that day."""
    state = view.session.scalar(select(Vendor.state).where(Vendor.id == vendor_id))
    sanctioned = view.session.scalar(
        select(Sanction.id)
        .where(
            Sanction.vendor_id == vendor_id,
            Sanction.since <= on,
            or_(Sanction.until.is_(None), Sanction.until > on),
            or_(Sanction.lifted_on.is_(None), Sanction.lifted_on > on),
        )
        .limit(1)
    )
    return state == ACTIVE and sanctioned is None
