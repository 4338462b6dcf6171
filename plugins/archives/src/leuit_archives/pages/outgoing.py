"""A letter out: its pages, what the reader can do, how it went, and what is known of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import Person
from leuit.pdf_pages import UnreadablePdfError, count_pages
from leuit.values import NotFoundError, _
from leuit.web import Request, Response, file_answer, page, parse_id, picture_answer, redirect
from leuit.work import View
from leuit_archives.models import Addressee, Draft, DraftStep, Letter, LetterFile
from leuit_archives.models.drafts import DONE, ELECTRONIC, PARAF, WET
from leuit_archives.models.letters import COPY, DRAFT, OUT, REVIEW, SIGNED, SIGNING, TO
from leuit_archives.rules.letter_content import LetterContent, shown_parties
from leuit_archives.rules.secrecy import SECRET_FROM
from leuit_archives.service.draft_content import spelled_post, urgency_words
from leuit_archives.service.letter_access import find_letter, ref_of
from leuit_archives.service.letter_levels import current_level
from leuit_archives.service.letter_sheets import letter_pdf
from leuit_archives.service.outgoing import (
    attachments_of,
    content_now,
    may_write,
    steps_of,
)
from leuit_archives.service.sending_out import goes_outside, receivers_of
from leuit_archives.service.signing import WAITING, is_lost, open_step_of

from .moments import when
from .outgoing_words import ENDED, HOME, STATES, id_of, path_of

Row = tuple[Any, ...]


def show_letter(request: Request, errors: dict[str, str] | None = None) -> Response:
    """The letter's page; one that was entered from paper shows its scan. What is left of a
    destroyed one stands on the page of letters that went.
    """
    letter_id = id_of(request)
    with request.read() as view:
        letter = find_letter(view, letter_id)
        draft = view.session.get(Draft, letter_id)
        if letter.direction != OUT:
            raise NotFoundError(_("Surat keluar itu tidak ada, atau bukan untuk Anda."))
        if letter.ended_at is not None:
            return redirect(f"/archives/letters/{letter_id}")
        if letter.secrecy >= SECRET_FROM:
            view.note_access(ref_of(letter), fields=["letter"])
        values = _values(request, view, letter, draft)
    pdf, _name = _pdf_of(request, letter_id)
    try:
        count = count_pages(pdf)
    except UnreadablePdfError:
        count = 0
    asked = request.query.get("page", "1")
    shown = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return page(
        request,
        "archives/outgoing.html",
        status=422 if errors else 200,
        errors=errors or {},
        typed=dict(request.form) if errors else {},
        pages=count,
        shown=max(1, min(shown, count)),
        size=len(pdf),
        **values,
    )


def show_page(request: Request) -> Response:
    """One page as a picture; its address names the version, so that it may be kept, but that of a
    secret letter by no browser.
    """
    letter_id = id_of(request)
    pdf, _name = _pdf_of(request, letter_id)
    with request.read() as view:
        kept = find_letter(view, letter_id).secrecy < SECRET_FROM
    return picture_answer(request, pdf, kept=kept)


def download(request: Request) -> Response:
    """The letter's PDF: signed where it is."""
    pdf, name = _pdf_of(request, id_of(request))
    return file_answer(pdf, name, "application/pdf")


def download_file(request: Request) -> Response:
    """A file that goes with the letter."""
    letter_id, file_id = id_of(request), parse_id(request.params["file_id"])
    with request.read() as view:
        find_letter(view, letter_id)
        row = view.session.get(LetterFile, file_id)
        if row is None or row.letter_id != letter_id:
            raise NotFoundError(_("Lampiran itu tidak ada."))
    return file_answer(request.app.blobs.get(row.sha256), row.name, row.media_type)


def _pdf_of(request: Request, letter_id: UUID) -> tuple[bytes, str]:
    with request.read() as view:
        letter = find_letter(view, letter_id)
        paper = view.session.get(Draft, letter_id) is None
        scan = view.session.scalar(
            select(LetterFile).where(LetterFile.letter_id == letter.id, LetterFile.place == 1)
        )
    if paper:
        if scan is None:
            raise NotFoundError(_("Berkas surat itu tidak ada."))
        return request.app.blobs.get(scan.sha256), scan.name
    return letter_pdf(request.app, request.identity, letter_id)


