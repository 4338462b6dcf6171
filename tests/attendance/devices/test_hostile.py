"""Bodies that no honest device sends: a clear answer, nothing readable lost, never a 5xx."""

import gzip
import io
import tarfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.web import reading
from leuit.work import AuditEntry, Leuit
from leuit_attendance.api.adms import MAX_BODY
from leuit_attendance.models import BadLine, DeviceEvent, DeviceState, PunchRow
from tests.support.client import Client

from .office import SERIAL, Office, count, punches

LINE = b"1\t2026-10-05 07:21:54\t0\t1\t0"
TEMPLATE = b"FP PIN=1\tFID=0\tSize=12\tValid=1\tTMP=VEVNUExBVEU="


def _post(client: Client, body: bytes, table: str = "ATTLOG", more: str = "") -> tuple[int, str]:
    answer = client.post(f"/iclock/cdata?SN={SERIAL}&table={table}&Stamp=9999{more}", content=body)
    return answer.status_code, answer.text


def _tgz(body: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        entry = tarfile.TarInfo("attlog")
        entry.size = len(body)
        archive.addfile(entry, io.BytesIO(body))
    return packed.getvalue()


def test_good_lines_among_bad_ones_are_stored_and_the_bad_kept(
    app: Leuit, office: Office, client: Client
) -> None:
    """A bad line costs its neighbours nothing, is counted as received, and kept with its reason."""
    body = b"\n".join([b"rusak", LINE, b"2\t2026-13-99 07:00:00\t0", b"\x00\xff\tx\ty"])
    assert _post(client, body) == (200, "OK:4")
    assert _post(client, body) == (200, "OK:4")
    assert [row[1] for row in punches(app)] == ["1"]
    with app.read(SYSTEM) as view:
        rows = view.session.execute(select(BadLine.raw, BadLine.reason))
        kept = {row.raw: row.reason for row in rows}
    assert kept["rusak"] == "no_columns"
    assert kept["2\t2026-13-99 07:00:00\t0"] == "bad_time"
    assert len(kept) == 3


def test_bad_lines_are_capped(app: Leuit, office: Office, client: Client) -> None:
    """Junk without end fills no disk, and the device is still told to go on."""
    body = b"\n".join(b"sampah %d" % number for number in range(900))
    assert _post(client, body) == (200, "OK:900")
    assert _post(client, body.replace(b"sampah", b"lain")) == (200, "OK:900")
    assert count(app, BadLine) == 500


def test_packed_bodies_are_opened_and_bombs_are_not(
    app: Leuit, office: Office, client: Client
) -> None:
    """A tgz is read; a bomb or a broken one is noted and not asked for again."""
    assert _post(client, _tgz(LINE), more="&ContentType=tgz") == (200, "OK:1")
    bomb = gzip.compress(b"\0" * 40_000_000)
    assert _post(client, bomb, more="&ContentType=tgz") == (200, "OK")
    assert _post(client, _tgz(LINE)[:40], more="&ContentType=tgz") == (200, "OK")
    assert len(punches(app)) == 1
    with app.read(SYSTEM) as view:
        assert set(view.session.scalars(select(BadLine.reason))) == {"too_large", "broken"}


def test_body_without_an_end_is_refused(
    app: Leuit, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No device sends that much: it is 413 with one line, and the next upload goes through."""
    monkeypatch.setattr(reading, "MAX_DROPPED", 1000)
    answer = client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG", content=b"x" * (MAX_BODY + 1001)
    )
    assert (answer.status_code, answer.text) == (413, "ERROR: too_large\n")
    assert _post(client, LINE) == (200, "OK:1")


@pytest.mark.parametrize("table", ["OPERLOG", "BIODATA", "FP", "USERPIC", "BIOPHOTO"])
def test_templates_and_passwords_leave_no_trace(
    app: Leuit, office: Office, client: Client, table: str
) -> None:
    """Templates are counted and refused; a password is stored nowhere, in no table and no entry."""
    user = b"USER PIN=9\tName=Contoh\tPri=0\tPasswd=rahasia77\tCard=\tGrp=1"
    opened = b"OPLOG 4\t14\t2026-10-05 09:10:02\t0\t0\t0\t0"
    assert _post(client, b"\n".join([TEMPLATE, user, opened]), table) == (200, "OK:3")
    with app.read(SYSTEM) as view:
        bodies = b"".join(view.session.scalars(select(AuditEntry.body)).all())  # type: ignore[arg-type]  # not erased here
        raws = "".join(view.session.scalars(select(BadLine.raw)))
    for secret in ("rahasia77", "VEVNUExBVEU"):
        assert secret.encode() not in bodies
        assert secret not in raws
    assert count(app, DeviceEvent) == 1


def test_picture_is_acknowledged_and_dropped(app: Leuit, office: Office, client: Client) -> None:
    """A picture of a tap is answered OK, so that the device goes on, and kept nowhere."""
    body = b"PIN=20261005072154-1.jpg\nSN=X\nsize=4\nCMD=uploadphoto\0\xff\xd8\xff\xe0"
    assert _post(client, body, "ATTPHOTO") == (200, "OK")
    assert count(app, PunchRow) == count(app, BadLine) == 0


def test_card_that_was_only_verified_is_no_punch(
    app: Leuit, office: Office, client: Client
) -> None:
    """On ID-card devices type 1 says that a card was looked at; only type 0 is attendance."""
    client.get(f"/iclock/cdata?SN={SERIAL}&options=all&DeviceType=pid")
    lines = [
        b"1\t2026-10-05 07:21:5%d\t0\t1\t0\t0\t0\t3602041211870001\t%d" % (n, n) for n in (0, 1)
    ]
    assert _post(client, b"\n".join(lines)) == (200, "OK:2")
    assert len(punches(app)) == 1


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_declared_content_type_changes_nothing(
    app: Leuit, office: Office, client: Client, kind: str
) -> None:
    """Devices send lines under any content type; they are read as lines."""
    answer = client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG", content=LINE, headers={"Content-Type": kind}
    )
    assert (answer.status_code, answer.text) == (200, "OK:1")


@pytest.mark.parametrize(
    "path", ["/iclock/registry?SN=X1", "/iclock/push?SN=X1", "/iclock/cdata?SN=X1&table=rtlog"]
)
def test_access_control_firmware_is_told_why(client: Client, office: Office, path: str) -> None:
    """Firmware of the other protocol gets a refusal that says what to change."""
    answer = client.post(path, content=b"")
    assert answer.status_code == 403
    assert "T&A PUSH" in answer.text


def test_request_without_a_serial_is_refused(client: Client, office: Office) -> None:
    """Nothing can be done for a device that does not say who it is."""
    for path in ("/iclock/cdata?options=all", "/iclock/getrequest?SN=a%20b", "/iclock/getrequest"):
        assert client.get(path).status_code == 400


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet="0123456789\t\n ,=-:OPLGUSERPINFP\x00é", max_size=300).map(str.encode),
        st.binary(max_size=200).map(gzip.compress),
    ),
    table=st.sampled_from(["ATTLOG", "OPERLOG", "ERRORLOG", "options", "BIODATA", "", "entah"]),
    content_type=st.sampled_from(["", "tgz"]),
    serial=st.sampled_from([SERIAL, "TAKDIKENAL1"]),
)
def test_no_body_makes_the_server_fail(
    app: Leuit,
    office: Office,
    client: Client,
    body: bytes,
    table: str,
    content_type: str,
    serial: str,
) -> None:
    """Whatever bytes come under whatever table: 200 and OK, for known and unknown devices."""
    answer = client.post(
        "/iclock/cdata",
        params={"SN": serial, "table": table, "ContentType": content_type},
        content=body,
    )
    assert answer.status_code == 200
    assert answer.text.startswith("OK")
    results = client.post("/iclock/devicecmd", params={"SN": serial}, content=body)
    assert results.status_code == 200


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(
        st.sampled_from(["SN", "options", "pushver", "INFO", "DeviceType", "language", "table"]),
        st.text(max_size=40),
    ),
    path=st.sampled_from(["cdata", "getrequest", "ping", "registry"]),
)
def test_no_query_makes_the_server_fail(
    app: Leuit, office: Office, client: Client, query: dict[str, str], path: str
) -> None:
    """Whatever a device says of itself is answered, with a refusal at worst."""
    query.setdefault("SN", SERIAL)
    assert client.get(f"/iclock/{path}", params=query).status_code < 500
    assert count(app, DeviceState) == 1
