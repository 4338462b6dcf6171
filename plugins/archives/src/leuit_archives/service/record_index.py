"""Having the search know a record as it is now; one of a letter is found as the letter."""

from leuit.work import Work
from leuit_archives.models import Record

from .record_source import KIND, LETTER
from .search_indexing import ask_index


def index_record(work: Work, record: Record) -> None:
    """Call it in the unit of work that takes, files or corrects the record."""
    if record.ref_kind != LETTER:
        ask_index(work, KIND, record.id)
