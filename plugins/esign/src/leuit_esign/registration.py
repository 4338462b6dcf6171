"""What e-sign registers: rights, routes, menu, commands, audit actions, regulation, provider."""

from typing import Any

from leuit.audit import AuditAction
from leuit.contracts import RecordEnded
from leuit.identity import Permission, Role
from leuit.plugins import PUBLIC, Command, HealthCheck, HomeCard, MenuItem, Port, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_esign.api import routes as api
from leuit_esign.cli import key, sign, test_pki, verify
from leuit_esign.inbox import SOURCE
from leuit_esign.pages import acting, documents, letter, mandates, placing, sending, verifying
from leuit_esign.providers import Provider
from leuit_esign.providers.lokal import LOKAL
from leuit_esign.service.asking import TAKE_IN, sign_document, take_in
from leuit_esign.service.documents import BRING
from leuit_esign.service.ended_records import RELEASED, record_ended
from leuit_esign.service.filing import FILE_JOB, FILED, REST_JOB, file_letter, file_the_rest
from leuit_esign.service.lapsing import watch
from leuit_esign.service.mandates import MANAGE
from leuit_esign.service.numbering import numbering_kind
from leuit_esign.service.stamp import has_address
from leuit_esign.service.trust import trust_kind
from leuit_esign.service.verifying import MAX_BODY, verify_document

