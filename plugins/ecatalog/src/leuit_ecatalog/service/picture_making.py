"""A picture of a stranger made anew: checked before it is decoded, re-encoded, made small.

What is taken is told by the content alone: JPEG or PNG of at least 300 × 300 pixels (EC-52, by the
guide of LKPP for providers). Bytes and pixels are limited before anything is decoded, since a file
of some kilobytes can ask for gigabytes; at most two pictures are decoded at once. What is kept is a
new WebP of the pixels: nothing else that the file carried (place, camera, programs) is left.
SVG and GIF are refused by name, for what they may hold.
"""

import io
import threading
from typing import Any, Final

import attrs
from PIL import Image, ImageOps

from leuit.values import InvalidInputError, TooLargeError, _

LEAST: Final = 300
LARGE: Final = 1_200
SMALL: Final = 320
MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = {"JPEG": 50_000_000, "PNG": 25_000_000}
MEDIA_TYPE: Final = "image/webp"
_WHITE: Final = (255, 255, 255)
_DECODING = threading.BoundedSemaphore(2)


class WrongPictureError(InvalidInputError):
    """Not a picture that can be shown; the sentence says why and what to send."""

    code = "wrong_picture"


@attrs.frozen
class MadePicture:
    """A picture in its two sizes, as WebP; `width` and `height` are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def make_picture(data: bytes) -> MadePicture:
    """Check and re-encode a picture; call it outside any unit of work.

    Raises TooLargeError for too many bytes, WrongPictureError for anything that is no JPEG or PNG,
    too small, too large, or broken.
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(
            _("Gambar terlalu besar: paling besar %(most)s MB."),
            advice=_("Kecilkan dahulu, atau foto lagi dengan ukuran lebih kecil."),
            most=MAX_BYTES // 1024 // 1024,
        )
    _check_kind(data)
    with _DECODING:
        return _made(data)


def _check_kind(data: bytes) -> None:
    """What the first bytes say; WrongPictureError for what is none of the two kinds."""
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")) or b"<svg" in head:
        raise _refused(_("Gambar SVG tidak diterima karena dapat berisi program."))
    if data.startswith((b"GIF87a", b"GIF89a")):
        raise _refused(_("Gambar GIF tidak diterima."))
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise _refused(_("Gambar HEIC dan AVIF belum diterima."))
    raise _refused(_("Berkas itu bukan gambar JPEG atau PNG."))


def _made(data: bytes) -> MadePicture:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            _check_size(opened)
            opened.draft("RGB", (LARGE, LARGE))
            picture = ImageOps.exif_transpose(opened)
            plain = _on_white(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many() from None
    except WrongPictureError:
        raise
    except (OSError, SyntaxError, ValueError):
        raise _refused(_("Gambar itu rusak atau terputus di tengah jalan.")) from None
    plain.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    small = plain.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return MadePicture(_webp(plain, 82), _webp(small, 76), plain.width, plain.height)


def _check_size(opened: Image.Image) -> None:
    """By the head of the file alone; nothing is decoded yet."""
    width, height = opened.size
    if min(width, height) < LEAST:
        raise _refused(
            _("Gambar terlalu kecil: %(width)s × %(height)s piksel, paling kecil 300 × 300."),
            width=width,
            height=height,
        )
    if width * height > MAX_PIXELS[opened.format or "PNG"] or max(width, height) > 12_000:
        raise _too_many()


def _on_white(picture: Image.Image) -> Image.Image:
    """The pixels alone, in RGB; what was transparent is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGB", layered.size, _WHITE)
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    converted = picture.convert("RGB")
    bare = Image.new("RGB", converted.size)
    bare.paste(converted)
    return bare


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _too_many() -> WrongPictureError:
    return _refused(_("Gambar itu terlalu banyak pikselnya. Kecilkan dahulu."))


def _refused(sentence: str, **params: Any) -> WrongPictureError:
    return WrongPictureError(
        sentence, advice=_("Kirim foto JPEG atau PNG, paling kecil 300 × 300 piksel."), **params
    )
