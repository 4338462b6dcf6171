"""Commands for devices, the nightly sums, and what the state of a device tells."""

import datetime as dt

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, ManualClock
from leuit.work import Leuit
from leuit_attendance.models import DailySum, Device, DeviceCommand, DeviceState
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.daily_sums import ask_daily_sums
from leuit_attendance.service.device_commands import ask_backfill, ask_info, expire
from leuit_attendance.service.device_state import drift_of
from leuit_attendance.service.devices import ask_everything_again
from tests.support.client import Client

from .jobs import Context
from .office import SAMPLES, SERIAL, Office, entries, punches

DAY = dt.date(2026, 10, 5)


def _poll(client: Client, info: str = "") -> list[tuple[str, str]]:
    answer = client.get("/iclock/getrequest", params={"SN": SERIAL, "INFO": info})
    assert answer.status_code == 200
    if answer.text == "OK":
        return []
    parts = (line.split(":", 2) for line in answer.text.split("\n"))
    return [(code, command) for _c, code, command in parts]


def _reply(client: Client, *lines: str) -> None:
    answer = client.post(f"/iclock/devicecmd?SN={SERIAL}", content="\n".join(lines).encode())
    assert (answer.status_code, answer.text) == (200, "OK")


def _state(app: Leuit) -> DeviceState:
    with app.read(SYSTEM) as view:
        return view.session.scalars(select(DeviceState)).one()


def _statuses(app: Leuit) -> list[tuple[str, str]]:
    with app.read(SYSTEM) as view:
        rows = select(DeviceCommand.kind, DeviceCommand.status).order_by(DeviceCommand.asked_at)
        return [(row.kind, row.status) for row in view.session.execute(rows)]


def _device(app: Leuit) -> Device:
    with app.read(SYSTEM) as view:
        return view.session.scalars(select(Device).where(Device.serial == SERIAL)).one()


def test_back_fill_is_fetched_once_and_settled_by_its_answer(
    app: Leuit, office: Office, client: Client
) -> None:
    """Asked twice it waits once; it is handed out at a poll, and done when the device says so."""
    for _round in range(2):
        with app.change(SYSTEM) as work:
            ask_backfill(work, _device(app), DAY - dt.timedelta(days=3), DAY)
    [(code, command)] = _poll(client)
    assert command == (
        "DATA QUERY ATTLOG StartTime=2026-10-02 00:00:00\tEndTime=2026-10-05 23:59:59"
    )
    assert _poll(client) == []
    _reply(client, f"ID={code}&Return=0&CMD=DATA", "ID=lain1&Return=0&CMD=DATA")
    assert _statuses(app) == [("query_attlog", "done")]
    assert entries(app, "attendance.command.answered") == 1


