"""Tasks by when they are due, seen from now; and the words that say since when and until when.

Days are those of the region's zone; a week runs from Monday to Sunday. What was due a minute ago is
overdue, though it was due today.
"""

import datetime as dt
from functools import lru_cache
from typing import Literal

import attrs

from leuit.plugins import InboxSource, Task
from leuit.values import _, format_date, format_time

GroupName = Literal["overdue", "today", "week", "later", "open"]
DAY = dt.timedelta(days=1)
_written = lru_cache(maxsize=1024)(format_date)  # a page says the same few days over and over


@attrs.frozen
class Group:
    """Tasks that are due alike; `number` counts all of them, or is None where later pages go on."""

    name: GroupName
    heading: str
    tasks: list[tuple[InboxSource, Task]]
    number: int | None


def grouped(
    tasks: list[tuple[InboxSource, Task]], start: int, end: int, now: dt.datetime
) -> list[Group]:
    """The groups of one page, which shows the tasks from `start` to `end` of a list in order.

    The list begins with the first task of all; where it goes on after `end`, the last group may
    hold more than it shows.
    """
    names = [group_of(task.due, now) for _source, task in tasks]
    unfinished = names[end] if len(names) > end else None
    shown: dict[GroupName, list[tuple[InboxSource, Task]]] = {}
    for name, pair in zip(names[start:end], tasks[start:end], strict=True):
        shown.setdefault(name, []).append(pair)
    return [
        Group(name, heading(name, now), pairs, None if name == unfinished else names.count(name))
        for name, pairs in shown.items()
    ]


def group_of(due: dt.datetime | None, now: dt.datetime) -> GroupName:
    """The group of an instant; `now` is wall time of the region, with its zone."""
    if due is None:
        return "open"
    if due < now:
        return "overdue"
    day, today = _day(due, now), now.date()
    if day == today:
        return "today"
    return "week" if day <= today + (6 - today.weekday()) * DAY else "later"


def heading(group: GroupName, now: dt.datetime) -> str:
    """The heading of a group."""
    if group == "overdue":
        return _("Lewat tenggat")
    if group == "today":
        return _("Hari ini, %s") % _written(now.date(), "heading")
    if group == "week":
        return _("Minggu ini")
    return _("Nanti") if group == "later" else _("Tanpa tenggat")


def due_words(due: dt.datetime, now: dt.datetime) -> str:
    """`Hari ini 16.00`, `Sen, 23 Nov`, or with the year in another one."""
    there = due.astimezone(now.tzinfo)
    if there.date() == now.date():
        return _("Hari ini %s") % format_time(there)
    return day_words(there.date(), now)


def near_words(due: dt.datetime, now: dt.datetime) -> str:
    """As `due_words`, shorter: `Hari ini`, `Besok`, `Sen, 23 Nov`."""
    day = _day(due, now)
    if day == now.date():
        return _("Hari ini")
    return _("Besok") if day == now.date() + DAY else day_words(day, now)


def since_words(since: dt.datetime, now: dt.datetime) -> str:
    """`24 Nov, 08.20`, or the day with its year in another one."""
    there = since.astimezone(now.tzinfo)
    day = there.date()
    shown = _written(day, "day" if day.year == now.year else "medium")
    return f"{shown}, {format_time(there)}"


def day_words(day: dt.date, now: dt.datetime) -> str:
    """`Sen, 23 Nov`, or `23 Nov 2025` in another year."""
    return _written(day, "weekday" if day.year == now.year else "medium")


def _day(instant: dt.datetime, now: dt.datetime) -> dt.date:
    return instant.astimezone(now.tzinfo).date()
