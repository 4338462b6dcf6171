"""TPP base amounts: their routes, command and audit actions."""

from leuit.audit import AuditAction
from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import Command, Route
from leuit.values import _
from leuit_sp2d.cli import tpp as commands
from leuit_sp2d.pages import tpp
from leuit_sp2d.permissions import TPP
from leuit_sp2d.service.tpp_import import IMPORTED, REPLACED

ROUTES: list[Route] = [
    Route("/tpp", tpp.show_bases, TPP, name="tpp_bases"),
    Route(
        "/tpp/import",
        tpp.send_file,
        TPP,
        methods=("GET", "POST"),
        name="tpp_import",
        max_body=MAX_REPORTED,
    ),
    Route("/tpp/import/report", tpp.show_report, TPP, name="tpp_report"),
    Route("/tpp/import/report", tpp.store, TPP, methods=("POST",), name="tpp_store"),
]
COMMANDS: list[Command] = [
    Command(("sp2d", "tpp", "import"), commands.import_bases, writes=True),
]
ACTIONS: list[AuditAction] = [
    AuditAction(IMPORTED, _("Besaran TPP dimasukkan")),
    AuditAction(REPLACED, _("Besaran TPP diganti")),
]
