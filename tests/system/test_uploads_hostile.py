"""Files and bodies that no honest person sends: a clear reason with a stable code, nothing lost.

Every page and address that takes a body is tried over HTTP, as a browser and as a program send it.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from leuit.builtin.organisation import ImportFile
from leuit.identity import SYSTEM, Person, Unit
from leuit.plugins import Host
from leuit.web import all_routes
from leuit.work import AuditEntry, Leuit
from leuit_attendance.models import ImportedFile, PunchRow, ShiftRow
from leuit_attendance.service.attlog_import import MAX_FILE
from leuit_attendance.service.devices import register_device
from tests.core.organisation.office import Office, open_office
from tests.support.client import Client

pytestmark = pytest.mark.ci

SERIAL = "UJI0001"
HONEST = b"        1\t2026-10-05 07:21:54\t1\t0\t1\t0\n"
STAFF_HEADING = b"nip,name,unit_code,position\n"
TABLES = ("/organisation/import", "/attendance/shifts/import")
ACCIDENTS = ("Traceback", "sqlalchemy", 'File "', "Exception", "site-packages")
COUNTED = (Person, Unit, ImportFile, ImportedFile, PunchRow, ShiftRow)


@pytest.fixture
def office(app: Leuit) -> Office:
    """A small regency with a device in the unit DIN."""
    office = open_office(app)
    with app.change(SYSTEM) as work:
        register_device(work, SERIAL, office.unit("DIN"), usb_id="1")
    return office


@pytest.fixture
def boss(office: Office, client: Client) -> Iterator[Client]:
    """The client of the administrator, who may send everything."""
    with client.as_(office.identity("admin")):
        yield client


def stored(app: Leuit) -> dict[str, int]:
    """How many rows each table of importance holds, and the audit entries beside them."""
    with app.read(SYSTEM) as view:
        return {
            model.__tablename__: view.session.execute(
                select(func.count()).select_from(model)
            ).scalar_one()
            for model in (*COUNTED, AuditEntry)
        }


def _workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _replaced(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A good workbook with one part of it changed."""
    good, packed = _workbook(("nip", "name", "unit_code", "position")), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, change(content) if part == name else content)
    return packed.getvalue()


