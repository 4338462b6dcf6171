"""Devices that nobody registered: answered, kept within a cap, approved or rejected by people."""

import attrs
import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import ConflictError, NotFoundError
from leuit.work import Leuit
from leuit_attendance.models import SetAsideRow, UnknownDevice
from leuit_attendance.service.devices import register_device, retire_device
from leuit_attendance.service.set_aside import REPLAY, approve, reject, replay
from leuit_attendance.settings import AttendanceSettings
from tests.support.client import Client

from .jobs import run_jobs
from .office import Office, count, entries, jobs, punches

STRANGER = "LEUI999999999"


def _lines(first: int, last: int) -> bytes:
    return b"\n".join(
        b"%d\t2026-10-05 07:00:00\t0\t1\t0" % number for number in range(first, last + 1)
    )


def _push(client: Client, body: bytes, serial: str = STRANGER) -> str:
    answer = client.post(f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=1", content=body)
    assert answer.status_code == 200
    return answer.text


def _capped(app: Leuit, records: int, devices: int) -> None:
    told = AttendanceSettings(set_aside_per_device=records, set_aside_devices=devices)
    settings = {**app.vocabulary.settings, "attendance": told}
    app.vocabulary = attrs.evolve(app.vocabulary, settings=settings)


def test_records_of_a_stranger_count_for_nobody(app: Leuit, office: Office, client: Client) -> None:
    """They are acknowledged, kept once, and no day is judged by them."""
    assert client.get(f"/iclock/cdata?SN={STRANGER}&options=all").text.startswith(
        f"GET OPTION FROM: {STRANGER}\n"
    )
    assert client.get(f"/iclock/getrequest?SN={STRANGER}").text == "OK"
    assert _push(client, _lines(1, 5)) == "OK:5"
    assert _push(client, _lines(1, 5)) == "OK:5"
    assert punches(app) == []
    assert count(app, SetAsideRow) == 5
    assert jobs(app, "attendance.recompute") == []


def test_approved_records_become_punches_once(app: Leuit, office: Office, client: Client) -> None:
    """After approval a job stores them, days are judged, and a re-send adds nothing."""
    _push(client, _lines(1, 5) + b"\n" + _lines(5, 5))
    with app.change(SYSTEM) as work:
        assert approve(work, STRANGER, office.other, usb_id="9", name="Pintu RSUD") == 5
    assert _push(client, _lines(4, 6)) == "OK:3"
    assert run_jobs(app, REPLAY, replay) == 1
    rows = punches(app, STRANGER)
    assert [row[1] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row[4] for row in rows] == [1, 1, 1, 1, 2, 1]
    assert count(app, SetAsideRow) == count(app, UnknownDevice) == 0
    assert entries(app, "attendance.device.approved") == 1
    judged = {
        pin
        for args in jobs(app, "attendance.recompute")
        for *_days, pins in args["pins"]
        for pin in pins
    }
    assert judged == {"1", "2", "3", "4", "5", "6"}


def test_rejected_records_are_dropped_and_noted(app: Leuit, office: Office, client: Client) -> None:
    """Rejection throws them away under an audit entry; the device may call again."""
    _push(client, _lines(1, 3))
    with app.change(SYSTEM) as work:
        assert reject(work, STRANGER) == 3
    assert count(app, SetAsideRow) == 0
    assert entries(app, "attendance.device.rejected") == 1
    with app.change(SYSTEM) as work, pytest.raises(NotFoundError):
        reject(work, STRANGER)


def test_cap_holds_and_what_found_no_room_is_asked_for_again(
    app: Leuit, office: Office, client: Client
) -> None:
    """Past the cap the device is told OK; once approved it is asked for everything (Stamp=0)."""
    _capped(app, records=4, devices=2)
    assert _push(client, _lines(1, 3)) == "OK:3"
    assert _push(client, _lines(4, 9)) == "OK:6"
    assert count(app, SetAsideRow) == 4
    with app.read(SYSTEM) as view:
        stranger = view.session.scalars(select(UnknownDevice)).one()
        assert (stranger.kept, stranger.dropped) == (4, 5)
    with app.change(SYSTEM) as work:
        approve(work, STRANGER, office.unit)
    run_jobs(app, REPLAY, replay)
    again = client.get(f"/iclock/cdata?SN={STRANGER}&options=all").text
    assert "ATTLOGStamp=0\n" in again
    client.post(f"/iclock/cdata?SN={STRANGER}&table=ATTLOG&Stamp=0", content=_lines(1, 9))
    assert len(punches(app, STRANGER)) == 9
    after = client.get(f"/iclock/cdata?SN={STRANGER}&options=all").text
    assert "ATTLOGStamp=9999\n" in after


def test_number_of_strangers_is_capped(app: Leuit, office: Office, client: Client) -> None:
    """Invented serials fill no table: further ones are answered and forgotten."""
    _capped(app, records=4, devices=2)
    for number in range(5):
        assert _push(client, _lines(1, 1), f"PALSU{number}") == "OK:1"
    assert count(app, UnknownDevice) == 2
    assert count(app, SetAsideRow) == 2


def test_retired_device_is_a_stranger_until_it_is_taken_back(
    app: Leuit, office: Office, client: Client
) -> None:
    """Its punches stay; what it sends is set aside, and counts when it is registered again."""
    with app.change(SYSTEM) as work:
        device = register_device(work, STRANGER, office.unit, usb_id="9")
    _push(client, _lines(1, 2))
    with app.change(SYSTEM) as work:
        retire_device(work, device.id)
    _push(client, _lines(2, 3))
    assert len(punches(app, STRANGER)) == 2
    with app.change(SYSTEM) as work:
        approve(work, STRANGER, office.other)
    run_jobs(app, REPLAY, replay)
    assert [row[1] for row in punches(app, STRANGER)] == ["1", "2", "3"]


def test_registered_serial_cannot_be_registered_twice(app: Leuit, office: Office) -> None:
    """A serial and the number of its files belong to one active device."""
    with app.change(SYSTEM) as work:
        register_device(work, STRANGER, office.unit, usb_id="09")
    with app.change(SYSTEM) as work, pytest.raises(ConflictError):
        register_device(work, STRANGER, office.unit)
    with app.change(SYSTEM) as work, pytest.raises(ConflictError):
        register_device(work, "LAIN1", office.unit, usb_id="9")
