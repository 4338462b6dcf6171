"""Errors that tell a person what happened and what to do, and a program a stable code.

Every refusal in Leuit is a `LeuitError`. Its sentence is Indonesian and marked for gettext, its
`advice` says the next step, its `code` never changes once published (RFC 9457 `type` is built
from it), its `status` is the HTTP status by which a web answer reports it.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from .text import DEFAULT_LANGUAGE, _, translate


class LeuitError(Exception):
    """Base of every error that a person may see.

    `params` fill the named places of message and advice; they must not carry secrets, since the
    sentence is logged.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400

    def __init__(self, message: str, *, advice: str = "", **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.params = params

    def sentence(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What happened, in one sentence."""
        return translate(self.message, language, self.params)

    def next_step(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What to do about it; empty when the sentence already says so."""
        return translate(self.advice, language, self.params) if self.advice else ""

    def at(self, path: str) -> "FieldError":
        """The same fault as that of one field."""
        return FieldError(path, self.message, self.code, self.params)

    def __str__(self) -> str:
        step = self.next_step()
        return f"{self.sentence()} {step}".strip()

    def to_problem(self, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """The error as members of an RFC 9457 problem document."""
        problem: dict[str, Any] = {
            "type": f"urn:leuit:error:{self.code}",
            "title": self.sentence(language),
            "status": self.status,
            "code": self.code,
        }
        if step := self.next_step(language):
            problem["detail"] = step
        return problem


class NotFoundError(LeuitError):
    """The thing does not exist, or the asker may not know that it does."""

    code = "not_found"
    status = 404


class MethodNotAllowedError(LeuitError):
    """The address is there, but does not take this method (RFC 9110 section 15.5.6)."""

    code = "method_not_allowed"
    status = 405


class NotSignedInError(LeuitError):
    """The route needs an identity and the request has none."""

    code = "not_signed_in"
    status = 401


class PermissionDeniedError(LeuitError):
    """The identity lacks the permission on that unit on that date."""

    code = "permission_denied"
    status = 403


@attrs.frozen
class FieldError:
    """One wrong field: `path` as in the input (`people[3].nip`), a sentence, a stable code."""

    path: str
    message: str
    code: str = "invalid"
    params: dict[str, Any] = attrs.field(factory=dict)

    def sentence(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The fault of this field in one sentence."""
        return translate(self.message, language, self.params)


class InvalidInputError(LeuitError):
    """What was sent cannot be accepted; `fields` names every fault at once."""

    code = "invalid_input"
    status = 422

    def __init__(
        self, message: str, *, fields: Iterable[FieldError] = (), advice: str = "", **params: Any
    ) -> None:
        super().__init__(message, advice=advice, **params)
        self.fields = tuple(fields)

    def to_problem(self, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        problem = super().to_problem(language)
        if self.fields:
            problem["errors"] = [
                {"path": field.path, "code": field.code, "message": field.sentence(language)}
                for field in self.fields
            ]
        return problem


class ConflictError(LeuitError):
    """The change contradicts what is already stored."""

    code = "conflict"
    status = 409


class StaleEditError(ConflictError):
    """Somebody else changed the row after it was read; nothing was overwritten."""

    code = "stale_edit"


class TooLargeError(LeuitError):
    """The body or file exceeds the limit of its route."""

    code = "too_large"
    status = 413


class TooManyRequestsError(LeuitError):
    """A rate limit or lock-out holds; `retry_after` is in seconds."""

    code = "too_many_requests"
    status = 429

    def __init__(self, message: str, *, retry_after: int, advice: str = "", **params: Any) -> None:
        super().__init__(message, advice=advice, **params)
        self.retry_after = retry_after


class UnavailableError(LeuitError):
    """A resource Leuit depends on is gone or full; the caller may retry after `retry_after` s."""

    code = "unavailable"
    status = 503

    def __init__(
        self, message: str, *, retry_after: int = 5, advice: str = "", **params: Any
    ) -> None:
        super().__init__(message, advice=advice, **params)
        self.retry_after = retry_after


class NoProviderError(LeuitError):
    """No active plugin provides the port."""

    code = "no_provider"
    status = 501

    def __init__(self, port: str) -> None:
        super().__init__(
            _("Tidak ada layanan aktif yang menyediakan “%(port)s”."),
            advice=_("Pasang plugin yang menyediakannya, lalu jalankan leuit check."),
            port=port,
        )


class SetupError(LeuitError):
    """The installation is wrong; only an operator can mend it."""

    code = "setup"
    status = 500
