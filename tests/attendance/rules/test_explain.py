"""Reasons: each step has its rule, its article and a sentence with the figures."""

from datetime import date, time
from decimal import Decimal

import pytest
from attrs import evolve

from leuit_attendance.rules import (
    SENTENCES,
    Absence,
    DayPattern,
    DayVerdict,
    DeductionTable,
    Duty,
    Holiday,
    Punch,
    Rest,
    judge_day,
    percent_text,
)
from tests.attendance.rules.office import BASIS, USUAL, at, duty_on, tap, with_seconds

DAY = date(2026, 10, 5)
TABLE = USUAL.basis.label


def told(verdict: DayVerdict) -> list[tuple[str, str, str]]:
    """Rule, article and text of every reason."""
    return [(reason.rule, reason.article, reason.text) for reason in verdict.reasons]


def judged(
    *taps: Punch, duty: Duty | None = None, table: DeductionTable = USUAL
) -> list[tuple[str, str, str]]:
    """The reasons of Monday 5 October with these taps."""
    return told(judge_day(DAY, duty or duty_on(5), taps, table))


def test_a_late_and_early_day_is_told_in_order() -> None:
    """Arrival, leaving, then the classes with their deductions, each with its article."""
    assert judged(tap(5, "08:01:59"), tap(5, "15:00")) == [
        (
            "late.minutes",
            BASIS.label,
            "Masuk 08.01, jadwal 07.30: terlambat 31 menit (detik diabaikan)",
        ),
        (
            "early.minutes",
            BASIS.label,
            "Pulang 15.00, paling cepat 16.00: 60 menit lebih awal (detik diabaikan)",
        ),
        ("class.TL2", TABLE, "Kelas TL2: potongan 1% dari TPP"),
        ("class.PSW2", TABLE, "Kelas PSW2: potongan 1% dari TPP"),
    ]


def test_rounding_up_is_told_with_the_seconds() -> None:
    """Where seconds count, the sentence shows them."""
    texts = [text for _, _, text in judged(tap(5, "07:30:01"), tap(5, "15:59:59"),
                                           table=with_seconds("up"))]  # fmt: skip
    assert texts[:2] == [
        "Masuk 07.30.01, jadwal 07.30: terlambat 1 menit (detik dibulatkan ke atas)",
        "Pulang 15.59.59, paling cepat 16.00: 1 menit lebih awal (detik dibulatkan ke atas)",
    ]


def test_seconds_that_are_cut_are_shown_where_they_would_puzzle() -> None:
    """07.30.30 is not late although it is after 07.30, and the sentence says why."""
    less = "kurang dari satu menit"
    found = judged(tap(5, "07:30:30"), tap(5, "15:59:30"))
    assert [text for _, _, text in found] == [
        f"Masuk 07.30.30, jadwal 07.30: lewat {less}, tidak terlambat (detik diabaikan)",
        f"Pulang 15.59.30, paling cepat 16.00: {less}, tidak lebih awal (detik diabaikan)",
    ]


def test_repeated_records_are_told_as_one_tap() -> None:
    """A day with a tap told three times says how many taps it counted, without an article, before
    the classes; the same taps a minute apart are not mentioned.
    """
    repeats = [tap(5, clock) for clock in ("08:01:05", "08:01:08", "08:01:12")]
    found = judged(*repeats, tap(5, "16:05"))
    assert found[-2:] == [
        (
            "punch.repeated",
            "",
            "4 catatan mesin dihitung 2 tap: tombol yang sama dalam 60 detik adalah ulangan",
        ),
        ("class.TL2", TABLE, "Kelas TL2: potongan 1% dari TPP"),
    ]
    apart = judged(tap(5, "08:01:05"), tap(5, "08:02:06"), tap(5, "16:05"))
    assert "punch.repeated" not in [rule for rule, _, _ in apart]


def test_a_plain_day_says_that_nothing_is_wrong() -> None:
    """A punctual day has its two reasons too."""
    assert [text for _, _, text in judged(tap(5, "07:20"), tap(5, "16:05"))] == [
        "Masuk 07.20, jadwal 07.30: tidak terlambat",
        "Pulang 16.05, paling cepat 16.00: tidak lebih awal",
    ]


def test_missing_taps_are_told_from_the_deduction_table() -> None:
    """Neither side is invented, and the class that follows is named."""
    assert judged(tap(5, "07:20"))[1:] == [
        (
            "punch.missing_out",
            TABLE,
            "Jadwal pulang 16.00: tidak ada tap pulang, dan tidak diisi sendiri",
        ),
        ("class.PSW4", TABLE, "Kelas PSW4: potongan 1,5% dari TPP"),
    ]
    assert judged(tap(5, "16:05"))[0][0] == "punch.missing_in"


def test_wrong_keys_are_told_on_their_side() -> None:
    """The key that was pressed stands in the sentence."""
    rules = [(rule, text) for rule, _, text in judged(tap(5, "07:20", 1), tap(5, "16:05", 0))]
    assert rules[1] == (
        "punch.wrong_key_in",
        "Tap masuk 07.20 memakai tombol 1; tetap dihitung masuk",
    )
    assert rules[3] == (
        "punch.wrong_key_out",
        "Tap pulang 16.05 memakai tombol 0; tetap dihitung pulang",
    )


