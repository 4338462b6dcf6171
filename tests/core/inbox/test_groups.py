"""When a task is due: by the region's days and weeks, told in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from leuit.builtin.inbox.groups import (
    due_words,
    group_of,
    grouped,
    heading,
    near_words,
    since_words,
)
from leuit.plugins import TITLE, Task
from tests.core.inbox.sources import source, task

ZONE = ZoneInfo("Asia/Jakarta")
NOW = dt.datetime(2026, 11, 24, 10, 42, tzinfo=ZONE)  # a Tuesday


def at(text: str) -> dt.datetime:
    """A wall time of the region as the instant in UTC that is stored."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(dt.UTC)


@pytest.mark.parametrize(
    "due, group, words, near",
    [
        ("2026-11-23 16:00", "overdue", "Sen, 23 Nov", "Sen, 23 Nov"),
        ("2026-11-24 10:41", "overdue", "Hari ini 10.41", "Hari ini"),
        ("2026-11-24 10:42", "today", "Hari ini 10.42", "Hari ini"),
        ("2026-11-24 23:59", "today", "Hari ini 23.59", "Hari ini"),
        ("2026-11-25 00:00", "week", "Rab, 25 Nov", "Besok"),
        ("2026-11-29 23:59", "week", "Min, 29 Nov", "Min, 29 Nov"),
        ("2026-11-30 00:00", "later", "Sen, 30 Nov", "Sen, 30 Nov"),
        ("2027-01-04 08:00", "later", "4 Jan 2027", "4 Jan 2027"),
    ],
)
def test_days_and_weeks_are_those_of_the_region(
    due: str, group: str, words: str, near: str
) -> None:
    """Midnight and the week's end fall at the region's clock: 17.00 in UTC, Sunday to Monday."""
    instant = at(due)
    assert group_of(instant, NOW) == group
    assert due_words(instant, NOW) == words
    assert near_words(instant, NOW) == near


def test_on_sunday_the_week_ends_today() -> None:
    """On the week's last day nothing is due later this week."""
    sunday = dt.datetime(2026, 11, 29, 9, 0, tzinfo=ZONE)
    assert group_of(at("2026-11-29 10:00"), sunday) == "today"
    assert group_of(at("2026-11-30 10:00"), sunday) == "later"
    assert group_of(None, sunday) == "open"


def test_since_and_headings_are_told_in_short() -> None:
    """The year stands only where it is another one; the heading of today names the day."""
    assert since_words(at("2026-11-20 08:03"), NOW) == "20 Nov, 08.03"
    assert since_words(at("2025-11-20 08:03"), NOW) == "20 Nov 2025, 08.03"
    assert heading("today", NOW) == "Hari ini, Selasa 24 November"


def test_a_group_that_goes_on_has_no_number() -> None:
    """What later pages hold of the last group is not known; of the others it is."""
    owner = source()
    due = [at("2026-11-23 16:00"), *[at("2026-11-24 16:00")] * 3, None]
    tasks = [(owner, task(str(n), due=one)) for n, one in enumerate(due)]
    first = grouped(tasks[:3], 0, 2, NOW)
    assert [(one.name, len(one.tasks), one.number) for one in first] == [
        ("overdue", 1, 1),
        ("today", 1, None),
    ]
    second = grouped(tasks, 2, 4, NOW)
    assert [(one.name, len(one.tasks), one.number) for one in second] == [("today", 2, 3)]


def test_long_titles_are_cut_at_a_word() -> None:
    """A title has at most seventy letters; what is left out is shown by an ellipsis."""
    title = task("Keputusan " * 12).title
    assert len(title) <= TITLE
    assert title.endswith("Keputusan…")
    assert task("Singkat").title == "Singkat"


def test_instants_without_a_zone_are_refused() -> None:
    """A naive time would be due on another day; its source fails instead."""
    naive = dt.datetime(2026, 11, 24, 16, 0)
    with pytest.raises(ValueError, match="since"):
        Task("Surat", "", naive, "Buka", "/")
    with pytest.raises(ValueError, match="due"):
        task(due=naive)
