"""Which unit: the ones whose attendance the reader may see; with none, his own month."""

from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number, redirect
from leuit_attendance.service.unit_scope import readable_units

from .unit_month import searchable

OWN = "/attendance/me"


def choose_unit(request: Request) -> Response:
    """The chooser; somebody without any unit is sent to his own month."""
    name = searchable(request.query.get("name", ""))
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        units = readable_units(view, name)
    if not units and not name:
        return redirect(OWN)
    return page(
        request,
        "attendance/units.html",
        listing=Listing.of(request, units[start : start + PAGE_SIZE], len(units)),
        name=name,
        has_own=request.identity.person_id is not None,
    )
