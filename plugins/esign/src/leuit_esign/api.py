"""JSON routes of e-sign, for scripts and other systems."""

import attrs

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request, Response, json_answer
from leuit_esign.service.registered import Registered
from leuit_esign.service.verifying import OFFICE_DESK, verify_file
from leuit_esign.told import plain

FILE_TYPES = ("application/pdf", "application/octet-stream")


@attrs.frozen
class SignatureAnswer:
    """One signature; `signed_at` in UTC, ISO 8601, null when the file does not tell."""

    field: str
    signer: str
    signed_at: str | None
    level: str
    verdict: str
    reason_code: str


@attrs.frozen
class RegisteredAnswer:
    """The registered document that the file is, or begins as; `state` done, superseded, revoked."""

    code: str
    number: str
    title: str
    state: str


@attrs.frozen
class VerificationAnswer:
    """The verdict about the signatures, as `leuit esign verify --json` gives it, and the answer
    that the public gets: genuine, outdated, altered, unregistered or open.
    """

    verdict: str
    reason_code: str
    reason: str
    signatures: list[SignatureAnswer]
    answer: str
    registered: RegisteredAnswer | None


def verify(request: Request) -> Response:
    """Judge a PDF: the body itself as application/pdf, or the file `file` of a form."""
    answer = verify_file(request.app, OFFICE_DESK, _pdf_of(request))
    told = plain(answer.verdict)
    signatures = [SignatureAnswer(**one) for one in told.pop("signatures")]
    registered = _registered(answer.registered) if answer.registered else None
    found = VerificationAnswer(
        **told, signatures=signatures, answer=answer.told.answer, registered=registered
    )
    return json_answer(found)


def _registered(found: Registered) -> RegisteredAnswer:
    return RegisteredAnswer(found.code, found.number, found.title, found.state)


def _pdf_of(request: Request) -> bytes:
    upload = request.files.get("file")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    pdf = upload.data if upload else request.body if kind in FILE_TYPES else b""
    if not pdf:
        sentence = _("Kirim PDF sebagai application/pdf, atau sebagai berkas “file” pada formulir.")
        raise InvalidInputError(sentence, fields=[FieldError("file", sentence)])
    return pdf
