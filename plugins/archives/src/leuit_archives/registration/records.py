"""Records and dossiers: their pages, the port that takes records, their inbox and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import InboxSource, MenuItem, Port, Route
from leuit.values import _
from leuit_archives.api.routes import ROUTES as API_ROUTES
from leuit_archives.inbox_filing import DESK, FILING
from leuit_archives.inbox_filing import INBOX as SOURCES
from leuit_archives.pages import dossiers, filing_desk, records
from leuit_archives.permissions import FILE_RECORDS, READ_RECORDS
from leuit_archives.service.correcting import CORRECTED
from leuit_archives.service.dossiers import CLOSED, OPENED, REOPENED
from leuit_archives.service.placing import RECORD_FILED
from leuit_archives.service.records import TAKEN, archive_record

_RECORD = "/records/{record_id}"
_DOSSIER = "/dossiers/{dossier_id}"
_FORM = ("GET", "POST")

ROUTES: list[Route] = [
    Route("/records", filing_desk.show_desk, READ_RECORDS, name="records"),
    Route(
        "/records/file",
        filing_desk.file_proposed,
        FILE_RECORDS,
        methods=("POST",),
        name="record_filing",
    ),
    Route("/records/place", filing_desk.place, FILE_RECORDS, methods=_FORM, name="record_place"),
    Route(_RECORD, records.show_record, READ_RECORDS, name="record"),
    Route(f"{_RECORD}/files/{{place}}", records.download, READ_RECORDS, name="record_file"),
    Route(
        f"{_RECORD}/correct", records.correct, FILE_RECORDS, methods=_FORM, name="record_correct"
    ),
    Route("/dossiers", dossiers.show_dossiers, READ_RECORDS, name="dossiers"),
    Route(_DOSSIER, dossiers.show_dossier, READ_RECORDS, name="dossier"),
    Route(f"{_DOSSIER}/close", dossiers.close, FILE_RECORDS, methods=_FORM, name="dossier_close"),
    Route(
        f"{_DOSSIER}/reopen", dossiers.reopen, FILE_RECORDS, methods=_FORM, name="dossier_reopen"
    ),
    *API_ROUTES,
]
MENU: list[MenuItem] = [
    MenuItem("records", _("Berkas"), "archive", DESK, READ_RECORDS, order=58, tasks=FILING)
]
PORTS: list[Port] = [Port("archive_record", archive_record)]
INBOX: list[InboxSource] = SOURCES
ACTIONS: list[AuditAction] = [
    AuditAction(TAKEN, _("Arsip diterima")),
    AuditAction(RECORD_FILED, _("Arsip diberkaskan")),
    AuditAction(CORRECTED, _("Arsip diperbaiki")),
    AuditAction(OPENED, _("Berkas dibuka")),
    AuditAction(CLOSED, _("Berkas ditutup")),
    AuditAction(REOPENED, _("Berkas dibuka kembali")),
]
