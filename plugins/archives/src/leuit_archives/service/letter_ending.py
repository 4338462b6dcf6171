"""What a letter loses when its record is destroyed: its files, and every text of its course.

What stays is that it was there: its number, days, addressees, and who gave a disposition to whom
and when it was read and ended. What was told, noted and reported is gone with the letter.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, union, update

from leuit.values import _
from leuit.work import View, Work, files_in_use, release_file
from leuit_archives.models import (
    Addressee,
    Disposition,
    Draft,
    DraftStep,
    DraftVersion,
    Letter,
    LetterFile,
    Receiver,
    TombstoneFile,
)
from leuit_archives.rules.secrecy import SECRET_FROM

from .letter_source import KIND
from .search_indexing import forget

OWNER = "archives"
_NAMED = (
    (LetterFile.letter_id, LetterFile.sha256),
    (Receiver.letter_id, Receiver.report_sha256),
    (Draft.letter_id, Draft.drawn_sha256),
    (Draft.letter_id, Draft.signed_sha256),
)
"""Every file of a letter: with it, reported on it, drawn to be signed, signed."""


def files_of_letters(view: View, ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Letters with the hash of each file that they have, or that came in their course."""
    asked = [select(letter, sha256).where(letter.in_(ids)) for letter, sha256 in _NAMED]
    rows = view.connection.execute(union(*asked))
    return {(row[0], row[1]) for row in rows if row[1] is not None}


def end_letters(work: Work, ids: Collection[UUID]) -> None:
    """Take the content out of letters; the caller destroys their records and files and says so."""
    work.connection.execute(delete(LetterFile).where(LetterFile.letter_id.in_(ids)))
    work.connection.execute(delete(DraftVersion).where(DraftVersion.letter_id.in_(ids)))
    emptied: tuple[tuple[Any, dict[str, Any]], ...] = (
        (
            Draft,
            {
                "fixed": {},
                "drawn_sha256": None,
                "signed_sha256": None,
                "signing_note": "",
                "void_reason": "",
                "carried": "",
            },
        ),
        (DraftStep, {"note": ""}),
        (Addressee, {"outcome": ""}),
        (Disposition, {"note": "", "instructions": []}),
        (Receiver, {"report": "", "report_sha256": None, "report_name": ""}),
    )
    for table, values in emptied:
        work.connection.execute(update(table).where(table.letter_id.in_(ids)).values(values))
    work.connection.execute(
        update(Letter).where(Letter.id.in_(ids)).values(ended_at=work.now, attached="")
    )
    work.connection.execute(
        update(Letter)
        .where(Letter.id.in_(ids), Letter.secrecy >= SECRET_FROM)
        .values(subject=str(_("(uraian disamarkan)")), number="", sender="")
    )
    forget(work, KIND, ids)


def let_go(work: Work, sha256: str | None) -> None:
    """Release a file that a letter names no more, while it lives, unless something else here does.

    What nothing names would be found by no later end.
    """
    if sha256 is None:
        return
    work.session.flush()
    used = files_in_use(work, [sha256], (TombstoneFile.__tablename__,)).get(sha256, ())
    if not any(name.startswith(f"{OWNER}_") for name in used):
        release_file(work, sha256, OWNER)