PERMISSIONS: list[Permission | Role] = [
    Permission(BRING, _("Membawa dokumen untuk ditandatangani")),
    Permission(MANAGE, _("Mengatur pelimpahan wewenang menandatangani")),
    Role("esign.mandate_keeper", _("Petugas pelimpahan wewenang"), {MANAGE, BRING}),
    Role("esign.head", _("Kepala unit: pelimpahan wewenang"), {MANAGE}, "head"),
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
    Route("/mandates", mandates.show_mandates, BRING, name="mandates"),
    Route(
        "/mandates/new",
        mandates.new_mandate,
        BRING,
        methods=("GET", "POST"),
        name="mandate_new",
    ),
    Route("/mandates/{mandate_id}/end", mandates.end, BRING, methods=("POST",), name="mandate_end"),
    Route(_DOCUMENT, letter.show_document, BRING, name="document"),
    Route(f"{_DOCUMENT}/pages/{{page}}", documents.show_picture, BRING, name="picture"),
    Route(f"{_DOCUMENT}/text", documents.show_text, BRING, name="text"),
    Route(f"{_DOCUMENT}/pdf", documents.download, BRING, name="pdf"),
    Route(f"{_DOCUMENT}/places", placing.add, BRING, methods=("POST",), name="place_add"),
    Route(f"{_DOCUMENT}/places/move", placing.move, BRING, methods=("POST",), name="place_move"),
    Route(f"{_DOCUMENT}/prepare", placing.prepare, BRING, methods=("POST",), name="prepare"),
    Route(f"{_DOCUMENT}/reopen", placing.open_again, BRING, methods=("POST",), name="reopen"),
    Route(f"{_DOCUMENT}/steps", sending.add, BRING, methods=("POST",), name="step_add"),
    Route(
        f"{_DOCUMENT}/steps/remove", sending.remove, BRING, methods=("POST",), name="step_remove"
    ),
    Route(f"{_DOCUMENT}/start", sending.begin, BRING, methods=("POST",), name="start"),
    Route(f"{_DOCUMENT}/recall", sending.take_back, BRING, methods=("POST",), name="recall"),
    Route(f"{_DOCUMENT}/refuse", acting.send_back, BRING, methods=("POST",), name="refuse"),
    Route(f"{_DOCUMENT}/paraf", acting.paraf, BRING, methods=("POST",), name="paraf"),
    Route(f"{_DOCUMENT}/sign", acting.sign, BRING, methods=("POST",), name="sign"),
    Route(f"{_DOCUMENT}/options", sending.options, BRING, methods=("GET", "POST"), name="options"),
    Route(f"{_DOCUMENT}/remind", sending.nudge, BRING, methods=("POST",), name="remind"),
    Route(f"{_DOCUMENT}/hand-on", acting.hand_on, BRING, methods=("GET", "POST"), name="hand_on"),
    Route(f"{_DOCUMENT}/revoke", acting.take_out, BRING, methods=("GET", "POST"), name="revoke"),
    Route(verifying.ADDRESS, verifying.show_start, PUBLIC, name="verify", at_root=True),
    Route(
        verifying.ADDRESS,
        verifying.check_file,
        PUBLIC,
        methods=("POST",),
        name="verify_file",
        max_body=MAX_BODY,
        at_root=True,
    ),
    Route(
        f"{verifying.ADDRESS}/{{document_code}}",
        verifying.show_code,
        PUBLIC,
        name="verify_code",
        at_root=True,
    ),
    *api.ROUTES,
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

LISTENERS: list[Listener] = [
    Listener(
        RecordEnded,
        "esign.record_ended",
        record_ended,
        title=_("Melepas dokumen yang dimusnahkan arsip"),
    ),
]

ACTIONS: list[AuditAction] = [
    AuditAction(RELEASED, _("Dokumen yang dimusnahkan arsip dilepas")),
    AuditAction("esign.document.brought", _("Dokumen dibawa untuk ditandatangani")),
    AuditAction("esign.document.placed", _("Tempat tanda tangan diubah")),
    AuditAction("esign.document.prepared", _("Tempat tanda tangan disiapkan pada PDF")),
    AuditAction("esign.document.recalled", _("Dokumen ditarik kembali")),
    AuditAction("esign.document.reopened", _("Dokumen dibuka kembali")),
    AuditAction("esign.document.started", _("Dokumen dikirim untuk ditandatangani")),
    AuditAction("esign.document.asked", _("Tanda tangan diminta oleh layanan lain")),
    AuditAction("esign.document.expired", _("Dokumen berakhir karena tenggatnya lewat")),
    AuditAction(FILED, _("Dokumen diberkaskan")),
    AuditAction("esign.document.options", _("Tenggat dan nomor dokumen diatur")),
    AuditAction("esign.document.revoked", _("Dokumen dicabut")),
    AuditAction("esign.document.sending", _("Dokumen mulai dikirim")),
    AuditAction("esign.document.superseded", _("Dokumen diganti yang baru")),
    AuditAction("esign.document.taken_in", _("PDF dari layanan lain diterima")),
    AuditAction("esign.document.unfooted", _("Kaki dokumen tidak muat pada sebagian halaman")),
    AuditAction("esign.document.unfit", _("PDF dari layanan lain tidak dapat ditandatangani")),
    AuditAction("esign.mandate.ended", _("Pelimpahan wewenang diakhiri")),
    AuditAction("esign.mandate.given", _("Wewenang menandatangani dilimpahkan")),
    AuditAction("esign.step.added", _("Langkah ditambahkan")),
    AuditAction("esign.step.failed", _("Tanda tangan tidak jadi dibuat")),
    AuditAction("esign.step.handed", _("Langkah diteruskan ke jabatan lain")),
    AuditAction("esign.step.paraf", _("Paraf diberikan")),
    AuditAction("esign.step.refused", _("Dokumen ditolak")),
    AuditAction("esign.step.reminded", _("Penanda tangan diingatkan")),
    AuditAction("esign.step.removed", _("Langkah dihapus")),
    AuditAction("esign.step.reserved", _("Tanda tangan dimulai")),
    AuditAction("esign.step.signed", _("Dokumen ditandatangani")),
    AuditAction("esign.file.signed", _("Berkas ditandatangani")),
    AuditAction("esign.key.added", _("Kunci tanda tangan dipasang")),
    AuditAction("esign.key.retired", _("Kunci tanda tangan diganti")),
]

REGULATIONS: list[Any] = [trust_kind(), numbering_kind()]

JOBS: list[JobKind | Schedule] = [
    JobKind(TAKE_IN, take_in, title=_("Menerima PDF untuk ditandatangani")),
    JobKind(
        FILE_JOB, file_letter, max_attempts=12, title=_("Memberkaskan surat yang ditandatangani")
    ),
    JobKind(REST_JOB, file_the_rest, title=_("Memberkaskan surat yang belum diberkaskan")),
    Schedule(REST_JOB, "35 2 * * *", REST_JOB),
    JobKind("esign.watch", watch, title=_("Mengingatkan dan mengakhiri dokumen")),
    Schedule("esign.watch", "*/10 * * * *", "esign.watch"),
]

HEALTH: list[HealthCheck] = [
    HealthCheck("esign.address", _("Alamat pada tanda tangan"), has_address),
]

PORTS: list[Port] = [
    Port("sign_document", sign_document),
    Port("verify_document", verify_document),
]

PROVIDERS: list[Provider] = [LOKAL]
