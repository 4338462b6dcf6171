"""Vendors for programs: what anybody may know of them, as their public pages show it."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.plugins import PUBLIC, ApiPath, Route
from leuit.values import _
from leuit.web import (
    RateLimit,
    Request,
    Response,
    cursor_after,
    cursor_page,
    json_answer,
    parse_id,
    wrong_cursor,
)
from leuit_ecatalog.service.public_vendors import PublicVendor, public_vendor, public_vendors

ASKED = RateLimit(300, dt.timedelta(minutes=10))


@attrs.frozen
class VendorAnswer:
    """An active vendor. `nib` is empty where it is a natural person's; `scale` and `legal_form` are
    codes, `district` a name; `selling` is false while a sanction stops new orders.
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


@attrs.frozen
class VendorsQuery:
    """`limit` rows (1 to 200) after `cursor`."""

    cursor: str = ""
    limit: int = 50


@attrs.frozen
class VendorsAnswer:
    """A page of active vendors by name; `next` is the cursor of the one after, or null."""

    items: list[VendorAnswer]
    next: str | None


def list_vendors(request: Request) -> Response:
    """The active vendors, a page at a time."""
    ASKED.count(request)
    parts, limit = cursor_page(request, 2)
    after: tuple[str, UUID] | None = None
    if parts:
        try:
            after = (parts[0], UUID(parts[1]))
        except ValueError:
            raise wrong_cursor() from None
    with request.read() as view:
        found = public_vendors(view, after, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    following = cursor_after(last.name, str(last.id)) if last else None
    return json_answer(VendorsAnswer([_told(one) for one in found[:limit]], following))


def one_vendor(request: Request) -> Response:
    """One active vendor."""
    ASKED.count(request)
    with request.read() as view:
        _vendor, shown = public_vendor(view, parse_id(str(request.params["vendor_id"])))
    return json_answer(_told(shown))


def _told(one: PublicVendor) -> VendorAnswer:
    return VendorAnswer(
        one.id,
        one.name,
        one.legal_form,
        one.scale,
        one.district,
        one.about,
        one.nib,
        one.verified_on,
        one.selling,
    )


_VENDORS = ApiPath("/vendors", VendorsAnswer)
ROUTES: list[Route] = [
    _VENDORS.get(list_vendors, PUBLIC, "vendors_api", _("Penyedia aktif"), query=VendorsQuery),
    (_VENDORS / "{vendor_id:uuid}").get(
        one_vendor, PUBLIC, "vendor_api", _("Satu penyedia aktif"), answer=VendorAnswer
    ),
]
