"""The asker's side: the text of a file, or in words why it is not read."""

import json
import tempfile
from pathlib import Path
from typing import Any, Self

import attrs

from leuit.limited_process import MEMORY, SECONDS, LimitedProcess
from leuit.values import FieldError, InvalidInputError, Text, UnavailableError, _

from .kinds import MEDIA_TYPES, MOST_BYTES

WORKER = "leuit_archives.reading.worker"
_AGAIN = _("Simpan ulang dokumennya, lalu unggah lagi.")
_AS_PDF = _("Simpan dokumennya sebagai PDF, lalu unggah lagi.")

FAULTS: dict[str, tuple[Text, Text]] = {
    "empty": (_("Berkas ini kosong."), _AGAIN),
    "too_large": (
        _("Berkas ini lebih besar dari 50 MB."),
        _("Pindai dengan resolusi lebih rendah, atau bagi menjadi beberapa berkas."),
    ),
    "unknown_type": (
        _("Jenis berkas ini tidak diterima."),
        _("Terima: PDF, DOCX, XLSX, PPTX, ODT, ODS, TXT, CSV, PNG, JPEG."),
    ),
    "wrong_name": (
        _("Isi berkas ini bukan seperti yang dikatakan namanya."),
        _("Buka berkasnya, periksa, lalu simpan ulang dengan jenis yang benar."),
    ),
    "old_office": (_("Berkas Office lama (DOC, XLS, PPT) tidak diterima."), _AS_PDF),
    "encrypted": (
        _("Berkas ini terkunci dengan kata sandi."),
        _("Simpan ulang tanpa kata sandi, lalu unggah lagi."),
    ),
    "macros": (_("Berkas ini memuat makro (program)."), _AS_PDF),
    "zip_bomb": (_("Isi berkas ini membengkak tidak wajar saat dibuka."), _AS_PDF),
    "nested": (_("Berkas ini memuat arsip lain di dalamnya."), _AS_PDF),
    "odd_names": (_("Susunan di dalam berkas ini tidak wajar."), _AS_PDF),
    "forbidden_xml": (_("Berkas ini memuat DTD atau entitas XML, yang tidak diterima."), _AS_PDF),
    "too_many_pages": (_("PDF ini lebih dari 3.000 halaman."), _("Bagi dokumennya.")),
    "broken": (_("Susunan berkas ini rusak."), _AGAIN),
    **dict.fromkeys(
        ("time_out", "memory", "crashed"),
        (
            _("Berkas ini tidak dapat dibaca dalam batas waktu dan memori."),
            _("Cetak ke PDF baru, lalu unggah yang baru."),
        ),
    ),
}
"""What speaks against a file, by the worker's code: a sentence and what to do."""


class RefusedFileError(InvalidInputError):
    """A file that is not taken, with the reason and what to do.

    `reason` is a key of `FAULTS`; programs find it as the code of the field `field`.
    """

    code = "refused_file"

    def __init__(self, reason: str, field: str = "file") -> None:
        sentence, advice = FAULTS[reason]
        super().__init__(sentence, fields=[FieldError(field, sentence, reason)], advice=advice)
        self.reason = reason


@attrs.frozen
class FileText:
    """What a file says. `parts` are pages, slides or sheets, each as text; a picture has none.

    `pages` counts all parts, also those that the limit left out; `complete` is false then.
    """

    media_type: str
    parts: tuple[str, ...] = attrs.field(repr=False)
    pages: int
    complete: bool

    @property
    def text(self) -> str:
        """All parts, with a form feed between them."""
        return "\f".join(self.parts)


class TextReader:
    """A process that reads files one after another; for many files, and to be closed.

    `seconds` and `memory` are its limits for one file.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._process = LimitedProcess(WORKER, seconds, memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.close()

    def read(self, content: bytes, name: str) -> FileText:
        """The text of a file; its name only has to agree with what it is.

        Raises RefusedFileError; UnavailableError where the process answers nonsense.
        """
        if len(content) > MOST_BYTES:
            raise RefusedFileError("too_large")
        with tempfile.TemporaryDirectory(prefix="leuit-text-") as folder:
            path = Path(folder) / "file"
            path.write_bytes(content)
            line, failure = self._process.ask(json.dumps({"path": str(path), "name": name}))
        told: dict[str, Any] = {"fault": failure} if failure else json.loads(line)
        fault = told.get("fault")
        if fault in FAULTS:
            raise RefusedFileError(fault)
        if fault:
            raise UnavailableError(_("Pembaca berkas tidak menjawab dengan benar."))
        return FileText(
            MEDIA_TYPES[told["kind"]], tuple(told["parts"]), told["pages"], told["complete"]
        )
