"""Everything a unit of work may name, collected from the core and the plugins, then frozen."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from leuit.audit import AuditAction
from leuit.identity import Rights
from leuit.values import SetupError, _

if TYPE_CHECKING:
    from .context import JobContext


@attrs.frozen
class JobKind:
    """A kind of job and the function that does it.

    `max_attempts` counts failures without progress; then the job is parked for a person to see.
    """

    name: str
    handler: Callable[["JobContext"], None]
    queue: str = "default"
    max_attempts: int = 5
    title: str = ""


@attrs.frozen
class Schedule:
    """A job that is enqueued by the clock: `cron` has five fields, read in the region's zone.

    `catch_up` False fires once for all moments missed while nothing ran, True once for each.
    """

    name: str
    cron: str
    kind: str
    args: Mapping[str, Any] = attrs.field(factory=dict)
    catch_up: bool = False


@attrs.frozen
class UploadPurpose:
    """What big files may be sent for: who may (`permission`, on any unit) and how large one is.

    `kinds` are the ends of names that are taken, such as `.zip`; empty for any.
    """

    name: str
    title: str
    permission: str
    most_bytes: int
    kinds: tuple[str, ...] = ()


@attrs.frozen
class Listener:
    """Something that wants to know of an event: called after the commit, at least once.

    `event` is a frozen attrs class with class attributes `event_name` and `version`; `name` is
    `<plugin>.<what it does>` and becomes the job's kind `event.<name>`; operators see `title`.
    """

    event: type
    name: str
    handler: Callable[["JobContext", Any], None]
    max_attempts: int = 8
    title: str = ""

    @property
    def kind(self) -> str:
        return f"event.{self.name}"


@attrs.frozen
class Vocabulary:
    """Rights, audit actions, listeners, job kinds, schedules, purposes, ports, exempt tables.

    `extras` holds what hooks returned that a builtin understands, by hook; `settings` the
    structured settings of each plugin, by name.
    """

    rights: Rights = attrs.field(factory=Rights)
    actions: Mapping[str, AuditAction] = attrs.field(factory=dict)
    listeners: Mapping[type, tuple[Listener, ...]] = attrs.field(factory=dict)
    kinds: Mapping[str, JobKind] = attrs.field(factory=dict)
    schedules: tuple[Schedule, ...] = ()
    uploads: Mapping[str, UploadPurpose] = attrs.field(factory=dict)
    ports: Mapping[str, Callable[..., Any]] = attrs.field(factory=dict)
    unaudited: frozenset[str] = frozenset()
    extras: Mapping[str, tuple[Any, ...]] = attrs.field(factory=dict)
    settings: Mapping[str, Any] = attrs.field(factory=dict)

    def action(self, name: str) -> AuditAction:
        """The registered action, or SetupError for a name that nobody declared."""
        try:
            return self.actions[name]
        except KeyError:
            raise SetupError(_("Tindakan audit “%(name)s” tidak terdaftar."), name=name) from None


def by_event(listeners: Iterable[Listener]) -> dict[type, tuple[Listener, ...]]:
    """Listeners grouped by the class of event."""
    grouped: dict[type, tuple[Listener, ...]] = {}
    for listener in listeners:
        grouped[listener.event] = (*grouped.get(listener.event, ()), listener)
    return grouped
