"""What section 8 of attendance.md plants in the samples, as it stands in the tables afterwards."""

import datetime as dt

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, PersonPin
from leuit.plugins import Host
from leuit.work import Leuit
from leuit_attendance.models import AttendanceDay, PunchRow

from .sample_office import WORKDAYS, Line, open_sample

CARD = 4
"""A card shown, in the numbers of the push protocol that the sample's device uses."""


@pytest.fixture(autouse=True)
def line(app: Leuit, host: Host) -> Line:
    """The sample office, with every day judged."""
    found = open_sample(app, host)
    assert len(found.json("recap", "CONTOH", "2026-10")["people"]) == 10
    return found


def punches(app: Leuit, pin: str) -> list[PunchRow]:
    """The stored punches of a PIN, in order."""
    with app.read(SYSTEM) as view:
        query = select(PunchRow).where(PunchRow.pin == pin).order_by(PunchRow.at, PunchRow.status)
        return list(view.session.scalars(query))


def of_day(app: Leuit, pin: str, day: int) -> list[tuple[str, int]]:
    """Clock time and key of the punches of a day of October."""
    return [
        (row.at.time().isoformat(), row.status) for row in punches(app, pin) if row.at.day == day
    ]


def stored_day(app: Leuit, pin: str, day: int) -> AttendanceDay:
    """The stored day of October of whoever has the PIN."""
    with app.read(SYSTEM) as view:
        person = view.session.scalars(select(PersonPin.person_id).where(PersonPin.pin == pin)).one()
        return view.session.get_one(AttendanceDay, (person, dt.date(2026, 10, day)))


def sides(row: AttendanceDay) -> tuple[str, str]:
    """Clock times of coming and leaving."""
    assert row.check_in is not None
    assert row.check_out is not None
    return row.check_in.time().isoformat(), row.check_out.time().isoformat()


def test_overtime_has_its_work_code(app: Leuit) -> None:
    """PIN 205: only the two overtime taps of 8 October carry work code 7; the day ends with the
    second of them.
    """
    coded = {row.at: (row.status, row.workcode) for row in punches(app, "205")}
    assert {at: told for at, told in coded.items() if told[1] not in ("", "0")} == {
        dt.datetime(2026, 10, 8, 17, 5, 20): (4, "7"),
        dt.datetime(2026, 10, 8, 20, 10, 2): (5, "7"),
    }
    row = stored_day(app, "205", 8)
    assert (row.status, sides(row)) == ("hadir", ("07:21:03", "20:10:02"))
    assert (row.classes, row.flags, row.deduction) == ("", "", 0)


def test_a_card_is_stored_as_told(app: Leuit) -> None:
    """PIN 205 shows a card: each of the 26 punches keeps the raw number 4."""
    assert [row.verify for row in punches(app, "205")] == [CARD] * 26


@pytest.mark.parametrize(
    "day,come,leave", [(5, "07:15:59", "16:07:24"), (15, "07:25:24", "16:02:04")]
)
def test_break_keys_lie_within_the_day(app: Leuit, day: int, come: str, leave: str) -> None:
    """PIN 205 taps break keys 2 and 3 on 5 and 15 October: stored, and neither is in or out."""
    assert of_day(app, "205", day) == [
        *((come, 0), ("12:01:10", 2), ("12:57:44", 3), (leave, 1)),
    ]
    row = stored_day(app, "205", day)
    assert (row.status, sides(row)) == ("hadir", (come, leave))
    assert (row.classes, row.flags, row.deduction) == ("", "", 0)


def test_every_way_of_verifying_is_stored(app: Leuit) -> None:
    """PIN 1001: no key (255) on every punch, verified by 1, 3, 4, 15 and 25; every day is clean."""
    rows = punches(app, "1001")
    assert {row.status for row in rows} == {255}
    ways = {day: {row.verify for row in rows if row.at.day == day} for day in WORKDAYS}
    assert ways == {
        **{day: {1} for day in (5, 9, 12, 16)},
        **{day: {15} for day in (8, 13, 14)},
        6: {3},
        7: {4},
        15: {25},
    }
    for day in WORKDAYS:
        row = stored_day(app, "1001", day)
        assert (row.status, row.classes, row.flags) == ("hadir", "", ""), day


def test_the_doubled_line_leaves_the_day_whole(app: Leuit) -> None:
    """PIN 15 on 5 October: the arrival stands once, told twice, and the leaving is 16:01:34."""
    assert of_day(app, "15", 5) == [("07:21:16", 0), ("16:01:34", 1)]
    assert [row.copies for row in punches(app, "15") if row.at.day == 5] == [2, 1]
    row = stored_day(app, "15", 5)
    assert (row.status, sides(row)) == ("hadir", ("07:21:16", "16:01:34"))
    assert (row.classes, row.flags, row.deduction) == ("", "", 0)


def test_three_taps_in_seven_seconds_are_explained(line: Line) -> None:
    """PIN 15 on 6 October: one arrival, and the reasons say that four records were two taps."""
    told = {reason["rule"]: reason["text"] for reason in line.day("15", 6)["because"]}
    assert told["punch.repeated"].startswith("4 catatan mesin dihitung 2 tap")
    assert "punch.repeated" not in {reason["rule"] for reason in line.day("15", 7)["because"]}
