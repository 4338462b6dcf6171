"""What an endpoint answers with."""

import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any
from urllib.parse import quote

import attrs
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from leuit.work import converter

JSON = "application/json"
PROBLEM = "application/problem+json"
PIECE = 1024 * 1024


class Redirect(RedirectResponse):
    """A 303 to a path of this site; `notice` is shown once on the next page."""

    def __init__(self, path: str, notice: dict[str, str] | None = None) -> None:
        super().__init__(local_path(path), status_code=303)
        self.notice = notice


def redirect(path: str, notice: str | None = None, kind: str = "daun") -> Redirect:
    """Send the browser on after a POST; `notice` is a finished sentence, `kind` its tone."""
    return Redirect(path, {"kind": kind, "text": notice} if notice else None)


def local_path(path: str) -> str:
    """The path if it stays on this site, else the home page: no open redirects."""
    if not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return "/"
    return "/" if any(ord(character) < 32 for character in path) else path


def json_answer(value: Any, status: int = 200, media_type: str = JSON) -> Response:
    """Attrs classes or plain values as JSON, in UTF-8."""
    plain = converter.unstructure(value) if attrs.has(type(value)) else value
    body = json.dumps(plain, ensure_ascii=False, default=str).encode()
    return Response(body, status, media_type=media_type)


def public_answer(
    tag: str, asked: str, make: Callable[[], Response], *, seconds: int = 0
) -> Response:
    """What everybody may see and keep: a tag that names its version, and 304 for who has it.

    `asked` is the request's If-None-Match; `make` is called only where that names another version.
    Browsers and machines between ask anew after `seconds`.
    """
    quoted = f'W/"{tag}"'
    told = {"Cache-Control": f"public, max-age={seconds}", "ETag": quoted, "Vary": "Cookie"}
    if quoted in asked:
        return Response(status_code=304, headers=told)
    answer = make()
    answer.headers.update(told)
    return answer


def text_answer(text: str, status: int = 200) -> Response:
    """Plain text, as devices want it."""
    return PlainTextResponse(text, status)


def file_answer(data: bytes, filename: str, media_type: str) -> Response:
    """A download; the name is quoted by RFC 6266 and never trusted as a path."""
    return Response(data, media_type=media_type, headers=_download(filename))


def stream_answer(file: IO[bytes], filename: str, media_type: str) -> Response:
    """As `file_answer`, out of an open file that is sent piece by piece and closed at the end."""
    size = file.seek(0, 2)
    file.seek(0)
    headers = {**_download(filename), "Content-Length": str(size)}
    return StreamingResponse(_pieces(file), media_type=media_type, headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _download(filename: str) -> dict[str, str]:
    ascii_name = re.sub(r"[^A-Za-z0-9._-]", "_", filename)
    return {
        "Content-Disposition": f'attachment; filename="{ascii_name}"; '
        f"filename*=UTF-8''{quote(filename)}",
        "Cache-Control": "private, no-store",
    }
