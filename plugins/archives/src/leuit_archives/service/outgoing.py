"""Letters out as their readers and writers find them."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.values import ConflictError, NotFoundError, PermissionDeniedError, StaleEditError, _
from leuit.work import View, Work
from leuit_archives.models import Draft, DraftStep, DraftVersion, Letter, LetterFile
from leuit_archives.models.letters import DRAFT, OUT
from leuit_archives.permissions import DRAFT as MAY_DRAFT
from leuit_archives.rules.letter_content import LetterContent

from .draft_content import from_plain
from .letter_access import find_letter

FIRST_ATTACHMENT = 2
"""The letter itself is the first file, once it is signed."""


def find_outgoing(view: View, letter_id: UUID) -> tuple[Letter, Draft]:
    """A letter out that the reader may read, and its draft; NotFoundError for any other, and for
    one whose content was destroyed.

    One that was entered from a block of numbers has no draft: it was written on paper.
    """
    letter = find_letter(view, letter_id)
    draft = view.session.get(Draft, letter_id)
    if letter.direction != OUT or draft is None:
        raise NotFoundError(_("Surat keluar itu tidak ada, atau bukan untuk Anda."))
    if letter.ended_at is not None:
        raise NotFoundError(
            _("Isi surat ini sudah dimusnahkan menurut jadwal retensi."),
            advice=_("Keterangannya ada di daftar arsip yang dimusnahkan."),
        )
    return letter, draft


def locked_outgoing(work: Work, letter_id: UUID) -> tuple[Letter, Draft]:
    """As stored now, and nobody else changes it until the unit ends; no right is asked."""
    letter = work.session.get_one(Letter, letter_id, with_for_update=True, populate_existing=True)
    draft = work.session.get_one(Draft, letter_id, with_for_update=True, populate_existing=True)
    return letter, draft


def writable(work: Work, letter_id: UUID, version: int) -> tuple[Letter, Draft]:
    """A letter of a unit for which the asker writes letters, locked, as he saw it last.

    Raises NotFoundError, PermissionDeniedError, StaleEditError.
    """
    find_outgoing(work, letter_id)
    letter, draft = locked_outgoing(work, letter_id)
    if not may_write(work, letter):
        raise PermissionDeniedError(
            _("Surat ini hanya dapat diubah oleh penyusun surat di unitnya."),
            advice=_("Minta perubahannya kepada pembuat surat."),
        )
    if letter.version != version:
        raise StaleEditError(
            _("Surat ini baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
        )
    return letter, draft


def may_write(view: View, letter: Letter) -> bool:
    """Whether the reader writes letters for its unit."""
    return view.allows(MAY_DRAFT, letter.unit_id)


def require_draft(letter: Letter) -> None:
    """ConflictError unless it is still being written."""
    if letter.state != DRAFT:
        raise ConflictError(
            _("Surat ini sudah dikirim untuk paraf dan tanda tangan."),
            advice=_("Tarik kembali dahulu bila isinya perlu diubah."),
        )


def content_now(view: View, letter: Letter, draft: Draft) -> LetterContent:
    """What the newest version says."""
    row = view.session.get_one(DraftVersion, (letter.id, draft.latest))
    return from_plain(row.content)


def versions_of(view: View, letter_id: UUID) -> Sequence[DraftVersion]:
    """All versions, the newest first."""
    query = select(DraftVersion).where(DraftVersion.letter_id == letter_id)
    return view.session.scalars(query.order_by(DraftVersion.number.desc())).all()


def steps_of(view: View, letter_id: UUID) -> Sequence[DraftStep]:
    """Parafs and the signature in their order."""
    query = select(DraftStep).where(DraftStep.letter_id == letter_id).order_by(DraftStep.place)
    return view.session.scalars(query).all()


def attachments_of(view: View, letter_id: UUID) -> Sequence[LetterFile]:
    """What goes with the letter, in order."""
    query = select(LetterFile).where(
        LetterFile.letter_id == letter_id, LetterFile.place >= FIRST_ATTACHMENT
    )
    return view.session.scalars(query.order_by(LetterFile.place)).all()


def letter_day(view: View, letter: Letter) -> dt.date:
    """The date on the letter, today while it has none."""
    return letter.dated or view.today
