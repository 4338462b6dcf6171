"""Joining what plugins bring; a name that two of them claim is refused and names both owners."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from leuit.audit import AuditAction
from leuit.identity import Permission, Rights, Role
from leuit.values import SetupError, _
from leuit.work import JobKind, Listener, Schedule, UploadPurpose, Vocabulary, by_event

from .contribution import EXPECTED, Contribution, first_segment
from .declarations import Command, HealthCheck, HomeCard, MenuItem, Port, Route
from .inbox import InboxSource
from .plugin import Plugin


@attrs.frozen
class Merged:
    """All values of the active plugins; each table maps a name to (owner, value)."""

    permissions: dict[str, tuple[str, Permission]] = attrs.field(factory=dict)
    roles: dict[str, tuple[str, Role]] = attrs.field(factory=dict)
    actions: dict[str, tuple[str, AuditAction]] = attrs.field(factory=dict)
    kinds: dict[str, tuple[str, JobKind]] = attrs.field(factory=dict)
    schedules: dict[str, tuple[str, Schedule]] = attrs.field(factory=dict)
    listeners: dict[str, tuple[str, Listener]] = attrs.field(factory=dict)
    ports: dict[str, tuple[str, Port]] = attrs.field(factory=dict)
    uploads: dict[str, tuple[str, UploadPurpose]] = attrs.field(factory=dict)
    routes: dict[str, tuple[str, Route]] = attrs.field(factory=dict)
    prefixes: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    menu: dict[str, tuple[str, MenuItem]] = attrs.field(factory=dict)
    cards: dict[str, tuple[str, HomeCard]] = attrs.field(factory=dict)
    inbox: dict[str, tuple[str, InboxSource]] = attrs.field(factory=dict)
    commands: dict[str, tuple[str, Command]] = attrs.field(factory=dict)
    health: dict[str, tuple[str, HealthCheck]] = attrs.field(factory=dict)
    extras: dict[str, tuple[tuple[str, Any], ...]] = attrs.field(factory=dict)
    settings: dict[str, Any] = attrs.field(factory=dict)

    def _with_everything(self, role: Role) -> Role:
        if EVERYTHING not in role.permissions:
            return role
        roles = [one for _owner, one in self.roles.values()]
        outside = {name for one in roles if one.given_to == "external" for name in one.permissions}
        here = {name for one in roles if one.given_to != "external" for name in one.permissions}
        return attrs.evolve(role, permissions=frozenset(set(self.permissions) - (outside - here)))

    def vocabulary(self, plugins: Iterable[Plugin]) -> Vocabulary:
        """The part that units of work need."""
        return Vocabulary(
            rights=Rights(
                permissions={name: value for name, (_owner, value) in self.permissions.items()},
                roles={
                    name: self._with_everything(value)
                    for name, (_owner, value) in self.roles.items()
                },
            ),
            actions={name: value for name, (_owner, value) in self.actions.items()},
            listeners=by_event(value for _owner, value in self.listeners.values()),
            kinds={
                **{name: value for name, (_owner, value) in self.kinds.items()},
                **{value.kind: _listener_kind(value) for _owner, value in self.listeners.values()},
            },
            schedules=tuple(value for _owner, value in self.schedules.values()),
            uploads={name: value for name, (_owner, value) in self.uploads.items()},
            ports={name: value.provider for name, (_owner, value) in self.ports.items()},
            unaudited=frozenset(table for plugin in plugins for table in plugin.unaudited),
            extras={
                hook: tuple(value for _owner, value in pairs) for hook, pairs in self.extras.items()
            },
            settings=dict(self.settings),
        )


EVERYTHING = "*"
"""In a role of the core: every permission of every active plugin, but for what is given to accounts
from outside alone, who keep what is their own by it."""


def merge(merged: Merged, contribution: Contribution, chosen: Mapping[str, str]) -> Merged:
    """A new Merged with one more plugin; `chosen` maps a port to the plugin that shall provide it.

    Raises SetupError naming both owners of a name that is already taken.
    """
    owner = contribution.plugin.name
    ports = [port for port in contribution.of(Port) if chosen.get(port.name, owner) == owner]
    tables: list[tuple[str, list[tuple[str, Any]]]] = [
        ("permissions", [(value.name, value) for value in contribution.of(Permission)]),
        ("roles", [(value.name, value) for value in contribution.of(Role)]),
        ("actions", [(value.name, value) for value in contribution.of(AuditAction)]),
        ("kinds", [(value.name, value) for value in contribution.of(JobKind)]),
        ("schedules", [(value.name, value) for value in contribution.of(Schedule)]),
        ("listeners", [(value.name, value) for value in contribution.of(Listener)]),
        ("ports", [(value.name, value) for value in ports]),
        ("uploads", [(value.name, value) for value in contribution.of(UploadPurpose)]),
        ("routes", [(_address(owner, value), value) for value in contribution.of(Route)]),
        ("prefixes", [(prefix, prefix) for prefix in _prefixes(contribution)]),
        ("menu", [(value.id, value) for value in contribution.of(MenuItem)]),
        ("cards", [(value.id, value) for value in contribution.of(HomeCard)]),
        ("inbox", [(value.id, value) for value in contribution.of(InboxSource)]),
        ("commands", [(" ".join(value.path), value) for value in contribution.of(Command)]),
        ("health", [(value.name, value) for value in contribution.of(HealthCheck)]),
    ]
    changed: dict[str, Any] = {}
    for field, pairs in tables:
        table = dict(getattr(merged, field))
        for name, value in pairs:
            if name in table:
                raise _taken(field, name, table[name][0], owner)
            table[name] = (owner, value)
        changed[field] = table
    extras = dict(merged.extras)
    hooks_of_plugins = sorted(contribution.values.keys() - EXPECTED.keys())
    for hook in ("leuit_regulations", "leuit_personal_data", "leuit_demo", *hooks_of_plugins):
        values = tuple((owner, value) for value in contribution.by_hook(hook))
        extras[hook] = extras.get(hook, ()) + values
    settings = {**merged.settings, owner: contribution.settings}
    return attrs.evolve(merged, **changed, extras=extras, settings=settings)


def mount_path(owner: str, route: Route) -> str:
    """The whole path of a route: pages under the plugin's name, API routes under its version."""
    if route.is_rooted or owner == "core":
        return route.path
    if route.kind == "api":
        return f"/api/{owner}/v1{route.path}"
    return f"/{owner}{route.path}" if route.path != "/" else f"/{owner}"


def _prefixes(contribution: Contribution) -> list[str]:
    """First segments of addresses that are the plugin's alone; under /api each has its own part."""
    owner = contribution.plugin.name
    paths = [mount_path(owner, one) for one in contribution.of(Route) if one.kind != "api"]
    return sorted({*map(first_segment, paths), *contribution.plugin.root_prefixes})


def _address(owner: str, route: Route) -> str:
    return f"{'|'.join(sorted(route.methods))} {mount_path(owner, route)}"


def _listener_kind(listener: Listener) -> JobKind:
    from leuit.work import deliver

    return JobKind(
        listener.kind,
        deliver(listener),
        queue="events",
        max_attempts=listener.max_attempts,
        title=listener.title or listener.name,
    )


def _taken(table: str, name: str, first: str, second: str) -> SetupError:
    advice = (
        _("Pilih satu penyedia di [plugins.providers] pada leuit.toml.") if table == "ports" else ""
    )
    return SetupError(
        _("%(table)s “%(name)s” sudah dimiliki plugin %(first)s, diminta lagi oleh %(second)s."),
        advice=advice,
        table=table,
        name=name,
        first=first,
        second=second,
    )
