"""What a letter loses when its record is destroyed: its files, and every text of its drafts.

What stays is that it was there: its number, days, addressees, and the course of its dispositions.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select, update

from leuit.values import _
from leuit.work import Work, release_file
from leuit_archives.models import Draft, DraftVersion, Letter, LetterFile
from leuit_archives.rules.secrecy import SECRET_FROM

from .letter_source import KIND
from .search_indexing import ask_index_many

OWNER = "archives"


def end_letters(work: Work, ids: Collection[UUID]) -> None:
    """Take the content out of letters; the caller destroys their records and says so.

    What was drawn to be signed is in no record, so it is released here; no other letter has it.
    """
    drawn = work.connection.scalars(
        select(Draft.drawn_sha256).where(Draft.letter_id.in_(ids), Draft.drawn_sha256.is_not(None))
    )
    for sha256 in drawn:
        assert sha256 is not None
        release_file(work, sha256, OWNER)
    work.connection.execute(delete(LetterFile).where(LetterFile.letter_id.in_(ids)))
    work.connection.execute(delete(DraftVersion).where(DraftVersion.letter_id.in_(ids)))
    work.connection.execute(
        update(Draft)
        .where(Draft.letter_id.in_(ids))
        .values(fixed={}, drawn_sha256=None, signed_sha256=None)
    )
    work.connection.execute(update(Letter).where(Letter.id.in_(ids)).values(ended_at=work.now))
    work.connection.execute(
        update(Letter)
        .where(Letter.id.in_(ids), Letter.secrecy >= SECRET_FROM)
        .values(subject=str(_("(uraian disamarkan)")), number="", sender="")
    )
    ask_index_many(work, KIND, ids)
