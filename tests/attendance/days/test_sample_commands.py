"""The sample office and the commands on it: every vector of attendance.md about stored days."""

import datetime as dt

import pytest

from leuit.builtin.organisation import create_person
from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.work import Leuit
from leuit_attendance.rules import SENTENCES
from leuit_attendance.service.figures import DEDUCTIONS

from .office import TABLE, put_in_force
from .sample_office import WORKDAYS, Line, open_sample


@pytest.fixture
def line(app: Leuit, host: Host) -> Line:
    """The sample office in a regency, with the sample file imported."""
    return open_sample(app, host)


def test_lateness_on_the_class_borders(line: Line) -> None:
    """Vector 14: PIN 2 with seconds cut."""
    days = [line.day("2", day) for day in WORKDAYS]
    assert [day["late_minutes"] for day in days] == [0, 0, 1, 30, 31, 60, 61, 90, 91, 0]
    assert sum(day["deduction_percent"] for day in days) == 7
    assert [name for day in days for name in day["classes"]] == [
        *("TL1", "TL1", "TL2", "TL2", "TL3", "TL3", "TL4")
    ]


def test_seconds_may_count(line: Line, app: Leuit) -> None:
    """Vector 15: PIN 2 under an edition that rounds seconds up, activated afterwards."""
    import attrs

    rounded = attrs.evolve(TABLE, classes=attrs.evolve(TABLE.classes, seconds="up"))
    with app.change(SYSTEM) as work:
        put_in_force(work, DEDUCTIONS, rounded, dt.date(2026, 10, 1))
    days = [line.day("2", day) for day in WORKDAYS]
    assert [day["late_minutes"] for day in days] == [0, 1, 1, 31, 31, 61, 61, 91, 91, 0]
    assert sum(day["deduction_percent"] for day in days) == 8.5


def test_early_leaving_on_the_class_borders(line: Line) -> None:
    """Vector 16: PIN 7 leaves 335 minutes early, 7.25 percent."""
    days = [line.day("7", day) for day in WORKDAYS]
    assert sum(day["early_minutes"] for day in days) == 335
    assert sum(day["deduction_percent"] for day in days) == 7.25


def test_the_shape_of_an_answer(line: Line) -> None:
    """The keys are the promised ones, moments carry the zone, absent values are null."""
    found = line.day("23", 7)
    assert list(found) == [
        *("nip", "date", "status", "in", "out", "late_minutes", "early_minutes"),
        *("classes", "deduction_percent", "because"),
    ]
    assert found["in"].startswith("2026-10-07T07:")
    assert found["in"].endswith("+07:00")
    assert found["out"] is None
    assert all(set(reason) == {"rule", "article", "text"} for reason in found["because"])
    assert "punch.missing_out" in [reason["rule"] for reason in found["because"]]
    assert "punch.missing_out" in SENTENCES


def test_a_night_shift_belongs_to_the_day_it_starts(line: Line) -> None:
    """Vector 18: PIN 102's night of the 5th ends on the 6th, whose own shift is complete."""
    night, next_night = line.day("102", 5), line.day("102", 6)
    assert (night["in"], night["out"]) == (
        "2026-10-05T20:53:58+07:00",
        "2026-10-06T07:09:59+07:00",
    )
    assert (night["status"], night["classes"]) == ("hadir", [])
    assert (next_night["status"], next_night["classes"]) == ("hadir", [])
    assert line.day("102", 7)["status"] == "bebas"


def test_a_wrong_key_and_missing_taps(line: Line) -> None:
    """Vectors 19 and 20: PIN 101 is present and flagged; PIN 23 misses a side, none invented."""
    wrong = line.day("101", 6)
    assert (wrong["in"], wrong["out"]) == (
        "2026-10-06T07:14:09+07:00",
        "2026-10-06T16:04:40+07:00",
    )
    assert wrong["status"] == "hadir"
    assert any(reason["rule"].startswith("punch.wrong_key") for reason in wrong["because"])
    assert line.day("23", 7)["classes"] == ["PSW4"]
    missing = line.day("23", 14)
    assert (missing["in"], missing["classes"]) == (None, ["TL4"])


def test_absent_and_on_a_duty_trip(line: Line) -> None:
    """PIN 118 is absent on the 7th and away with an SPT on the 13th and 14th."""
    assert line.day("118", 7)["status"] == "tanpa_keterangan"
    assert {line.day("118", day)["status"] for day in (13, 14)} == {"dinas_luar"}


def test_the_recap_sums_the_month(line: Line) -> None:
    """The recap of the sample's unit tells ten people, their sums, and the editions used."""
    found = line.json("recap", "CONTOH", "2026-10")
    people = {person["name"]: person for person in found["people"]}
    assert len(people) == 10
    assert people["Budi Contoh"]["late_minutes"] == 364
    assert people["Budi Contoh"]["deduction_percent"] == 7
    assert people["Citra Contoh"]["deduction_percent"] == 7.25
    assert people["Gita Contoh"]["statuses"]["hadir"] == 8
    assert people["Hadi Contoh"]["statuses"]["dinas_luar"] == 2
    assert {edition["kind"] for edition in found["editions"]} == {
        *("attendance.deductions", "attendance.schedule", "attendance.shifts")
    }


def test_the_sample_is_made_once(line: Line) -> None:
    """Making the sample again says the same and changes no day."""
    before = line.json("recap", "CONTOH", "2026-10")
    assert line.run("sample")[0] == 0
    assert line.json("recap", "CONTOH", "2026-10") == before


def test_the_sample_is_kept_from_real_people(line: Line, app: Leuit) -> None:
    """Beside somebody who is not invented the sample office is refused, and nothing is written."""
    with app.change(SYSTEM) as work:
        create_person(work, name="Bukan Contoh", nip="198012122005011002")
    status, _out, err = line.run("sample")
    assert status == 1
    assert "LEUIT_DATA" in err


def test_the_unknown_is_refused(line: Line) -> None:
    """An unknown person, a day that does not exist, and nonsense end with status 1."""
    for words in (("day", "999", "2026-10-06"), ("day", "2", "2026-09-30"), ("day", "2", "x")):
        status, out, err = line.run(*words, "--json")
        assert (status, out) == (1, "")
        assert err.startswith("leuit: ")
    assert line.run("recap", "CONTOH", "2026-13")[0] == 1
