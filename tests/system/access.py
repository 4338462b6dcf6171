"""What the access matrix is made of: callers, examples of every route, and what the rule expects.

The expectation is worked out from the declared roles and the tree of units alone, never by asking
the code under test. All objects of the examples belong to the unit DIN.A.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal
from uuid import UUID

import attrs
import httpx2

from leuit.builtin.core.tokens import create_token
from leuit.builtin.organisation import assign, grant_role, open_outside_account, outsider
from leuit.identity import ANONYMOUS, PLT, SYSTEM, ApiToken, Identity, Rights
from leuit.plugins import ANY_ACCOUNT, DEVICE, PUBLIC, SIGNED_IN, Route
from leuit.values import RecordRef, local_day
from leuit.web import end_session, open_session
from leuit.work import Leuit
from tests.core.organisation.office import Office, open_office

MINE, ROOT = "DIN.A", "36.02"
PARENT = {"DIN.A": "DIN", "DIN.B": "DIN", "DIN": ROOT, "KEC": ROOT, ROOT: None}
Outcome = Literal["boleh", "ditolak", "masuk dulu"]

MORE_UNITS = """code;name;short;kind;parent_code;effective
DIN.A.1;Seksi Satu;Seksi 1;seksi;DIN.A;2020-01-01
DIN.A.2;Seksi Dua;Seksi 2;seksi;DIN.A;2020-01-01
"""
MORE_STAFF = """nip,name,unit_code,position,is_head,kind,pin,effective,account
198001012005011007,Yang Dibuka,DIN.A,Pelaksana,,,7,2024-01-01,ya
198001012005011008,Pengelola B,DIN.B,Pelaksana,,,8,2024-01-01,ya
198001012005011009,Pengelola A,DIN.B,Pelaksana,,,9,2024-01-01,ya
198001012005011010,Bekas Plt,KEC,Pelaksana,,,10,2024-01-01,ya
198001012005011011,Tanpa Akun,DIN.A,Pelaksana,,,11,2024-01-01,
"""
OPENED, WITHOUT_ACCOUNT = 7, 11


@attrs.frozen
class Example:
    """One sensible call of a route.

    `unit` is where the caller must hold `needs` (the route's permission when empty) for the row
    itself, empty when any unit will do. `shape_first` gives the reason why a caller without the
    right on the row may hear of a fault of his form (422) instead of the refusal. `nobody` gives
    the reason why everybody is refused; with `person` only somebody with a person's account is let
    in. A `private` row is its owner's alone, who is none of the callers.
    """

    params: Mapping[str, Any] = attrs.field(factory=dict)
    query: Mapping[str, str] = attrs.field(factory=dict)
    form: Mapping[str, str] | None = None
    json: Any = None
    file: tuple[str, bytes] | None = None
    unit: str = ""
    needs: str = ""
    shape_first: str = ""
    nobody: str = ""
    person: bool = False
    private: bool = False


@attrs.frozen
class Caller:
    """Somebody who calls: how he shows who he is, and what he heads and was granted today.

    One from `outside` is no person of the region: he has what is given to those from outside.
    """

    title: str
    known: bool = True
    heads: str = ""
    administers: str = ""
    cookie: str = ""
    token: str = ""
    query: Mapping[str, str] = attrs.field(factory=dict)
    is_person: bool = True
    outside: bool = False

    @property
    def refused_token(self) -> bool:
        return bool(self.token) and not self.known


@attrs.frozen
class Region:
    """The regency of the matrix, and somebody from outside."""

    app: Leuit
    office: Office
    outsider: Identity
    kept: dict[str, Any] = attrs.field(factory=dict)

    @property
    def unit(self) -> UUID:
        return self.office.unit(MINE)

    @property
    def person(self) -> UUID:
        return self.office.person(OPENED)

    @property
    def account(self) -> UUID:
        return self.office.account(self.office.nip(OPENED))


def open_region(app: Leuit) -> Region:
    """The small regency with sub-units and the people of the matrix."""
    office = open_office(app)
    office.bring_in("units", MORE_UNITS)
    office.bring_in("staff", MORE_STAFF)
    today = local_day(app.clock.now(), app.zone)
    with app.change(SYSTEM) as work:
        for number, code in ((8, "DIN.B"), (9, MINE)):
            grant_role(
                work,
                "core.administrator",
                office.unit(code),
                account_id=office.account(office.nip(number)),
                valid_from=today,
            )
        assign(
            work,
            office.person(10),
            office.post(MINE, "Kepala Bidang A"),
            PLT,
            today - dt.timedelta(days=30),
            today,
        )
    return Region(app, office, open_outsider(app))


def open_outsider(app: Leuit) -> Identity:
    """Somebody from outside, with an account and nothing else."""
    with app.change(ANONYMOUS) as work:
        return outsider(open_outside_account(work, "penyedia@contoh.id", "Penyedia", ""))


def callers(region: Region) -> list[Caller]:
    """From those who may least to the administrator, so that his changes disturb nobody."""
    office, app = region.office, region.app

    def cookie(identity: Identity) -> str:
        return open_session(app, identity, own_phone=False, request_id="")[0]

    ended = cookie(office.staff(2))
    end_session(app, office.staff(2), ended, "")
    token = create_token(app, office.nip(9), "dicabut", 30)
    with app.change(SYSTEM) as work:
        for row in work.session.query(ApiToken).all():
            row.revoked_at = work.now
            ref = RecordRef("core.token", str(row.id), row.title)
            work.audit("core.token.revoked", ref)
    return [
        Caller("tanpa masuk", known=False),
        Caller("sesi berakhir", known=False, cookie=ended),
        Caller("token dicabut", known=False, token=token),
        Caller("mesin", known=False, query={"SN": "MESIN1"}),
        Caller("penyedia", cookie=cookie(region.outsider), is_person=False, outside=True),
        Caller("tanpa peran", cookie=cookie(office.staff(5))),
        Caller("Plt. yang sudah berakhir", cookie=cookie(office.staff(10))),
        Caller("kepala unit sebelah", heads="DIN.B", cookie=cookie(office.staff(3))),
        Caller("pengelola unit sebelah", administers="DIN.B", cookie=cookie(office.staff(8))),
        Caller("kepala unit sendiri", heads=MINE, cookie=cookie(office.staff(2))),
        Caller("atasan (kepala induk)", heads="DIN", cookie=cookie(office.staff(1))),
        Caller("pengelola unit sendiri", administers=MINE, cookie=cookie(office.staff(9))),
        Caller(
            "administrator",
            administers=ROOT,
            cookie=cookie(office.identity("admin")),
            is_person=False,
        ),
    ]


def expected(caller: Caller, route: Route, example: Example, rights: Rights) -> Outcome:
    """What the rule says about this caller, this route and this row."""
    if caller.refused_token and route.permission != DEVICE:
        return "masuk dulu"
    if example.nobody:
        return "ditolak"
    if route.permission in (PUBLIC, DEVICE):
        return "boleh"
    if not caller.known:
        return "masuk dulu"
    if caller.outside and route.permission == SIGNED_IN:
        return "ditolak"
    open_words = (SIGNED_IN, ANY_ACCOUNT)
    if route.permission not in open_words and not _holds_anywhere(caller, route.permission, rights):
        return "ditolak"
    if example.private or (example.person and not caller.is_person):
        return "ditolak"
    needs = example.needs or route.permission
    if example.unit and not _holds_on(caller, needs, example.unit, rights):
        return "ditolak"
    return "boleh"


def outcome(answer: httpx2.Response) -> Outcome | int:
    """The class of an answer; a number for one that must never be given."""
    location = answer.headers.get("location", "")
    if answer.status_code == 401 or (
        answer.status_code == 303 and location.startswith("/sign-in?next=")
    ):
        return "masuk dulu"
    if answer.status_code in (403, 404):
        return "ditolak"
    return "boleh" if answer.status_code < 500 else answer.status_code


def call(
    send: Callable[..., httpx2.Response], caller: Caller, method: str, path: str, example: Example
) -> httpx2.Response:
    """Make the call as the caller; `send` is a client's request method."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    if caller.token:
        headers["Authorization"] = f"Bearer {caller.token}"
    options: dict[str, Any] = {"params": {**example.query, **caller.query}, "headers": headers}
    if method != "GET":
        if example.json is not None:
            options["json"] = example.json
        elif example.form is not None or example.file is not None:
            options["data"] = dict(example.form or {})
        if example.file is not None:
            options["files"] = {"file": example.file}
    return send(method, fill(path, example.params), **options)


def fill(path: str, params: Mapping[str, Any]) -> str:
    """The address of a route with its parameters."""
    parts = [
        str(params[part[1:-1].partition(":")[0]]) if part.startswith("{") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


def _holds_anywhere(caller: Caller, permission: str, rights: Rights) -> bool:
    if caller.outside:
        return bool(rights.roles_with(permission, "external"))
    return bool(
        (caller.administers and rights.roles_with(permission))
        or (caller.heads and rights.roles_with(permission, "head"))
        or (caller.is_person and rights.roles_with(permission, "everyone"))
    )


def _holds_on(caller: Caller, permission: str, unit: str, rights: Rights) -> bool:
    above: list[str] = []
    at: str | None = unit
    while at is not None:
        above.append(at)
        at = PARENT[at]
    return caller.administers in above or (
        caller.heads in above and bool(rights.roles_with(permission, "head"))
    )
