"""Files to and from the bank: their routes, commands and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import Command, Route
from leuit.values import _
from leuit_sp2d.cli import bank as commands
from leuit_sp2d.pages import bank
from leuit_sp2d.permissions import EXCHANGE

ROUTES: list[Route] = [
    Route("/bank", bank.show_bank, EXCHANGE, name="bank"),
    Route("/bank/send", bank.send, EXCHANGE, methods=("POST",), name="bank_send"),
    Route("/bank/orders/{batch_id}", bank.download_orders, EXCHANGE, name="bank_orders"),
    Route(
        "/bank/statements",
        bank.read_statement,
        EXCHANGE,
        methods=("POST",),
        name="bank_statement",
        max_body=bank.MAX_BODY,
    ),
]
COMMANDS: list[Command] = [
    Command(("sp2d", "answer"), commands.answer),
    Command(("sp2d", "read-statement"), commands.read, writes=True),
    Command(("sp2d", "check-ledger"), commands.check),
]
ACTIONS = [
    AuditAction("sp2d.orders.sent", _("Perintah bayar dikirim ke bank")),
    AuditAction("sp2d.statement.read", _("Rekening koran dibaca")),
]
