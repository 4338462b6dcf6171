"""Berita acara of the lawful end: their electronic signatures and their files."""

from leuit.audit import AuditAction
from leuit.contracts import DocumentSigned, SigningEnded
from leuit.plugins import Route
from leuit.values import _
from leuit.work import JobKind, Listener
from leuit_archives.pages import minutes as pages
from leuit_archives.permissions import DECIDE, READ_RECORDS, TRANSFER
from leuit_archives.service import minutes_signing as service

_TRANSFER = "/transfers/{transfer_id}"
_DISPOSAL = "/disposals/{disposal_id}"
_FORM = ("GET", "POST")

ROUTES: list[Route] = [
    Route(f"{_TRANSFER}/esign", pages.ask_transfer, TRANSFER, methods=_FORM, name="transfer_esign"),
    Route(
        f"{_TRANSFER}/esign/drop",
        pages.drop_transfer,
        TRANSFER,
        methods=("POST",),
        name="transfer_esign_drop",
    ),
    Route(f"{_TRANSFER}/signed", pages.transfer_file, READ_RECORDS, name="transfer_signed"),
    Route(f"{_DISPOSAL}/esign", pages.ask_disposal, DECIDE, methods=_FORM, name="disposal_esign"),
    Route(
        f"{_DISPOSAL}/esign/drop",
        pages.drop_disposal,
        DECIDE,
        methods=("POST",),
        name="disposal_esign_drop",
    ),
    Route(f"{_DISPOSAL}/papers/{{step}}", pages.disposal_file, READ_RECORDS, name="disposal_file"),
]
JOBS: list[JobKind] = [
    JobKind(
        service.GO_ON,
        service.go_on,
        max_attempts=8,
        title=_("Mengirim berita acara untuk ditandatangani"),
    )
]
LISTENERS: list[Listener] = [
    Listener(
        DocumentSigned,
        "archives.minutes_signed",
        service.document_signed,
        title=_("Menjalankan berita acara yang ditandatangani"),
    ),
    Listener(
        SigningEnded,
        "archives.minutes_unsigned",
        service.signing_ended,
        title=_("Mencatat berita acara yang tidak ditandatangani"),
    ),
]
ACTIONS: list[AuditAction] = [
    AuditAction(service.ASKED_ACTION, _("Tanda tangan berita acara diminta")),
    AuditAction(service.HANDED_OVER, _("Berita acara diserahkan ke layanan tanda tangan")),
    AuditAction(service.SIGNED_ACTION, _("Berita acara ditandatangani dan dijalankan")),
    AuditAction(service.UNUSED_ACTION, _("Berita acara ditandatangani tetapi tidak dijalankan")),
    AuditAction(service.ENDED_ACTION, _("Berita acara berakhir tanpa tanda tangan")),
]
