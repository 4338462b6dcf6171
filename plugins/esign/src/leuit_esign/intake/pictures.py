"""Pages as pictures in greys and as text, and characters with their places, by PDFium."""

import io
from pathlib import Path

import pypdfium2

from .checks import Fault

MOST_PIXELS = 8_000_000
MOST_LETTERS = 50_000
"""Of one page's text; a full page of small print has about 6,000."""


def picture(path: Path, page: int, width: int) -> bytes:
    """A page (from 0) as a PNG of that width in pixels, in sixteen greys, with its signatures."""
    with opened(path) as pdf:
        if not 0 <= page < len(pdf):
            raise Fault("no_pages")
        if pdf.get_formtype():
            pdf.init_forms()
        sheet = pdf[page]
        across, down = sheet.get_size()
        scale = (width - 0.01) / across  # PDFium rounds up
        if width * down * scale > MOST_PIXELS:
            raise Fault("page_size")
        drawn = sheet.render(scale=scale, grayscale=True)
        out = io.BytesIO()
        drawn.to_pil().quantize(16).save(out, "PNG", optimize=True)
        return out.getvalue()


def where(path: Path, character: str) -> list[list[float]]:
    """Each place of a character in the pages' text: page, left, bottom, right, top in points."""
    found: list[list[float]] = []
    with opened(path) as pdf:
        for number in range(len(pdf)):
            text = pdf[number].get_textpage()
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1) == character:
                    left, bottom, right, top = text.get_charbox(index)
                    found.append([number, left, bottom, right, top])
                    if len(found) > 100:
                        return found
    return found


def texts(path: Path) -> list[str]:
    """The text of each page, in the order of the file, for those who listen to it."""
    with opened(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return [text.replace("\r\n", "\n").strip()[:MOST_LETTERS] for text in pages]


def opened(path: Path) -> pypdfium2.PdfDocument:
    """The file as PDFium reads it."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise Fault("unreadable") from None
