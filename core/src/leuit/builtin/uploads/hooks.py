"""What big files bring to the installation: the protocol, the job that clears, audit actions."""

from collections.abc import Iterable

from leuit.audit import AuditAction
from leuit.plugins import PersonalData, Route, hookimpl
from leuit.values import _
from leuit.work import JobKind, Schedule

from . import ending, sending, tus


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return tus.ROUTES


@hookimpl
def leuit_jobs() -> Iterable[JobKind | Schedule]:
    return ending.JOBS


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return [
        AuditAction(sending.BEGUN, _("Kiriman berkas besar dimulai")),
        AuditAction(sending.FINISHED, _("Kiriman berkas besar lengkap")),
        AuditAction(ending.DROPPED, _("Kiriman berkas besar dilepas")),
        AuditAction(ending.EXPIRED, _("Kiriman berkas besar kedaluwarsa")),
    ]


@hookimpl
def leuit_personal_data() -> Iterable[PersonalData]:
    return [
        PersonalData(
            "sent_file",
            ("account_id", "name", "metadata_text"),
            _("Melanjutkan kiriman berkas yang terputus, hanya oleh pengirimnya"),
            _("Pelaksanaan tugas pelayanan publik (UU 27/2022 Pasal 20)"),
            _("Sampai berkasnya dipakai, paling lama beberapa hari"),
            "row",
        )
    ]
