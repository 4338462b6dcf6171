"""What the catalogue brings to the host; each hook points at the rooms that know."""

from collections.abc import Iterable
from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import (
    Command,
    HealthCheck,
    HomeCard,
    InboxSource,
    MenuItem,
    PersonalData,
    Port,
    Route,
    hookimpl,
)
from leuit.work import JobKind, Listener, Schedule, UploadPurpose

from . import registration
from .permissions import PERMISSIONS, ROLES
from .personal_data import REGISTER


@hookimpl
def leuit_permissions() -> Iterable[Permission | Role]:
    return [*PERMISSIONS, *ROLES]


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return registration.ROUTES


@hookimpl
def leuit_menu() -> Iterable[MenuItem | HomeCard]:
    return registration.MENU


@hookimpl
def leuit_inbox() -> Iterable[InboxSource]:
    return registration.INBOX


@hookimpl
def leuit_events() -> Iterable[Listener]:
    return registration.LISTENERS


@hookimpl
def leuit_ports() -> Iterable[Port]:
    return registration.PORTS


@hookimpl
def leuit_jobs() -> Iterable[JobKind | Schedule]:
    return registration.JOBS


@hookimpl
def leuit_uploads() -> Iterable[UploadPurpose]:
    return registration.UPLOADS


@hookimpl
def leuit_commands() -> Iterable[Command]:
    return registration.COMMANDS


@hookimpl
def leuit_health() -> Iterable[HealthCheck]:
    return registration.HEALTH


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return registration.ACTIONS


@hookimpl
def leuit_regulations() -> Iterable[Any]:
    return registration.REGULATIONS


@hookimpl
def leuit_personal_data() -> Iterable[PersonalData]:
    return REGISTER


@hookimpl
def leuit_demo() -> Iterable[Any]:
    from .demo import fill  # late: it is asked for once

    return [fill]
