"""Files between the two steps of registering a letter; see `models.BroughtFile`."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, select

from leuit.values import NotFoundError, RecordRef, _
from leuit.work import JobContext, StoredFile, View, Work, register_file
from leuit_archives.models import BroughtFile
from leuit_archives.permissions import REGISTER
from leuit_archives.reading import LetterReading
from leuit_archives.rules.letter_text import LetterProposals

from .posts import made_in_post

KEPT = dt.timedelta(days=7)
FORGET = "archives.forget_brought_files"
PROPOSED = ("number", "date", "subject", "sender", "attachment", "urgency", "secrecy", "kind")


def keep_file(work: Work, unit_id: UUID, file: StoredFile, reading: LetterReading) -> BroughtFile:
    """Keep a file that was read, for the registrar of a unit to go on with."""
    work.require(REGISTER, unit_id)
    if work.identity.person_id is None:
        raise work.refusal(REGISTER)
    brought = BroughtFile(
        person_id=work.identity.person_id,
        unit_id=unit_id,
        sha256=register_file(work, file),
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        pages=reading.pages,
        proposals=_plain(reading.proposals),
        brought_at=work.now,
    )
    work.session.add(brought)
    work.session.flush()
    work.audit("archives.file.brought", _ref(brought), sha256=file.sha256, unit=unit_id)
    return brought


def brought_file(view: View, file_id: UUID, unit_id: UUID | None = None) -> BroughtFile:
    """A file that the reader brought at a post that he holds still, for that unit if one is named;
    NotFoundError for any other, and when it is used already.
    """
    found = view.session.scalar(
        select(BroughtFile).where(
            BroughtFile.id == file_id,
            BroughtFile.unit_id.in_(view.units(REGISTER)),
            made_in_post(view, BroughtFile.person_id, BroughtFile.brought_at),
        )
    )
    if found is None or unit_id not in (None, found.unit_id):
        raise NotFoundError(_("Berkas itu tidak ada lagi."), advice=_("Unggah lagi dari awal."))
    return found


def as_stored(brought: BroughtFile) -> StoredFile:
    """The file as the store knows it."""
    return StoredFile(brought.sha256, brought.size, brought.media_type, brought.name)


def drop_file(work: Work, brought: BroughtFile) -> None:
    """It is part of a letter now; the unit that says so has its own audit entry."""
    work.session.delete(brought)


def forget_old_files(context: JobContext) -> None:
    """Let go of files that nobody went on with."""
    with context.change() as work:
        old = work.session.scalars(
            select(BroughtFile).where(BroughtFile.brought_at < work.now - KEPT)
        ).all()
        if not old:
            return
        work.session.execute(delete(BroughtFile).where(BroughtFile.id.in_([one.id for one in old])))
        for one in old:
            work.audit("archives.file.forgotten", _ref(one), sha256=one.sha256)


def _plain(proposals: LetterProposals) -> dict[str, Any]:
    """By field: the value as text, the line that it was read from, and whether it was plain."""
    found = {name: getattr(proposals, name) for name in PROPOSED}
    return {
        name: {**attrs.asdict(one), "value": str(one.value)}
        for name, one in found.items()
        if one is not None
    }


def _ref(brought: BroughtFile) -> RecordRef:
    return RecordRef("archives.file", str(brought.id), brought.name)
