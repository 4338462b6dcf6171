"""Changing something for a program, once for each `Idempotency-Key`, and telling what came of it.

What takes long, or needs units of its own (files, the password), is prepared before the unit; it is
not done again when the answer is known already.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request, Response, json_answer
from leuit.work import Work
from leuit_sp2d.service.kept_answers import (
    Asked,
    Kept,
    asked,
    keep_answer,
    known_answer,
    take_key,
)

Prepared = TypeVar("Prepared")
HEADER = "idempotency-key"
LONGEST = 200


def changed(request: Request, act: Callable[[Work], Any], status: int = 200) -> Response:
    """Act in one unit of work; the answer is what `act` returns, made before the unit ends."""
    return prepared(request, lambda: None, lambda work, _nothing: act(work), status)


def prepared(
    request: Request,
    prepare: Callable[[], Prepared],
    act: Callable[[Work, Prepared], Any],
    status: int = 200,
) -> Response:
    """As `changed`, with what `prepare` made outside of the unit."""
    one = _asked(request)
    if one is not None:
        with request.read() as view:
            known = known_answer(view, one)
        if known is not None:
            return _told(request, known, replayed=True)
    made = prepare()
    with request.change() as work:
        if one is not None and (known := take_key(work, one)) is not None:
            return _told(request, known, replayed=True)
        answer = act(work, made)
        work.session.flush()
        kept = Kept(status, bytes(json_answer(answer, status).body).decode())
        if one is not None:
            keep_answer(work, one, kept)
    return _told(request, kept)


def _asked(request: Request) -> Asked | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST or not all("!" <= letter <= "~" for letter in key):
        sentence = _("Idempotency-Key harus 1 sampai 200 huruf, angka, atau tanda tanpa spasi.")
        raise InvalidInputError(sentence, fields=[FieldError("Idempotency-Key", sentence, "key")])
    return asked(request.app, key, request.identity.account_id, _parts(request))


def _parts(request: Request) -> Iterator[bytes]:
    """What a request is about; a form by its fields, as each sending has another boundary."""
    for text in (request.method, request.path, str(request.query)):
        yield text.encode()
    if not request.form.pairs and not request.files:
        yield request.body
        return
    for name, value in request.form.pairs:
        yield b"field"
        yield name.encode()
        yield value.encode()
    for name, file in sorted(request.files.items()):
        yield b"file"
        yield name.encode()
        yield file.filename.encode()
        yield file.data


def _told(request: Request, kept: Kept, *, replayed: bool = False) -> Response:
    response = Response(kept.body.encode(), kept.status, media_type="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    if kept.status == 201:
        response.headers["Location"] = f"{request.path}/{json.loads(kept.body)['id']}"
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response
