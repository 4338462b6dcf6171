"""A letter becomes a record when it goes to its addressees: its files are then final.

Where a rule of the day says where its kind belongs it is filed at once; else it waits on the
archivist's desk with the letter's own code. What exists on paper only has nothing to keep here.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.values import local_day
from leuit.work import View, Work
from leuit_archives.models import Letter, LetterFile, Record
from leuit_archives.rules.secrecy import GRADES

from .correcting import CORRECTED
from .letter_access import ref_of
from .letter_source import KIND
from .record_access import ref_of as record_ref
from .record_access import visible_records
from .records import RecordFileToTake, RecordToTake, take_record
from .search_indexing import ask_index, regrade


def file_letter(work: Work, letter: Letter, *, signed: bool) -> None:
    """Hand the letter over to the records of its unit, where it is found; twice is once."""
    index_letter(work, letter)
    files = work.session.scalars(
        select(LetterFile).where(LetterFile.letter_id == letter.id).order_by(LetterFile.place)
    ).all()
    if not files:
        return
    day = letter.dated or letter.received_on or local_day(work.now, work.app.zone)
    asked = RecordToTake(
        key=_key(letter.id),
        ref=ref_of(letter),
        title=letter.subject,
        files=tuple(RecordFileToTake(file.sha256, file.name) for file in files),
        date=day,
        unit_id=letter.unit_id,
        signed=signed,
        number=letter.number,
        secrecy=GRADES[letter.secrecy - 1],
        kind=letter.kind,
        code=letter.class_code or None,
    )
    take_record(work, asked)


def follow_letter(work: Work, letter: Letter, reason: str) -> None:
    """Let the record of a letter have the letter's secrecy, after the letter was mended.

    The rest of a filed record is final; who reads it must not be wider than who reads the letter.
    """
    record = work.session.scalar(
        select(Record).where(Record.key == _key(letter.id)).with_for_update()
    )
    if record is None or record.secrecy == letter.secrecy:
        return
    before, record.secrecy = record.secrecy, letter.secrecy
    record.version += 1
    work.audit(
        CORRECTED,
        record_ref(record),
        before={"secrecy": GRADES[before - 1]},
        after={"secrecy": GRADES[letter.secrecy - 1]},
        reason=reason,
    )


def index_letter(work: Work, letter: Letter) -> None:
    """Have the search know the letter as it is now."""
    regrade(work, KIND, letter.id, letter.secrecy)
    ask_index(work, KIND, letter.id)


def record_of(view: View, letter_id: UUID) -> Record | None:
    """The record of a letter, for those who may read it."""
    query = select(Record).where(Record.key == _key(letter_id), visible_records(view))
    return view.session.scalar(query)


def _key(letter_id: UUID) -> str:
    return f"archives.letter:{letter_id}"
