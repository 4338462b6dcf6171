"""Examples of the calendar, which belongs to the whole regency."""

import datetime as dt

from leuit.builtin.calendar import set_holiday
from leuit.builtin.calendar.editing import EDIT
from leuit.identity import SYSTEM
from tests.system.access import ROOT, Example, Region

DAY = dt.date(2026, 12, 25)
FORM = {"day": "26/12/2026", "kind": "libur", "title": "Contoh", "legal_basis": "SKB contoh"}
BODY = {"kind": "libur", "title": "Contoh", "legal_basis": "SKB contoh", "version": 1}


def examples(region: Region) -> dict[str, Example]:
    """Reading is for everybody who is signed in, changing for who keeps the regency's calendar."""
    with region.app.change(SYSTEM) as work:
        set_holiday(work, DAY, kind="libur", title="Contoh", legal_basis="SKB contoh", version=None)
    one = {"day": DAY.isoformat()}
    year = {"year": 2027}
    between = {"first": "2026-12-01", "last": "2026-12-31"}
    keep = Example(unit=ROOT, needs=EDIT)
    return {
        "GET /calendar": Example(),
        "GET /calendar/new": keep,
        "POST /calendar/new": Example(form=FORM, unit=ROOT),
        "POST /calendar/confirm": Example(form={"year": "2026", "day": DAY.isoformat()}, unit=ROOT),
        "POST /calendar/years/{year:int}/propose": Example(params=year, unit=ROOT),
        "GET /calendar/{day}/edit": Example(params=one, unit=ROOT),
        "POST /calendar/{day}/edit": Example(params=one, form={**FORM, "version": "1"}, unit=ROOT),
        "GET /calendar/{day}/remove": Example(params=one, unit=ROOT),
        "POST /calendar/{day}/remove": Example(params=one, form={"version": "0"}, unit=ROOT),
        "GET /api/calendar/v1/days": Example(query=between),
        "GET /api/calendar/v1/working-days": Example(query=between),
        "PUT /api/calendar/v1/days/{day}": Example(params=one, json=BODY, unit=ROOT),
        "DELETE /api/calendar/v1/days/{day}": Example(
            params=one, query={"version": "0"}, unit=ROOT
        ),
        "POST /api/calendar/v1/years/{year:int}/propose": Example(params=year, unit=ROOT),
        "POST /api/calendar/v1/confirm": Example(json={"days": ["2027-01-01"]}, unit=ROOT),
    }
