"""The asker's side: a question about pages, an answer or a refusal."""

import atexit
import base64
import json
import tempfile
from pathlib import Path
from typing import Any

from leuit.limited_process import SECONDS, LimitedProcess
from leuit.values import InvalidInputError, NotFoundError, _

PICTURE_WIDTHS = (360, 800, 1200)
"""Widths of page pictures in pixels: no address may ask for another."""
_WORKER = "leuit.pdf_pages.worker"


class UnreadablePdfError(InvalidInputError):
    """The pages of a PDF cannot be shown; `reason` is the code for programs."""

    code = "unreadable_pdf"

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("Halaman PDF ini tidak dapat ditampilkan."),
            advice=_("Unduh berkasnya, atau simpan ulang sebagai PDF dan unggah lagi."),
        )
        self.reason = reason


class PageReader(LimitedProcess):
    """The process that shows pages, kept warm."""

    def __init__(self, seconds: float = SECONDS) -> None:
        super().__init__(_WORKER, seconds)

    def picture(self, path: Path, page: int, width: int) -> bytes:
        """A page (from 0) as a PNG of that width in pixels, in greys; NotFoundError for none."""
        asked = {"do": "picture", "path": str(path), "page": page, "width": width}
        return base64.b64decode(self._told(asked))

    def texts(self, path: Path) -> list[str]:
        """The text of each page; empty for a page that is a picture."""
        found: list[str] = self._told({"do": "texts", "path": str(path)})
        return found

    def count(self, path: Path) -> int:
        """How many pages it has."""
        return int(self._told({"do": "count", "path": str(path)}))

    def _told(self, question: dict[str, Any]) -> Any:
        line, failure = self.ask(json.dumps(question))
        told = {"fault": failure} if failure else json.loads(line)
        fault = told.get("fault")
        if fault == "no_page":
            raise NotFoundError(_("Gambar itu tidak ada."))
        if fault:
            raise UnreadablePdfError(fault)
        return told["told"]


_reader = PageReader()
atexit.register(_reader.close)


def picture_of(pdf: bytes, page: int, width: int) -> bytes:
    """A page (from 0) of a PDF as PNG; NotFoundError for another width or page."""
    if width not in PICTURE_WIDTHS or page < 0:
        raise NotFoundError(_("Gambar itu tidak ada."))
    with _file_of(pdf) as file:
        return _reader.picture(Path(file.name), page, width)


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    with _file_of(pdf) as file:
        return _reader.texts(Path(file.name))


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with _file_of(pdf) as file:
        return _reader.count(Path(file.name))


def _file_of(pdf: bytes) -> Any:
    file = tempfile.NamedTemporaryFile(suffix=".pdf")  # noqa: SIM115 -- its caller closes it
    file.write(pdf)
    file.flush()
    return file
