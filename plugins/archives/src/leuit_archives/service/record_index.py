"""Having the search know a record as it is now; one of a letter is found as the letter."""

from uuid import UUID

from sqlalchemy import update

from leuit.work import Work
from leuit_archives.models import Letter, Record

from .letter_source import KIND as FOUND_AS_LETTER
from .record_source import KIND, LETTER
from .search_indexing import ask_index, regrade


def grade_letter(work: Work, letter_id: UUID, grade: int) -> None:
    """Let a letter have the secrecy that its record was given: both are read by one grade."""
    work.connection.execute(
        update(Letter)
        .where(Letter.id == letter_id)
        .values(secrecy=grade, secrecy_code="", version=Letter.version + 1)
    )
    work.session.expire_all()
    regrade(work, FOUND_AS_LETTER, letter_id, grade)
    ask_index(work, FOUND_AS_LETTER, letter_id)


def index_record(work: Work, record: Record) -> None:
    """Call it in the unit of work that takes, files or corrects the record."""
    if record.ref_kind != LETTER:
        regrade(work, KIND, record.id, record.secrecy)
        ask_index(work, KIND, record.id)
