"""Inbox sources that exist for a test only, and an application that has them."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from leuit.plugins import SIGNED_IN, Bulkheads, Host, InboxSource, MenuItem, Task


def task(title: str = "Surat", **options: Any) -> Task:
    """A task that began to wait at the start of the test's day."""
    values: dict[str, Any] = {
        "meta": "Uji",
        "since": dt.datetime(2026, 10, 5, tzinfo=dt.UTC),
        "verb": "Buka",
        "path": f"/uji/{title}",
    }
    return Task(title=title, **values | options)


def source(
    name: str = "uji.satu",
    mine: Iterable[Task] = (),
    others: Iterable[Task] = (),
    done: Iterable[Task] = (),
    *,
    label: str = "Uji satu",
    permission: str = SIGNED_IN,
    count: Callable[[Any], int] | None = None,
) -> InboxSource:
    """A source of fixed tasks, in the order that a source has to keep."""
    own, theirs, past = list(mine), list(others), list(done)
    return InboxSource(
        name,
        label,
        "inbox",
        permission,
        mine=lambda _view, limit: own[:limit],
        others=lambda _view, limit: theirs[:limit],
        done=lambda _view, limit: past[:limit],
        count=count or (lambda _view: len(own)),
        count_others=lambda _view: len(theirs),
    )


def with_sources(host: Host, *sources: InboxSource) -> Host:
    """The host with these sources alone, a menu entry that counts each, and threads of its own."""
    menu = {name: pair for name, pair in host.merged.menu.items() if not pair[1].tasks}
    menu["tasks"] = host.merged.menu["tasks"]
    for one in sources:
        entry = MenuItem(one.id, f"Layanan {one.label}", "inbox", "/uji", SIGNED_IN, tasks=one.id)
        menu[one.id] = ("uji", entry)
    inbox = {one.id: ("uji", one) for one in sources}
    merged = attrs.evolve(host.merged, inbox=inbox, menu=menu)
    return attrs.evolve(host, merged=merged, parts=Bulkheads())
