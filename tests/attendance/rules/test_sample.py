"""What section 8 of the domain paper plants in the sample files, and the vectors about it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from leuit.values import local_day, to_utc
from leuit_attendance.data import seed_tables
from leuit_attendance.rules import Absence, DayVerdict, count_taps, judge_days, sum_month
from tests.attendance.rules.office import (
    SCHEDULES,
    SHIFTS,
    USUAL,
    at,
    duties_of,
    judge_sample,
    read_sample,
    sample_days,
    with_seconds,
)

WORKDAYS = (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)


def on_workdays(verdicts: dict[int, DayVerdict], field: str) -> list[int]:
    """One figure of each of the ten working days."""
    return [getattr(verdicts[day], field) for day in WORKDAYS]


def test_lateness_on_the_class_borders_with_seconds_cut() -> None:
    """Vector 14: PIN 2 is 364 minutes late, 7.0 percent."""
    verdicts = judge_sample("2", with_seconds("cut"))
    assert on_workdays(verdicts, "late_minutes") == [0, 0, 1, 30, 31, 60, 61, 90, 91, 0]
    total = sum_month(verdicts.values(), USUAL)
    assert (total.late_minutes, total.classes) == (364, {"TL1": 2, "TL2": 2, "TL3": 2, "TL4": 1})
    assert str(total.deduction_percent) == "7"


def test_lateness_on_the_class_borders_with_seconds_up() -> None:
    """Vector 15: PIN 2 is 368 minutes late, 8.5 percent."""
    verdicts = judge_sample("2", with_seconds("up"))
    assert on_workdays(verdicts, "late_minutes") == [0, 1, 1, 31, 31, 61, 61, 91, 91, 0]
    total = sum_month(verdicts.values(), USUAL)
    assert (total.late_minutes, total.classes) == (368, {"TL1": 2, "TL2": 2, "TL3": 2, "TL4": 2})
    assert str(total.deduction_percent) == "8.5"


@pytest.mark.parametrize("seconds", ["cut", "up"])
def test_early_leaving_on_the_class_borders(seconds: str) -> None:
    """Vector 16: PIN 7 leaves 335 minutes early, 7.25 percent, whatever happens to seconds."""
    verdicts = judge_sample("7", with_seconds("cut" if seconds == "cut" else "up"))
    assert on_workdays(verdicts, "early_minutes") == [0, 1, 30, 31, 30, 31, 60, 61, 91, 0]
    total = sum_month(verdicts.values(), USUAL)
    assert total.early_minutes == 335
    assert total.classes == {"PSW1": 3, "PSW2": 3, "PSW3": 1, "PSW4": 1}
    assert str(total.deduction_percent) == "7.25"


def test_reasons_name_the_articles_of_the_seeds() -> None:
    """Each reason tells the place in the law that section 1 or 3 of the domain paper knows; where
    it knows none, as for Permentan 68/2012, none is invented.
    """
    hours = "Perpres 21/2023 Pasal 4 ayat (1), (3), dan (5); jam pulang menurut PermenPANRB 6/2018"
    table = "Tabel umum Pemda (dasar TPP: PP 12/2019 Pasal 58)"
    late = judge_sample("2")[8].reasons
    assert [(each.rule, each.article) for each in late] == [
        ("late.minutes", hours),
        ("early.none", hours),
        ("class.TL1", table),
    ]
    assert {each.article for each in judge_sample("102")[5].reasons} == {
        "Jam sif rumah sakit yang lazim (pengecualian: Perpres 21/2023 Pasal 7)"
    }
    ramadan = SCHEDULES["schedule_ramadan_5_hari"].basis
    assert ramadan.label == "Perpres 21/2023 Pasal 4 ayat (2), (4), dan (6)"
    permentan = seed_tables()["tpp_permentan_68_2012"].basis
    assert (permentan.label, permentan.article) == ("Permentan 68/2012", "")


def test_the_seeds_keep_their_marks() -> None:
    """What the paper read second-hand or could not confirm is marked so in the seed."""
    marks = {name: week.basis.confidence for name, week in SCHEDULES.items()}
    marks |= {name: table.basis.confidence for name, table in seed_tables().items()}
    assert marks == {
        "schedule_permenpanrb_6_2018": "secondary",
        "schedule_ramadan_5_hari": "unverified",
        "tpp_permentan_68_2012": "secondary",
        "tpp_umum": "unverified",
    }
    assert {shift.basis.confidence for shift in SHIFTS.values()} == {"unverified"}


def test_taps_of_one_person_and_key_collapse() -> None:
    """Vector 17: 199 records, 198 distinct, 195 within 60 s, 194 within 300 s."""
    sample = read_sample("1_attlog.dat")
    assert sum(len(punches) for punches in sample.values()) == 199
    assert len({(pin, p.at, p.status) for pin, all_ in sample.items() for p in all_}) == 198
    for seconds, taps in ((60, 195), (300, 194)):
        assert sum(count_taps(punches, seconds) for punches in sample.values()) == taps


def test_repeated_taps_are_no_second_arrival() -> None:
    """PIN 15 is present and in time on every day; the arrival is the first of its repeats."""
    verdicts = judge_sample("15")
    assert {verdicts[day].status for day in WORKDAYS} == {"hadir"}
    assert sum(on_workdays(verdicts, "deduction")) == 0
    assert verdicts[6].check_in == at(6, "07:15:15")
    assert verdicts[13].check_in == at(13, "07:22:45")
    assert verdicts[9].check_out == at(9, "16:37:24")


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    """Vector 18: in 20:53:58 on the 5th, out 07:09:59 on the 6th is the shift of the 5th, clean."""
    verdicts = judge_sample("102")
    night = verdicts[5]
    assert (night.check_in, night.check_out) == (at(5, "20:53:58"), at(6, "07:09:59"))
    assert (night.status, night.classes, night.flags) == ("hadir", (), ())
    assert (verdicts[6].check_in, verdicts[6].flags) == (at(6, "20:52:19"), ())


def test_every_shift_of_the_roster_is_clean() -> None:
    """PIN 102: eight shifts present without class, off days and the unassigned weekend free."""
    verdicts = judge_sample("102")
    statuses = {day: verdict.status for day, verdict in verdicts.items()}
    free = (7, 10, 11, 14)
    assert {statuses[day] for day in free} == {"bebas"}
    assert {verdict.status for day, verdict in verdicts.items() if day not in free} == {"hadir"}
    assert all(not verdict.classes and not verdict.flags for verdict in verdicts.values())
    assert verdicts[16].check_out == at(17, "07:09:21")


def test_a_wrong_key_is_flagged_and_the_day_present() -> None:
    """Vector 19: PIN 101 on the 6th; likewise the 8th and 12th, and no other day."""
    verdicts = judge_sample("101")
    assert (verdicts[6].check_in, verdicts[6].check_out) == (at(6, "07:14:09"), at(6, "16:04:40"))
    flagged = [day for day in WORKDAYS if "wrong_key" in verdicts[day].flags]
    assert flagged == [6, 8, 12]
    assert {verdicts[day].status for day in WORKDAYS} == {"hadir"}
    assert sum(on_workdays(verdicts, "deduction")) == 0


def test_a_missing_punch_stays_missing() -> None:
    """Vector 20: PIN 23 has no clock-out on the 7th (PSW4) and no clock-in on the 14th (TL4)."""
    verdicts = judge_sample("23")
    assert (verdicts[7].check_out, verdicts[7].classes) == (None, ("PSW4",))
    assert (verdicts[14].check_in, verdicts[14].classes) == (None, ("TL4",))
    assert [day for day in WORKDAYS if verdicts[day].deduction] == [7, 14]
    total = sum_month(verdicts.values(), USUAL)
    assert (total.missing_in, total.missing_out, total.deduction) == (1, 1, 300)


def test_days_without_punches_are_absent_unless_covered() -> None:
    """PIN 118: absent on the 7th; on the 13th and 14th away on duty once the SPT is entered."""
    verdicts = judge_sample("118")
    absent = [day for day in WORKDAYS if verdicts[day].status == "tanpa_keterangan"]
    assert absent == [7, 13, 14]
    spt = Absence("dinas_luar", date(2026, 10, 13), date(2026, 10, 14), "SPT 094/13/2026")
    covered = judge_days(
        sample_days(),
        duties_of("118"),
        read_sample("1_attlog.dat")["118"],
        USUAL,
        absences=[spt],
    )
    total = sum_month(covered, USUAL)
    assert total.statuses == {"hadir": 7, "tanpa_keterangan": 1, "dinas_luar": 2, "bebas": 2}
    assert total.deduction == 300


def test_break_and_overtime_keys_do_not_disturb() -> None:
    """PIN 205: break taps in between change nothing; overtime moves the clock-out to its end."""
    verdicts = judge_sample("205")
    assert (verdicts[5].check_in, verdicts[5].check_out) == (at(5, "07:15:59"), at(5, "16:07:24"))
    assert verdicts[8].check_out == at(8, "20:10:02")
    assert sum(on_workdays(verdicts, "deduction")) == 0
    assert all(not verdict.flags for verdict in verdicts.values())


@pytest.mark.parametrize("pin", ["1", "1001"])
def test_the_punctual_are_clean(pin: str) -> None:
    """PIN 1, and PIN 1001 whose key is always 255: ten days present, nothing deducted, no flag."""
    verdicts = judge_sample(pin)
    total = sum_month(verdicts.values(), USUAL)
    assert total.statuses == {"hadir": 10, "bebas": 2}
    assert (total.deduction, total.classes) == (0, {})
    assert all(not verdict.flags for verdict in verdicts.values())


@pytest.mark.parametrize("pin", ["3", "11"])
def test_the_older_form_holds_five_clean_days(pin: str) -> None:
    """The older file: PIN 3 and 11 are present and in time from the 5th to the 9th."""
    verdicts = judge_sample(pin, name="3602099000001_attlog.dat")
    assert all(verdicts[day].status == "hadir" for day in range(5, 10))
    assert sum(verdicts[day].deduction for day in range(5, 10)) == 0


def test_the_day_is_the_local_one() -> None:
    """Vector 26: 06:59:59 WIB on the 5th is the 4th in UTC and counts for the 5th."""
    zone = ZoneInfo("Asia/Jakarta")
    seven = to_utc(datetime(2026, 10, 5, 7), zone)
    before = to_utc(datetime(2026, 10, 5, 6, 59, 59), zone)
    assert seven == datetime(2026, 10, 5, tzinfo=UTC)
    assert (before.date(), local_day(before, zone)) == (date(2026, 10, 4), date(2026, 10, 5))
    assert judge_sample("102")[8].check_in == at(8, "06:56:48")
