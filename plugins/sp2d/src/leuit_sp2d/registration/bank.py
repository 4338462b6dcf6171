"""Files to and from the bank: their routes, commands and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import Command, Route
from leuit.values import _

ROUTES: list[Route] = []
COMMANDS: list[Command] = []
ACTIONS = [
    AuditAction("sp2d.orders.sent", _("Perintah bayar dikirim ke bank")),
    AuditAction("sp2d.statement.read", _("Rekening koran dibaca")),
]
