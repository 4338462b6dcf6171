"""One entry of the audit log in its final canonical form.

The *body* tells who did what to which thing, and may hold personal data. The *leaf* is what the
log commits to for ever; it holds no personal data:

    {"action": …, "at": …, "commitment": …, "id": …, "v": 1}

`commitment` is the lower-case hex of SHA-256(salt || body), with 32 random bytes of salt, so that
body and salt can be erased later while every proof over the leaf stays valid, and a short body
cannot be guessed from the leaf. Both are canonical JSON: members sorted by name, no blanks, UTF-8,
no floats (the subset of RFC 8785 in which the two agree).
"""

import datetime as dt
import hashlib
import json
import os
from typing import Any
from uuid import UUID

import attrs

SALT_BYTES = 32
VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@attrs.frozen
class Entry:
    """What happened, before it is sealed. `details` are plain JSON values without floats."""

    id: UUID
    at: dt.datetime
    action: str
    actor: dict[str, Any]
    ref: dict[str, str]
    details: dict[str, Any]
    request_id: str = ""


@attrs.frozen
class Sealed:
    """The bytes to store: `leaf` for ever, `salt` and `body` until they are erased."""

    leaf: bytes
    salt: bytes
    body: bytes


def seal(entry: Entry, salt: bytes | None = None) -> Sealed:
    """Canonical leaf, salt and body of an entry; the salt is random unless a test gives one."""
    if entry.at.tzinfo is None:
        raise ValueError("the instant of an entry needs a time zone")
    salt = os.urandom(SALT_BYTES) if salt is None else salt
    body = canonical(
        {
            "actor": entry.actor,
            "details": entry.details,
            "ref": entry.ref,
            "request": entry.request_id,
        }
    )
    leaf = canonical(
        {
            "action": entry.action,
            "at": entry.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "commitment": hashlib.sha256(salt + body).hexdigest(),
            "id": str(entry.id),
            "v": VERSION,
        }
    )
    return Sealed(leaf=leaf, salt=salt, body=body)


def verify_body(leaf: bytes, salt: bytes, body: bytes) -> bool:
    """Whether salt and body are those to which the leaf commits."""
    commitment: str = json.loads(leaf)["commitment"]
    return hashlib.sha256(salt + body).hexdigest() == commitment


def canonical(value: dict[str, Any]) -> bytes:
    """Canonical JSON bytes; raises TypeError for floats, whose text form is not unique."""
    _refuse_floats(value)
    return _ENCODER.encode(value).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("an audit entry holds no floats; use an integer or a decimal string")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _refuse_floats(part)
