"""Instruments: their regulations, pages, commands and audit actions."""

from leuit.audit import AuditAction
from leuit.builtin.regulations import MAY_DRAFT, MAY_READ, RegulationKind
from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import Command, MenuItem, Route
from leuit.values import _
from leuit_archives.cli import instruments as commands
from leuit_archives.pages import instrument_import, instruments
from leuit_archives.service.instruments import KINDS
from leuit_archives.service.kept_tables import IMPORTED

_ONE = "/instruments/{name}"

ROUTES: list[Route] = [
    Route("/instruments", instruments.show_all, MAY_READ, name="instruments"),
    Route(_ONE, instruments.show, MAY_READ, name="instrument"),
    Route(
        f"{_ONE}/import",
        instrument_import.send_file,
        MAY_DRAFT,
        methods=("GET", "POST"),
        name="instrument_import",
        max_body=MAX_REPORTED,
    ),
    Route(
        f"{_ONE}/import/report", instrument_import.show_report, MAY_DRAFT, name="instrument_report"
    ),
    Route(
        f"{_ONE}/import/report",
        instrument_import.store,
        MAY_DRAFT,
        methods=("POST",),
        name="instrument_draft",
    ),
]
MENU: list[MenuItem] = [
    MenuItem(
        "instruments", _("Kearsipan"), "book-open", "/archives/instruments", MAY_READ, order=60
    )
]
COMMANDS: list[Command] = [
    Command(("archives", "instrument", "import"), commands.import_file, writes=True),
    Command(("archives", "instrument", "list"), commands.list_all),
]
REGULATIONS: tuple[RegulationKind, ...] = KINDS
ACTIONS: list[AuditAction] = [AuditAction(IMPORTED, _("Tabel instrumen kearsipan disimpan"))]
