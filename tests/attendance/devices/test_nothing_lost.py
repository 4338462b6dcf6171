"""What a device is told to be well and we do not hold is asked for again (attendance.md 6.2)."""

import datetime as dt
import gzip

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_attendance.models import (
    BadLine,
    DailySum,
    DeviceCommand,
    DeviceEvent,
    DeviceState,
    SetAsideRow,
)
from leuit_attendance.service.daily_sums import ask_daily_sums
from leuit_attendance.service.devices import retire_device
from leuit_attendance.service.set_aside import REPLAY, approve, replay
from leuit_attendance.wire import MAX_POSTED
from tests.support.client import Client

from .jobs import Context, run_jobs
from .office import SERIAL, Office, count, punches

STRANGER = "LEUI999999999"
TAP = b"7\t2026-10-05 07:00:00\t0\t4\t0\t\t\t3602041211870001\t0"
LOOK = b"7\t2026-10-05 07:05:00\t0\t4\t0\t\t\t3602041211870001\t1"
"""A record of an ID-card device, and one by which a card was only looked at (Type 1)."""
OPERATION = b"OPLOG 23\t14\t2026-10-05 07:01:00\t0\t0\t0\t0"
DAY = dt.timedelta(days=1)


def _shake(client: Client, serial: str = STRANGER, kind: str = "att") -> dict[str, str]:
    query = f"SN={serial}&options=all&pushver=2.4.1&DeviceType={kind}"
    lines = client.get(f"/iclock/cdata?{query}").text.split("\n")[1:]
    return dict(line.split("=", 1) for line in lines)


def _send(
    client: Client, body: bytes, table: str = "ATTLOG", stamp: str = "1", serial: str = STRANGER
) -> str:
    answer = client.post(f"/iclock/cdata?SN={serial}&table={table}&Stamp={stamp}", content=body)
    assert answer.status_code == 200
    return answer.text


def _approve(app: Leuit, office: Office) -> None:
    with app.change(SYSTEM) as work:
        approve(work, STRANGER, office.unit)
    run_jobs(app, REPLAY, replay)


def _commands(client: Client) -> list[tuple[str, str]]:
    """(code, command) of every command that a poll of the known device is handed."""
    found = []
    while (text := client.get(f"/iclock/getrequest?SN={SERIAL}").text) != "OK":
        for line in text.split("\n"):
            _mark, code, command = line.split(":", 2)
            found.append((code, command))
    return found


def _answer(client: Client, code: str, told: int) -> None:
    line = f"ID={code}&Return=0&CMD=VERIFY SUM&AttlogSum={told}"
    client.post(f"/iclock/devicecmd?SN={SERIAL}", content=line.encode())


def _days(commands: list[tuple[str, str]]) -> list[str]:
    """The days of which the sums were asked, in order."""
    return sorted(
        command.partition("StartTime=")[2][:10]
        for _code, command in commands
        if command.startswith("VERIFY")
    )


def test_cards_looked_at_before_approval_are_no_punches(
    app: Leuit, office: Office, client: Client
) -> None:
    """DeviceType=pid of an unregistered serial is kept: its Type 1 lines never become punches."""
    _shake(client, kind="pid")
    assert _send(client, TAP + b"\n" + LOOK) == "OK:2"
    _approve(app, office)
    assert [row[2] for row in punches(app, STRANGER)] == [dt.datetime(2026, 10, 5, 7)]


def test_type_is_known_at_approval_without_another_handshake(
    app: Leuit, office: Office, client: Client
) -> None:
    """A device that goes on polling after approval is still read by the type it told before."""
    _shake(client, kind="pid")
    _approve(app, office)
    with app.read(SYSTEM) as view:
        types = view.session.scalars(select(DeviceState.device_type)).all()
    assert sorted(types) == ["att", "pid"]
    _send(client, TAP + b"\n" + LOOK)
    assert len(punches(app, STRANGER)) == 1


