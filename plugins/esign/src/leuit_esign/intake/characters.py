"""Characters of the text with their places, by PDFium."""

from pathlib import Path

import pypdfium2

from .checks import Fault


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


def opened(path: Path) -> pypdfium2.PdfDocument:
    """The file as PDFium reads it."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise Fault("unreadable") from None
