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

from .letter_access import ref_of
from .letter_source import KIND
from .record_access import visible_records
from .records import RecordFileToTake, RecordToTake, take_record
from .search_indexing import ask_index


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


def index_letter(work: Work, letter: Letter) -> None:
    """Have the search know the letter as it is now."""
    ask_index(work, KIND, letter.id)


def record_of(view: View, letter_id: UUID) -> Record | None:
    """The record of a letter, for those who may read it."""
    query = select(Record).where(Record.key == _key(letter_id), visible_records(view))
    return view.session.scalar(query)


def _key(letter_id: UUID) -> str:
    return f"archives.letter:{letter_id}"
