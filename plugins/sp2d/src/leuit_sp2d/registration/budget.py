"""DPA and SPD: their routes, commands and audit actions."""

from leuit.audit import AuditAction
from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import Command, Route
from leuit.values import _
from leuit_sp2d.cli import budget as commands
from leuit_sp2d.pages import budget, dpa_import, spd
from leuit_sp2d.permissions import BUDGET, READ, RELEASE
from leuit_sp2d.service.dpa_import import IMPORTED
from leuit_sp2d.service.spd import ISSUED

# What is spelled out stands before what takes any unit and year.
ROUTES: list[Route] = [
    Route("/budget", budget.show_units, READ, name="budget"),
    Route(
        "/budget/import",
        dpa_import.send_file,
        BUDGET,
        methods=("GET", "POST"),
        name="dpa_import",
        max_body=MAX_REPORTED,
    ),
    Route("/budget/import/report", dpa_import.show_report, BUDGET, name="dpa_report"),
    Route(
        "/budget/import/report",
        dpa_import.store,
        BUDGET,
        methods=("POST",),
        name="dpa_store",
    ),
    Route("/budget/lines/{line_id}", budget.show_line, READ, name="budget_line"),
    Route("/budget/{unit_id}/{year}", budget.show_year, READ, name="budget_year"),
    Route(
        "/budget/{unit_id}/{year}/spd/new",
        spd.new_spd,
        RELEASE,
        methods=("GET", "POST"),
        name="spd_new",
        max_body=MAX_REPORTED,
    ),
    Route("/spd/{spd_id}", spd.show_spd, READ, name="spd"),
]
COMMANDS: list[Command] = [
    Command(("sp2d", "dpa", "import"), commands.import_dpa, writes=True),
    Command(("sp2d", "spd", "issue"), commands.issue, writes=True),
]
ACTIONS: list[AuditAction] = [
    AuditAction(IMPORTED, _("DPA dimasukkan")),
    AuditAction(ISSUED, _("SPD diterbitkan")),
]
