"""The plain form: every value survives it, and every mistake is named with its path."""

import json
from datetime import date
from typing import Any

import pytest

from leuit.values import InvalidInputError
from leuit_attendance.data import seed_schedules, seed_shifts, seed_tables
from leuit_attendance.rules import (
    DayVerdict,
    DeductionTable,
    Punch,
    ShiftPattern,
    WeekSchedule,
    from_plain,
    judge_day,
    sum_month,
    to_plain,
)
from tests.attendance.rules.office import OFFICE, OFFICE_WEEK, USUAL, duty_on, tap


def faults(kind: type[Any], plain: object) -> dict[str, str]:
    """Path and sentence of every mistake."""
    with pytest.raises(InvalidInputError) as caught:
        from_plain(kind, plain)
    return {field.path: field.message for field in caught.value.fields}


def test_seeds_survive_json_and_carry_their_source() -> None:
    """Each shipped value is equal after JSON, names its source and is not marked as read in law."""
    seeds: list[WeekSchedule | DeductionTable | ShiftPattern] = [
        *seed_schedules().values(),
        *seed_tables().values(),
        *seed_shifts().values(),
    ]
    assert len(seeds) == 8
    for seed in seeds:
        assert from_plain(type(seed), json.loads(json.dumps(to_plain(seed)))) == seed
        assert seed.basis.source
        assert seed.basis.confidence in ("secondary", "unverified")


def test_the_usual_table_is_marked_unverified() -> None:
    """Common practice is never shown as law."""
    assert USUAL.basis.confidence == "unverified"
    permentan = seed_tables()["tpp_permentan_68_2012"]
    assert permentan.hundredths_by_class == {
        "TL1": 50,
        "TL2": 100,
        "TL3": 150,
        "TL4": 200,
        "PSW1": 50,
        "PSW2": 100,
        "PSW3": 150,
        "PSW4": 200,
        "TK": 400,
    }


def test_verdicts_months_and_dated_schedules_survive() -> None:
    """Values with moments, dates, reasons and nested objects are equal after JSON."""
    verdict = judge_day(date(2026, 10, 5), duty_on(5), [tap(5, "08:01")], USUAL)
    for value in (verdict, sum_month([verdict], USUAL), OFFICE, duty_on(5), tap(5, "07:00")):
        assert from_plain(type(value), json.loads(json.dumps(to_plain(value)))) == value
    assert verdict.reasons


def test_defaults_may_be_left_out() -> None:
    """A schedule of one line is enough."""
    plain = {
        "title": "Uji",
        "basis": {"source": "Perbup"},
        "monday": {"start": "07:30", "end": "16:00"},
    }
    assert from_plain(WeekSchedule, plain).week_minutes == 510


def test_all_mistakes_are_told_at_once_with_their_paths() -> None:
    """Unknown keys, missing keys, wrong types and wrong choices, deep inside too."""
    plain = to_plain(USUAL)
    del plain["title"]
    plain["besar"] = 1
    plain["base"] = "gaji"
    plain["free_late_days"] = True
    plain["classes"]["late"][2]["to_minutes"] = "91"
    plain["percents"][1]["percent"] = 0.5
    plain["basis"] = []
    assert set(faults(DeductionTable, plain)) == {
        "title",
        "besar",
        "base",
        "free_late_days",
        "classes.late[2].to_minutes",
        "percents[1].percent",
        "basis",
    }


@pytest.mark.parametrize(
    "path,value,sentence",
    [
        (("percents", 0, "percent"), "0.505", "0,01%"),
        (("percents", 0, "percent"), "101", "antara 0 dan 100"),
        (("percents", 0, "percent"), "NaN", "0,01%"),
        (("percents", 0, "percent"), "satu", "desimal"),
        (("classes", "late", 0, "from_minutes"), 0, "menit ke-1"),
        (("matching", "before_minutes"), -1, "negatif"),
        (("classes", "seconds"), "half", "cut, up"),
        (("percents",), {}, "daftar"),
    ],
)
def test_the_rules_of_a_value_are_told_at_its_path(
    path: tuple[str | int, ...], value: object, sentence: str
) -> None:
    """A figure that its own class refuses is named where it stands."""
    plain = to_plain(USUAL)
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    (told,) = faults(DeductionTable, plain).items()
    assert sentence in told[1]
    assert told[0].startswith(str(path[0]))


@pytest.mark.parametrize(
    "change,sentence",
    [
        ({"percents": [{"name": "TL9", "percent": "1"}]}, "tidak dikenal: TL9"),
        ({"percents": [{"name": "TK", "percent": "1"}] * 2}, "satu persentase"),
        ({"part_percent": "40"}, "discipline_part"),
        ({"part_percent": "0"}, "part_percent"),
        ({"cap_percent": "-1"}, "cap_percent"),
        ({"free_late_days": -1}, "free_late_days"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    change: dict[str, object], sentence: str
) -> None:
    """Percentages of unknown or doubled classes and impossible figures do not become an edition."""
    assert sentence in faults(DeductionTable, to_plain(USUAL) | change)[""]


def test_times_dates_and_texts_are_checked() -> None:
    """A wrong clock time, date, moment or number is told in its own words."""
    plain = to_plain(OFFICE_WEEK)
    plain["monday"]["start"] = "7.30"
    plain["title"] = 5
    assert faults(WeekSchedule, plain) == {
        "monday.start": "harus berupa jam, mis. 07:30.",
        "title": "harus berupa teks.",
    }
    assert set(faults(DayVerdict, {"day": "5/10/2026", "status": "hadir", "starts": "besok"})) == {
        "day",
        "starts",
    }
    assert set(faults(Punch, {"at": 5, "status": "0"})) == {"at", "status"}
    assert set(faults(WeekSchedule, "bukan")) == {""}


def test_the_error_is_one_readable_sentence() -> None:
    """Logs and commands show the paths without further help."""
    with pytest.raises(InvalidInputError, match="basis wajib diisi"):
        from_plain(WeekSchedule, {"title": "Uji"})
