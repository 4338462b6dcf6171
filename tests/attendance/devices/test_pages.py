"""The pages and JSON routes about devices: who sees what, each form's job, the import."""

import datetime as dt

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_attendance.models import Device, DeviceCommand, ImportedFile
from leuit_attendance.service.devices import register_device
from leuit_attendance.service.fleet import silent_devices
from tests.support.client import Client

from .office import SAMPLES, SERIAL, Office, count, entries, keeper, punches

DEVICES = "/attendance/devices"
STRANGER = "LEUI999999999"
FILE = (SAMPLES / "1_attlog.dat").read_bytes()


def _push(client: Client, serial: str, body: bytes = b"1\t2026-10-05 07:00:00\t0\t1\t0") -> None:
    answer = client.post(f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=1", content=body)
    assert answer.status_code == 200


@pytest.fixture
def signed_in(app: Leuit, office: Office, client: Client) -> Client:
    """The keeper of the devices of the first unit."""
    client.sign_in(keeper(app, office.unit))
    return client


def test_devices_need_no_sign_in_and_pages_do(app: Leuit, office: Office, client: Client) -> None:
    """Device routes are open; pages ask to sign in; somebody without the permission is refused."""
    assert client.get(f"/iclock/ping?SN={SERIAL}").text == "OK"
    for path in (DEVICES, f"{DEVICES}/{office.device}", "/attendance/import"):
        assert client.get(path).status_code == 303
    assert client.get("/api/attendance/v1/devices").status_code == 401
    client.sign_in(keeper(app, office.unit, "lain", "core.calendar_editor"))
    for path in (DEVICES, f"{DEVICES}/new", "/attendance/import", "/api/attendance/v1/devices"):
        assert client.get(path).status_code == 403


def test_list_shows_the_devices_of_ones_own_units(
    app: Leuit, office: Office, signed_in: Client
) -> None:
    """A keeper of one unit sees its devices alone, in the list, on the page and in JSON."""
    with app.change(SYSTEM) as work:
        other = register_device(work, "RSUD1", office.other, name="IGD")
    text = signed_in.get(DEVICES).text
    assert "Lobi" in text
    assert "IGD" not in text
    assert signed_in.get(f"{DEVICES}/{other.id}").status_code == 404
    listed = signed_in.get("/api/attendance/v1/devices").json()
    assert [device["serial"] for device in listed["devices"]] == [SERIAL]
    assert signed_in.get("/api/attendance/v1/devices/RSUD1").status_code == 404
    assert signed_in.get(f"/api/attendance/v1/devices/{SERIAL}").json()["name"] == "Lobi"
    for verb in ("edit", "retire", "backfill"):
        assert signed_in.get(f"{DEVICES}/{other.id}/{verb}").status_code == 404


def test_filters_and_pages_stand_in_the_address(
    app: Leuit, office: Office, signed_in: Client
) -> None:
    """Fifty rows a page; a word, a unit and a state narrow it; a strange one harms nothing."""
    with app.change(SYSTEM) as work:
        for number in range(60):
            register_device(work, f"MESIN{number:03d}", office.unit, name=f"Ruang {number:03d}")
    first = signed_in.get(DEVICES).text
    assert "1–50 dari 61" in first
    assert "51–61 dari 61" in signed_in.get(f"{DEVICES}?page=2").text
    found = signed_in.get(f"{DEVICES}?q=mesin007&unit={office.unit}").text
    assert "Ruang 007" in found
    assert "Ruang 008" not in found
    assert "Tidak ada yang cocok" in signed_in.get(f"{DEVICES}?state=differs").text
    _push(signed_in, "MESIN001")
    silent = signed_in.get(f"{DEVICES}?state=silent&q=mesin00").text
    assert "Ruang 001" not in silent
    assert "Ruang 002" in silent
    for query in ("state=entah", "page=-3", "page=9999999", "q=%25'", "unit=abc"):
        assert signed_in.get(f"{DEVICES}?{query}").status_code == 200
    assert signed_in.get(f"{DEVICES}?q=%00").status_code == 422


def test_device_is_registered_changed_and_retired_by_forms(
    app: Leuit, office: Office, signed_in: Client
) -> None:
    """All faults at once, then done; a stale form is refused."""
    refused = signed_in.post_form(f"{DEVICES}/new", {"serial": "ada spasi", "unit": ""})
    assert refused.status_code == 422
    made = signed_in.post_form(
        f"{DEVICES}/new",
        {"serial": "BARU1", "unit": str(office.unit), "usb_id": "12", "name": "Gudang"},
    )
    assert made.status_code == 303
    path = made.headers["location"]
    assert "Gudang" in signed_in.get(path).text
    change = {"unit": str(office.unit), "name": "Gudang B", "usb_id": "13", "version": "1"}
    assert signed_in.post_form(f"{path}/edit", change).status_code == 303
    assert signed_in.post_form(f"{path}/edit", change).status_code == 422
    taken = {**change, "usb_id": "1", "version": "2"}
    assert signed_in.post_form(f"{path}/edit", taken).status_code == 422
    other = {**change, "unit": str(office.other), "version": "2"}
    assert signed_in.post_form(f"{path}/edit", other).status_code == 422  # not among the choices
    assert signed_in.post_form(f"{path}/retire", {"version": "2"}).status_code == 303
    assert "tidak dipakai lagi" in signed_in.get(path).text
    assert "Gudang B" in signed_in.get(f"{DEVICES}?state=retired").text


def test_stranger_is_approved_on_the_fleet_page(
    app: Leuit, office: Office, signed_in: Client
) -> None:
    """Its serial waits with a count; a unit, number and name make a device of it."""
    _push(signed_in, STRANGER)
    text = signed_in.get(DEVICES).text
    assert STRANGER in text
    assert "reject" not in text  # a keeper of one unit throws nothing away that may be another's
    assert signed_in.post_form(f"{DEVICES}/waiting/{STRANGER}/reject", {}).status_code == 403
    form = {"unit": str(office.unit), "usb_id": "5", "name": "Aula"}
    assert signed_in.get(f"{DEVICES}/waiting/{STRANGER}").status_code == 200
    assert signed_in.post_form(f"{DEVICES}/waiting/{STRANGER}", form).status_code == 303
    assert "Aula" in signed_in.get(DEVICES).text
    assert signed_in.post_form(f"{DEVICES}/waiting/{STRANGER}", form).status_code == 404


def test_stranger_is_rejected_by_who_keeps_the_whole_regency(
    app: Leuit, office: Office, client: Client
) -> None:
    """Only who holds the permission on the root of the tree may throw records away."""
    client.sign_in(keeper(app, office.root, "pusat"))
    _push(client, STRANGER)
    assert client.get(f"{DEVICES}/waiting/{STRANGER}/reject").status_code == 200
    assert client.post_form(f"{DEVICES}/waiting/{STRANGER}/reject", {}).status_code == 303
    assert entries(app, "attendance.device.rejected") == 1


def test_device_page_tells_what_the_device_told(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """Clock ahead, operations, unreadable lines and commands stand on the page of the device."""
    person = keeper(app, office.unit)
    client.sign_in(person)
    _push(client, SERIAL, b"1\t2026-10-05 07:30:00\t0\t1\t0\nrusak <b>")
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=OPERLOG",
        content=b"OPLOG 4\t14\t2026-10-05 07:01:00\t0\t0\t0\t0",
    )
    asked = client.post_form(
        f"{DEVICES}/{office.device}/backfill", {"first": "1/10/2026", "last": "05/10/2026"}
    )
    assert asked.status_code == 303
    assert client.post_form(f"{DEVICES}/{office.device}/resend", {}).status_code == 303
    assert client.post_form(f"{DEVICES}/{office.device}/info", {}).status_code == 303
    text = client.get(f"{DEVICES}/{office.device}").text
    for words in ("Jam maju 30 menit", "Menu dibuka", "rusak &lt;b&gt;", "Kirim ulang rekaman"):
        assert words in text
    assert "Beri keterangan" in text
    assert count(app, DeviceCommand) == 2
    clock.advance(dt.timedelta(days=2))
    client.sign_in(person)  # a session does not live that long
    assert "Diam" in client.get(DEVICES).text
    with app.read(SYSTEM) as view:
        answer = silent_devices(view)
    assert not answer.ok
    assert answer.figures == {"silent": 1, "all": 1}


def test_file_is_looked_at_before_it_is_stored(
    app: Leuit, office: Office, signed_in: Client
) -> None:
    """Upload, report of a dry run, confirmation; a second press stores nothing twice."""
    sent = signed_in.post_form(
        "/attendance/import", {}, files={"file": ("1_attlog.dat", FILE, "text/plain")}
    )
    assert sent.status_code == 303
    path = sent.headers["location"]
    report = signed_in.get(path).text
    assert "Simpan rekaman" in report
    assert "198" in report
    assert "Baris tidak terbagi menjadi kolom." in report or "104" in report
    assert punches(app) == []
    for _press in range(2):
        assert signed_in.post_form(path, {}).status_code == 303
    assert len(punches(app)) == 198
    assert "sudah disimpan" in signed_in.get(path).text
    with app.read(SYSTEM) as view:
        kept = view.session.scalars(select(ImportedFile)).one()
        assert (kept.name, kept.stored) == ("1_attlog.dat", 0)
        assert app.blobs.get(kept.sha256) == FILE


def test_a_file_that_names_another_device_says_so(office: Office, signed_in: Client) -> None:
    """How many records do is told before anything is stored."""
    data = b"EMP-20001\t2026-06-02 09:15:00\t99\t0\t3\t0\n"
    sent = signed_in.post_form(
        "/attendance/import", {}, files={"file": ("1_attlog.dat", data, "text/plain")}
    )
    report = signed_in.get(sent.headers["location"])
    assert report.status_code == 200
    assert "1 rekaman menyebut nomor mesin lain" in report.text


@pytest.mark.parametrize(
    "name, data",
    [
        ("9_attlog.dat", FILE),
        ("1_attlog.dat", b""),
        ("1_attlog.dat", b"\x00\x01\x02" * 50),
        ("foto.jpg", b"\xff\xd8\xff\xe0" * 50),
    ],
)
def test_file_of_nobody_or_without_records_is_refused_with_advice(
    app: Leuit, office: Office, signed_in: Client, name: str, data: bytes
) -> None:
    """The form comes back with a sentence; nothing is stored."""
    answer = signed_in.post_form("/attendance/import", {}, files={"file": (name, data, "")})
    assert answer.status_code == 422
    assert count(app, ImportedFile) == 0


def test_import_of_another_units_device_is_not_for_this_keeper(
    app: Leuit, office: Office, client: Client
) -> None:
    """A keeper imports for devices of his units alone, and sees no import of another unit."""
    client.sign_in(keeper(app, office.other))
    answer = client.post_form(
        "/attendance/import", {}, files={"file": ("1_attlog.dat", FILE, "text/plain")}
    )
    assert answer.status_code == 403
    with app.read(SYSTEM) as view:
        assert view.session.scalars(select(Device)).one().serial == SERIAL
