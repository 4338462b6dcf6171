"""What one plugin brings, checked before it is merged with what the others bring."""

import datetime as dt
import inspect
import re
from collections.abc import Iterable
from typing import Any

import attrs
from cronsim import CronSim, CronSimError

from leuit.audit import AuditAction
from leuit.contracts import PORTS
from leuit.identity import Permission, Role
from leuit.values import SetupError, _
from leuit.work import JobKind, Listener, Schedule, UploadPurpose

from .declarations import (
    ALL_TASKS,
    OPEN_TO,
    PUBLIC,
    Command,
    HealthCheck,
    HomeCard,
    MenuItem,
    Port,
    Route,
)
from .inbox import InboxSource
from .personal_data import PersonalData
from .plugin import Plugin

EXPECTED: dict[str, tuple[type, ...]] = {
    "leuit_permissions": (Permission, Role),
    "leuit_routes": (Route,),
    "leuit_menu": (MenuItem, HomeCard),
    "leuit_inbox": (InboxSource,),
    "leuit_events": (Listener,),
    "leuit_jobs": (JobKind, Schedule),
    "leuit_commands": (Command,),
    "leuit_audit_actions": (AuditAction,),
    "leuit_health": (HealthCheck,),
    "leuit_ports": (Port,),
    "leuit_uploads": (UploadPurpose,),
    "leuit_personal_data": (PersonalData,),
    "leuit_regulations": (object,),
    "leuit_demo": (object,),
}

_PREFIX = re.compile("/[a-z][a-z0-9-]*")
_OF_THE_CORE = ("/api", "/static")


@attrs.frozen
class Contribution:
    """All values of one plugin, by the hook that returned them."""

    plugin: Plugin
    values: dict[str, tuple[Any, ...]] = attrs.field(factory=dict)
    settings: Any = None

    def of(self, kind: type) -> list[Any]:
        """Every value of a class."""
        return [
            value for values in self.values.values() for value in values if isinstance(value, kind)
        ]

    def by_hook(self, hook: str) -> tuple[Any, ...]:
        """What one hook returned."""
        return self.values.get(hook, ())


class WrongValueError(SetupError):
    """A hook returned something that cannot be used; the sentence names plugin, hook and value."""

    code = "wrong_plugin_value"


def collect(plugin: Plugin, hook: str, returned: Iterable[Any] | None) -> tuple[Any, ...]:
    """The values of one hook, each of an expected class."""
    try:
        values = tuple(returned or ())
    except TypeError:
        raise _wrong(plugin, hook, returned, _("bukan daftar")) from None
    for value in values:
        if not isinstance(value, EXPECTED.get(hook, (object,))):
            raise _wrong(plugin, hook, value, _("jenisnya bukan yang diharapkan"))
    return values


def check(contribution: Contribution, known_permissions: frozenset[str]) -> None:
    """Everything that can be judged from one plugin and the permissions known before it."""
    plugin = contribution.plugin
    own = {value.name for value in contribution.of(Permission)}
    allowed = own | known_permissions
    for hook, kinds in (
        ("leuit_permissions", (Permission, Role)),
        ("leuit_jobs", (JobKind, Schedule)),
        ("leuit_audit_actions", (AuditAction,)),
        ("leuit_events", (Listener,)),
        ("leuit_uploads", (UploadPurpose,)),
    ):
        for value in contribution.by_hook(hook):
            if isinstance(value, kinds) and not value.name.startswith(plugin.prefix):
                raise _wrong(plugin, hook, value.name, _("namanya tidak berawalan nama plugin"))
    for role in contribution.of(Role):
        everything = {"*"} if plugin.namespace else set()
        if strange := sorted(role.permissions - allowed - everything):
            raise _wrong(plugin, "leuit_permissions", strange[0], _("izin itu tidak terdaftar"))
    for prefix in plugin.root_prefixes:
        if not _PREFIX.fullmatch(prefix) or prefix in _OF_THE_CORE:
            raise _wrong(plugin, "leuit_routes", prefix, _("awalan itu tidak dapat dipakai"))
    for route in contribution.of(Route):
        _check_route(plugin, route, allowed)
    for hook_value in (*contribution.of(MenuItem), *contribution.of(HomeCard)):
        if hook_value.permission not in allowed | OPEN_TO:
            raise _wrong(plugin, "leuit_menu", hook_value.permission, _("izin itu tidak terdaftar"))
    _check_doors(contribution)
    _check_uploads(contribution, allowed)
    _check_inbox(contribution, allowed)
    _check_schedules(contribution)
    _check_agreements(contribution)


