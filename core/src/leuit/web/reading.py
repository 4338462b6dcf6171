"""Reading a request's body: limited, decoded, hostile until proven otherwise.

Runs on the event loop before the endpoint gets its thread, since a plain function cannot await.
"""

from collections.abc import AsyncGenerator
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request as RawRequest

from leuit.values import InvalidInputError, TooLargeError, _

from .request import Form, Upload

MAX_FIELDS = 2_000


async def read_body(raw: RawRequest, limit: int) -> bytes:
    """The whole body, refused as soon as it exceeds `limit` bytes."""
    told = raw.headers.get("content-length", "")
    if told.isdigit() and int(told) > limit:
        raise too_large(limit)
    parts: list[bytes] = []
    size = 0
    async for part in raw.stream():
        size += len(part)
        if size > limit:
            raise too_large(limit)
        parts.append(part)
    return b"".join(parts)


async def decode_form(headers: Headers, body: bytes) -> tuple[Form, dict[str, Upload]]:
    """Fields and files of a form body; nothing for other content types."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(
                body.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS
            )
        except (UnicodeDecodeError, ValueError):
            raise unreadable() from None
        return Form(tuple(pairs)), {}
    if kind == "multipart/form-data":
        return await _multipart(headers, body)
    return Form(), {}


async def _multipart(headers: Headers, body: bytes) -> tuple[Form, dict[str, Upload]]:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        parser = MultiPartParser(headers, stream(), max_files=20, max_fields=MAX_FIELDS)
        data = await parser.parse()
    except (MultiPartException, KeyError, ValueError):
        raise unreadable() from None
    pairs: list[tuple[str, str]] = []
    files: dict[str, Upload] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if value.filename or content:
                files[name] = Upload(
                    (value.filename or "")[:200], value.content_type or "", content
                )
            await value.close()
        else:
            pairs.append((name, value))
    return Form(tuple(pairs)), files


def too_large(limit: int) -> TooLargeError:
    """The refusal of a body over the limit of its route."""
    return TooLargeError(
        _("Kiriman terlalu besar: paling banyak %(limit)s kB."),
        advice=_("Kirim dalam beberapa bagian."),
        limit=limit // 1024,
    )


def unreadable() -> InvalidInputError:
    """The refusal of a form that cannot be taken apart."""
    return InvalidInputError(
        _("Isian formulir tidak dapat dibaca."), advice=_("Muat ulang halaman, lalu isi kembali.")
    )
