"""Finding and calling plugins; a broken one harms nobody else."""

from . import hookspecs
from .api_path import ApiPath
from .command_context import CommandContext
from .declarations import (
    ALL_TASKS,
    ANY_ACCOUNT,
    DEVICE,
    MEGABYTE,
    OPEN_TO,
    PUBLIC,
    SIGNED_IN,
    CardContent,
    Command,
    DemoAccount,
    DemoPlan,
    HealthAnswer,
    HealthCheck,
    HomeCard,
    MenuItem,
    Port,
    Route,
    WeekCell,
)
from .discovery import Found, discover
from .host import Host, PluginState, history_of, hook_names, load
from .inbox import TITLE, InboxSource, Task, Tone
from .limits import Bulkheads, within
from .merge import Merged, mount_path
from .personal_data import PersonalData
from .plugin import Context, Plugin, hookimpl, hookspec

__all__ = [
    "ALL_TASKS",
    "ANY_ACCOUNT",
    "DEVICE",
    "MEGABYTE",
    "OPEN_TO",
    "PUBLIC",
    "SIGNED_IN",
    "TITLE",
    "ApiPath",
    "Bulkheads",
    "CardContent",
    "Command",
    "CommandContext",
    "Context",
    "DemoAccount",
    "DemoPlan",
    "Found",
    "HealthAnswer",
    "HealthCheck",
    "HomeCard",
    "Host",
    "InboxSource",
    "MenuItem",
    "Merged",
    "PersonalData",
    "Plugin",
    "PluginState",
    "Port",
    "Route",
    "Task",
    "Tone",
    "WeekCell",
    "discover",
    "history_of",
    "hook_names",
    "hookimpl",
    "hookspec",
    "hookspecs",
    "load",
    "mount_path",
    "within",
]
