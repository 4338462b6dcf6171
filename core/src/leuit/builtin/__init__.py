"""Parts of the core on the same hooks as any plugin."""

from leuit.plugins import Plugin

from .calendar import plugin as calendar
from .core import plugin as core
from .documents import plugin as documents
from .inbox import plugin as inbox
from .organisation import plugin as organisation
from .regulations import plugin as regulations
from .uploads import plugin as uploads

BUILTINS: tuple[Plugin, ...] = (
    core,
    inbox,
    calendar,
    regulations,
    organisation,
    documents,
    uploads,
)

__all__ = ["BUILTINS"]
