"""Text of a PDF, page by page, by PDFium: what is on the page, not what lies beside it."""

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from .kinds import Fault

MOST_PAGES = 3_000
_BROKEN = re.compile(r"(\w+)[\x02\ufffe]\s*(?=(\w+))")
"""PDFium puts one of these marks where a line ends with a hyphen."""


class Pdf:
    """An open PDF; `pages` counts them. Raises Fault `encrypted`, `broken` or `too_many_pages`."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code == raw.FPDF_ERR_PASSWORD
            raise Fault("encrypted" if locked else "broken") from None
        # A file that opens without a password may still be locked against copying; an archive
        # cannot keep it (ISO 19005 forbids encryption).
        if raw.FPDF_GetSecurityHandlerRevision(self._document) != -1:
            raise Fault("encrypted")
        self.pages = len(self._document)
        if not self.pages:
            raise Fault("broken")
        if self.pages > MOST_PAGES:
            raise Fault("too_many_pages")

    def texts(self) -> Iterator[str]:
        """The text of each page; empty for one that is a picture, or that is broken."""
        for number in range(self.pages):
            try:
                page = self._document[number]
                text: str = page.get_textpage().get_text_bounded()
            except pypdfium2.PdfiumError:
                text = ""
            else:
                page.close()
            yield _whole_words(text)


def _whole_words(text: str) -> str:
    """Words that were broken at an end of line are whole again; undang-undang keeps its hyphen."""
    return _BROKEN.sub(_mended, text).replace("\x02", "-").replace("\ufffe", "-")


def _mended(found: re.Match[str]) -> str:
    first, second = found[1], found[2]
    again = len(first) > 2 and second.lower().startswith(first.lower())
    return f"{first}-" if again else first
