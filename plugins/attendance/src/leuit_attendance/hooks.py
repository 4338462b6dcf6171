"""What attendance brings to the host; each hook points at the rooms that know."""

from collections.abc import Iterable
from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import (
    Command,
    HealthCheck,
    HomeCard,
    MenuItem,
    PersonalData,
    Route,
    hookimpl,
)
from leuit.work import JobKind, Listener, Schedule

from .personal_data import REGISTER
from .registration import days, devices, documents, shown


@hookimpl
def leuit_permissions() -> Iterable[Permission | Role]:
    return [
        *devices.PERMISSIONS,
        *documents.PERMISSIONS,
        *days.PERMISSIONS,
        *shown.PERMISSIONS,
    ]


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return [*devices.ROUTES, *days.ROUTES, *documents.ROUTES, *shown.ROUTES]


@hookimpl
def leuit_menu() -> Iterable[MenuItem | HomeCard]:
    return [*devices.MENU, *shown.MENU]


@hookimpl
def leuit_events() -> Iterable[Listener]:
    return [*days.LISTENERS, *documents.LISTENERS]


@hookimpl
def leuit_jobs() -> Iterable[JobKind | Schedule]:
    return [*devices.JOBS, *days.JOBS, *documents.JOBS]


@hookimpl
def leuit_commands() -> Iterable[Command]:
    return [*devices.COMMANDS, *days.COMMANDS]


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return [*devices.ACTIONS, *days.ACTIONS, *documents.ACTIONS]


@hookimpl
def leuit_health() -> Iterable[HealthCheck]:
    return devices.HEALTH


@hookimpl
def leuit_regulations() -> Iterable[Any]:
    return days.REGULATIONS


@hookimpl
def leuit_demo() -> Iterable[Any]:
    return shown.DEMO


@hookimpl
def leuit_personal_data() -> Iterable[PersonalData]:
    return REGISTER
