"""What waits for people: tasks of the plugins, which the core puts into one list.

A plugin that has something for people to do returns an `InboxSource` from `leuit_inbox`. Its
functions are given a view of the reader and return only what he may see; the core sorts, groups,
counts and draws. A source that raises or is late is left out loudly, and the page stays.
"""

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable
from typing import Any, Literal

import attrs

Tone = Literal["nila", "daun", "tunggu", "bata", "abu"]
TITLE = 70
"""Letters of a task's title; more are cut at a word."""


def _shortened(title: str) -> str:
    return title if len(title) <= TITLE else textwrap.shorten(title, TITLE, placeholder="…")


def _aware(_task: Any, attribute: "attrs.Attribute[Any]", value: dt.datetime) -> None:
    if value.tzinfo is None:
        raise ValueError(f"{attribute.name} of a task needs a time zone")


@attrs.frozen
class Task:
    """One thing to do, or done: the object first in the `title`, what else to know in `meta`.

    `since` is when it began to wait, or when it was done; `due` when it should be done at the
    latest: both instants; a day as the limit is its last second in the region's zone. `verb` and
    `path` say what to do and where. `chip` in `tone` is for exceptions only.
    """

    title: str = attrs.field(converter=_shortened)
    meta: str
    since: dt.datetime = attrs.field(validator=_aware)
    verb: str
    path: str
    due: dt.datetime | None = attrs.field(default=None, validator=attrs.validators.optional(_aware))
    chip: str = ""
    tone: Tone = "tunggu"


@attrs.frozen
class InboxSource:
    """Tasks of one service; `id` is `<plugin>.<what waits>`, `label` one or two words.

    `mine`, `others` and `done` are functions of a view and the most tasks wanted: what waits for
    the reader, what of his waits for somebody else (both the earliest `due` first, then without
    one, each by `since`), and what was done lately (the newest first). `count` and `count_others`
    say how many there are in all; `count` is asked on every page, so it has 50 ms. `icon` and
    `tile` are the sign beside each task and its tone.
    """

    id: str
    label: str
    icon: str
    permission: str
    mine: Callable[[Any, int], Iterable[Task]]
    others: Callable[[Any, int], Iterable[Task]]
    done: Callable[[Any, int], Iterable[Task]]
    count: Callable[[Any], int]
    count_others: Callable[[Any], int]
    tile: Tone = "nila"
