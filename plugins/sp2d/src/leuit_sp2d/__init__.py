"""Payments (SP2D): from a budget line to money that arrived, never above it, never twice."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .declaration import plugin


def __getattr__(name: str) -> Any:
    """The declaration is made when it is first asked for: the bank room needs no plugin host."""
    if name == "plugin":
        from .declaration import plugin

        return plugin
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["plugin"]
