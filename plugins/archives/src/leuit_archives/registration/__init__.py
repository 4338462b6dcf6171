"""What archives register with the host, by part of the service."""

from leuit.audit import AuditAction
from leuit.plugins import MenuItem, Route

from . import instruments, records

ROUTES: list[Route] = [*instruments.ROUTES, *records.ROUTES]
MENU: list[MenuItem] = [*instruments.MENU, *records.MENU]
COMMANDS = instruments.COMMANDS
REGULATIONS = instruments.REGULATIONS
PORTS = records.PORTS
INBOX = records.INBOX
ACTIONS: list[AuditAction] = [*instruments.ACTIONS, *records.ACTIONS]
