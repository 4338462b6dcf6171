"""Pages of a PDF as pictures and as text, read by a process of their own.

Call it outside a unit of work. What PDFium cannot read, or not within its limits of time and
memory, is an UnreadablePdfError; the server goes on.
"""

from .reader import (
    PICTURE_WIDTHS,
    PageReader,
    UnreadablePdfError,
    count_pages,
    picture_of,
    texts_of,
)

__all__ = [
    "PICTURE_WIDTHS",
    "PageReader",
    "UnreadablePdfError",
    "count_pages",
    "picture_of",
    "texts_of",
]
