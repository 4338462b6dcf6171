"""What payments bring to the host, by subject."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, InboxSource, MenuItem, Port, Route
from leuit.work import JobKind, Listener, Schedule
from leuit_sp2d.api.routes import ROUTES as API_ROUTES
from leuit_sp2d.inbox import INBOX as SOURCES
from leuit_sp2d.inbox_accounts import INBOX as ACCOUNT_SOURCES
from leuit_sp2d.service.regulation import rules_kind
from leuit_sp2d.service.tax_edition import tax_kind

from . import accounts, bank, budget, claims, papers, payments, tpp

ROUTES: list[Route] = [
    *claims.ROUTES,
    *payments.ROUTES,
    *papers.ROUTES,
    *accounts.ROUTES,
    *budget.ROUTES,
    *tpp.ROUTES,
    *bank.ROUTES,
    *API_ROUTES,
]
COMMANDS: list[Command] = [*budget.COMMANDS, *tpp.COMMANDS, *bank.COMMANDS]
JOBS: list[JobKind | Schedule] = [*papers.JOBS, *claims.JOBS]
PORTS: list[Port] = [*claims.PORTS]
LISTENERS: list[Listener] = [*papers.LISTENERS]
ACTIONS: list[AuditAction] = [
    *claims.ACTIONS,
    *payments.ACTIONS,
    *papers.ACTIONS,
    *accounts.ACTIONS,
    *budget.ACTIONS,
    *tpp.ACTIONS,
    *bank.ACTIONS,
]
INBOX: list[InboxSource] = [*SOURCES, *ACCOUNT_SOURCES]
MENU: list[MenuItem] = [*payments.MENU]
REGULATIONS: list[Any] = [rules_kind(), tax_kind()]
