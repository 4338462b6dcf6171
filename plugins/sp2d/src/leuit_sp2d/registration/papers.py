"""SPP, SPM and SP2D as documents: their files, their way to other services, their public page."""

from leuit.audit import AuditAction
from leuit.contracts import DocumentSigned, RecordEnded, SigningEnded
from leuit.plugins import PUBLIC, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_sp2d.pages import checking, papers
from leuit_sp2d.permissions import READ
from leuit_sp2d.service.ended_records import RELEASED, record_ended
from leuit_sp2d.service.paper_sending import (
    REST_JOB,
    document_signed,
    file_the_rest,
    go_on,
    signing_ended,
)
from leuit_sp2d.service.papers import GO_ON

ROUTES: list[Route] = [
    Route("/payments/{payment_id}/papers/{paper_id}", papers.show_paper, READ, name="paper"),
    Route(
        "/payments/{payment_id}/papers/{paper_id}/sign",
        papers.sign_again,
        READ,
        methods=("POST",),
        name="paper_sign",
    ),
    Route("/payments/{payment_id}/returns/{act_id}", papers.show_return, READ, name="letter"),
    Route("/check", checking.show_start, PUBLIC, name="check"),
    Route("/check/{code}", checking.show_code, PUBLIC, name="check_code"),
]

JOBS: list[JobKind | Schedule] = [
    JobKind(GO_ON, go_on, max_attempts=8, title=_("Menandatangani dan memberkaskan dokumen")),
    JobKind(REST_JOB, file_the_rest, title=_("Memberkaskan dokumen yang belum diberkaskan")),
    Schedule(REST_JOB, "45 2 * * *", REST_JOB),
]

LISTENERS: list[Listener] = [
    Listener(
        RecordEnded,
        "sp2d.paper_ended",
        record_ended,
        title=_("Melepas dokumen pembayaran yang dimusnahkan arsip"),
    ),
    Listener(
        DocumentSigned,
        "sp2d.paper_signed",
        document_signed,
        title=_("Mencatat dokumen pembayaran yang ditandatangani"),
    ),
    Listener(
        SigningEnded,
        "sp2d.paper_unsigned",
        signing_ended,
        title=_("Mencatat dokumen pembayaran yang tidak ditandatangani"),
    ),
]

ACTIONS = [
    AuditAction(RELEASED, _("Dokumen pembayaran yang dimusnahkan dilepas")),
    AuditAction("sp2d.paper.drawn", _("Dokumen pembayaran digambar")),
    AuditAction("sp2d.paper.sent", _("Dokumen pembayaran dikirim untuk ditandatangani")),
    AuditAction("sp2d.paper.signed", _("Dokumen pembayaran ditandatangani")),
    AuditAction("sp2d.paper.unsigned", _("Dokumen pembayaran berakhir tanpa tanda tangan")),
    AuditAction("sp2d.paper.asked_again", _("Tanda tangan dokumen pembayaran diminta lagi")),
    AuditAction("sp2d.paper.filed", _("Dokumen pembayaran diberkaskan")),
]
