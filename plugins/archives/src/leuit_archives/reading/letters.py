"""What a letter's file proposes about it, for a person to confirm."""

import threading

import attrs

from leuit_archives.rules.letter_text import LetterProposals, propose

from .kinds import MEDIA_TYPES
from .reader import TextReader

_turns = threading.BoundedSemaphore(2)
"""Files read at a time by this process: each may take a gigabyte."""


@attrs.frozen
class LetterReading:
    """The file of a letter: what it is, what it says, and what that proposes.

    `pages` counts those that can be shown: only a PDF has some.

    A scan without a text layer, or a picture, has no text and so no proposals.
    """

    media_type: str
    pages: int
    text: str = attrs.field(repr=False)
    complete: bool
    proposals: LetterProposals


def read_letter(content: bytes, name: str) -> LetterReading:
    """Read a file under the name that its sender gave it; outside any unit of work.

    Raises RefusedFileError with the fault at the field `file`.
    """
    with _turns, TextReader() as reader:
        file = reader.read(content, name)
    return LetterReading(
        media_type=file.media_type,
        pages=file.pages if file.media_type == MEDIA_TYPES["pdf"] else 0,
        text=file.text,
        complete=file.complete,
        proposals=propose(file.text),
    )
