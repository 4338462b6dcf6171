"""What archives bring to the host; each hook points at the rooms that know."""

from collections.abc import Iterable
from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, MenuItem, PersonalData, Route, hookimpl
from leuit.work import JobKind, Schedule

from . import registration
from .personal_data import REGISTER


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return registration.ROUTES


@hookimpl
def leuit_menu() -> Iterable[MenuItem]:
    return registration.MENU


@hookimpl
def leuit_jobs() -> Iterable[JobKind | Schedule]:
    return registration.JOBS


@hookimpl
def leuit_commands() -> Iterable[Command]:
    return registration.COMMANDS


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
