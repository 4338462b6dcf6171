"""What the inbox brings: its page, and its entry of the menu."""

from collections.abc import Iterable

from leuit.plugins import ALL_TASKS, ANY_ACCOUNT, MenuItem, Route, hookimpl
from leuit.values import _

from . import pages


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return [Route("/", pages.show, ANY_ACCOUNT, name="tasks")]


@hookimpl
def leuit_menu() -> Iterable[MenuItem]:
    return [
        MenuItem("tasks", _("Tugas"), "inbox", "/tasks", ANY_ACCOUNT, order=1, tasks=ALL_TASKS),
    ]
