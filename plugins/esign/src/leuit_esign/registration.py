"""What e-sign registers: rights, routes, menu, commands, audit actions, regulation, provider."""

from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import Command, HomeCard, MenuItem, Route
from leuit.values import _
from leuit_esign.cli import key, sign, test_pki, verify
from leuit_esign.inbox import SOURCE
from leuit_esign.pages import chain, documents, placing
from leuit_esign.providers import Provider
from leuit_esign.providers.lokal import LOKAL
from leuit_esign.service.documents import BRING
from leuit_esign.service.trust import trust_kind

PERMISSIONS: list[Permission | Role] = [
    Permission(BRING, _("Membawa dokumen untuk ditandatangani")),
    Role("esign.own", _("Dokumen sendiri"), {BRING}, "everyone"),
]

_DOCUMENT = "/documents/{document_id}"

ROUTES: list[Route] = [
    Route("/", documents.show_documents, BRING, name="documents"),
    Route(
        "/new",
        documents.bring_document,
        BRING,
        methods=("GET", "POST"),
        name="bring",
        max_body=documents.MAX_BODY,
    ),
    Route(_DOCUMENT, chain.show_document, BRING, name="document"),
    Route(f"{_DOCUMENT}/pages/{{page}}", documents.show_picture, BRING, name="picture"),
    Route(f"{_DOCUMENT}/pdf", documents.download, BRING, name="pdf"),
    Route(f"{_DOCUMENT}/places", placing.add, BRING, methods=("POST",), name="place_add"),
    Route(f"{_DOCUMENT}/places/move", placing.move, BRING, methods=("POST",), name="place_move"),
    Route(f"{_DOCUMENT}/prepare", placing.prepare, BRING, methods=("POST",), name="prepare"),
    Route(f"{_DOCUMENT}/reopen", placing.open_again, BRING, methods=("POST",), name="reopen"),
    Route(f"{_DOCUMENT}/steps", chain.add, BRING, methods=("POST",), name="step_add"),
    Route(f"{_DOCUMENT}/steps/remove", chain.remove, BRING, methods=("POST",), name="step_remove"),
    Route(f"{_DOCUMENT}/start", chain.begin, BRING, methods=("POST",), name="start"),
    Route(f"{_DOCUMENT}/recall", chain.take_back, BRING, methods=("POST",), name="recall"),
    Route(f"{_DOCUMENT}/refuse", chain.send_back, BRING, methods=("POST",), name="refuse"),
    Route(f"{_DOCUMENT}/paraf", chain.paraf, BRING, methods=("POST",), name="paraf"),
    Route(f"{_DOCUMENT}/sign", chain.sign, BRING, methods=("POST",), name="sign"),
]

MENU: list[MenuItem | HomeCard] = [
    MenuItem("esign", _("Tanda tangan"), "signature", "/esign", BRING, order=20, tasks=SOURCE),
]

COMMANDS: list[Command] = [
    Command(("esign", "sign"), sign.sign, writes=True, secrets=("passphrase",)),
    Command(("esign", "verify"), verify.verify),
    Command(("esign", "key", "add"), key.add, writes=True, secrets=("passphrase",)),
    Command(("esign", "test-pki"), test_pki.serve_authority),
    Command(("esign", "install-test-keys"), test_pki.install_test_keys, writes=True),
]

ACTIONS: list[AuditAction] = [
    AuditAction("esign.document.brought", _("Dokumen dibawa untuk ditandatangani")),
    AuditAction("esign.document.placed", _("Tempat tanda tangan diubah")),
    AuditAction("esign.document.prepared", _("Tempat tanda tangan disiapkan pada PDF")),
    AuditAction("esign.document.recalled", _("Dokumen ditarik kembali")),
    AuditAction("esign.document.reopened", _("Dokumen dibuka kembali")),
    AuditAction("esign.document.started", _("Dokumen dikirim untuk ditandatangani")),
    AuditAction("esign.step.added", _("Langkah ditambahkan")),
    AuditAction("esign.step.failed", _("Tanda tangan tidak jadi dibuat")),
    AuditAction("esign.step.paraf", _("Paraf diberikan")),
    AuditAction("esign.step.refused", _("Dokumen ditolak")),
    AuditAction("esign.step.removed", _("Langkah dihapus")),
    AuditAction("esign.step.reserved", _("Tanda tangan dimulai")),
    AuditAction("esign.step.signed", _("Dokumen ditandatangani")),
    AuditAction("esign.file.signed", _("Berkas ditandatangani")),
    AuditAction("esign.key.added", _("Kunci tanda tangan dipasang")),
    AuditAction("esign.key.retired", _("Kunci tanda tangan diganti")),
]

REGULATIONS: list[Any] = [trust_kind()]

PROVIDERS: list[Provider] = [LOKAL]