def test_refused_and_unanswered_commands_end(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """A refusal fails the command; one never answered is handed out three times, then expires."""
    with app.change(SYSTEM) as work:
        ask_info(work, _device(app))
    code = ""
    for _attempt in range(3):
        [(code, command)] = _poll(client)
        assert command == "INFO"
        clock.advance(dt.timedelta(minutes=11))
    assert _poll(client) == []
    with app.change(SYSTEM) as work:
        assert expire(work) == 1
    assert _statuses(app) == [("info", "expired")]
    _reply(client, f"ID={code}&Return=-1002&CMD=INFO")
    assert _statuses(app) == [("info", "failed")]


def test_too_long_a_back_fill_is_refused(app: Leuit, office: Office) -> None:
    """Ranges that end before they begin, reach into the future or over 400 days are refused."""
    day = dt.timedelta(days=1)
    for first, last in ((DAY, DAY - day), (DAY, DAY + day), (DAY - 400 * day, DAY)):
        with app.change(SYSTEM) as work, pytest.raises(InvalidInputError):
            ask_backfill(work, _device(app), first, last)


def test_night_compares_lines_and_asks_for_what_is_missing(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """The device holds 22 lines of 5 October; with fewer stored the day is asked for again, and
    once the file is in, repeated line included, the sums agree (step 8 of the sample session).
    """
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999",
        content=b"1\t2026-10-05 07:21:54\t0\t1\t0",
    )
    clock.advance(dt.timedelta(days=1))
    ask_daily_sums(Context(app, {}))
    [(code, command)] = _poll(client)
    assert command == (
        "VERIFY SUM ATTLOG StartTime=2026-10-05 00:00:00\tEndTime=2026-10-05 23:59:59"
    )
    _reply(client, f"ID={code}&Return=0&CMD=VERIFY SUM&AttlogSum=22")
    [(_code, again)] = _poll(client)
    assert again.startswith("DATA QUERY ATTLOG StartTime=2026-10-05 00:00:00")
    import_file(app, SYSTEM, (SAMPLES / "1_attlog.dat").read_bytes(), "1_attlog.dat")
    clock.advance(dt.timedelta(days=1))
    ask_daily_sums(Context(app, {}))
    asked = {command: code for code, command in _poll(client)}
    sums = [code for command, code in asked.items() if "2026-10-05" in command and "SUM" in command]
    assert len(sums) == 1
    assert len([command for command in asked if command.startswith("VERIFY")]) == 2
    _reply(client, f"ID={sums[0]}&Return=0&CMD=VERIFY SUM&AttlogSum=22")
    with app.read(SYSTEM) as view:
        row = view.session.get_one(DailySum, (office.device, DAY))
        assert (row.told, row.stored, row.backfills, row.agrees) == (22, 22, 1, True)


def test_a_day_that_never_agrees_is_asked_for_three_times(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """A device that holds lines it does not send is left alone after three nights."""
    fills = 0
    for _night in range(6):
        client.get(f"/iclock/getrequest?SN={SERIAL}")
        clock.advance(dt.timedelta(days=1))
        ask_daily_sums(Context(app, {}))
        for code, command in _poll(client):
            told = 5 if "2026-10-05 00" in command else 0
            _reply(client, f"ID={code}&Return=0&CMD=VERIFY SUM&AttlogSum={told}")
        for code, command in _poll(client):
            assert command.startswith("DATA QUERY ATTLOG StartTime=2026-10-05")
            fills += 1
            _reply(client, f"ID={code}&Return=0&CMD=DATA")
    assert fills == 3


def test_heartbeats_are_written_at_most_once_a_minute(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """Polls within a minute leave the note as it is; the record count becomes the back-log."""
    first = app.clock.now()
    _poll(client, "Ver 2.4.1-20240115,11,9,203,192.0.2.17,10,58,1,2,111")
    clock.advance(dt.timedelta(seconds=59))
    _poll(client)
    assert _state(app).last_seen_at == first
    clock.advance(dt.timedelta(seconds=1))
    _poll(client)
    state = _state(app)
    assert state.last_seen_at == first + dt.timedelta(seconds=60)
    assert (state.records_on_device, state.lines_stored) == (203, 0)
    assert state.info["firmware"] == "Ver 2.4.1-20240115"


def test_busy_device_still_tells_its_record_count(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """Uploads are no heartbeats: INFO of a poll right after one is noted, hence the back-log."""
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999",
        content=b"1\t2026-10-05 07:00:00\t0\t1\t0",
    )
    _poll(client, "Ver 2.4.1,11,9,203,192.0.2.17")
    state = _state(app)
    assert (state.records_on_device, state.lines_stored) == (203, 1)
    clock.advance(dt.timedelta(hours=1))
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999",
        content=b"1\t2026-10-05 08:00:00\t0\t1\t0",
    )
    assert _state(app).seen_at == app.clock.now()


def test_drift_shows_and_ends_when_the_clock_is_set(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """A clock ten minutes ahead shows at once; operation 21 ends what was known of it."""
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999",
        content=b"1\t2026-10-05 07:10:00\t0\t1\t0",
    )
    drift = drift_of(_state(app).leads, 120)
    assert drift is not None
    assert (drift.seconds, drift.state) == (600, "ahead")
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=OPERLOG&Stamp=9999",
        content=b"OPLOG 21\t14\t2026-10-05 07:01:00\t0\t0\t0\t0",
    )
    assert _state(app).leads == []


def test_everything_is_sent_again_after_a_restore(
    app: Leuit, office: Office, client: Client
) -> None:
    """Asked for by a person, told at the next handshake as Stamp=0 until the device does so."""
    with app.change(SYSTEM) as work:
        ask_everything_again(work, office.device)
    for _round in range(2):  # a lost reply costs nothing
        text = client.get(f"/iclock/cdata?SN={SERIAL}&options=all").text
        assert "ATTLOGStamp=0\n" in text
    client.post(
        f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=0",
        content=b"1\t2026-10-05 07:00:00\t0\t1\t0",
    )
    assert len(punches(app)) == 1
    assert "ATTLOGStamp=9999\n" in client.get(f"/iclock/cdata?SN={SERIAL}&options=all").text


def test_operation_log_sent_twice_is_told_once(app: Leuit, office: Office, client: Client) -> None:
    """A listed operation is one audit entry, however often the device repeats its log."""
    line = b"OPLOG 23\t14\t2026-10-05 07:01:00\t0\t0\t0\t0"
    for _round in range(3):
        client.post(f"/iclock/cdata?SN={SERIAL}&table=OPERLOG&Stamp=1", content=line)
    assert entries(app, "attendance.device.operated") == 1