def test_retired_card_reader_stays_one(app: Leuit, office: Office, client: Client) -> None:
    """Retired and calling on without a handshake, its lines are read as before."""
    _shake(client, kind="pid")
    _approve(app, office)
    with app.change(SYSTEM) as work:
        [device_id] = work.session.scalars(
            select(DeviceState.device_id).where(DeviceState.device_type == "pid")
        )
        retire_device(work, device_id)
    _send(client, TAP + b"\n" + LOOK)
    _approve(app, office)
    assert len(punches(app, STRANGER)) == 1
    with app.read(SYSTEM) as view:
        assert view.session.get_one(DeviceState, device_id).device_type == "pid"


def test_lines_read_by_the_wrong_columns_are_asked_for_again(
    app: Leuit, office: Office, client: Client
) -> None:
    """Lines that came before the type was told are dropped, and sent again after approval."""
    _send(client, TAP + b"\n" + LOOK)
    assert count(app, SetAsideRow) == 2
    _shake(client, kind="pid")
    assert count(app, SetAsideRow) == 0
    _approve(app, office)
    assert _shake(client, kind="pid")["ATTLOGStamp"] == "0"
    _send(client, TAP + b"\n" + LOOK, stamp="0")
    assert len(punches(app, STRANGER)) == 1


def test_operation_log_of_a_stranger_is_asked_for_at_approval(
    app: Leuit, office: Office, client: Client
) -> None:
    """It is acknowledged and not kept; handshakes after approval ask for the whole of it, until
    it came: an upload before the device was told so, or one of new entries alone, does not count.
    """
    assert _shake(client)["OPERLOGStamp"] == "9999"
    assert _send(client, OPERATION, "OPERLOG") == "OK:1"
    _approve(app, office)
    _send(client, OPERATION.replace(b"23", b"0"), "OPERLOG", stamp="0")  # not told so yet
    for _round in range(2):  # a lost reply costs nothing
        assert _shake(client)["OPERLOGStamp"] == "0"
    _send(client, OPERATION.replace(b"23", b"4"), "OPERLOG")
    assert _shake(client)["OPERLOGStamp"] == "0"
    assert _send(client, OPERATION, "OPERLOG", stamp="0") == "OK:1"
    assert _shake(client)["OPERLOGStamp"] == "9999"
    with app.read(SYSTEM) as view:
        assert sorted(view.session.scalars(select(DeviceEvent.code))) == [0, 4, 23]


