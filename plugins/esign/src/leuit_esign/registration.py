"""What e-sign registers: rights, routes, menu, commands, audit actions, regulation, provider."""

from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import Command, HomeCard, MenuItem, Route
from leuit.values import _
from leuit_esign.cli import key, sign, test_pki, verify
from leuit_esign.pages import documents, placing
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
    Route(_DOCUMENT, placing.show_document, BRING, name="document"),
    Route(f"{_DOCUMENT}/pages/{{page}}", documents.show_picture, BRING, name="picture"),
    Route(f"{_DOCUMENT}/pdf", documents.download, BRING, name="pdf"),
    Route(f"{_DOCUMENT}/places", placing.add, BRING, methods=("POST",), name="place_add"),
    Route(f"{_DOCUMENT}/places/move", placing.move, BRING, methods=("POST",), name="place_move"),
    Route(f"{_DOCUMENT}/prepare", placing.prepare, BRING, methods=("POST",), name="prepare"),
    Route(f"{_DOCUMENT}/reopen", placing.open_again, BRING, methods=("POST",), name="reopen"),
]

MENU: list[MenuItem | HomeCard] = [
    MenuItem("esign", _("Tanda tangan"), "signature", "/esign", BRING, order=20),
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
    AuditAction("esign.document.reopened", _("Dokumen dibuka kembali")),
    AuditAction("esign.file.signed", _("Berkas ditandatangani")),
    AuditAction("esign.key.added", _("Kunci tanda tangan dipasang")),
    AuditAction("esign.key.retired", _("Kunci tanda tangan diganti")),
]

REGULATIONS: list[Any] = [trust_kind()]

PROVIDERS: list[Provider] = [LOKAL]
