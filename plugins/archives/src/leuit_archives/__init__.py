"""Records and archives (kearsipan dinamis): classified, kept, found, and lawfully ended."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .declaration import plugin


def __getattr__(name: str) -> Any:
    """Made when it is first asked for: the process that reads files needs no plugin host."""
    if name == "plugin":
        from .declaration import plugin

        return plugin
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["plugin"]
