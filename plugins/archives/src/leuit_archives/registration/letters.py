"""Letters and dispositions: their pages, menu, jobs and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_archives.api import letters_routes as api
from leuit_archives.inbox_letters import INBOX as _INBOX
from leuit_archives.inbox_letters import SOURCE
from leuit_archives.pages import dispositions, letter, letter_edit, letter_register, letters
from leuit_archives.permissions import RECEIVE, REGISTER
from leuit_archives.service.brought_files import FORGET, forget_old_files
from leuit_archives.service.disposition_rules import KIND as _DISPOSITION

_ONE = "/letters/{letter_id}"
_NEW = "/letters/new"
_POST = ("POST",)
_BOTH = ("GET", "POST")

ROUTES: list[Route] = [
    Route("/letters", letters.show_home, RECEIVE, name="letters"),
    Route("/letters/waiting/{name}", letters.show_tile, RECEIVE, name="letters_waiting"),
    Route("/letters/agenda", letters.show_agenda, RECEIVE, name="letters_agenda"),
    Route(
        _NEW,
        letter_register.bring_letter,
        REGISTER,
        methods=_BOTH,
        name="letter_new",
        max_body=letter_register.MAX_BODY,
    ),
    Route(
        f"{_NEW}/{{file_id}}",
        letter_register.register,
        REGISTER,
        methods=_BOTH,
        name="letter_register",
    ),
    Route(
        f"{_NEW}/{{file_id}}/pages/{{page}}",
        letter_register.show_brought_page,
        REGISTER,
        name="letter_brought_page",
    ),
    Route(_ONE, letter.show_letter, RECEIVE, name="letter"),
    Route(f"{_ONE}/edit", letter_edit.mend, REGISTER, methods=_BOTH, name="letter_edit"),
    Route(f"{_ONE}/send", letter_edit.send, REGISTER, methods=_POST, name="letter_send"),
    Route(
        f"{_ONE}/files",
        letter_edit.attach,
        REGISTER,
        methods=_POST,
        name="letter_attach",
        max_body=letter_register.MAX_BODY,
    ),
    Route(f"{_ONE}/files/{{place}}", letter.download, RECEIVE, name="letter_file"),
    Route(f"{_ONE}/files/{{place}}/pages/{{page}}", letter.show_page, RECEIVE, name="letter_page"),
    Route(
        f"{_ONE}/dispositions",
        dispositions.give,
        RECEIVE,
        methods=_POST,
        name="disposition_give",
    ),
    Route(f"{_ONE}/settle", dispositions.let_be, RECEIVE, methods=_POST, name="letter_settle"),
    Route(
        f"{_ONE}/recall", dispositions.take_back, RECEIVE, methods=_POST, name="disposition_recall"
    ),
    Route(
        f"{_ONE}/report",
        dispositions.tell,
        RECEIVE,
        methods=_POST,
        name="disposition_report",
        max_body=letter_register.MAX_BODY,
    ),
    Route(
        f"{_ONE}/reports/{{receiver_id}}",
        dispositions.download_report,
        RECEIVE,
        name="disposition_report_file",
    ),
    Route(f"{_ONE}/disposition.pdf", dispositions.print_sheet, RECEIVE, name="disposition_sheet"),
    *api.ROUTES,
]
MENU: list[MenuItem] = [
    MenuItem("letters", _("Surat"), "mail", "/archives/letters", RECEIVE, order=55, tasks=SOURCE)
]
INBOX = _INBOX
REGULATIONS = (_DISPOSITION,)
JOBS: list[JobKind | Schedule] = [
    JobKind(FORGET, forget_old_files, title=_("Lepas berkas surat yang tidak jadi dicatat")),
    Schedule(FORGET, "40 2 * * *", FORGET),
]
ACTIONS: list[AuditAction] = [
    AuditAction("archives.file.brought", _("Berkas surat diterima untuk dicatat")),
    AuditAction("archives.file.forgotten", _("Berkas surat yang tidak jadi dicatat dilepas")),
    AuditAction("archives.letter.registered", _("Surat masuk dicatat")),
    AuditAction("archives.letter.revised", _("Data surat diperbaiki")),
    AuditAction("archives.letter.file_added", _("Lampiran surat ditambahkan")),
    AuditAction("archives.letter.sent", _("Surat diteruskan kepada penerima")),
    AuditAction("archives.letter.read", _("Surat dibaca penerima")),
    AuditAction("archives.letter.settled", _("Surat dicatat cukup diketahui")),
    AuditAction("archives.disposition.given", _("Disposisi diberikan")),
    AuditAction("archives.disposition.recalled", _("Disposisi ditarik kembali")),
    AuditAction("archives.disposition.reported", _("Kemajuan disposisi dilaporkan")),
    AuditAction("archives.disposition.done", _("Disposisi diselesaikan")),
]
