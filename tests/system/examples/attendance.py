"""Examples of attendance: two devices in the unit DIN.A, one stranger, one received file."""

from leuit.identity import SYSTEM
from leuit_attendance.service.attlog_import import keep_file, put_file
from leuit_attendance.service.devices import register_device
from leuit_attendance.service.set_aside import note_unknown
from tests.system.access import MINE, ROOT, Example, Region

FILE = b"         7\t2026-10-05 07:10:00\t1\t0\t1\t0\n"
CHOICE = "the form offers only units of the caller; another one is a fault of the form"


def examples(region: Region) -> dict[str, Example]:
    """Devices speak without signing in; pages and JSON about them are guarded by their unit."""
    app = region.app
    file = put_file(app, FILE, "1_attlog.dat")
    with app.change(SYSTEM) as work:
        device = register_device(work, "MESIN1", region.unit, usb_id="1")
        spare = register_device(work, "MESIN2", region.unit)
        received = keep_file(work, device, file)
        note_unknown(work, "ASING1", "192.0.2.7")
        one, other = {"device_id": device.id}, {"device_id": spare.id}
        kept = {"import_id": received.id}
    stranger = {"serial": "ASING1"}
    choice = {"unit": str(region.unit), "name": "", "usb_id": ""}
    pages, api = "/attendance", "/api/attendance/v1"
    speaks = Example(query={"SN": "MESIN1"}, form={})
    refused = Example(query={"SN": "MESIN1"}, form={}, nobody="a protocol that is not spoken here")
    forms = {
        "edit": Example(params=one, form={**choice, "version": "99"}, unit=MINE),
        "retire": Example(params=other, form={"version": "99"}, unit=MINE),
        "backfill": Example(
            params=one, form={"first": "1/10/2026", "last": "2/10/2026"}, unit=MINE
        ),
    }
    return {
        "GET /iclock/cdata": speaks,
        "POST /iclock/cdata": speaks,
        "GET /iclock/getrequest": speaks,
        "POST /iclock/devicecmd": speaks,
        "GET /iclock/ping": speaks,
        "GET /iclock/registry": refused,
        "POST /iclock/registry": refused,
        "GET /iclock/push": refused,
        "POST /iclock/push": refused,
        f"GET {pages}/devices": Example(),
        f"GET {pages}/devices/new": Example(),
        f"POST {pages}/devices/new": Example(
            form={**choice, "serial": "MESIN9"}, unit=MINE, shape_first=CHOICE
        ),
        f"GET {pages}/devices/waiting/{{serial}}": Example(params=stranger),
        f"POST {pages}/devices/waiting/{{serial}}": Example(params=stranger, form={}),
        f"GET {pages}/devices/waiting/{{serial}}/reject": Example(params=stranger),
        f"POST {pages}/devices/waiting/{{serial}}/reject": Example(
            params=stranger, form={}, unit=ROOT
        ),
        f"GET {pages}/devices/{{device_id}}": Example(params=one, unit=MINE),
        **{
            f"{method} {pages}/devices/{{device_id}}/{verb}": example
            for verb, example in forms.items()
            for method in ("GET", "POST")
        },
        f"POST {pages}/devices/{{device_id}}/resend": Example(params=one, form={}, unit=MINE),
        f"POST {pages}/devices/{{device_id}}/info": Example(params=one, form={}, unit=MINE),
        f"GET {pages}/import": Example(),
        f"POST {pages}/import": Example(
            form={}, file=("1_attlog.dat", FILE), unit=MINE, shape_first=CHOICE
        ),
        f"GET {pages}/import/{{import_id}}": Example(params=kept, unit=MINE),
        f"POST {pages}/import/{{import_id}}": Example(params=kept, form={}, unit=MINE),
        f"GET {api}/devices": Example(),
        f"GET {api}/devices/{{serial}}": Example(params={"serial": "MESIN1"}, unit=MINE),
    }