def _values(request: Request, view: View, letter: Letter, draft: Draft | None) -> dict[str, Any]:
    writes = draft is not None and may_write(view, letter)
    step = open_step_of(view, letter)
    content = content_now(view, letter, draft) if draft else None
    state = letter.state
    return {
        "letter": letter,
        "draft": draft,
        "home": HOME,
        "path": path_of(letter.id),
        "state": STATES[state],
        "step": step,
        "editable": writes and state == DRAFT,
        "returned": ENDED.get(draft.signing, "") if draft and state == DRAFT else "",
        "waits_elsewhere": draft is not None and state == SIGNING and draft.signing == WAITING,
        "lost": draft is not None and writes and is_lost(letter, draft),
        "by_hand": draft is not None and writes and state == SIGNING and draft.mode == WET,
        "recallable": draft is not None
        and writes
        and state in (REVIEW, SIGNING)
        and draft.signing != WAITING,
        "sendable": writes and state == SIGNED,
        "outside": content is not None and goes_outside(content),
        "voidable": draft is not None
        and writes
        and state in (DRAFT, REVIEW, SIGNING, SIGNED)
        and draft.signing != WAITING,
        "files": attachments_of(view, letter.id),
        "history": _history(request, view, letter, draft, step),
        "facts": _facts(view, letter, draft, content),
        "receivers": _received(request, receivers_of(view, letter.id)),
        "reason": draft.void_reason if draft else "",
    }


def _facts(
    view: View, letter: Letter, draft: Draft | None, content: LetterContent | None
) -> list[Row]:
    level = current_level(view, letter.secrecy_code, view.today)
    classed = f"{letter.class_code} {letter.class_title}".strip()
    rows: list[Row] = [
        (_("Nomor"), letter.number or _("Otomatis")),
        (_("Jenis"), letter.kind),
        (_("Unit"), letter.sender),
        (_("Klasifikasi"), classed),
        (
            _("Sifat dan keamanan"),
            f"{urgency_words(view, letter.urgency)} · {level.name if level else _('Biasa')}",
        ),
    ]
    if content is not None:
        rows.append((_("Tujuan"), ", ".join(shown_parties(content.to))))
        if content.copies:
            rows.append((_("Tembusan"), ", ".join(shown_parties(content.copies))))
        rows.append((_("Penanda tangan"), spelled_post(view, content.signer)))
        mode = _("elektronik") if content.mode == ELECTRONIC else _("basah")
        rows.append((_("Tanda tangan"), mode))
    if letter.agenda is not None:
        rows.append((_("Agenda keluar"), f"{letter.agenda}/{letter.year}"))
    if draft is not None and draft.carried:
        rows.append((_("Pengiriman ke luar"), draft.carried))
    if letter.reply_to_id is not None:
        rows.append((_("Menjawab"), view.session.get_one(Letter, letter.reply_to_id).subject))
    return rows


def _history(
    request: Request, view: View, letter: Letter, draft: Draft | None, mine: DraftStep | None
) -> list[dict[str, str]]:
    steps = steps_of(view, letter.id) if letter.state != DRAFT else []
    ids = {letter.created_by, *(one.person_id for one in steps if one.person_id)}
    names = {
        row.id: row.name
        for row in view.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    }
    begun = _("Membuat naskah · %s") if draft else _("Memasukkan surat kertas · %s")
    told = [_event("done", names[letter.created_by], begun % when(request, letter.created_at))]
    open_seen = False
    for one in steps:
        word = _("Paraf") if one.kind == PARAF else _("Tanda tangan")
        if one.state == DONE:
            who = names.get(one.person_id, one.title) if one.person_id else one.title
            meta = f"{word} {one.title} · {when(request, one.done_at)}"
            told.append(_event("done", who, meta, one.note))
            continue
        waits = letter.state in (REVIEW, SIGNING) and not open_seen
        open_seen = True
        who = _("Anda") if mine is not None and mine.id == one.id else one.title
        meta = f"{word} · {_('menunggu') if waits else _('berikutnya')}"
        told.append(_event("now" if waits else "next", who, meta))
    if draft is not None and letter.state not in ("sent", "void"):
        told.append(_event("next", "Leuit", _("Mengirim kepada semua tujuan")))
    if letter.state == "sent":
        told.append(_event("done", _("Dikirim"), when(request, letter.sent_at)))
    return told


def _event(state: str, title: str, meta: str, remark: str = "") -> dict[str, str]:
    return {"state": state, "title": title, "meta": meta, "remark": remark}


def _received(request: Request, rows: Any) -> list[dict[str, str]]:
    words = {TO: _("Tujuan"), COPY: _("Tembusan")}
    return [
        {
            "name": row.name,
            "part": words[row.part],
            "when": _read_words(request, row),
        }
        for row in rows
    ]


def _read_words(request: Request, row: Addressee) -> str:
    if row.position_id is None:
        return _("di luar pemerintah kabupaten")
    if row.read_at is not None:
        return _("dibaca %s") % when(request, row.read_at)
    return _("belum dibaca")
