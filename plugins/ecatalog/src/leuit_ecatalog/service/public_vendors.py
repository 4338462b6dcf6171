"""What anybody may know of a vendor: never what belongs to a natural person."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select, tuple_

from leuit.values import NotFoundError, _, local_day
from leuit.work import View
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.rules.legal_forms import form_of

from .districts import districts
from .membership import selling


@attrs.frozen
class PublicVendor:
    """A vendor as it is shown to everybody; `nib` is empty where it is a natural person's.

    `legal_form` and `scale` are codes, `district` is a name.
    """

    id: UUID
    name: str
    legal_form: str
    scale: str
    district: str
    about: str
    nib: str
    verified_on: dt.date | None
    selling: bool


def public_vendor(view: View, vendor_id: UUID) -> tuple[Vendor, PublicVendor]:
    """An active vendor; NotFoundError for one that is not, or is not there."""
    vendor = view.session.get(Vendor, vendor_id)
    if vendor is None or vendor.state != ACTIVE:
        raise NotFoundError(_("Penyedia itu tidak ada di katalog."))
    return vendor, _public(view, [vendor])[0]


def public_vendors(view: View, after: tuple[str, UUID] | None, most: int) -> Sequence[PublicVendor]:
    """The active vendors by name, from behind the one named."""
    query = select(Vendor).where(Vendor.state == ACTIVE).order_by(Vendor.name, Vendor.id)
    if after is not None:
        query = query.where(tuple_(Vendor.name, Vendor.id) > after)
    return _public(view, view.session.scalars(query.limit(most)).all())


def _public(view: View, vendors: Sequence[Vendor]) -> list[PublicVendor]:
    names = dict(districts(view))
    ids = [vendor.id for vendor in vendors]
    sells = set(view.session.scalars(selling(view.today).where(Vendor.id.in_(ids))))
    return [
        PublicVendor(
            vendor.id,
            vendor.name,
            vendor.legal_form,
            vendor.scale,
            names.get(vendor.district or "", ""),
            vendor.about,
            (vendor.nib or "") if form_of(vendor.legal_form).is_firm else "",
            local_day(vendor.verified_at, view.app.zone) if vendor.verified_at else None,
            vendor.id in sells,
        )
        for vendor in vendors
    ]
