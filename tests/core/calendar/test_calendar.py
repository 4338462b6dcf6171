"""The calendar by which every service counts working days, and what its changes tell."""

import datetime as dt

import pytest

from leuit.builtin.calendar import (
    SIX_DAYS,
    confirm_holidays,
    holidays_between,
    propose_year,
    remove_holiday,
    set_holiday,
    working_days,
)
from leuit.builtin.calendar.published import published
from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, PermissionDeniedError, StaleEditError
from tests.core.calendar.conftest import Calendar
from tests.core.regulations.office import entries, told

CHRISTMAS = dt.date(2026, 12, 25)
EVENT = "core.holidays_changed"


def enter(
    calendar: Calendar, day: dt.date, title: str = "Natal", version: int | None = None
) -> int:
    with calendar.app.change(calendar.editor) as work:
        return set_holiday(
            work, day, kind="libur", title=title, legal_basis="SKB 3 Menteri", version=version
        ).version


def working(calendar: Calendar, first: dt.date, last: dt.date) -> list[dt.date]:
    with calendar.app.read(calendar.stranger) as view:
        return working_days(view, first, last)


@pytest.mark.parametrize("year", [2026, 2027])
def test_published_days_arrive_as_proposals(calendar: Calendar, year: int) -> None:
    """National days and cuti bersama of a year count for nothing until somebody confirms them."""
    with calendar.app.change(calendar.editor) as work:
        proposed = propose_year(work, year)
    assert dt.date(year, 8, 17) in proposed
    assert {kind for kind, _title in published(year).values()} == {"libur", "cuti_bersama"}
    with calendar.app.read(SYSTEM) as view:
        assert holidays_between(view, dt.date(year, 1, 1), dt.date(year, 12, 31)) == {}
    assert told(calendar.app, EVENT) == []
    with calendar.app.change(calendar.editor) as work:
        assert propose_year(work, year) == []
    assert len(entries(calendar.app, "core.holiday.proposed")) == 1


def test_the_two_sample_weeks_hold_no_holiday(calendar: Calendar) -> None:
    """5 to 16 October 2026 are ten working days, also with every published day confirmed."""
    with calendar.app.change(SYSTEM) as work:
        confirm_holidays(work, propose_year(work, 2026))
    days = working(calendar, dt.date(2026, 10, 5), dt.date(2026, 10, 16))
    assert [day.day for day in days] == [5, 6, 7, 8, 9, 12, 13, 14, 15, 16]


def test_confirming_tells_runs_of_days(calendar: Calendar) -> None:
    """Days that follow one another are one event, days apart are several: nothing else moves."""
    with calendar.app.change(calendar.editor) as work:
        propose_year(work, 2026)
    days = [dt.date(2026, 3, day) for day in (24, 20, 21, 22, 23)] + [dt.date(2026, 8, 17)]
    not_proposed = dt.date(2026, 8, 18)
    with calendar.app.change(calendar.editor) as work:
        done = confirm_holidays(work, [*days, not_proposed], legal_basis="SKB 2026")
    assert done == sorted(days)
    assert told(calendar.app, EVENT) == [
        {"first": "2026-03-20", "last": "2026-03-24"},
        {"first": "2026-08-17", "last": "2026-08-17"},
    ]
    with calendar.app.read(SYSTEM) as view:
        held = holidays_between(view, dt.date(2026, 3, 20), dt.date(2026, 3, 21))
    assert [(one.kind, one.legal_basis) for one in held.values()] == [
        ("cuti_bersama", "SKB 2026"),
        ("libur", "SKB 2026"),
    ]


def test_a_holiday_is_no_working_day(calendar: Calendar) -> None:
    """A day off leaves the count on its date and on no other, and comes back when removed."""
    week = (dt.date(2026, 12, 21), dt.date(2026, 12, 27))
    assert len(working(calendar, *week)) == 5
    version = enter(calendar, CHRISTMAS)
    assert CHRISTMAS not in working(calendar, *week)
    assert len(working(calendar, *week)) == 4
    with calendar.app.change(calendar.editor) as work:
        remove_holiday(work, CHRISTMAS, version)
    assert len(working(calendar, *week)) == 5
    day = {"first": "2026-12-25", "last": "2026-12-25"}
    assert told(calendar.app, EVENT) == [day, day]


