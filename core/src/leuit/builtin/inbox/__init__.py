"""Tugas: what waits for somebody, from all services, on one page and on the home page."""

from leuit.plugins import Plugin
from leuit.values import _

from .top import TopTasks, top_tasks

plugin = Plugin(
    name="tasks",
    title=_("Tugas"),
    version="0.1.0",
    module="leuit.builtin.inbox",
    hooks="leuit.builtin.inbox.hooks",
    namespace="core",
)

__all__ = ["TopTasks", "plugin", "top_tasks"]
