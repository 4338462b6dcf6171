"""Tasks as a page shows them."""

import datetime as dt

import attrs

from leuit.plugins import InboxSource, Task

from .groups import Group, due_words, group_of, heading, since_words


@attrs.frozen
class ShownTask:
    """A task with its words: since when, until when, and whether that is over."""

    source: InboxSource
    task: Task
    since: str
    due: str
    overdue: bool


@attrs.frozen
class ShownGroup:
    """A group of tasks; `number` counts all of it, or is None where later pages go on with it."""

    name: Group
    heading: str
    tasks: list[ShownTask]
    number: int | None


def shown(source: InboxSource, task: Task, now: dt.datetime) -> ShownTask:
    """The words of a task; `now` is wall time of the region."""
    return ShownTask(
        source=source,
        task=task,
        since=since_words(task.since, now),
        due=due_words(task.due, now) if task.due else "",
        overdue=task.due is not None and task.due < now,
    )


def grouped(
    tasks: list[tuple[InboxSource, Task]], start: int, end: int, now: dt.datetime
) -> list[ShownGroup]:
    """The groups of one page, which shows the tasks from `start` to `end` of a list in order.

    The list begins with the first task of all; where it goes on after `end`, the last group may
    hold more than it shows.
    """
    names = [group_of(task.due, now) for _source, task in tasks]
    unfinished = names[end] if len(names) > end else None
    groups: dict[Group, list[ShownTask]] = {}
    for name, (source, task) in zip(names[start:end], tasks[start:end], strict=True):
        groups.setdefault(name, []).append(shown(source, task, now))
    return [
        ShownGroup(
            name, heading(name, now), found, None if name == unfinished else names.count(name)
        )
        for name, found in groups.items()
    ]
