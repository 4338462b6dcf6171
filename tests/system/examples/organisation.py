"""Examples of units, people, roles and imports; everything opened lies in the unit DIN.A."""

from sqlalchemy import select

from leuit.builtin.organisation import grant_role, receive
from leuit.identity import SYSTEM, Assignment
from tests.core.organisation.office import DAY, STAFF
from tests.system.access import MINE, ROOT, WITHOUT_ACCOUNT, Example, Region

LATER = "31/12/2027"


def examples(region: Region) -> dict[str, Example]:
    """Every route; a form's choices offer only units of the caller, so a list form needs none."""
    office, app = region.office, region.app
    with app.change(SYSTEM) as work:
        grant = grant_role(
            work, "core.role_keeper", region.unit, account_id=region.account, valid_from=DAY
        )
        assignment = work.session.execute(
            select(Assignment.id).where(Assignment.person_id == region.person)
        ).scalar_one()
    received = receive(app, SYSTEM, "staff", "contoh.csv", STAFF.encode())
    unit, person = {"unit_id": region.unit}, {"person_id": region.person}
    section = {"unit_id": office.unit("DIN.A.2")}
    account, file = {"account_id": region.account}, {"import_id": received}
    post = {"position_id": office.post(MINE, "Pelaksana")}
    new = {"code": "BARU", "name": "Baru", "kind": "seksi", "on": "5/10/2026"}
    names = {"name": "Bidang A", "short": "Bidang A", "version": "1"}
    details = {"name": "Yang Dibuka", "nip": office.nip(7), "version": "1"}
    place = {"unit": str(region.unit), "title": "Pelaksana", "kind": "definitif", "on": LATER}
    hire = {"name": "X", "nip": "199001012020121007", "unit": str(region.unit), "title": "Staf"}
    role = {"role": "core.role_keeper", "unit": str(region.unit), "on": LATER}
    pages, api = "/organisation", "/api/organisation/v1"
    mine = {
        f"{pages}/units/{{unit_id}}/add": (unit, new),
        f"{pages}/units/{{unit_id}}/edit": (unit, names),
        f"{pages}/units/{{unit_id}}/move": (
            section,
            {"parent": str(office.unit("DIN.A.1")), "on": "6/10/2026"},
        ),
        f"{pages}/units/{{unit_id}}/close": (section, {"on": LATER}),
        f"{pages}/people/{{person_id}}/edit": (person, details),
        f"{pages}/people/{{person_id}}/pin": (person, {"pin": "7", "on": LATER}),
        f"{pages}/people/{{person_id}}/assign": (person, place),
        f"{pages}/assignments/{{assignment_id}}/end": (
            {"assignment_id": assignment},
            {"on": LATER},
        ),
        f"{pages}/roles/{{grant_id}}/revoke": ({"grant_id": grant.id}, {"on": LATER}),
    }
    found = {
        f"{method} {path}": Example(params=params, form=form, unit=MINE)
        for path, (params, form) in mine.items()
        for method in ("GET", "POST")
    }
    return found | {
        f"GET {pages}/units": Example(),
        f"GET {pages}/units/{{unit_id}}": Example(params=unit, unit=MINE),
        f"POST {pages}/posts/{{position_id}}/head": Example(
            params=post, form={"head": "tidak"}, unit=MINE
        ),
        f"GET {pages}/me": Example(person=True),
        f"GET {pages}/people": Example(),
        f"GET {pages}/people/new": Example(),
        f"POST {pages}/people/new": Example(form={**hire, "on": LATER}),
        f"GET {pages}/people/{{person_id}}": Example(params=person, unit=MINE),
        f"POST {pages}/people/{{person_id}}/account": Example(
            params={"person_id": office.person(WITHOUT_ACCOUNT)}, form={}, unit=MINE
        ),
        **{
            f"POST {pages}/accounts/{{account_id}}/{verb}": Example(
                params=account, form={}, unit=MINE
            )
            for verb in ("password", "disable", "enable")
        },
        f"GET {pages}/roles": Example(),
        f"GET {pages}/roles/new": Example(query={"account": str(region.account)}),
        f"POST {pages}/roles/new": Example(query={"account": str(region.account)}, form=role),
        f"GET {pages}/import": Example(),
        f"POST {pages}/import": Example(form={"kind": "staff"}, file=("a.csv", STAFF.encode())),
        f"GET {pages}/import/{{import_id}}": Example(params=file, unit=ROOT),
        f"POST {pages}/import/{{import_id}}/apply": Example(
            params=file, form={"digest": "lain"}, unit=ROOT
        ),
        f"GET {api}/units": Example(),
        f"GET {api}/people": Example(),
        f"GET {api}/people/{{person}}": Example(params={"person": office.nip(7)}, unit=MINE),
    }
