"""Body: what a device posted, unpacked, within limits that a bomb of any kind meets first.

`ContentType=tgz` announces a gzipped tar; some firmware sends plain gzip, and some does not
announce it. Both are told by their first bytes. A body that cannot be unpacked yields no data and a
problem, and so does one that is too large as it was posted; it is acknowledged, reported, and its
days are asked for in other bodies. Other clients send a form,
`data=<lines>`, with the table as a further field of it.
"""

from __future__ import annotations

import re
import zlib
from urllib.parse import unquote_plus

from attrs import frozen

from leuit.values import Text, _

from .line import decode_text

MAX_POSTED = 16 * 1024 * 1024
"""Bytes of a body as it was posted, packed or not; devices send about one megabyte at most."""
MAX_INFLATED = 8 * 1024 * 1024
"""Bytes that a packed body may become."""
MAX_MEMBERS = 8
"""Gzip members in one body; each costs a copy of the rest."""
MAX_ENTRIES = 64
"""Files in one tar."""

BODY_PROBLEMS: dict[str, Text] = {
    "over_limit": _("Isi kiriman melebihi batas ukuran."),
    "not_packed": _("Isi dinyatakan terkompresi (tgz), tetapi bukan gzip."),
    "broken": _("Isi terkompresi rusak atau terpotong."),
    "too_large": _("Isi terkompresi menjadi terlalu besar setelah dibuka."),
    "too_many_parts": _("Isi terkompresi terbagi atas terlalu banyak bagian."),
}

_BLOCK = 512
_FORM = re.compile(rb"((?:[A-Za-z_]{1,20}=[^&=\t\n]{0,100}&){0,8})data=")


@frozen
class Body:
    """`problem` is None or a key of `BODY_PROBLEMS`; then `data` is empty."""

    data: bytes
    problem: str | None = None

    @property
    def reason(self) -> Text | None:
        return None if self.problem is None else BODY_PROBLEMS[self.problem]


@frozen
class FormBody:
    """The lines of a form body and its other fields (`table`, `stamp`), names in lower case."""

    data: bytes
    fields: dict[str, str]


class _PackedError(Exception):
    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def open_body(data: bytes, content_type: str = "", *, limit: int = MAX_INFLATED) -> Body:
    """Unpack a body; `content_type` is the ContentType of the query. Plain bodies pass as is."""
    if len(data) > MAX_POSTED:
        return Body(b"", "over_limit")
    if not data.startswith(b"\x1f\x8b"):
        declared = content_type.strip().lower() in {"tgz", "gzip", "gz"}
        return Body(b"", "not_packed") if declared and data else Body(data)
    try:
        plain = _inflate(data, limit)
        return Body(_untar(plain) if _is_tar_header(plain[:_BLOCK]) else plain)
    except _PackedError as error:
        return Body(b"", error.problem)


def open_form(data: bytes) -> FormBody:
    """Take lines out of `a=1&data=<lines>`; any other body passes as is, without fields.

    Lines that came with TAB or LF as they are were not percent-encoded, and stay as they are: a
    time offset has a plus sign.
    """
    match = _FORM.match(data)
    if not match:
        return FormBody(data, {})
    fields = _fields(match[1])
    lines = data[match.end() :]
    if b"\t" in lines or b"\n" in lines or not re.search(rb"%[0-9A-Fa-f]{2}", lines):
        return FormBody(lines, fields)
    lines, _mark, rest = lines.partition(b"&")
    plain = unquote_plus(lines.decode("latin-1"), "latin-1").encode("latin-1")
    return FormBody(plain, fields | _fields(rest[:1000]))


def _fields(text: bytes) -> dict[str, str]:
    pairs = (part.partition("=") for part in decode_text(text).split("&") if "=" in part)
    return {name.strip().lower(): unquote_plus(value) for name, _mark, value in pairs}


def _inflate(data: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    total = 0
    for _member in range(MAX_MEMBERS):
        inflater = zlib.decompressobj(wbits=31)
        while not inflater.eof:
            try:
                part = inflater.decompress(data, limit + 1 - total)
            except zlib.error:
                raise _PackedError("broken") from None
            parts.append(part)
            total += len(part)
            if total > limit:
                raise _PackedError("too_large")
            data = inflater.unconsumed_tail
            if not data and not part and not inflater.eof:
                raise _PackedError("broken")
        data = inflater.unused_data.lstrip(b"\0")
        if not data:
            return b"".join(parts)
        if not data.startswith(b"\x1f\x8b"):
            raise _PackedError("broken")
    raise _PackedError("too_many_parts")


def _is_tar_header(block: bytes) -> bool:
    """A tar header bears the sum of its own bytes, its own eight counted as spaces."""
    if len(block) < _BLOCK:
        return False
    stated = _octal(block[148:156])
    return stated is not None and stated == sum(block[:148]) + 8 * 32 + sum(block[156:])


def _untar(plain: bytes) -> bytes:
    """The contents of all regular files, one below the other."""
    parts: list[bytes] = []
    start = 0
    for _entry in range(MAX_ENTRIES):
        header = plain[start : start + _BLOCK]
        if not header.strip(b"\0"):
            return b"\n".join(part.removesuffix(b"\n") for part in parts)
        size = _octal(header[124:136])
        if size is None or not _is_tar_header(header):
            raise _PackedError("broken")
        start += _BLOCK
        if start + size > len(plain):
            raise _PackedError("broken")
        if header[156:157] in {b"0", b"\0"}:
            parts.append(plain[start : start + size])
        start += -(-size // _BLOCK) * _BLOCK
    raise _PackedError("too_many_parts")


def _octal(field: bytes) -> int | None:
    digits = field.strip(b" \0")
    return int(digits, 8) if re.fullmatch(rb"[0-7]{1,11}", digits) else None
