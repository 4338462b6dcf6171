"""Signing and verifying, as services ask for them: `sign_document` and `verify_document`.

The caller hands over a finished PDF, on which any number stands already, and gets an id at once.
What comes of it is told by one event, `DocumentSigned` or `SigningEnded`, at least once. A provider
may tell before that whose turn it is (`SigningTurn`); a caller does without.
"""

import datetime as dt
from typing import Any, ClassVar, Literal, Protocol
from uuid import UUID

import attrs

from leuit.values import RecordRef


@attrs.frozen
class SigningPlace:
    """A box for a visible signature: page from 0; points from the bottom left as it is shown."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@attrs.frozen
class SigningStep:
    """Whose paraf or signature is wanted: a position, whose holder of the day acts.

    Steps with one `number` may act in any order; a group waits for all smaller numbers. A `sign`
    step without a `place` is signed without a picture on the page.
    """

    position_id: UUID
    kind: Literal["paraf", "sign"]
    number: int
    place: SigningPlace | None = None


@attrs.frozen
class SigningRequest:
    """A PDF to be signed. `sha256` names it in the register of files.

    `ref` is the caller's own record, by which the events name it. `owner_id` is the person who may
    follow and recall it. The same `key` a second time gives the first answer, whatever else is in
    the request; a caller makes a new key when it wants a new round of signatures.
    """

    key: str
    ref: RecordRef
    title: str
    sha256: str
    owner_id: UUID
    steps: tuple[SigningStep, ...]
    due_at: dt.datetime | None = None


class SignDocument(Protocol):
    """Provider of `sign_document`: accept a request inside the caller's unit of work.

    Returns the provider's record. Raises InvalidInputError for a request without a signature among
    its steps, or for what is not stored; what is wrong with the PDF is told by event.
    """

    def __call__(self, work: Any, request: SigningRequest) -> RecordRef: ...


@attrs.frozen
class SigningTurn:
    """Steps before `number` are done, and those that bear it are wanted now.

    A provider that knows no turns tells of none; one that tells does so of each, from the first on.
    Told at least once and in no sure order: of two for a key the higher number is the later. What
    ends it tells the other event.
    """

    event_name: ClassVar[str] = "core.signing_turn"
    version: ClassVar[int] = 1

    ref: RecordRef
    key: str
    number: int
    at: dt.datetime


@attrs.frozen
class DocumentSigned:
    """All steps are done. `sha256` is the signed PDF in the register of files."""

    event_name: ClassVar[str] = "core.document_signed"
    version: ClassVar[int] = 1

    ref: RecordRef
    key: str
    sha256: str
    at: dt.datetime


@attrs.frozen
class SigningEnded:
    """The document will not be signed: `unfit` is a PDF that could not be taken in."""

    event_name: ClassVar[str] = "core.signing_ended"
    version: ClassVar[int] = 1

    ref: RecordRef
    key: str
    outcome: Literal["refused", "recalled", "expired", "unfit"]
    reason: str
    at: dt.datetime


@attrs.frozen
class VerifiedSignature:
    """What was found of one signature; `verdict` is one of the words of `Verification`."""

    field: str
    signer: str
    signed_at: str | None
    level: str
    verdict: str
    reason_code: str


@attrs.frozen
class Verification:
    """`verdict`: VALID, TIDAK VALID, TIDAK DAPAT DIVERIFIKASI or TIDAK ADA TANDA TANGAN."""

    verdict: str
    reason_code: str
    reason: str
    signatures: tuple[VerifiedSignature, ...] = ()


class VerifyDocument(Protocol):
    """Provider of `verify_document`: judge a PDF; call it outside a unit of work.

    Never raises for what is in the file: whatever cannot be judged is the third word.
    """

    def __call__(self, app: Any, pdf: bytes) -> Verification: ...