def _check_doors(contribution: Contribution) -> None:
    """A door is for strangers, and strangers find nothing else of the menu."""
    for item in contribution.of(MenuItem):
        if (item.section == "entrance") != (item.permission == PUBLIC):
            why = _("pintu masuk adalah untuk umum, dan hanya pintu masuk")
            raise _wrong(contribution.plugin, "leuit_menu", item.id, why)


def _check_uploads(contribution: Contribution, allowed: frozenset[str] | set[str]) -> None:
    """What may be sent is guarded by a permission; no open word will do."""
    for purpose in contribution.of(UploadPurpose):
        if purpose.permission not in allowed:
            why = _("izin itu tidak terdaftar")
            raise _wrong(contribution.plugin, "leuit_uploads", purpose.permission, why)


def _check_inbox(contribution: Contribution, allowed: frozenset[str] | set[str]) -> None:
    """Sources are named after their plugin and guarded; an entry counts a source that exists."""
    plugin = contribution.plugin
    sources = contribution.of(InboxSource)
    for source in sources:
        if not source.id.startswith(plugin.prefix):
            raise _wrong(plugin, "leuit_inbox", source.id, _("namanya tidak berawalan nama plugin"))
        if source.permission not in allowed | OPEN_TO:
            raise _wrong(plugin, "leuit_inbox", source.permission, _("izin itu tidak terdaftar"))
    own = {"", ALL_TASKS} if plugin.namespace else {""}
    for item in contribution.of(MenuItem):
        if item.tasks not in own | {source.id for source in sources}:
            raise _wrong(plugin, "leuit_menu", item.tasks, _("sumber tugas itu tidak terdaftar"))


def _check_schedules(contribution: Contribution) -> None:
    """A schedule that could never ask for its job is a fault of its plugin, told at the start."""
    plugin = contribution.plugin
    own = {kind.name for kind in contribution.of(JobKind)}
    for schedule in contribution.of(Schedule):
        if schedule.kind not in own:
            raise _wrong(plugin, "leuit_jobs", schedule.kind, _("jenis itu tidak didaftarkan"))
        try:
            next(CronSim(schedule.cron, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
        except (CronSimError, StopIteration):
            raise _wrong(plugin, "leuit_jobs", schedule.cron, _("jadwal tak terbaca")) from None


def _check_agreements(contribution: Contribution) -> None:
    """Events and ports: what this plugin agrees on with others."""
    plugin = contribution.plugin
    for listener in contribution.of(Listener):
        if not attrs.has(listener.event) or not hasattr(listener.event, "event_name"):
            raise _wrong(plugin, "leuit_events", listener.event, _("bukan kelas peristiwa"))
    for port in contribution.of(Port):
        if port.name not in PORTS:
            raise _wrong(plugin, "leuit_ports", port.name, _("port itu tidak dikenal"))


def _check_route(plugin: Plugin, route: Route, allowed: frozenset[str] | set[str]) -> None:
    if route.permission not in allowed | OPEN_TO:
        raise _wrong(plugin, "leuit_routes", route.permission, _("izin itu tidak terdaftar"))
    if not route.path.startswith("/"):
        raise _wrong(plugin, "leuit_routes", route.path, _("alamat harus diawali garis miring"))
    if inspect.iscoroutinefunction(route.endpoint):
        raise _wrong(plugin, "leuit_routes", route.path, _("endpoint harus fungsi biasa"))
    if route.at_root and route.kind != "page":
        raise _wrong(plugin, "leuit_routes", route.path, _("hanya halaman dapat berada di akar"))
    if route.is_rooted and first_segment(route.path) not in plugin.root_prefixes:
        raise _wrong(plugin, "leuit_routes", route.path, _("awalan itu tidak dinyatakan"))


def first_segment(path: str) -> str:
    """The start of an address: `/iclock` of `/iclock/cdata`."""
    return "/" + path.split("/")[1]


def _wrong(plugin: Plugin, hook: str, value: Any, why: str) -> WrongValueError:
    return WrongValueError(
        _("Plugin %(plugin)s, hook %(hook)s, nilai %(value)s: %(why)s."),
        plugin=plugin.name,
        hook=hook,
        value=str(value)[:200],
        why=why,
    )
