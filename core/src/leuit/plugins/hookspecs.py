"""The hooks by which a plugin tells what it brings.

All are called once at start-up, in a thread with a time limit, and return frozen values. Every
hook may leave out the argument `context`. Arguments are only ever added.
"""

from collections.abc import Iterable
from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.work import JobKind, Listener, Schedule, UploadPurpose

from .declarations import Command, HealthCheck, HomeCard, MenuItem, Port, Route
from .inbox import InboxSource
from .personal_data import PersonalData
from .plugin import Context, hookspec


@hookspec
def leuit_permissions(context: Context) -> Iterable[Permission | Role]:  # type: ignore[empty-body]  # a specification
    """Permissions of the plugin, and roles that bundle them.

    Names start with the plugin's name and a dot. A role may hold permissions of the core and of
    required plugins too.
    """


@hookspec
def leuit_routes(context: Context) -> Iterable[Route]:  # type: ignore[empty-body]  # a specification
    """Pages, API routes and device routes; each names a permission or an open word."""


@hookspec
def leuit_menu(context: Context) -> Iterable[MenuItem | HomeCard]:  # type: ignore[empty-body]  # a specification
    """Entries of the menu and cards of the home page."""


@hookspec
def leuit_inbox(context: Context) -> Iterable[InboxSource]:  # type: ignore[empty-body]  # a specification
    """Tasks that wait for people, for the page Tugas, the home page and the counts of the menu.

    A source's name starts with the plugin's name and a dot. It is asked for those only who hold
    its permission, and returns what the reader of its view may see. One that raises or is late is
    left out: the page stays, and says whose tasks are missing.
    """


@hookspec
def leuit_events(context: Context) -> Iterable[Listener]:  # type: ignore[empty-body]  # a specification
    """Listeners to events of the core or of other plugins."""


@hookspec
def leuit_jobs(context: Context) -> Iterable[JobKind | Schedule]:  # type: ignore[empty-body]  # a specification
    """Kinds of jobs, and schedules that enqueue them."""


@hookspec
def leuit_commands(context: Context) -> Iterable[Command]:  # type: ignore[empty-body]  # a specification
    """Command line verbs below `leuit <plugin>`."""


@hookspec
def leuit_audit_actions(context: Context) -> Iterable[AuditAction]:  # type: ignore[empty-body]  # a specification
    """The closed list of actions that the plugin writes to the audit log."""


@hookspec
def leuit_health(context: Context) -> Iterable[HealthCheck]:  # type: ignore[empty-body]  # a specification
    """Checks for the health page."""


@hookspec
def leuit_ports(context: Context) -> Iterable[Port]:  # type: ignore[empty-body]  # a specification
    """Ports that the plugin provides."""


@hookspec
def leuit_uploads(context: Context) -> Iterable[UploadPurpose]:  # type: ignore[empty-body]  # a specification
    """What big files may be sent for, piece by piece (`leuit.builtin.uploads`).

    A purpose's name starts with the plugin's name and a dot. Nobody sends anything for a purpose
    that is not declared, or without its permission.
    """


@hookspec
def leuit_regulations(context: Context) -> Iterable[Any]:  # type: ignore[empty-body]  # a specification
    """Kinds of regulations whose dated editions the plugin asks for (`RegulationKind`)."""


@hookspec
def leuit_personal_data(context: Context) -> Iterable[PersonalData]:  # type: ignore[empty-body]  # a specification
    """The register of what the plugin keeps about people: purpose, basis, retention, erasure."""


@hookspec
def leuit_demo(context: Context) -> Iterable[Any]:  # type: ignore[empty-body]  # a specification
    """Demonstration data: functions of a CommandContext and a DemoPlan, called by `leuit demo`.

    Plugins are called in the order in which they were loaded, so what a plugin requires has been
    filled before it. A function does only what is not there yet, since `leuit demo` continues what
    was cut short, and may return DemoAccounts to be printed.
    """