def test_flexi_and_tolerance_tell_the_earliest_leaving() -> None:
    """What moved the end is told with the minutes and the new end."""
    flexi = duty_on(5, DayPattern(time(7, 30), time(16), 60, 30, 30, 20, 10))
    late = judged(tap(5, "07:38"), tap(5, "17:00"), duty=flexi)[0]
    ahead = judged(tap(5, "07:05"), tap(5, "17:00"), duty=flexi)[0]
    tolerated = judged(tap(5, "07:45"), tap(5, "17:00"), duty=flexi)[0]
    assert late[0] == ahead[0] == "late.flexi"
    assert late[2].endswith(
        "8 menit kemudian, masih dalam jendela fleksibel; paling cepat pulang 16.08"
    )
    assert ahead[2].endswith(
        "25 menit lebih awal, 20 menit dihitung dalam jendela fleksibel; paling cepat pulang 15.40"
    )
    assert tolerated[0] == "late.tolerated"
    assert tolerated[2].endswith(
        "15 menit kemudian, masih dalam toleransi; paling cepat pulang 16.30"
    )


def test_days_off_name_their_decree_or_schedule() -> None:
    """A holiday cites its decree, a rest day its schedule."""
    holiday = Holiday(DAY, "libur", "Hari Uji", "SKB 1/2026")
    assert told(judge_day(DAY, duty_on(5), [], USUAL, holiday=holiday)) == [
        ("day.holiday", "SKB 1/2026", "Hari Uji: libur nasional, tidak wajib masuk")
    ]
    shared = evolve(holiday, kind="cuti_bersama")
    assert told(judge_day(DAY, None, [], USUAL, holiday=shared))[0][0] == "day.cuti_bersama"
    rest = Rest(DAY, "Lepas jaga", "Roster 10")
    assert told(judge_day(DAY, rest, [], USUAL)) == [
        ("day.rest", "Roster 10", "Lepas jaga: tidak ada jam kerja pada hari ini")
    ]
    assert told(judge_day(DAY, None, [], USUAL))[0][1:] == (
        "",
        "Tanpa jadwal: tidak ada jam kerja pada hari ini",
    )


def test_a_duty_on_a_holiday_says_that_it_stands() -> None:
    """The holiday is told before the presence."""
    holiday = Holiday(DAY, "libur", "Hari Uji", "SKB 1/2026")
    verdict = judge_day(DAY, duty_on(5, on_holidays=True), [], USUAL, holiday=holiday)
    assert [reason.rule for reason in verdict.reasons] == [
        "day.holiday_on_duty",
        "day.absent",
        "class.TK",
    ]


@pytest.mark.parametrize("title,shown", [("Cuti tahunan", "Cuti tahunan"), ("", "Tugas belajar")])
def test_an_absence_cites_its_document(title: str, shown: str) -> None:
    """The document is the article, the dates stand in the sentence, taps are told beside it."""
    study = Absence("tugas_belajar", DAY, date(2026, 10, 9), "SK 5/2026", title)
    found = told(judge_day(DAY, duty_on(5), [tap(5, "07:20")], USUAL, absences=[study]))
    assert found == [
        (
            "absence.tugas_belajar",
            "SK 5/2026",
            f"{shown}, 5 Okt 2026 s.d. 9 Okt 2026: menggantikan kehadiran",
        ),
        (
            "absence.punched",
            "SK 5/2026",
            "Ada tap pada hari ini (07.20), tidak dinilai karena ada dokumen",
        ),
    ]


def test_open_days_say_so() -> None:
    """A day to come and a running day are told apart."""
    future = judge_day(DAY, duty_on(5), [], USUAL, as_of=at(4, "08:00"))
    running = judge_day(DAY, duty_on(5), [tap(5, "08:01")], USUAL, as_of=at(5, "09:00"))
    empty = judge_day(DAY, duty_on(5), [], USUAL, as_of=at(5, "09:00"))
    assert [reason.rule for reason in future.reasons] == ["day.future"]
    assert [reason.rule for reason in running.reasons] == [
        "late.minutes",
        "day.running",
        "class.TL2",
    ]
    assert [reason.rule for reason in empty.reasons] == ["day.running"]


def test_a_class_without_figure_and_a_part_base_are_told() -> None:
    """Without a percentage the class costs nothing; a discipline part is named as the base."""
    bare = evolve(USUAL, percents=())
    part = evolve(USUAL, base="discipline_part", part_percent=Decimal(40))
    assert judged(table=bare)[-1][2] == "Kelas TK: tanpa potongan"
    assert judged(table=part)[-1][2] == "Kelas TK: potongan 3% dari bagian disiplin TPP"


def test_a_reason_can_be_told_in_another_language() -> None:
    """The template and the figures are kept: filling in gives the text again."""
    verdict = judge_day(DAY, duty_on(5), [tap(5, "08:01")], USUAL)
    for reason in verdict.reasons:
        assert SENTENCES[reason.sentence] % reason.params == reason.text


def test_percentages_are_written_without_idle_zeros() -> None:
    """1%, 0,5%, 1,25%."""
    assert [percent_text(each) for each in (100, 50, 125, 0)] == ["1%", "0,5%", "1,25%", "0%"]
