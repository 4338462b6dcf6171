"""The side menu and the tab bar, as far as the asker's permissions reach."""

import attrs

from leuit.plugins import ALL_TASKS, MenuItem

from .counts import counts_for
from .request import Request


@attrs.frozen
class MenuEntry:
    """One shown entry; `current` marks where the reader is, `count` what waits for him there.

    `count` is None where nothing waits, or nobody could say in time; `whole` marks the entry that
    counts the tasks of all services.
    """

    id: str
    label: str
    icon: str
    path: str
    section: str
    current: bool
    count: int | None = None
    whole: bool = False


def menu_for(request: Request) -> list[MenuEntry]:
    """Entries that the asker may open, services first, each section in its order."""
    if not request.identity.signed_in:
        return []
    items = [
        item
        for _owner, item in request.host.merged.menu.values()
        if item.section != "entrance" and request.opens(item.permission)
    ]
    items.sort(key=lambda item: (item.section != "service", item.order, item.label))
    current = _current(items, request.path)
    counts = counts_for(request)
    return [
        MenuEntry(
            id=item.id,
            label=item.label,
            icon=item.icon,
            path=item.path,
            section=item.section,
            current=item.id == current,
            count=_count(item, counts),
            whole=item.tasks == ALL_TASKS,
        )
        for item in items
    ]


def doors_for(request: Request) -> list[MenuItem]:
    """What strangers find at the page where one signs in."""
    items = [item for _owner, item in request.host.merged.menu.values()]
    return sorted(
        (item for item in items if item.section == "entrance"),
        key=lambda item: (item.order, item.label),
    )


def _count(item: MenuItem, counts: dict[str, int]) -> int | None:
    if item.tasks == ALL_TASKS:
        return sum(counts.values()) or None
    return counts.get(item.tasks) or None


def _current(items: list[MenuItem], path: str) -> str:
    """The entry with the longest path that the present one starts with; the root is only itself."""
    best = ""
    length = 0
    for item in items:
        inside = path == item.path or path.startswith(item.path.rstrip("/") + "/")
        if item.path == "/" and path != "/":
            continue
        if inside and len(item.path) > length:
            best, length = item.id, len(item.path)
    return best
