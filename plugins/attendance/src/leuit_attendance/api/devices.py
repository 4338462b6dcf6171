"""JSON routes about devices, for scripts and monitoring."""

import datetime as dt

import attrs

from leuit.web import PAGE_SIZE, Request, Response, json_answer, page_number
from leuit_attendance.pages.fleet import read_filter
from leuit_attendance.service.devices import device_by_serial
from leuit_attendance.service.fleet import FleetRow, device_detail, fleet


@attrs.frozen
class DevicesQuery:
    """Filters, as on the fleet page; `page` counts from 1, 50 rows each."""

    q: str = ""
    unit: str = ""
    state: str = ""
    page: int = 1


@attrs.frozen
class DeviceAnswer:
    """A device; times in ISO 8601, counts of records, drift in seconds (positive: ahead)."""

    id: str
    serial: str
    usb_id: str | None
    name: str
    unit: str
    unit_code: str
    status: str
    last_seen: dt.datetime | None
    silent: bool
    records_on_device: int | None
    lines_stored: int
    backlog: int | None
    drift_seconds: int | None
    drift_state: str
    days_that_differ: int


@attrs.frozen
class DevicesAnswer:
    """One page of devices, and how many there are in all."""

    total: int
    page: int
    devices: list[DeviceAnswer]


def list_devices(request: Request) -> Response:
    """Devices of the units that the token may read."""
    number = page_number(request)
    with request.read() as view:
        rows, total = fleet(view, read_filter(request), (number - 1) * PAGE_SIZE, PAGE_SIZE)
        found = DevicesAnswer(total, number, [_answer(row) for row in rows])
    return json_answer(found)


def show_device(request: Request) -> Response:
    """One device by its serial."""
    serial = str(request.params["serial"])
    with request.read() as view:
        device = device_by_serial(view, serial)
        return json_answer(_answer(device_detail(view, device.id).row))


def _answer(row: FleetRow) -> DeviceAnswer:
    return DeviceAnswer(
        id=str(row.device.id),
        serial=row.device.serial,
        usb_id=row.device.usb_id,
        name=row.device.name,
        unit=row.unit.name,
        unit_code=row.unit.code,
        status=row.device.status,
        last_seen=row.state.seen_at,
        silent=row.silent,
        records_on_device=row.state.records_on_device,
        lines_stored=row.state.lines_stored,
        backlog=row.backlog,
        drift_seconds=row.drift.seconds if row.drift else None,
        drift_state=row.drift.state if row.drift else "unknown",
        days_that_differ=row.open_days,
    )
