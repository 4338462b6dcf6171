"""DPA and SPD: their routes, commands and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import Command, Route

ROUTES: list[Route] = []
COMMANDS: list[Command] = []
ACTIONS: list[AuditAction] = []
