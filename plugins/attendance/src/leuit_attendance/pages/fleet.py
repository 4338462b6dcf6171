"""The fleet page: devices, what they last told, and serials that wait for approval."""

from leuit.web import PAGE_SIZE, Listing, Request, Response, local, page, page_number, parse_id
from leuit_attendance.service.attlog_import import IMPORT
from leuit_attendance.service.devices import MANAGE, READ
from leuit_attendance.service.fleet import (
    STATES,
    FleetFilter,
    device_detail,
    fleet,
    units_with,
)
from leuit_attendance.service.set_aside import waiting
from leuit_attendance.wire import JUNK_REASONS, OPERATION_TITLES, RETURN_MEANINGS

DEVICES = "/attendance/devices"
WAITING_SHOWN = 50


def show_fleet(request: Request) -> Response:
    """Devices of the units that the reader may see, 50 a page; filters stand in the address."""
    wanted = read_filter(request)
    number = page_number(request)
    with request.read() as view:
        rows, total = fleet(view, wanted, (number - 1) * PAGE_SIZE, PAGE_SIZE)
        units = units_with(view, READ)
        may_manage = view.allows_anywhere(MANAGE)
        strangers = waiting(view) if may_manage else []
        may_reject = view.allows_on_root(MANAGE)
    return page(
        request,
        "attendance/fleet.html",
        listing=Listing.of(request, rows, total),
        wanted=wanted,
        units=units,
        strangers=strangers[:WAITING_SHOWN],
        strangers_count=len(strangers),
        may_manage=may_manage,
        may_reject=may_reject,
        may_import=request.may(IMPORT),
        at=lambda instant: local(request, instant),
    )


def show_device(request: Request) -> Response:
    """One device: facts, daily sums, commands, operations, lines that could not be read."""
    device_id = parse_id(request.params["device_id"])
    with request.read() as view:
        detail = device_detail(view, device_id)
        may_manage = view.allows(MANAGE, detail.row.device.unit_id)
    return page(
        request,
        "attendance/fleet_device.html",
        detail=detail,
        row=detail.row,
        may_manage=may_manage,
        operations=OPERATION_TITLES,
        returns=RETURN_MEANINGS,
        reasons=JUNK_REASONS,
        at=lambda instant: local(request, instant),
    )


def read_filter(request: Request) -> FleetFilter:
    """The filter in the address; what cannot be a filter counts as none."""
    state = request.query.get("state", "")
    unit = request.query.get("unit", "")
    with_unit = None
    if len(unit) == 36:
        with_unit = parse_id(unit)
    return FleetFilter(
        text=request.query.get("q", "").strip().replace("\0", "")[:60],
        unit_id=with_unit,
        state=state if state in STATES else "",
    )