def _zip(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def _tables() -> dict[str, bytes]:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return {
        "empty": b"",
        "blank lines": b"\n\n\n",
        "NUL bytes": STAFF_HEADING + b"1\x00,2,3,4\n",
        "UTF-16": "nip,name,unit_code,position\n1,2,3,4\n".encode("utf-16"),
        "Latin 1": STAFF_HEADING + "1,José,DIN,x\n".encode("latin-1"),
        "an old spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "an open quote": STAFF_HEADING + b'1,"never closed,\n' + b"x" * 200_000,
        "a million columns": b"nip," * 1_000_000 + b"\n",
        "a million short rows": STAFF_HEADING + b"1,,,\n" * 1_000_000,
        "an endless cell": STAFF_HEADING + b"1," + b"x" * 2_000_000 + b",DIN,x\n",
        "no such columns": b"a,b,c\n1,2,3\n",
        "a column twice": b"nip,nip,name,unit_code,position,date,shift,tanggal,sif\n",
        "over the limit": STAFF_HEADING + b"x" * 8 * 1024 * 1024,
        "not a zip": b"PK\x03\x04" + b"x" * 500,
        "half a workbook": _workbook(("nip", "name"))[:900],
        "a zip of something else": _zip(**{"a.txt": b"a"}),
        "a bomb": _replaced(SHEET, lambda _sheet: b"<x>" + b"0" * 200_000_000),
        "a far cell": _replaced(SHEET, lambda sheet: sheet.replace(b"</sheetData>", far)),
        "an entity bomb": _replaced(
            SHEET, lambda sheet: b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + sheet
        ),
        "broken XML": _replaced(SHEET, lambda sheet: sheet[: len(sheet) // 2]),
        "a thousand parts": _zip(**{f"xl/{number}.xml": b"x" for number in range(1000)}),
    }


def _refused(answer: Any) -> None:
    """A page of a refusal: 4xx, its reason in it, nothing of our insides."""
    assert 400 <= answer.status_code < 500, answer.text[:2000]
    assert "<h1" in answer.text
    for accident in ACCIDENTS:
        assert accident not in answer.text
    if answer.status_code == 422:
        assert 'class="fault"' in answer.text or "error-summary" in answer.text


def test_a_table_that_is_none_is_refused_with_its_reason(
    app: Leuit, office: Office, boss: Client
) -> None:
    """No bytes sent as a table end in an accident or leave a row, at either page of imports."""
    before = stored(app)
    for name, data in _tables().items():
        for path, filename in zip(TABLES, ("berkas.csv", "../../etc/berkas.xlsx"), strict=True):
            answer = boss.post_form(
                path,
                {"kind": "staff", "what": "store"},
                files={"file": (filename, data, "application/octet-stream")},
            )
            assert answer.status_code in (413, 422), f"{name}: {answer.status_code}"
            _refused(answer)
    assert stored(app) == before


def test_formulas_of_a_file_are_text_and_stay_it(app: Leuit, office: Office, boss: Client) -> None:
    """A name that begins like a formula is shown as typed on the page and never leaves as one."""
    evil = '=HYPERLINK("http://jahat.test","x")'
    rows = io.StringIO()
    csv.writer(rows).writerow(["198001012005011030", evil, "DIN", "<script>alert(1)</script>"])
    answer = boss.post_form(
        "/organisation/import",
        {"kind": "staff"},
        files={"file": ("pegawai.csv", STAFF_HEADING + rows.getvalue().encode(), "text/csv")},
    )
    assert answer.status_code == 303
    report = boss.get(answer.headers["location"])
    assert report.status_code == 200
    assert "<script>alert" not in report.text
    shown = _workbook(("nip", "name", "unit_code", "position"), ("1", "=1+1", "DIN", "x"))
    answer = boss.post_form(
        "/organisation/import",
        {"kind": "staff"},
        files={"file": ("pegawai.xlsx", shown, "application/octet-stream")},
    )
    assert answer.status_code == 303
    assert boss.get(answer.headers["location"]).status_code == 200


def test_nul_written_in_the_way_of_spreadsheets_is_a_fault_of_its_row(
    office: Office, boss: Client
) -> None:
    """`_x0000_` in a cell means NUL to a spreadsheet; no engine may fail on it."""
    row = ("198001012005011030", "Nama_x0000_", "DIN", "Pelaksana")
    book = _workbook(("nip", "name", "unit_code", "position"), row)
    answer = boss.post_form(
        "/organisation/import", {"kind": "staff"}, files={"file": ("p.xlsx", book)}
    )
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        path = answer.headers["location"]
        assert boss.get(path).status_code == 200
        assert boss.post_form(f"{path}/apply", {"skip_bad": "ya"}).status_code == 303


def _attlogs() -> dict[str, bytes]:
    return {
        "empty": b"",
        "binary": bytes(range(256)) * 64,
        "NUL bytes": b"\x00" * 100_000,
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(3000),
        "an endless line": b"1\t2026-10-05 07:21:54" + b"x" * 4_000_000,
        "endless columns": b"1\t" * 1_000_000,
        "no date": b"1\t2026-13-45 99:99:99\t1\t0\t1\t0\n" * 1000,
        "a far year": b"1\t99999-10-05 07:21:54\t1\t0\t1\t0\n",
        "a spreadsheet": _workbook(("a", "b")),
        "half a character": b"\xf0\x9f" * 1000,
    }


def test_a_punch_file_that_is_none_is_refused_with_its_reason(
    app: Leuit, office: Office, boss: Client
) -> None:
    """No bytes sent as a device's file end in an accident; the next honest file goes through."""
    before = stored(app)
    for name, data in _attlogs().items():
        answer = boss.post_form(
            "/attendance/import",
            {"device": SERIAL},
            files={"file": ("1_attlog.dat", data, "application/octet-stream")},
        )
        assert answer.status_code == 422, f"{name}: {answer.status_code}"
        _refused(answer)
    assert stored(app) == before
    answer = boss.post_form(
        "/attendance/import",
        {"device": ""},
        files={"file": ("1_attlog.dat", b"\xff\xfe\n" + HONEST, "text/plain")},
    )
    assert answer.status_code == 303
    path = answer.headers["location"]
    assert boss.get(path).status_code == 200
    assert boss.post_form(path, {}).status_code == 303
    assert stored(app)["attendance_punch"] == before["attendance_punch"] + 1


def test_a_punch_file_over_the_limit_is_refused_before_it_is_read(
    app: Leuit, office: Office, boss: Client
) -> None:
    """A file of 100 MB is 413 by its length alone; one just over the limit is told so."""
    before = stored(app)
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "100000000"}
    answer = boss.post("/attendance/import", content=b"--x", headers=headers)
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text
    data = HONEST * (MAX_FILE // len(HONEST) + 1)
    answer = boss.post_form(
        "/attendance/import", {"device": SERIAL}, files={"file": ("1_attlog.dat", data)}
    )
    assert answer.status_code == 422
    _refused(answer)
    assert stored(app) == before


def _bodies() -> dict[str, tuple[str, bytes]]:
    form, multipart = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
    return {
        "ten thousand fields": (form, b"&".join(b"f%d=1" % n for n in range(10_000))),
        "invalid UTF-8": (form, b"login=\xff\xfe&password=\xc3"),
        "percent-encoded rubbish": (form, b"login=%ff%fe%00&password=%zz%"),
        "NUL in a field": (form, b"login=a%00b&password=c&title=%00&name=%00&q=%00"),
        "a lone surrogate": (form, b"login=%ed%a0%80&name=%ed%a0%80&title=%ed%a0%80"),
        "no boundary": ("multipart/form-data", head),
        "an empty boundary": ("multipart/form-data; boundary=", head),
        "never closed": (multipart, head + b"\r\nabc"),
        "no name": (multipart, b"--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n"),
        "no heading": (multipart, b"--x\r\n\r\nabc\r\n--x--\r\n"),
        "endless heading": (multipart, b"--x\r\nContent-Disposition: " + b"a" * 200_000),
        "foreign text": (multipart, b"--x\r\n" + bytes(range(256))),
        "an odd charset": (
            multipart + "; charset=utf-7",
            head.replace(b"a.csv", b"\xff\xfe.csv") + b"\r\nabc\r\n--x--\r\n",
        ),
        "a thousand files": (multipart, (head + b"\r\n1\r\n") * 1000 + b"--x--\r\n"),
        "JSON instead": ("application/json", b'{"login": "a"}'),
        "not a charset of text": (multipart + "; charset=hex", head + b"\r\nabc\r\n--x--\r\n"),
        "text instead": ("text/plain; charset=utf-16", "login=a".encode("utf-16")),
    }


FORMS = (
    "/sign-in",
    "/organisation/import",
    "/organisation/people/new",
    "/calendar/new",
    "/calendar/confirm",
    "/regulations/new",
    "/attendance/import",
    "/attendance/shifts/import",
    "/attendance/absences/new",
    "/attendance/devices/new",
)


def test_a_broken_form_is_answered_and_changes_nothing(
    app: Leuit, office: Office, boss: Client
) -> None:
    """Whatever stands in the body of a form: a refusal with a reason, or a page with faults."""
    before = stored(app)
    for path in FORMS:
        for name, (kind, body) in _bodies().items():
            headers = {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
            answer = boss.post(path, content=body, headers=headers)
            assert answer.status_code < 500, f"{path} {name}: {answer.status_code}"
            for accident in ACCIDENTS:
                assert accident not in answer.text, f"{path} {name}"
    assert stored(app) == before


def test_a_body_over_the_limit_of_its_route_is_refused(
    app: Leuit, office: Office, boss: Client
) -> None:
    """An ordinary form takes no megabytes, told by its length or only found while reading."""

    def endless() -> Iterator[bytes]:
        for _number in range(64):
            yield b"a" * 1_000_000

    form = "application/x-www-form-urlencoded"
    for content in (b"login=" + b"a" * 3_000_000, endless()):
        headers = {"Content-Type": form, "Sec-Fetch-Site": "same-origin"}
        answer = boss.post("/sign-in", content=content, headers=headers)
        assert answer.status_code == 413
        assert "terlalu besar" in answer.text


def _json() -> dict[str, bytes]:
    return {
        "empty": b"",
        "not JSON": b"{",
        "deep lists": b"[" * 100_000,
        "deep objects": b'{"a":' * 50_000,
        "a huge number": b'{"first_day": ' + b"9" * 5_000 + b"}",
        "an endless exponent": b'{"version": 1e999999999}',
        "not a number": b'{"version": NaN, "first_day": Infinity}',
        "invalid UTF-8": b'{"document": "\xff"}',
        "a lone surrogate": b'{"document": "\\ud800", "reason": "\\udfff", "title": "\\ud800"}',
        "NUL": b'{"document": "a\\u0000b", "reason": "\\u0000", "title": "\\u0000"}',
        "a list": b"[1, 2]",
        "null": b"null",
        "another kind": b'{"person": {}, "first_day": [], "kind": 7, "body": "x"}',
        "UTF-16": '{"reason": "x"}'.encode("utf-16"),
    }


def test_json_that_is_none_is_a_problem_with_a_code(
    app: Leuit, host: Host, office: Office, boss: Client
) -> None:
    """Every API address that takes a body answers rubbish with a problem document and a code."""
    before = stored(app)
    routes = [
        (owner, path, route) for owner, path, route in _api_posts(host) if route.body is not None
    ]
    assert routes
    for _owner, path, route in routes:
        for name, body in _json().items():
            answer = boss.request(
                route.methods[0],
                _filled(path),
                content=body,
                headers={"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"},
            )
            assert 400 <= answer.status_code < 500, f"{path} {name}: {answer.status_code}"
            assert answer.headers["content-type"] == "application/problem+json", path
            problem = json.loads(answer.text)
            assert problem["code"], path
            assert problem["status"] == answer.status_code
            assert not any(accident in answer.text for accident in ACCIDENTS)
    assert stored(app) == before


def _api_posts(host: Host) -> list[Any]:
    return [found for found in all_routes(host) if found[2].kind == "api"]


def _filled(path: str) -> str:
    nobody = "00000000-0000-7000-8000-000000000000"
    return "/".join(nobody if part.startswith("{") else part for part in path.split("/"))


def test_a_device_goes_on_after_a_body_that_cannot_be_read(
    app: Leuit, office: Office, client: Client
) -> None:
    """A device that once sends rubbish is answered OK and its next upload is stored."""
    for body in (*_attlogs().values(), b"\xff" * 60_000):
        answer = client.post(f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999", content=body)
        assert answer.status_code in (200, 413), body[:20]
        assert answer.text.startswith(("OK", "ERROR: too_large"))
        line = b"7\t2026-10-05 07:21:54\t0\t1\t0"
        again = client.post(f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999", content=line)
        assert (again.status_code, again.text) == (200, "OK:1")
    assert stored(app)["attendance_punch"] == 1


def test_hostile_headers_and_addresses_are_answered(office: Office, boss: Client) -> None:
    """Odd cookies, tokens, encodings and addresses end in an ordinary answer."""
    for headers in (
        {"Authorization": "Bearer " + "x" * 8000},
        {"Authorization": "Bearer \x00"[:7]},
        {"Cookie": "leuit_session=" + "%00" * 100},
        {"Accept-Language": "," * 4000},
        {"Accept-Encoding": "gzip;q=x"},
    ):
        assert boss.get("/", headers=headers).status_code < 500
    for path in (
        "/%00",
        "/%ff%fe",
        "/attendance/units/%00/month",
        "/attendance/units/%ff/day",
        "/attendance/units/DIN/month?month=%00",
        "/attendance/units/DIN/month?month=9999-99&page=99999999999999999999&sort=%00",
        "/attendance/units/DIN/day?date=0000-00-00&name=%00",
        "/attendance/units/DIN/day?date=9999-12-31",
        "/attendance/units/DIN/day?date=0001-01-01",
        "/attendance/devices?q=%00&unit=%00&page=-1",
        "/organisation/people?q=%00&page=1e9",
        "/organisation/units?q=%ff",
        "/regulations?kind=%00&status=%00&page=0",
        "/calendar?year=%00",
        "/jobs?state=%00&kind=%00&page=%00",
        "/api/organisation/v1/people?q=%00&page=99999999999999999999",
        "/api/attendance/v1/units/DIN/month?month=0000-01",
        "/api/attendance/v1/units/%00/day?date=9999-12-31",
        "/api/calendar/v1/days?from=0001-01-01&to=9999-12-31",
    ):
        answer = boss.get(path)
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
