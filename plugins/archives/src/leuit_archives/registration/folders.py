"""Folders that people bring in as a ZIP: their pages, jobs, audit actions, what may be sent."""

from leuit.audit import AuditAction
from leuit.plugins import MEGABYTE, Route
from leuit.values import _
from leuit.work import JobKind, Schedule, UploadPurpose
from leuit_archives.pages import folder_imports
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.service.folder_imports import (
    BEGUN,
    PURPOSE,
    TAKE,
    TRY,
    WAS_ASKED,
    WAS_DROPPED,
    WAS_TAKEN,
    WAS_TRIED,
    take_job,
    try_job,
)
from leuit_archives.service.folder_reports import FORGET, forget_old_reports

_ONE = "/import/{import_id:uuid}"
_FORM = folder_imports.PLAIN_MEGABYTES * MEGABYTE + MEGABYTE

ROUTES: list[Route] = [
    Route("/import", folder_imports.show, FILE_RECORDS, name="folder_imports"),
    Route(
        "/import",
        folder_imports.send,
        FILE_RECORDS,
        methods=("POST",),
        name="folder_import_begin",
        max_body=_FORM,
    ),
    Route(_ONE, folder_imports.show_one, FILE_RECORDS, name="folder_import"),
    Route(f"{_ONE}/rows", folder_imports.download, FILE_RECORDS, name="folder_import_rows"),
    Route(
        f"{_ONE}/{{act}}",
        folder_imports.act,
        FILE_RECORDS,
        methods=("POST",),
        name="folder_import_act",
    ),
    Route(
        "/import/sent/{file_id:uuid}/drop",
        folder_imports.drop_sent,
        FILE_RECORDS,
        methods=("POST",),
        name="folder_sent_drop",
    ),
]
JOBS: list[JobKind | Schedule] = [
    JobKind(TRY, try_job, title=_("Periksa folder arsip lama")),
    JobKind(TAKE, take_job, title=_("Masukkan folder arsip lama")),
    JobKind(FORGET, forget_old_reports, title=_("Hapus laporan impor folder yang lama")),
    Schedule(FORGET, "40 2 * * *", FORGET),
]
UPLOADS: list[UploadPurpose] = [PURPOSE]
ACTIONS: list[AuditAction] = [
    AuditAction(BEGUN, _("Folder arsip lama dikirim")),
    AuditAction(WAS_TRIED, _("Folder arsip lama diperiksa")),
    AuditAction(WAS_ASKED, _("Folder arsip lama diminta masuk atau dilanjutkan")),
    AuditAction(WAS_TAKEN, _("Folder arsip lama dimasukkan")),
    AuditAction(WAS_DROPPED, _("Folder arsip lama dibuang")),
]
