"""The simulated fleet against a server that was written from the protocol alone, over real HTTP."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import pytest

from leuit_attendance.testing import (
    FORMS,
    Behaviour,
    Device,
    Fleet,
    FleetReport,
    Form,
    Link,
    LinkError,
    PlannedTap,
    invent_behaviour,
)
from leuit_attendance.testing.dice import dice
from leuit_attendance.testing.simulate import invent_records, main

from .server import StandIn

MONDAY = date(2026, 10, 5)
AT = datetime(2026, 10, 5, 7, 0, 0)


def _records(fleet: Fleet, days: int = 5, people: int = 4) -> dict[str, list[PlannedTap]]:
    return invent_records(list(fleet.devices), MONDAY, days, people=people, seed=3)


def _run(
    server: StandIn, fleet: Fleet, records: Mapping[str, Sequence[PlannedTap]], connections: int = 8
) -> FleetReport:
    async def life() -> FleetReport:
        async with server.listen():
            return await fleet.run(server.url, records, concurrency=connections)

    return asyncio.run(life())


def test_server_has_the_truth_in_spite_of_all_faults() -> None:
    """Sixty faulty devices: each tap is stored, once, and none that did not happen."""
    fleet = Fleet.invent(60, seed=11)
    records = _records(fleet)
    server = StandIn(busy_every=23, break_every=41)
    report = _run(server, fleet, records)
    assert report.is_complete
    assert report.records == sum(len(taps) for taps in records.values())
    assert set(server.stored) == fleet.truth()
    assert report.counts["lost_replies"] > 0
    assert report.counts["stalls"] > 0
    assert {device.behaviour.form for device in fleet.devices.values()} == set(FORMS)
    assert any(device.behaviour.clock_offset for device in fleet.devices.values())
    assert server.agents == {"iclock proxy/1.09"}


def test_connections_are_bounded() -> None:
    """However many devices live at once, no more than the given connections are open."""
    fleet = Fleet.invent(30, honest=True)
    server = StandIn()
    _run(server, fleet, _records(fleet, days=1, people=2), connections=3)
    assert 1 < server.most_open <= 4  # the server notices a close a moment later


def test_same_seed_same_story() -> None:
    """Taps, faults and truth depend on the seed alone."""
    stories = []
    for _round in range(2):
        fleet = Fleet.invent(5, seed=7)
        report = _run(StandIn(), fleet, _records(fleet, days=2))
        stories.append((fleet.truth(), dict(report.counts)))
    assert stories[0] == stories[1]
    assert Fleet.invent(5, seed=8).devices["SIM0000000002"].behaviour != (
        Fleet.invent(5, seed=7).devices["SIM0000000002"].behaviour
    )


def test_progress_counts_each_record_once() -> None:
    """Progress rises to the number of records and not beyond, re-sent ones included."""
    behaviour = Behaviour(restart=0.5, repeat=0.3, lost_reply=0.3)
    fleet = Fleet.of(["A1"], behaviours={"A1": behaviour})
    records = _records(fleet)
    seen: list[tuple[int, int]] = []

    async def life() -> None:
        async with StandIn(stamp="0").listen() as server:
            await fleet.run(server.url, records, progress=lambda *step: seen.append(step))

    asyncio.run(life())
    total = len(records["A1"])
    assert seen[-1] == (total, total)
    assert [done for done, _total in seen] == sorted({done for done, _total in seen})


@pytest.mark.parametrize("stamp", ["0", "None"])
def test_stamp_zero_sends_everything_again(stamp: str) -> None:
    """After a handshake with stamp 0 or None all records come again, and change nothing."""
    device = Device("A1")
    taps = [PlannedTap("1", AT + timedelta(hours=hour), hour % 2) for hour in range(6)]

    async def life(server: StandIn) -> None:
        async with server.listen():
            link = Link(server.url)
            await device.run(link, taps)
            server.stamp = stamp
            assert await device.handshake(link)
            await device.push_all(link)

    server = StandIn()
    asyncio.run(life(server))
    assert sum(len(keys) for _serial, keys in server.uploads) == 12
    assert set(server.stored) == device.memory.truth()
    assert device.counts.full_resends == 1


def test_lost_reply_sends_the_same_upload_again() -> None:
    """A device that never reads the first reply sends each upload twice; the store is the same."""
    fleet = Fleet.of(["A1"], behaviours={"A1": Behaviour(lost_reply=1.0, poll_every=3)})
    server = StandIn()
    report = _run(server, fleet, _records(fleet))
    assert report.counts["lost_replies"] == report.counts["uploads"] == report.counts["resent"]
    assert set(server.stored) == fleet.truth()


def test_wrong_clock_shows_in_the_records() -> None:
    """A clock ten minutes ahead notes each tap ten minutes late; that is the device's truth."""
    device = Device("A1", behaviour=Behaviour(clock_offset=600))
    server = StandIn()
    fleet = Fleet([device])
    _run(server, fleet, {"A1": [PlannedTap("1", AT, 0)]})
    assert list(server.stored) == [("A1", "1", AT + timedelta(seconds=600), 0)]


