"""Words laid over the pages of a PDF that nobody has signed yet."""

import io
from pathlib import Path

import pikepdf

from .checks import Fault


def laid_over(path: Path, overlay: Path) -> bytes:
    """The PDF with each page of the overlay on the page of the same number, as it is shown.

    A page of the overlay has the size of the page as it is shown: its crop box, turned.
    """
    with pikepdf.open(path, attempt_recovery=False) as pdf, pikepdf.open(overlay) as words:
        if len(words.pages) != len(pdf.pages):
            raise Fault("unreadable")
        for page, above in zip(pdf.pages, words.pages, strict=True):
            page.add_overlay(above, pikepdf.Rectangle(*(float(side) for side in page.cropbox)))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
