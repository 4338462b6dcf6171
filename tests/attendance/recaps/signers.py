"""Services that sign, as far as attendance can tell, and what they tell later."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

import attrs

from leuit.contracts import DocumentSigned, SigningEnded, SigningRequest
from leuit.identity import SYSTEM
from leuit.values import ConflictError, RecordRef
from leuit.work import Leuit, Work, register_file, store_file

SIGNED_PDF = b"%PDF-1.7 dengan tanda tangan"


def with_port(app: Leuit, provider: Callable[..., Any] | None, name: str = "sign_document") -> None:
    """Let the installation have exactly this provider of a port, or none."""
    ports = {other: port for other, port in app.vocabulary.ports.items() if other != name}
    if provider is not None:
        ports[name] = provider
    app.vocabulary = attrs.evolve(app.vocabulary, ports=ports)


@attrs.define
class Accepting:
    """Takes every request; a key that it knows gets the first answer."""

    asked: list[SigningRequest] = attrs.field(factory=list)

    def __call__(self, work: Work, request: SigningRequest) -> RecordRef:
        for number, known in enumerate(self.asked):
            if known.key == request.key:
                return RecordRef("uji.process", str(number))
        self.asked.append(request)
        return RecordRef("uji.process", str(len(self.asked) - 1))


def refusing(_work: Work, _request: SigningRequest) -> RecordRef:
    """A service that is there and says no."""
    raise ConflictError("Layanan uji sedang penuh.", advice="Coba lagi nanti.")


def breaking(_work: Work, _request: SigningRequest) -> RecordRef:
    """A service with a fault of its own."""
    raise RuntimeError


def tell_signed(app: Leuit, request: SigningRequest) -> str:
    """Tell that a request was signed; returns the hash of the signed file."""
    file = store_file(app, SIGNED_PDF, "application/pdf", "ditandatangani.pdf")
    with app.change(SYSTEM) as work:
        register_file(work, file)
        work.emit(DocumentSigned(request.ref, request.key, file.sha256, work.now))
        work.audit("core.token.created", RecordRef("uji.process", "0"))
    return file.sha256


def tell_ended(
    app: Leuit,
    request: SigningRequest,
    outcome: Literal["refused", "recalled", "expired", "unfit"] = "refused",
    reason: str = "Nama keliru",
) -> None:
    """Tell that a request ended without a signature."""
    with app.change(SYSTEM) as work:
        at: dt.datetime = work.now
        work.emit(SigningEnded(request.ref, request.key, outcome, reason, at))
        work.audit("core.token.created", RecordRef("uji.process", "0"))
