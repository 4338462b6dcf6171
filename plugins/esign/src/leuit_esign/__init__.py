"""E-sign (tanda tangan elektronik): letters signed in the right order, verdicts to rely on.

The declaration is made when it is first asked for: the process that examines files imports this
package too, and needs neither the plugin host nor the database.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .declaration import plugin


def __getattr__(name: str) -> Any:
    if name == "plugin":
        from .declaration import plugin

        return plugin
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["plugin"]
