"""Inside the process: pages as pictures in greys and as text, by PDFium."""

import io
from pathlib import Path

import pypdfium2

MOST_PIXELS = 8_000_000
MOST_LETTERS = 50_000
"""Of one page's text; a full page of small print has about 6,000."""
UNREADABLE, NO_PAGE, PAGE_SIZE = "unreadable", "no_page", "page_size"


class Fault(Exception):  # noqa: N818 -- the code of what is wrong, not an error of the program
    """What cannot be shown; the text is one of the codes above."""


def picture(path: Path, page: int, width: int) -> bytes:
    """A page (from 0) as a PNG of that width in pixels, in sixteen greys, with its signatures."""
    with _opened(path) as pdf:
        if not 0 <= page < len(pdf):
            raise Fault(NO_PAGE)
        if pdf.get_formtype():
            pdf.init_forms()
        sheet = pdf[page]
        across, down = sheet.get_size()
        scale = (width - 0.01) / across  # PDFium rounds up
        if width * down * scale > MOST_PIXELS:
            raise Fault(PAGE_SIZE)
        drawn = sheet.render(scale=scale, grayscale=True)
        out = io.BytesIO()
        drawn.to_pil().quantize(16).save(out, "PNG", optimize=True)
        return out.getvalue()


def texts(path: Path) -> list[str]:
    """The text of each page, in the order of the file, for those who listen to it."""
    with _opened(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return [text.replace("\r\n", "\n").strip()[:MOST_LETTERS] for text in pages]


def count(path: Path) -> int:
    """How many pages it has."""
    with _opened(path) as pdf:
        return len(pdf)


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise Fault(UNREADABLE) from None