def test_ranges_include_both_ends(calendar: Calendar) -> None:
    """A range of one day is that day; a range that ends before it begins is empty."""
    monday = dt.date(2026, 10, 5)
    assert working(calendar, monday, monday) == [monday]
    assert working(calendar, monday, monday - dt.timedelta(days=1)) == []
    with pytest.raises(InvalidInputError):
        working(calendar, dt.date(1, 1, 1), dt.date(9999, 12, 31))


def test_six_day_units_work_on_saturday(calendar: Calendar) -> None:
    """The working week is the caller's; holidays are everybody's."""
    saturday = dt.date(2026, 12, 26)
    with calendar.app.read(SYSTEM) as view:
        assert working_days(view, saturday, saturday, SIX_DAYS) == [saturday]
        assert working_days(view, saturday, saturday) == []
    enter(calendar, saturday, "Libur daerah")
    with calendar.app.read(SYSTEM) as view:
        assert working_days(view, saturday, saturday, SIX_DAYS) == []


def test_a_stale_change_is_told_how_the_day_stands(calendar: Calendar) -> None:
    """The second of two editors learns what the first made of the day; nothing is overwritten."""
    version = enter(calendar, CHRISTMAS)
    enter(calendar, CHRISTMAS, "Hari Raya Natal", version)
    with pytest.raises(StaleEditError, match="“Hari Raya Natal”"):
        enter(calendar, CHRISTMAS, "Lain", version)
    with pytest.raises(StaleEditError, match="sudah ada"):
        enter(calendar, CHRISTMAS, "Lain")
    with pytest.raises(StaleEditError), calendar.app.change(calendar.editor) as work:
        remove_holiday(work, CHRISTMAS, version)
    with calendar.app.change(calendar.editor) as work:
        remove_holiday(work, CHRISTMAS, version + 1)
    with pytest.raises(StaleEditError, match="dihapus"):
        enter(calendar, CHRISTMAS, "Lain", version + 1)


def test_removing_what_is_not_there(calendar: Calendar) -> None:
    """A day without an entry cannot be removed as if it had one."""
    with pytest.raises(StaleEditError), calendar.app.change(calendar.editor) as work:
        remove_holiday(work, CHRISTMAS, 1)


def test_throwing_a_proposal_away_moves_nothing(calendar: Calendar) -> None:
    """A proposal did not count, so its removal tells no listener; it is audited all the same."""
    with calendar.app.change(calendar.editor) as work:
        propose_year(work, 2026)
        remove_holiday(work, CHRISTMAS, 1)
    assert told(calendar.app, EVENT) == []
    [entry] = entries(calendar.app, "core.holiday.removed")
    assert entry["details"]["status"] == "proposed"


def test_saving_without_a_change_tells_nobody(calendar: Calendar) -> None:
    """Pressing save twice works nothing out anew."""
    version = enter(calendar, CHRISTMAS)
    assert enter(calendar, CHRISTMAS, version=version) == version
    assert len(told(calendar.app, EVENT)) == 1


def test_all_faults_are_named(calendar: Calendar) -> None:
    """A missing title and basis, an unknown kind and an absurd year come in one answer."""
    with pytest.raises(InvalidInputError) as refused, calendar.app.change(calendar.editor) as work:
        set_holiday(work, dt.date(9999, 1, 1), kind="pesta", title="", legal_basis="a\x00b")
    assert {fault.path for fault in refused.value.fields} == {
        "title",
        "legal_basis",
        "kind",
        "day",
    }


@pytest.mark.parametrize("who", ["branch", "stranger"])
def test_editing_needs_the_right_for_the_whole_regency(calendar: Calendar, who: str) -> None:
    """The right on a branch does not let anybody change the calendar of all."""
    identity = getattr(calendar, who)
    with pytest.raises(PermissionDeniedError), calendar.app.change(identity) as work:
        set_holiday(work, CHRISTMAS, kind="libur", title="Natal", legal_basis="SKB")
    with pytest.raises(PermissionDeniedError), calendar.app.change(identity) as work:
        propose_year(work, 2026)
    with pytest.raises(PermissionDeniedError), calendar.app.change(identity) as work:
        confirm_holidays(work, [CHRISTMAS])
    with pytest.raises(PermissionDeniedError), calendar.app.change(identity) as work:
        remove_holiday(work, CHRISTMAS, 1)
