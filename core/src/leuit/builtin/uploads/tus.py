"""The protocol tus 1.0.0 over the service: core, creation, expiration, termination, checksum.

https://tus.io/protocols/resumable-upload. Whose a file is comes before what is asked of it: another
account's file is not there, whatever the headers say. A piece is at most `MOST_PIECE` bytes; one
that was cut on its way is not kept, so that a cut loses no more than one.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from email.utils import format_datetime
from types import NoneType

from leuit.plugins import ANY_ACCOUNT, Route
from leuit.values import LeuitError, MethodNotAllowedError, _
from leuit.web import Request, Response

from .ending import let_go
from .errors import ChangedOnItsWayError, PieceKindError, ProtocolError, ProtocolVersionError
from .models import LONGEST_METADATA
from .own import FileOnItsWay, own_file
from .sending import MOST_PIECE, add_piece, begin_file

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination,checksum"
PIECE = "application/offset+octet-stream"
FILES = "/files"
ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    # The protocol wants it of every server; it guards against faults of the line, not of people.
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
}
_HEADERS = (("Tus-Resumable", VERSION), ("Tus-Version", VERSION), ("Cache-Control", "no-store"))
_LARGEST = 1 << 62


def capabilities(request: Request) -> Response:
    """What this server can do, and how large a file may be for whoever asks."""
    purposes = request.app.vocabulary.uploads.values()
    most = max((one.most_bytes for one in purposes if request.may(one.permission)), default=0)
    headers = {
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(most),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }
    return Response(status_code=204, headers=headers)


def create(request: Request) -> Response:
    """Begin a file: `Upload-Length`, and in `Upload-Metadata` its `purpose` and `filename`."""
    _check_version(request)
    if "upload-defer-length" in request.headers:
        raise ProtocolError(_("Panjang berkas harus disebut di Upload-Length sejak awal."))
    size = _number(request, "upload-length")
    told = request.headers.get("upload-metadata", "")
    words = read_metadata(told)
    file = begin_file(
        request.app,
        request.identity,
        words.get("purpose", ""),
        words.get("filename", ""),
        size,
        metadata=told,
        request_id=request.request_id,
    )
    headers = {"Location": f"{request.path}/{file.id}", **_expires(file)}
    return Response(status_code=201, headers=headers)


def tell(request: Request) -> Response:
    """Where the next piece begins."""
    with request.read() as view:
        file = own_file(view, request.params["file_id"])
    _check_version(request)
    headers = {"Upload-Offset": str(file.received), "Upload-Length": str(file.size)}
    if file.metadata:
        headers["Upload-Metadata"] = file.metadata
    return Response(status_code=200, headers={**headers, **_expires(file)})


def add(request: Request) -> Response:
    """Take a piece at `Upload-Offset`; a checksum that came with it has to agree."""
    file_id = request.params["file_id"]
    with request.read() as view:
        own_file(view, file_id)
    _check_version(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != PIECE:
        raise PieceKindError
    start = _number(request, "upload-offset")
    check_sum(request.headers.get("upload-checksum", ""), request.body)
    file = add_piece(
        request.app,
        request.identity,
        file_id,
        start,
        request.body,
        request_id=request.request_id,
    )
    headers = {"Upload-Offset": str(file.received), **_expires(file)}
    return Response(status_code=204, headers=headers)


def drop(request: Request) -> Response:
    """Let a file go, whole or not."""
    file_id = request.params["file_id"]
    with request.read() as view:
        own_file(view, file_id)
    _check_version(request)
    with request.change() as work:
        let_go(work, file_id)
    return Response(status_code=204)


def overridden(request: Request) -> Response:
    """PATCH or DELETE of a program that can only POST: `X-HTTP-Method-Override` says which."""
    acts = {"PATCH": add, "DELETE": drop}
    act = acts.get(request.headers.get("x-http-method-override", "").upper())
    if act is None:
        raise MethodNotAllowedError(_("Alamat itu tidak menerima permintaan semacam ini."))
    return act(request)


def read_metadata(text: str) -> dict[str, str]:
    """The pairs of `Upload-Metadata`: a key, a space, its value in Base64; a value may be left out.

    Raises ProtocolError for anything else, a key told twice, or more than a row can hold.
    """
    if len(text) > LONGEST_METADATA:
        raise _unreadable("Upload-Metadata")
    found: dict[str, str] = {}
    for pair in text.split(",") if text.strip() else ():
        key, _space, value = pair.strip().partition(" ")
        try:
            plain = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            raise _unreadable("Upload-Metadata") from None
        if not key or not key.isascii() or key in found or "\x00" in plain:
            raise _unreadable("Upload-Metadata")
        found[key] = plain
    return found


def check_sum(told: str, data: bytes) -> None:
    """Compare bytes with `Upload-Checksum`, an algorithm and its value in Base64; empty for none.

    Raises ChangedOnItsWayError where they differ, ProtocolError for what cannot be compared.
    """
    if not told:
        return
    algorithm, _space, value = told.strip().partition(" ")
    reckon = ALGORITHMS.get(algorithm.lower())
    try:
        wanted = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise _unreadable("Upload-Checksum") from None
    if reckon is None or not wanted:
        raise _unreadable("Upload-Checksum")
    if reckon(data) != wanted:
        raise ChangedOnItsWayError


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise ProtocolVersionError


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) < _LARGEST):
        raise _unreadable("-".join(word.capitalize() for word in name.split("-")))
    return int(text)


def _unreadable(header: str) -> LeuitError:
    return ProtocolError(_("%(header)s tidak ada atau tidak dapat dibaca."), header=header)


def _expires(file: FileOnItsWay) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(file.expires_at, usegmt=True)}


def _route(path: str, act: Callable[[Request], Response], method: str, name: str) -> Route:
    summary = (act.__doc__ or "").partition("\n")[0]
    return Route(
        path,
        act,
        ANY_ACCOUNT,
        methods=(method,),
        kind="api",
        name=name,
        summary=summary,
        answer=NoneType,
        headers=_HEADERS,
        max_body=MOST_PIECE,
    )


_ONE = f"{FILES}/{{file_id:uuid}}"
ROUTES = [
    _route(FILES, capabilities, "OPTIONS", "upload_capabilities"),
    _route(FILES, create, "POST", "upload_begin"),
    _route(_ONE, tell, "HEAD", "upload_offset"),
    _route(_ONE, add, "PATCH", "upload_piece"),
    _route(_ONE, drop, "DELETE", "upload_drop"),
    _route(_ONE, overridden, "POST", "upload_overridden"),
]
