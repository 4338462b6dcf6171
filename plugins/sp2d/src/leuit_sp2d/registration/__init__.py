"""What payments bring to the host, by subject."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, InboxSource, MenuItem, Route
from leuit_sp2d.service.regulation import rules_kind

from . import budget

ROUTES: list[Route] = [*budget.ROUTES]
COMMANDS: list[Command] = [*budget.COMMANDS]
ACTIONS: list[AuditAction] = [*budget.ACTIONS]
INBOX: list[InboxSource] = []
MENU: list[MenuItem] = []
REGULATIONS: list[Any] = [rules_kind()]
