"""Registered for official documents: recaps made, signed, and what is told of them."""

from leuit.audit import AuditAction
from leuit.contracts import (
    DocumentSigned,
    PaymentMade,
    PaymentProgressed,
    PaymentRefused,
    RecordEnded,
    SigningEnded,
)
from leuit.identity import Permission, Role
from leuit.plugins import MEGABYTE, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_attendance.api import recap_documents as api
from leuit_attendance.pages import recap_documents as pages
from leuit_attendance.service import ended_records, recap_claims, recap_events, recap_filing
from leuit_attendance.service.recap_documents import MAKE, READ_RECAP

PERMISSIONS: list[Permission | Role] = [
    Permission(MAKE, _("Membuat naskah rekap absensi dan mengirimnya untuk ditandatangani"))
]

ROUTES: list[Route] = [
    Route("/units/{code}/recaps", pages.show_documents, READ_RECAP, name="recap_documents"),
    Route("/units/{code}/recaps", pages.make, MAKE, methods=("POST",), name="recap_document_make"),
    Route(
        "/recaps/{recap_id}/send",
        pages.send,
        MAKE,
        methods=("POST",),
        name="recap_document_send",
    ),
    Route(
        "/recaps/{recap_id}/by-hand",
        pages.sign_by_hand,
        MAKE,
        methods=("GET", "POST"),
        name="recap_document_by_hand",
        max_body=9 * MEGABYTE,
    ),
    Route(
        "/recaps/{recap_id}/claim",
        pages.claim,
        MAKE,
        methods=("POST",),
        name="recap_document_claim",
    ),
    Route(
        "/recaps/{recap_id}/draft",
        pages.download_draft,
        READ_RECAP,
        name="recap_document_draft",
    ),
    Route(
        "/recaps/{recap_id}/signed",
        pages.download_signed,
        READ_RECAP,
        name="recap_document_signed",
    ),
    Route(
        "/units/{code}/recaps",
        api.list_documents,
        READ_RECAP,
        kind="api",
        name="attendance_recap_documents",
        summary=_("Naskah rekap satu bulan satu unit"),
        query=api.RecapQuery,
        answer=api.RecapList,
    ),
    Route(
        "/units/{code}/recaps",
        api.make,
        MAKE,
        methods=("POST",),
        kind="api",
        name="attendance_recap_document_make",
        summary=_("Buat naskah rekap"),
        body=api.RecapBody,
        answer=api.RecapAnswer,
    ),
    Route(
        "/recaps/{recap_id}/send",
        api.send,
        MAKE,
        methods=("POST",),
        kind="api",
        name="attendance_recap_document_send",
        summary=_("Kirim naskah rekap untuk ditandatangani"),
        body=api.SendBody,
        answer=api.RecapAnswer,
    ),
]

JOBS: list[JobKind | Schedule] = [
    JobKind(
        recap_claims.CLAIM_JOB,
        recap_claims.hand_over,
        max_attempts=12,
        title=_("Menyerahkan klaim TPP dari rekap yang ditandatangani"),
    ),
    JobKind(
        recap_filing.FILE_JOB,
        recap_filing.file_recap,
        max_attempts=12,
        title=_("Memberkaskan rekap yang ditandatangani"),
    ),
    JobKind(
        recap_filing.REST_JOB,
        recap_filing.file_the_rest,
        title=_("Memberkaskan rekap yang belum diberkaskan"),
    ),
    Schedule(recap_filing.REST_JOB, "40 2 * * *", recap_filing.REST_JOB),
]

LISTENERS: list[Listener] = [
    Listener(
        RecordEnded,
        "attendance.recap_ended",
        ended_records.record_ended,
        title=_("Melepas berkas rekap yang dimusnahkan arsip"),
    ),
    Listener(
        DocumentSigned,
        "attendance.recap_signed",
        recap_events.document_signed,
        title=_("Mencatat naskah rekap yang ditandatangani"),
    ),
    Listener(
        SigningEnded,
        "attendance.recap_unsigned",
        recap_events.signing_ended,
        title=_("Mencatat naskah rekap yang tidak ditandatangani"),
    ),
    *(
        Listener(
            event,
            f"attendance.recap_{name}",
            recap_claims.payment_told,
            title=_("Mencatat keadaan klaim TPP"),
        )
        for event, name in (
            (PaymentProgressed, "payment_progressed"),
            (PaymentMade, "payment_made"),
            (PaymentRefused, "payment_refused"),
        )
    ),
]

ACTIONS: list[AuditAction] = [
    AuditAction(ended_records.RELEASED, _("Berkas rekap yang dimusnahkan dilepas")),
    AuditAction("attendance.recap.made", _("Naskah rekap dibuat")),
    AuditAction("attendance.recap.sent", _("Naskah rekap dikirim untuk ditandatangani")),
    AuditAction("attendance.recap.signed", _("Naskah rekap ditandatangani")),
    AuditAction("attendance.recap.signed_by_hand", _("Naskah rekap ditandatangani dengan tangan")),
    AuditAction("attendance.recap.claimed", _("Klaim TPP diserahkan")),
    AuditAction("attendance.recap.claim_asked", _("Klaim TPP diminta diserahkan")),
    AuditAction("attendance.recap.not_claimed", _("Klaim TPP diserahkan oleh naskah yang baru")),
    AuditAction("attendance.recap.claim_told", _("Keadaan klaim TPP berubah")),
    AuditAction(recap_filing.FILED, _("Naskah rekap diberkaskan")),
    AuditAction("attendance.recap.unsigned", _("Naskah rekap berakhir tanpa tanda tangan")),
]
