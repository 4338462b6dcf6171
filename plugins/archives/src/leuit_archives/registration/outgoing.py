"""Letters out: pages, jobs, what is listened to, numbers set aside."""

from leuit.audit import AuditAction
from leuit.builtin.regulations import RegulationKind
from leuit.contracts import DocumentSigned, SigningEnded, SigningTurn
from leuit.plugins import Command, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_archives.api import outgoing_routes as api
from leuit_archives.cli import number_blocks as commands
from leuit_archives.inbox_letters_out import INBOX, SOURCE
from leuit_archives.pages import (
    number_blocks,
    outgoing,
    outgoing_acts,
    outgoing_form,
    outgoing_list,
    outgoing_versions,
)
from leuit_archives.permissions import DRAFT, RECEIVE, REGISTER
from leuit_archives.service.block_report import REPORT, report_open
from leuit_archives.service.letter_rules import numbering_kind, page_kind
from leuit_archives.service.signing import (
    GO_ON,
    document_signed,
    go_on,
    signing_ended,
    signing_turn,
)

_ONE = "/outgoing/{outgoing_id}"
_NUMBER = "/number-blocks/numbers/{number_id}"


def _act(path: str, endpoint: object, permission: str, name: str, **options: int) -> Route:
    return Route(
        f"{_ONE}/{path}",
        endpoint,  # type: ignore[arg-type]  # a page as any other
        permission,
        methods=("POST",),
        name=f"outgoing_{name}",
        **options,  # type: ignore[arg-type]  # max_body alone
    )


ROUTES: list[Route] = [
    Route("/outgoing", outgoing_list.show_list, RECEIVE, name="outgoing_list"),
    Route(
        "/outgoing/new",
        outgoing_form.new_letter,
        DRAFT,
        methods=("GET", "POST"),
        name="outgoing_new",
    ),
    Route(
        "/outgoing/preview",
        outgoing_form.preview,
        DRAFT,
        methods=("POST",),
        name="outgoing_preview",
    ),
    Route(_ONE, outgoing.show_letter, RECEIVE, name="outgoing"),
    Route(f"{_ONE}/pages/{{page}}", outgoing.show_page, RECEIVE, name="outgoing_page"),
    Route(f"{_ONE}/pdf", outgoing.download, RECEIVE, name="outgoing_pdf"),
    Route(f"{_ONE}/versions", outgoing_versions.show_versions, RECEIVE, name="outgoing_versions"),
    Route(
        f"{_ONE}/edit",
        outgoing_form.edit_letter,
        DRAFT,
        methods=("GET", "POST"),
        name="outgoing_edit",
    ),
    _act("start", outgoing_acts.start, DRAFT, "start"),
    _act("again", outgoing_acts.again, DRAFT, "again"),
    _act("paraf", outgoing_acts.paraf, RECEIVE, "paraf"),
    _act("scan", outgoing_acts.scan, DRAFT, "scan", max_body=outgoing_acts.MAX_BODY),
    _act("recall", outgoing_acts.recall, DRAFT, "recall"),
    _act("void", outgoing_acts.void, DRAFT, "void"),
    _act("send", outgoing_acts.send, DRAFT, "send"),
    _act("files", outgoing_acts.add_file, DRAFT, "file_add", max_body=outgoing_acts.MAX_BODY),
    Route(f"{_ONE}/files/{{file_id}}", outgoing.download_file, RECEIVE, name="outgoing_file"),
    _act("files/{file_id}/remove", outgoing_acts.remove_file, DRAFT, "file_remove"),
    Route("/number-blocks", number_blocks.show_blocks, REGISTER, name="number_blocks"),
    Route(
        "/number-blocks/new",
        number_blocks.new_block,
        REGISTER,
        methods=("GET", "POST"),
        name="number_block_new",
    ),
    Route("/number-blocks/{block_id}", number_blocks.show_block, REGISTER, name="number_block"),
    Route(
        f"{_NUMBER}/enter",
        number_blocks.enter,
        REGISTER,
        methods=("GET", "POST"),
        name="block_number_enter",
        max_body=outgoing_acts.MAX_BODY,
    ),
    Route(
        f"{_NUMBER}/cancel",
        number_blocks.cancel,
        REGISTER,
        methods=("GET", "POST"),
        name="block_number_cancel",
    ),
    *api.ROUTES,
]
MENU: list[MenuItem] = [
    MenuItem(
        "outgoing", _("Surat keluar"), "file-text", "/archives/outgoing", RECEIVE, 56, tasks=SOURCE
    ),
]
JOBS: list[JobKind | Schedule] = [
    JobKind(GO_ON, go_on, max_attempts=8, title=_("Mengirim surat untuk ditandatangani")),
    JobKind(REPORT, report_open, title=_("Melaporkan nomor cadangan yang masih terbuka")),
    Schedule(REPORT, "0 2 2 1 *", REPORT),
]
LISTENERS: list[Listener] = [
    Listener(
        DocumentSigned,
        "archives.letter_signed",
        document_signed,
        title=_("Mencatat surat yang ditandatangani"),
    ),
    Listener(
        SigningTurn,
        "archives.letter_turn",
        signing_turn,
        title=_("Mencatat giliran tanda tangan surat"),
    ),
    Listener(
        SigningEnded,
        "archives.letter_unsigned",
        signing_ended,
        title=_("Mencatat surat yang tidak ditandatangani"),
    ),
]
COMMANDS: list[Command] = [
    Command(("archives", "numbers", "open"), commands.list_open),
]
REGULATIONS: tuple[RegulationKind, ...] = (page_kind(), numbering_kind())
ACTIONS: list[AuditAction] = [
    AuditAction("archives.letter.drafted", _("Naskah surat keluar dibuat")),
    AuditAction("archives.letter.rewritten", _("Naskah surat keluar diubah")),
    AuditAction("archives.letter.attached", _("Lampiran surat ditambahkan")),
    AuditAction("archives.letter.detached", _("Lampiran surat dilepas")),
    AuditAction("archives.letter.sent_for_signature", _("Surat dikirim untuk ditandatangani")),
    AuditAction("archives.letter.drawn", _("Surat keluar digambar")),
    AuditAction("archives.letter.handed_over", _("Surat diserahkan ke layanan tanda tangan")),
    AuditAction("archives.letter.tried_again", _("Layanan tanda tangan diminta lagi")),
    AuditAction("archives.letter.initialled", _("Surat diparaf")),
    AuditAction("archives.letter.turn_told", _("Giliran tanda tangan surat diberitahukan")),
    AuditAction("archives.letter.signed", _("Surat ditandatangani")),
    AuditAction("archives.letter.unsigned", _("Surat berakhir tanpa tanda tangan")),
    AuditAction("archives.letter.voided", _("Surat dibatalkan")),
    AuditAction("archives.letter.dispatched", _("Surat keluar dikirim")),
    AuditAction("archives.letter.answered", _("Surat dijawab")),
    AuditAction("archives.block.reserved", _("Nomor surat dicadangkan")),
    AuditAction("archives.block.entered", _("Surat kertas dimasukkan")),
    AuditAction("archives.block.cancelled", _("Nomor cadangan dibatalkan")),
    AuditAction("archives.block.open_reported", _("Nomor cadangan terbuka dilaporkan")),
]
__all__ = ["ACTIONS", "COMMANDS", "INBOX", "JOBS", "LISTENERS", "MENU", "REGULATIONS", "ROUTES"]
