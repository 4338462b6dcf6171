"""Examples of days, months, absences and shifts of somebody of the unit DIN.A."""

import datetime as dt

from leuit.identity import SYSTEM
from leuit_attendance.service.absences import NewAbsence, enter_absence
from leuit_attendance.service.figures import DEDUCTIONS, SCHEDULES, SHIFTS
from leuit_attendance.service.schedules import NewUse, give_schedule
from tests.attendance.days.office import BOOK, SHIFT_BOOK, START, TABLE, put_in_force
from tests.attendance.recaps.rows import put_document
from tests.system.access import MINE, OPENED, Example, Region

FIRST = dt.date(2026, 10, 5)
SHIFT_ROWS = b"nip,tanggal,sif\n"


def examples(region: Region) -> dict[str, Example]:
    """Days are read by oneself and by heads; absences are entered by the personnel office."""
    with region.app.change(SYSTEM) as work:
        put_in_force(work, SCHEDULES, BOOK)
        put_in_force(work, SHIFTS, SHIFT_BOOK)
        put_in_force(work, DEDUCTIONS, TABLE)
        give_schedule(work, NewUse("region", None, "kantor", START))
        use = give_schedule(work, NewUse("unit", region.unit, "kantor", FIRST))
        absence = enter_absence(work, NewAbsence(region.person, "cuti", FIRST, FIRST, "SPT 1"))
    recap = put_document(region.app, region.unit, dt.date(2026, 9, 1), state="by_hand")
    nip = region.office.nip(OPENED)
    pages, api = "/attendance", "/api/attendance/v1"
    person = {"person_id": region.person}
    day = {"date": FIRST.isoformat()}
    recaps, version = {"recap_id": recap}, {"version": "99"}
    unit, cancelled, used = {"code": MINE}, {"absence_id": absence.id}, {"use_id": use.id}
    span = {"kind": "cuti", "first_day": "2026-11-02", "last_day": "2026-11-02", "document": "S"}
    return {
        f"GET {pages}": Example(),
        f"GET {pages}/me": Example(),
        f"GET {pages}/me/{{date}}": Example(params=day, person=True),
        f"GET {pages}/people/{{person_id}}": Example(params=person, unit=MINE),
        f"GET {pages}/people/{{person_id}}/{{date}}": Example(params={**person, **day}, unit=MINE),
        f"GET {pages}/units/{{code}}/day": Example(params=unit, unit=MINE),
        f"GET {pages}/units/{{code}}/month": Example(params=unit, unit=MINE),
        f"GET {pages}/units/{{code}}/month.xlsx": Example(params=unit, unit=MINE),
        f"GET {pages}/units/{{code}}/recaps": Example(params=unit, unit=MINE),
        f"POST {pages}/units/{{code}}/recaps": Example(params=unit, form={}, unit=MINE),
        f"POST {pages}/recaps/{{recap_id}}/send": Example(params=recaps, form=version, unit=MINE),
        f"POST {pages}/recaps/{{recap_id}}/claim": Example(params=recaps, form={}, unit=MINE),
        f"GET {pages}/recaps/{{recap_id}}/by-hand": Example(params=recaps, unit=MINE),
        f"POST {pages}/recaps/{{recap_id}}/by-hand": Example(
            params=recaps, form=version, file=("pindaian.pdf", b"%PDF-1.7"), unit=MINE
        ),
        f"GET {pages}/recaps/{{recap_id}}/draft": Example(params=recaps, unit=MINE),
        f"GET {pages}/recaps/{{recap_id}}/signed": Example(params=recaps, unit=MINE),
        f"GET {api}/units/{{code}}/recaps": Example(params=unit, unit=MINE),
        f"POST {api}/units/{{code}}/recaps": Example(
            params=unit, json={"month": "2026-10"}, unit=MINE
        ),
        f"POST {api}/recaps/{{recap_id}}/send": Example(
            params=recaps, json={"version": 99}, unit=MINE
        ),
        f"GET {api}/units/{{code}}/day": Example(params=unit, unit=MINE),
        f"GET {api}/units/{{code}}/month": Example(params=unit, unit=MINE),
        f"GET {api}/people/{{person_id}}/days/{{date}}": Example(
            params={**person, **day}, unit=MINE
        ),
        f"GET {pages}/absences": Example(),
        f"GET {pages}/absences/new": Example(),
        f"POST {pages}/absences/new": Example(form={"who": nip, **span}, unit=MINE),
        f"GET {pages}/absences/{{absence_id}}/cancel": Example(params=cancelled, unit=MINE),
        f"POST {pages}/absences/{{absence_id}}/cancel": Example(
            params=cancelled, form={"version": "99", "reason": "Contoh"}, unit=MINE
        ),
        f"GET {api}/absences": Example(),
        f"POST {api}/absences": Example(json={"nip": nip, **span}, unit=MINE),
        f"POST {api}/absences/{{absence_id}}/cancel": Example(
            params=cancelled, json={"version": 99, "reason": "Contoh"}, unit=MINE
        ),
        f"GET {pages}/schedules": Example(),
        f"GET {pages}/schedules/new": Example(),
        f"POST {pages}/schedules/new": Example(
            form={"level": "person", "who": nip, "code": "kantor", "valid_from": "2026-11-02"},
            unit=MINE,
        ),
        f"GET {pages}/schedules/{{use_id}}/end": Example(params=used, unit=MINE),
        f"POST {pages}/schedules/{{use_id}}/end": Example(
            params=used, form={"version": "99", "last": "2026-11-02"}, unit=MINE
        ),
        f"GET {pages}/shifts/import": Example(),
        f"POST {pages}/shifts/import": Example(form={"what": "try"}, file=("sif.csv", SHIFT_ROWS)),
    }
