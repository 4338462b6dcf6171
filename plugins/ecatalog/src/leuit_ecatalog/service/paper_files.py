"""Papers that vendors and officers send: looked at as hostile, then kept under a plain name.

The content decides what a file is: PDF, JPEG or PNG. A PDF must open in the process with limits
that shows pages; a picture must have the parts of one and no more points than a camera makes.
"""

import io
import warnings
from typing import Final

from PIL import Image

from leuit.pdf_pages import UnreadablePdfError, count_pages
from leuit.values import FieldError, InvalidInputError, TooLargeError, _
from leuit.work import Leuit, StoredFile, store_file

LARGEST: Final = 10 * 1024 * 1024
MOST_POINTS: Final = 64_000_000
MOST_PAGES: Final = 200
ACCEPTED: Final = "application/pdf,image/jpeg,image/png"
_FORMATS: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}
_LONGEST_NAME: Final = 200


def receive_file(app: Leuit, name: str, data: bytes) -> StoredFile:
    """Look at an upload and store it; call it outside of any unit.

    Raises InvalidInputError at `file` for what is not taken, TooLargeError above 10 MB.
    """
    if not data:
        raise _refused(_("Pilih berkas."), "required")
    if len(data) > LARGEST:
        raise TooLargeError(
            _("Berkas paling besar %(most)s MB."),
            advice=_("Pindai dengan resolusi lebih rendah."),
            most=LARGEST // 1024**2,
        )
    media_type = _media_type(data)
    shown = "".join(letter for letter in name if letter.isprintable()).strip()
    shown = shown.replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_NAME:]
    return store_file(app, data, media_type, shown or "berkas")


def _media_type(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        try:
            pages = count_pages(data)
        except UnreadablePdfError:
            raise _refused(
                _("PDF ini tidak dapat dibuka: rusak, atau terkunci kata sandi."), "unreadable"
            ) from None
        if not 1 <= pages <= MOST_PAGES:
            raise _refused(_("PDF paling banyak 200 halaman."), "too_many_pages")
        return "application/pdf"
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _picture(data)
    raise _refused(_("Berkas harus PDF, JPEG atau PNG."), "media_type")


def _picture(data: bytes) -> str:
    unreadable = _("Gambar ini rusak; potret atau pindai lagi.")
    try:
        with warnings.catch_warnings():
            # Points are counted here, before a picture is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as picture:
                media_type = _FORMATS[picture.format or ""]
                if picture.width * picture.height > MOST_POINTS:
                    raise _refused(_("Gambar ini terlalu besar ukurannya."), "too_many_points")
                if media_type == "image/jpeg":
                    picture.draft("RGB", (picture.width // 8, picture.height // 8))
                    picture.load()
                else:
                    picture.verify()
    except (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError):
        raise _refused(unreadable, "unreadable") from None
    return media_type


def _refused(sentence: str, code: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError("file", sentence, code)])