def test_offline_device_sends_its_backlog_at_the_end() -> None:
    """A device that is offline all the time sends all when it is back, in batches."""
    fleet = Fleet.of(["A1"], behaviours={"A1": Behaviour(offline=1.0, batch=50)})
    records = _records(fleet)
    server = StandIn()
    assert _run(server, fleet, records).is_complete
    assert max(len(keys) for _serial, keys in server.uploads) > 3


def test_refused_device_keeps_its_records() -> None:
    """A serial that the server sends away is told, and its records are still to be had."""
    fleet = Fleet.of(["A1", "B2"], honest=True)
    records = _records(fleet)
    report = _run(StandIn(known=["A1"]), fleet, records)
    assert report.refused == ("B2",)
    assert report.unsent == {"B2": len(records["B2"])}
    assert not report.is_complete


def test_exact_repeats_stay_in_one_upload() -> None:
    """Two taps of one person, key and second are never parted, so their number can be known."""
    fleet = Fleet.of(["A1"], behaviours={"A1": Behaviour(batch=1, restart=0.5)})
    taps = [PlannedTap("1", AT + timedelta(minutes=step // 2), 0) for step in range(20)]
    server = StandIn(stamp="0")
    _run(server, fleet, {"A1": taps})
    assert sum(server.stored.values()) == 20
    assert len(server.stored) == 10


def test_commands_are_executed() -> None:
    """Users are kept, sums counted, intervals sent again; the unknown is answered with -1002."""
    device = Device("A1")
    taps = [PlannedTap("1", AT + timedelta(hours=hour), 0) for hour in range(5)]
    interval = "StartTime=2026-10-05 08:00:00\tEndTime=2026-10-05 10:00:00"
    commands = [
        "C:a1:DATA UPDATE USERINFO PIN=302\tName=Contoh Dua\tPri=0",
        "C:a2:DATA DELETE USERINFO PIN=999",
        f"C:a3:VERIFY SUM ATTLOG {interval}",
        f"C:a4:DATA QUERY ATTLOG {interval}",
        "C:a5:SHELL reboot",
        "C:a6:INFO",
        "C:a7:LOG",
        "C:a8:CHECK",
        "C:a9:DATA QUERY ATTLOG StartTime=x",
        "C:b1:DATA DELETE USERINFO PIN=302",
    ]

    async def life(server: StandIn) -> None:
        async with server.listen():
            link = Link(server.url)
            await device.run(link, taps)
            server.commands["A1"] = commands
            await device.poll_until_idle(link)
            assert await device.ping(link)

    server = StandIn()
    asyncio.run(life(server))
    replies = [row for _serial, row in server.replies]
    assert [row for row in replies if row.startswith("ID=")] == [
        "ID=a1&Return=0&CMD=DATA",
        "ID=a2&Return=-10&CMD=DATA",
        f"ID=a3&Return=0&CMD=VERIFY SUM&{interval.replace(chr(9), '&')}&AttlogSum=3",
        "ID=a4&Return=0&CMD=DATA",
        "ID=a5&Return=-1002&CMD=SHELL",
        "ID=a6&Return=0&CMD=INFO",
        "ID=a7&Return=0&CMD=LOG",
        "ID=a8&Return=0&CMD=CHECK",
        "ID=a9&Return=-1&CMD=DATA",
        "ID=b1&Return=0&CMD=DATA",
    ]
    assert "TransactionCount=5" in replies
    again = [keys for _serial, keys in server.uploads if len(keys) == 3][-1]
    assert [at.hour for _serial, _pin, at, _status in again] == [8, 9, 10]
    assert device.users == {}


def test_chunked_replies_are_read() -> None:
    """A server may send its reply in chunks."""
    fleet = Fleet.of(["A1"], honest=True)
    assert _run(StandIn(chunked=True), fleet, _records(fleet, days=1)).is_complete


def test_server_that_is_not_there() -> None:
    """Without a server the records stay unsent, and the run ends with that report."""
    fleet = Fleet.of(["A1"], behaviours={"A1": Behaviour(attempts=2, retry_seconds=0.0)})
    records = _records(fleet, days=1)
    report = asyncio.run(fleet.run("http://127.0.0.1:1", records))
    assert report.unsent == {"A1": len(records["A1"])}
    assert report.counts["errors"] > 0


def test_link_says_what_is_no_address() -> None:
    """An address without scheme or host is refused at once."""
    with pytest.raises(ValueError, match="http"):
        Link("127.0.0.1:8000")


def test_link_refuses_what_is_not_http() -> None:
    """A reply that is not HTTP, or was cut off, is an error of the link."""

    async def life(reply: bytes) -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(LinkError):
                await Link(f"http://127.0.0.1:{port}").get("/")

    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nOK"
    for reply in (b"", b"hello\r\n\r\n", cut, chunked + b"zz\r\n", chunked + b"2\r\nOK\r\n"):
        asyncio.run(life(reply))


@pytest.mark.parametrize("form", FORMS)
def test_each_form_alone(form: Form) -> None:
    """Each form of columns brings all records over."""
    fleet = Fleet.of(["A1"], behaviours={"A1": Behaviour(form=form)})
    server = StandIn()
    assert _run(server, fleet, _records(fleet)).is_complete
    assert set(server.stored) == fleet.truth()


def test_invented_fleet_is_mixed() -> None:
    """About half of invented devices speak the current form and one in ten has a wrong clock."""
    behaviours = [invent_behaviour(dice(1, number)) for number in range(400)]
    current = sum(behaviour.form == "12" for behaviour in behaviours)
    wrong = sum(behaviour.clock_offset != 0 for behaviour in behaviours)
    assert 180 < current < 290
    assert 20 < wrong < 65


def test_command_line_lists_the_serials() -> None:
    """The command lists the serials that are to be registered, and sends nothing then."""
    said: list[str] = []
    assert main(["http://127.0.0.1:1", "--devices", "2", "--list"], said.append) == 0
    assert said == ["SIM0000000001\nSIM0000000002\n"]


@pytest.mark.parametrize("known,code", [(None, 0), ([], 1)])
def test_command_line_over_http(known: list[str] | None, code: int) -> None:
    """The command tells its progress, and ends with 0 only when every record was taken."""
    said: list[str] = []
    server = StandIn(known=known)

    async def life() -> int:
        async with server.listen():
            arguments = [server.url, "--devices", "3", "--people", "2", "--start", "2026-10-05"]
            return await asyncio.to_thread(main, arguments, said.append)

    assert asyncio.run(life()) == code
    assert any(line.startswith("100%") for line in said) == (code == 0)
    assert "devices 3" in said[-1]
    assert ("refused: SIM" in said[-1]) == (code == 1)
