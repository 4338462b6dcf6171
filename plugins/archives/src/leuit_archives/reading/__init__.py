"""Text of files from outside, and what it proposes about a letter.

Files are opened in a process of their own (`worker`), under limits of memory and time; nothing here
needs a database, and nothing of it belongs inside a unit of work.
"""

from .kinds import MOST_BYTES
from .letters import LetterReading, read_letter
from .reader import FileText, RefusedFileError, TextReader

__all__ = [
    "MOST_BYTES",
    "FileText",
    "LetterReading",
    "RefusedFileError",
    "TextReader",
    "read_letter",
]
