"""Packages, lists, imports of folders and checks of stored files."""

from leuit.audit import AuditAction
from leuit.plugins import Command, HealthCheck, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_archives.api.exchange_routes import ROUTES as API_ROUTES
from leuit_archives.cli import bags as bag_commands
from leuit_archives.cli import fixity as fixity_commands
from leuit_archives.cli import folders
from leuit_archives.pages import bags, lists
from leuit_archives.pages import fixity as fixity_page
from leuit_archives.permissions import FILE_RECORDS, READ_RECORDS, RECEIVE
from leuit_archives.service import fixity
from leuit_archives.service.fixity_findings import health
from leuit_archives.service.taking_many import IMPORTED

ROUTES: list[Route] = [
    Route("/dossiers/{dossier_id}/bag", bags.download, READ_RECORDS, name="dossier_bag"),
    Route("/dossiers/{dossier_id}/list", lists.contents, READ_RECORDS, name="dossier_list"),
    Route("/lists/dossiers", lists.dossiers, READ_RECORDS, name="list_dossiers"),
    Route("/lists/letters/{direction}", lists.letters, RECEIVE, name="list_letters"),
    Route("/fixity", fixity_page.show, FILE_RECORDS, name="fixity"),
    *API_ROUTES,
]
COMMANDS: list[Command] = [
    Command(("archives", "bag"), bag_commands.pack, writes=True),
    Command(("archives", "import"), folders.import_folder, writes=True),
    Command(("archives", "fixity"), fixity_commands.check, writes=True),
]
JOBS: list[JobKind | Schedule] = [
    JobKind(fixity.KIND, fixity.check_nightly, title=_("Periksa keutuhan berkas digital arsip")),
    Schedule(fixity.KIND, "10 1 * * *", fixity.KIND),
]
HEALTH: list[HealthCheck] = [
    HealthCheck("archives.fixity", _("Keutuhan berkas digital arsip"), health)
]
ACTIONS: list[AuditAction] = [
    AuditAction(IMPORTED, _("Arsip lama dimasukkan dari folder")),
    AuditAction(fixity.FOUND, _("Berkas digital arsip hilang atau berubah")),
    AuditAction(fixity.SETTLED, _("Berkas digital arsip pulih")),
    AuditAction(fixity.PASSED, _("Semua berkas digital arsip diperiksa")),
]
