"""The asker's side of intake: what a PDF is, and where a character stands in it."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from leuit.limited_process import SECONDS, LimitedProcess
from leuit.values import DEFAULT_LANGUAGE, InvalidInputError, UnavailableError, _
from leuit_esign.rules import Place, Sheet

WORKER = "leuit_esign.intake.worker"
PAGES_AT_ONCE = 25
"""Pages drawn for one answer, which has a limit of time."""

FAULTS: dict[str, tuple[str, str]] = {
    "not_pdf": (_("Berkas ini bukan PDF."), _("Simpan dokumennya sebagai PDF, lalu unggah lagi.")),
    "unreadable": (
        _("Susunan PDF ini rusak."),
        _("Simpan ulang dokumennya sebagai PDF, lalu unggah lagi."),
    ),
    "encrypted": (
        _("PDF ini terkunci dengan kata sandi."),
        _("Simpan ulang tanpa kata sandi, lalu unggah lagi."),
    ),
    "script": (
        _("PDF ini memuat program (JavaScript)."),
        _("Cetak ke PDF baru, lalu unggah yang baru."),
    ),
    "action": (
        _("PDF ini menjalankan sesuatu saat dibuka atau ditekan."),
        _("Cetak ke PDF baru, lalu unggah yang baru."),
    ),
    "attachment": (
        _("PDF ini memuat berkas lain di dalamnya."),
        _("Keluarkan lampirannya, lalu unggah lagi."),
    ),
    "dynamic_form": (
        _("PDF ini formulir XFA, yang isinya tidak tetap."),
        _("Cetak ke PDF baru, lalu unggah yang baru."),
    ),
    "media": (
        _("PDF ini memuat media yang dapat dijalankan."),
        _("Cetak ke PDF baru, lalu unggah yang baru."),
    ),
    "no_pages": (_("PDF ini tidak mempunyai halaman."), ""),
    "too_many_pages": (_("PDF ini lebih dari 500 halaman."), _("Bagi dokumennya.")),
    "page_size": (_("Ukuran halaman PDF ini tidak wajar."), _("Cetak ke PDF baru berukuran A4.")),
}
"""What speaks against a PDF, by the worker's code: a sentence and what to do."""


@attrs.frozen
class Found:
    """An empty signature field that a PDF brought with it; its place is in the page's own space."""

    name: str
    place: Place


@attrs.frozen
class Intake:
    """A PDF that was taken in. `pdf` is the file to go on with: as it came, or flattened.

    `names` are those of all its form fields, filled or not. `signatures` counts the signatures in
    it; such a file is never changed. `flattened` counts the fields and remarks that became part of
    the page.
    """

    pdf: bytes = attrs.field(repr=False)
    pages: tuple[Sheet, ...]
    fields: tuple[Found, ...]
    names: tuple[str, ...]
    signatures: int
    flattened: int


class RefusedPdfError(InvalidInputError):
    """A PDF that is not taken in, with the reason and what to do.

    `reason` is a key of `FAULTS`, or `time_out`, `memory` or `crashed`; programs find it as the
    code of the field `file`.
    """

    code = "refused_pdf"

    def __init__(self, message: str, *, reason: str, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.reason = reason

    def to_problem(self, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        fault = {"path": "file", "code": self.reason, "message": self.sentence(language)}
        return {**super().to_problem(language), "errors": [fault]}


class Reader(LimitedProcess):
    """The process that reads PDFs, kept warm."""

    def __init__(self, seconds: float = SECONDS) -> None:
        super().__init__(WORKER, seconds)

    def take_in(self, path: Path) -> Intake:
        """Check and flatten a file; RefusedPdfError says why it is not taken in."""
        told = self._told({"do": "take_in", "path": str(path)})
        pdf = told["pdf"]
        return Intake(
            path.read_bytes() if pdf is None else base64.b64decode(pdf),
            tuple(Sheet(*size) for size in told["pages"]),
            tuple(Found(name, Place(*place)) for name, place in told["fields"]),
            tuple(told["names"]),
            told["signatures"],
            told["flattened"],
        )

    def where(self, path: Path, character: str) -> list[Place]:
        """Where a character stands in the text, in the pages' own space."""
        told = self._told({"do": "where", "path": str(path), "character": character})
        return [Place(*place) for place in told["places"]]

    def laid_over(self, path: Path, overlay: Path, read: dict[int, str]) -> bytes:
        """The file with another of as many pages over it; only for one that nobody has signed.

        `read` has, by page, what is read aloud of the overlay in a tagged PDF; elsewhere it is
        furniture of the page, which is passed over.
        """
        question = {"do": "overlay", "path": str(path), "overlay": str(overlay)}
        told = self._told(question | {"read": list(read.items())})
        return base64.b64decode(told["pdf"])

    def free_parts(self, path: Path, boxes: Sequence[Place]) -> list[Place]:
        """The highest free part of each box as it is shown; without height where there is none."""
        found: list[Place] = []
        for start in range(0, len(boxes), PAGES_AT_ONCE):
            asked = boxes[start : start + PAGES_AT_ONCE]
            values = [attrs.astuple(box) for box in asked]
            told = self._told({"do": "room", "path": str(path), "boxes": values})
            for box, part in zip(asked, told["room"], strict=True):
                low, high = part or (box.bottom, box.bottom)
                found.append(attrs.evolve(box, bottom=low, top=high))
        return found

    def _told(self, question: dict[str, Any]) -> dict[str, Any]:
        line, failure = self.ask(json.dumps(question))
        if failure:
            raise RefusedPdfError(
                _("PDF ini tidak dapat dibaca dalam batas waktu dan memori."),
                reason=failure,
                advice=_("Cetak ke PDF baru, lalu unggah yang baru."),
            )
        told: dict[str, Any] = json.loads(line)
        fault = told.get("fault")
        if fault in FAULTS:
            sentence, advice = FAULTS[fault]
            raise RefusedPdfError(sentence, reason=fault, advice=advice)
        if fault:
            raise UnavailableError(_("Pembaca PDF tidak menjawab dengan benar."))
        return told
