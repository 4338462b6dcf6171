"""What payments bring to the host, by subject."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, InboxSource, MenuItem, Port, Route
from leuit.work import JobKind, Schedule
from leuit_sp2d.api.routes import ROUTES as API_ROUTES
from leuit_sp2d.inbox import INBOX as SOURCES
from leuit_sp2d.service.regulation import rules_kind
from leuit_sp2d.service.tax_edition import tax_kind

from . import bank, budget, claims, payments

ROUTES: list[Route] = [
    *claims.ROUTES,
    *payments.ROUTES,
    *budget.ROUTES,
    *bank.ROUTES,
    *API_ROUTES,
]
COMMANDS: list[Command] = [*budget.COMMANDS, *bank.COMMANDS]
ACTIONS: list[AuditAction] = [
    *claims.ACTIONS,
    *payments.ACTIONS,
    *budget.ACTIONS,
    *bank.ACTIONS,
]
JOBS: list[JobKind | Schedule] = claims.JOBS
PORTS: list[Port] = claims.PORTS
INBOX: list[InboxSource] = SOURCES
MENU: list[MenuItem] = [*payments.MENU]
REGULATIONS: list[Any] = [rules_kind(), tax_kind()]
