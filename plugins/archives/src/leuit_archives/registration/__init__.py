"""What archives register with the host, by part of the service."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, InboxSource, MenuItem, Port, Route
from leuit.work import JobKind, Schedule
from leuit_archives.inbox_letters import INBOX as LETTERS
from leuit_archives.service.disposition_rules import KIND as DISPOSITION

from . import instruments, lawful_end, letters, records

ROUTES: list[Route] = [*instruments.ROUTES, *letters.ROUTES, *records.ROUTES, *lawful_end.ROUTES]
MENU: list[MenuItem] = [*letters.MENU, *instruments.MENU, *records.MENU, *lawful_end.MENU]
COMMANDS: list[Command] = [*instruments.COMMANDS]
REGULATIONS: tuple[Any, ...] = (*instruments.REGULATIONS, DISPOSITION)
PORTS: list[Port] = [*records.PORTS]
INBOX: list[InboxSource] = [*LETTERS, *records.INBOX]
JOBS: list[JobKind | Schedule] = [*letters.JOBS, *lawful_end.JOBS]
ACTIONS: list[AuditAction] = [
    *instruments.ACTIONS,
    *letters.ACTIONS,
    *records.ACTIONS,
    *lawful_end.ACTIONS,
]