def test_operation_log_is_not_asked_for_without_end(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """Firmware that does not tell the stamp it was given is believed after a day."""
    _shake(client)
    _approve(app, office)
    assert _shake(client)["OPERLOGStamp"] == "0"
    clock.advance(DAY)
    _send(client, OPERATION, "OPERLOG", stamp="55")
    assert _shake(client)["OPERLOGStamp"] == "9999"


def test_days_without_a_sum_are_asked_for(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """Nights on which the job did not run leave no hole: every day since the last sum is asked."""
    client.get(f"/iclock/getrequest?SN={SERIAL}")
    clock.advance(DAY)
    ask_daily_sums(Context(app, {}))
    [(code, _command)] = _commands(client)
    _answer(client, code, 0)
    clock.advance(4 * DAY)  # the job does not run
    ask_daily_sums(Context(app, {}))
    asked = _commands(client)
    assert _days(asked) == ["2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09"]
    for code, _command in asked:
        _answer(client, code, 0)
    assert count(app, DailySum) == 5
    ask_daily_sums(Context(app, {}))
    assert _commands(client) == []


def test_a_long_silence_is_summed_a_month_back(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """A device that was silent for long is asked for 31 days, not for all of them."""
    clock.advance(60 * DAY)
    ask_daily_sums(Context(app, {}))
    assert _commands(client) == []  # this poll ends the silence
    ask_daily_sums(Context(app, {}))
    days = _days(_commands(client))
    assert (len(days), days[0], days[-1]) == (31, "2026-11-03", "2026-12-03")


def test_a_device_without_sums_is_asked_three_times_for_a_day(
    app: Leuit, office: Office, client: Client, clock: ManualClock
) -> None:
    """A device that refuses sums gets no growing heap of commands: three for each day at most."""
    asked: list[tuple[str, str]] = []
    for _night in range(6):
        client.get(f"/iclock/getrequest?SN={SERIAL}")
        clock.advance(DAY)
        ask_daily_sums(Context(app, {}))
        tonight = _commands(client)
        assert len(tonight) <= 3
        asked += tonight
        for code, _command in tonight:
            line = f"ID={code}&Return=-1002&CMD=VERIFY SUM".encode()
            client.post(f"/iclock/devicecmd?SN={SERIAL}", content=line)
    assert _days(asked).count("2026-10-05") == 3


BROKEN = gzip.compress(TAP * 100, mtime=0)[:-20]  # the same bytes in every process
BOMB = gzip.compress(b"\0" * 9_000_000, mtime=0)
HUGE = b"x" * (MAX_POSTED + 1)
HUGER = b"x" * (3 * MAX_POSTED)


@pytest.mark.parametrize(
    "body,reason",
    [(BROKEN, "broken"), (BOMB, "too_large"), (HUGE, "over_limit"), (HUGER, "over_limit")],
)
def test_lost_body_is_acknowledged_noted_and_filled_in(
    app: Leuit, office: Office, client: Client, clock: ManualClock, body: bytes, reason: str
) -> None:
    """Repeated for ever it would stop the device: so it is told OK, people see the size, and the
    last 31 days are asked for by command; once an hour, for the answer may be as bad.
    """
    for _round in range(2):
        assert _send(client, body, serial=SERIAL) == "OK"
        for code, command in _commands(client):
            assert command == (
                "DATA QUERY ATTLOG StartTime=2026-09-05 00:00:00\tEndTime=2026-10-05 23:59:59"
            )
            client.post(f"/iclock/devicecmd?SN={SERIAL}", content=f"ID={code}&Return=0".encode())
    assert count(app, DeviceCommand) == 1
    with app.read(SYSTEM) as view:
        rows = view.session.execute(select(BadLine.reason, BadLine.raw)).all()
    assert [tuple(row) for row in rows] == [(reason, f"ATTLOG, {len(body)} byte")]
    clock.advance(dt.timedelta(hours=2))
    _send(client, body, serial=SERIAL)
    assert count(app, DeviceCommand) == 2
    assert _send(client, TAP, serial=SERIAL) == "OK:1"


def test_lost_body_of_a_stranger_is_asked_for_at_approval(
    app: Leuit, office: Office, client: Client
) -> None:
    """Nobody commands a stranger: once approved it is asked for everything by its handshake."""
    assert _send(client, BROKEN) == "OK"
    assert count(app, BadLine) == 1
    _approve(app, office)
    assert _shake(client)["ATTLOGStamp"] == "0"


def test_lost_operation_log_is_asked_for_by_the_handshake(
    app: Leuit, office: Office, client: Client
) -> None:
    """No command brings it, and punches are not asked for in its stead."""
    assert _shake(client, SERIAL)["OPERLOGStamp"] == "9999"
    assert _send(client, BROKEN, "OPERLOG", serial=SERIAL) == "OK"
    assert count(app, DeviceCommand) == 0
    stamps = _shake(client, SERIAL)
    assert (stamps["OPERLOGStamp"], stamps["ATTLOGStamp"]) == ("0", "9999")


def test_lost_picture_asks_for_nothing(app: Leuit, office: Office, client: Client) -> None:
    """Pictures are refused anyway: one that is too large is noted, and nothing is sent again."""
    assert _send(client, HUGE, "ATTPHOTO", serial=SERIAL) == "OK"
    assert count(app, DeviceCommand) == 0
    assert count(app, BadLine) == 1
