"""Plain values: ids, clocks, dates as people type them, identity numbers, errors."""

import datetime as dt
import threading
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.values import (
    FieldError,
    InvalidInputError,
    ManualClock,
    RecordRef,
    format_date,
    format_number,
    format_percent,
    format_time,
    local_day,
    new_id,
    parse_date,
    parse_nik,
    parse_nip,
    to_utc,
)

DAY = dt.date(2026, 11, 24)
WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    "style,text",
    [
        ("short", "24/11/26"),
        ("medium", "24 Nov 2026"),
        ("long", "24 November 2026"),
        ("full", "Selasa, 24 November 2026"),
        ("day", "24 Nov"),
        ("weekday", "Sel, 24 Nov"),
        ("heading", "Selasa 24 November"),
    ],
)
def test_dates_are_written_as_in_indonesian(style: str, text: str) -> None:
    """PS-07: four lengths of a date, and three without the year."""
    assert format_date(DAY, style) == text  # type: ignore[arg-type]  # one of the literals


def test_times_numbers_and_percents_use_dots_and_commas() -> None:
    """PS-04 and PS-08: 20.05, 1.234.567,5 and 40,25%."""
    assert format_time(dt.time(20, 5, 9)) == "20.05"
    assert format_time(dt.time(20, 5, 9), seconds=True) == "20.05.09"
    assert format_number(Decimal("1234567.5"), 1) == "1.234.567,5"
    assert format_percent(Decimal("40.25")) == "40,25%"


@pytest.mark.parametrize(
    "text", ["24/11/2026", "24-11-2026", "24 November 2026", "24 nov 2026", "2026-11-24"]
)
def test_dates_are_read_as_people_type_them(text: str) -> None:
    """PS-10: day first, by name, or ISO."""
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["11/24/2026", "31/11/2026", "29/02/2026", "24 Brumaire 2026", "", "kemarin"]
)
def test_impossible_dates_are_refused_with_advice(text: str) -> None:
    """PS-11: month first, days that do not exist, and other words are refused, not guessed."""
    with pytest.raises(InvalidInputError, match="24/11/2026"):
        parse_date(text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_date_comes_back_from_its_forms(day: dt.date) -> None:
    """What is written in the long form or as ISO is read as the same date."""
    assert parse_date(format_date(day, "long")) == day
    assert parse_date(format_date(day, "medium")) == day
    assert parse_date(day.isoformat()) == day


def test_the_day_of_an_instant_is_the_local_day() -> None:
    """PS-12 and vector 26: 06.59 WIB is the day before in UTC and the same day here."""
    early = to_utc(dt.datetime(2026, 10, 5, 6, 59, 59), WIB)
    assert early.date() == dt.date(2026, 10, 4)
    assert local_day(early, WIB) == dt.date(2026, 10, 5)
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    assert local_day(late, WIB) == dt.date(2026, 11, 25)


def test_clocks_want_a_zone() -> None:
    """An instant without a zone is refused everywhere."""
    naive = dt.datetime(2026, 1, 1)
    with pytest.raises(ValueError, match="zone"):
        ManualClock(naive)
    with pytest.raises(ValueError, match="zone"):
        local_day(naive, WIB)
    with pytest.raises(ValueError, match="zone"):
        to_utc(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), WIB)


def test_nip_of_pns_and_pppk_are_told_apart() -> None:
    """Vectors 29 and 30: birth, start, sex and serial; digits 13 and 14 tell which kind it is."""
    pns = parse_nip("19860926 201505 1 001")
    assert (pns.kind, pns.born, pns.started_year, pns.started_month) == (
        "PNS",
        dt.date(1986, 9, 26),
        2015,
        5,
    )
    assert (pns.sex, pns.serial) == ("L", 1)
    pppk = parse_nip("199009132025242014")
    assert (pppk.kind, pppk.contract_code, pppk.sex, pppk.serial) == ("PPPK", 24, "P", 14)
    assert (pppk.born, pppk.started_year) == (dt.date(1990, 9, 13), 2025)


@pytest.mark.parametrize(
    "text",
    [
        "19860926201505100",
        "198613262015051001",
        "198609262015131001",
        "198609262015053001",
        "198609262015051000",
        "19860926201505100a",
    ],
)
def test_wrong_nip_are_refused_by_part(text: str) -> None:
    """Length, birth date, month or code, sex, serial and letters are each refused."""
    with pytest.raises(InvalidInputError) as caught:
        parse_nip(text)
    assert caught.value.fields[0].code == "invalid_nip"


def test_nik_tells_region_birth_and_sex() -> None:
    """Vectors 31 and 32, PS-25 and PS-26: day plus 40 is a woman."""
    man, woman = parse_nik("3602041211870001"), parse_nik("3602045211870001")
    assert (man.region, man.born, man.sex) == ("360204", dt.date(1987, 11, 12), "L")
    assert (woman.born, woman.sex) == (dt.date(1987, 11, 12), "P")


@pytest.mark.parametrize("text", ["3602043211870001", "360204121187000", "36020412118700AB"])
def test_wrong_nik_are_refused(text: str) -> None:
    """Vector 33 and PS-27: an impossible day, fifteen digits, letters."""
    with pytest.raises(InvalidInputError):
        parse_nik(text)


def test_ids_rise_and_never_repeat() -> None:
    """Ids made by many threads are distinct, version 7, and rise within each thread."""
    made: list[list[str]] = []

    def make() -> None:
        made.append([new_id().hex for _count in range(5_000)])

    threads = [threading.Thread(target=make) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = [one for run in made for one in run]
    assert len(set(together)) == len(together)
    assert all(run == sorted(run) for run in made)
    assert new_id().version == 7


def test_a_reference_is_the_same_under_another_label() -> None:
    """A renamed thing is the same thing."""
    assert RecordRef("a.b", "1", "Lama") == RecordRef("a.b", "1", "Baru")
    assert str(RecordRef("a.b", "1")) == "a.b:1"


def test_an_error_tells_people_and_programs() -> None:
    """The sentence has its figures; the problem document has code, status and every field."""
    error = InvalidInputError(
        "Ada %(count)s kesalahan.",
        fields=[FieldError("people[3].nip", "NIP keliru.", "invalid_nip")],
        advice="Perbaiki.",
        count=1,
    )
    assert str(error) == "Ada 1 kesalahan. Perbaiki."
    assert error.to_problem() == {
        "type": "urn:leuit:error:invalid_input",
        "title": "Ada 1 kesalahan.",
        "status": 422,
        "code": "invalid_input",
        "detail": "Perbaiki.",
        "errors": [{"path": "people[3].nip", "code": "invalid_nip", "message": "NIP keliru."}],
    }
