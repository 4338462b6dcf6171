"""Stage one: which plugins are installed, from metadata alone, without importing any of them."""

from collections.abc import Callable, Iterable
from typing import Any

import attrs
from importlib_metadata import entry_points

from .plugin import ENTRY_POINTS


@attrs.frozen
class Found:
    """An installed plugin before it is imported; `load` imports it and returns its Plugin."""

    name: str
    distribution: str
    version: str
    load: Callable[[], Any] = attrs.field(eq=False, repr=False)


def discover() -> list[Found]:
    """Installed plugins sorted by name; the same distribution found twice is one."""
    found: dict[tuple[str, str], Found] = {}
    for point in entry_points(group=ENTRY_POINTS):
        distribution = point.dist.name if point.dist else point.value
        version = point.dist.version if point.dist else ""
        found.setdefault(
            (point.name, distribution), Found(point.name, distribution, version, point.load)
        )
    return sort(found.values())


def sort(found: Iterable[Found]) -> list[Found]:
    """The order in which plugins are looked at, which never depends on the order of discovery."""
    return sorted(found, key=lambda item: (item.name, item.distribution))
