"""Reading a request's body: limited, decoded, hostile until proven otherwise.

Runs on the event loop before the endpoint gets its thread, since a plain function cannot await.
"""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl

import attrs
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request as RawRequest

from leuit.values import InvalidInputError, NotFoundError, TooLargeError, UnavailableError, _

from .request import Form
from .uploads import Upload

MAX_FIELDS = 2_000
MAX_DROPPED = 256 * 1024 * 1024


@attrs.define
class Budget:
    """How many bytes of bodies the process holds at once; strangers may send large ones too.

    Counted as they come, so that who sends slowly takes little of it.
    """

    most: int
    held: int = 0

    @contextmanager
    def account(self) -> Iterator["Account"]:
        """What one request takes, given back when the block ends."""
        account = Account(self)
        try:
            yield account
        finally:
            self.held -= account.taken


@attrs.define
class Account:
    """The bytes of one request."""

    budget: Budget
    taken: int = 0

    def take(self, size: int) -> None:
        """Count bytes that have come; UnavailableError when the process holds too many."""
        if self.budget.held + size > self.budget.most:
            raise UnavailableError(
                _("Server sedang menerima banyak berkas."),
                advice=_("Coba lagi sebentar lagi."),
                retry_after=5,
            )
        self.budget.held += size
        self.taken += size


async def read_body(raw: RawRequest, limit: int, account: Account) -> bytes:
    """The whole body, refused as soon as it exceeds `limit` bytes or what the account may take."""
    told = raw.headers.get("content-length", "")
    if told.isdigit() and int(told) > limit:
        raise too_large(limit)
    parts: list[bytes] = []
    size = 0
    async for part in raw.stream():
        size += len(part)
        if size > limit:
            raise too_large(limit)
        account.take(len(part))
        parts.append(part)
    return b"".join(parts)


async def read_start(raw: RawRequest, limit: int, account: Account) -> bytes:
    """The first `limit` bytes of a body that is read to its end.

    A device sends what was refused again, for ever, so its endpoint must be able to answer; a body
    of more than `MAX_DROPPED` bytes beyond comes from no device and is refused.
    """
    kept = bytearray()
    size = 0
    async for part in raw.stream():
        size += len(part)
        if size > limit + MAX_DROPPED:
            raise too_large(limit)
        wanted = part[: limit - len(kept)]
        account.take(len(wanted))
        kept += wanted
    return bytes(kept)


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
        return _form(pairs, {}), {}
    if kind == "multipart/form-data":
        return await _multipart(headers, body)
    return Form(), {}


async def _multipart(headers: Headers, body: bytes) -> tuple[Form, dict[str, Upload]]:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body
        if not parser.ended:  # raised inside the parser, which then closes the files of its parts
            raise MultiPartException("cut off")

    try:
        parser = _WholeParser(headers, stream(), max_files=20, max_fields=MAX_FIELDS)
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
    return _form(pairs, files), files


def check_address(raw: RawRequest) -> None:
    """Refuse an address with a character that no database stores as text."""
    if not storable(raw.scope["path"]):
        raise NotFoundError(
            _("Halaman itu tidak ada."), advice=_("Periksa alamatnya, atau mulai dari Beranda.")
        )
    if not all(
        storable(name) and storable(value) for name, value in raw.query_params.multi_items()
    ):
        raise InvalidInputError(
            _("Alamat itu memuat karakter yang tidak dapat dibaca."),
            advice=_("Periksa alamatnya, atau mulai dari Beranda."),
        )


def storable(text: str) -> bool:
    """Whether both databases take the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _form(pairs: list[tuple[str, str]], files: dict[str, Upload]) -> Form:
    texts = [text for pair in pairs for text in pair]
    texts += [text for name, file in files.items() for text in (name, file.filename)]
    if not all(map(storable, texts)):
        raise unreadable()
    return Form(tuple(pairs))


class _WholeParser(MultiPartParser):
    """Knows whether the last boundary came: a body cut off on its way must not pass as a form
    without its file.
    """

    ended = False

    def on_end(self) -> None:
        self.ended = True


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
