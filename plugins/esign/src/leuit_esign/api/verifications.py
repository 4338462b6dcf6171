"""Judging a PDF for programs: the verdict, and the answer that the public gets."""

import attrs

from leuit.web import Request, Response, Upload, json_answer
from leuit_esign.service.registered import Registered
from leuit_esign.service.verifying import OFFICE_DESK, verify_file
from leuit_esign.told import plain


@attrs.frozen
class VerificationForm:
    """The file to be judged."""

    file: Upload


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
    """Judge a PDF; it is not kept."""
    sent = request.decode_form(VerificationForm)
    answer = verify_file(request.app, OFFICE_DESK, sent.file.data)
    told = plain(answer.verdict)
    signatures = [SignatureAnswer(**one) for one in told.pop("signatures")]
    registered = _registered(answer.registered) if answer.registered else None
    found = VerificationAnswer(
        **told, signatures=signatures, answer=answer.told.answer, registered=registered
    )
    return json_answer(found)


def _registered(found: Registered) -> RegisteredAnswer:
    return RegisteredAnswer(found.code, found.number, found.title, found.state)
