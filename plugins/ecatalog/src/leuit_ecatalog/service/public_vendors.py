"""What anybody may know of a vendor: never what belongs to a natural person."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.values import NotFoundError, _, local_day
from leuit.work import View
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.rules.legal_forms import form_of
from leuit_ecatalog.words import SCALE_WORDS

from .districts import district_name
from .membership import may_sell


@attrs.frozen
class PublicVendor:
    """A vendor as it is shown to everybody; `nib` is empty where it is a natural person's."""

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
    return vendor, _public(view, vendor)


def public_vendors(view: View, after: tuple[str, UUID] | None, most: int) -> Sequence[PublicVendor]:
    """The active vendors by name, from behind the one named."""
    query = select(Vendor).where(Vendor.state == ACTIVE).order_by(Vendor.name, Vendor.id)
    if after is not None:
        name, vendor_id = after
        query = query.where(
            (Vendor.name > name) | ((Vendor.name == name) & (Vendor.id > vendor_id))
        )
    return [_public(view, vendor) for vendor in view.session.scalars(query.limit(most))]


def _public(view: View, vendor: Vendor) -> PublicVendor:
    form = form_of(vendor.legal_form)
    verified = local_day(vendor.verified_at, view.app.zone) if vendor.verified_at else None
    return PublicVendor(
        vendor.id,
        vendor.name,
        str(form.title),
        str(SCALE_WORDS.get(vendor.scale, "")),
        district_name(view, vendor.district),
        vendor.about,
        (vendor.nib or "") if form.is_firm else "",
        verified,
        may_sell(view, vendor.id, view.today),
    )
