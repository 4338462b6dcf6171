"""Whether a vendor may sell."""

import datetime as dt
from uuid import UUID

from sqlalchemy import or_, select

from leuit.work import View
from leuit_ecatalog.models import Sanction, Vendor
from leuit_ecatalog.models.vendors import ACTIVE


def may_sell(view: View, vendor_id: UUID, on: dt.date) -> bool:
    """Whether a vendor is active and under no sanction on a day (EC-50)."""
    query = select(Vendor.id).where(
        Vendor.id == vendor_id,
        Vendor.state == ACTIVE,
        ~select(Sanction.id)
        .where(
            Sanction.vendor_id == Vendor.id,
            Sanction.since <= on,
            or_(Sanction.until.is_(None), Sanction.until > on),
            or_(Sanction.lifted_on.is_(None), Sanction.lifted_on > on),
        )
        .exists(),
    )
    return view.connection.execute(query).first() is not None
