"""Services that sign and file, as far as payments can tell, and what they tell later."""

from collections.abc import Callable
from typing import Any, Literal

import attrs

from leuit.contracts import ArchiveRequest, DocumentSigned, SigningEnded, SigningRequest
from leuit.identity import SYSTEM
from leuit.values import ConflictError, RecordRef
from leuit.work import Leuit, Work, Worker, register_file, store_file

SIGNED_PDF = b"%PDF-1.7 dengan tanda tangan"


def with_ports(app: Leuit, **providers: Callable[..., Any]) -> None:
    """Let the installation have exactly these providers of the two ports, or none."""
    ours = ("sign_document", "archive_record")
    ports = {name: port for name, port in app.vocabulary.ports.items() if name not in ours}
    app.vocabulary = attrs.evolve(app.vocabulary, ports=ports | providers)


@attrs.define
class Accepting:
    """Takes every request; a key that it knows gets the first answer."""

    asked: list[Any] = attrs.field(factory=list)

    def __call__(self, work: Work, request: SigningRequest | ArchiveRequest) -> RecordRef:
        for number, known in enumerate(self.asked):
            if known.key == request.key:
                return RecordRef("uji.process", str(number))
        self.asked.append(request)
        return RecordRef("uji.process", str(len(self.asked) - 1))


@attrs.define
class Raising:
    """Has a fault of its own until it is mended."""

    fault: Exception
    then: Accepting = attrs.field(factory=Accepting)
    mended: bool = False

    def __call__(self, work: Work, request: Any) -> RecordRef:
        if not self.mended:
            raise self.fault
        return self.then(work, request)


FAULTS = (ConflictError("Layanan uji sedang penuh.", advice="Coba lagi nanti."), RuntimeError())


def tell_signed(app: Leuit, request: SigningRequest, times: int = 1) -> str:
    """Tell that a request was signed; returns the hash of the signed file."""
    file = store_file(app, SIGNED_PDF + request.key.encode(), "application/pdf", "tte.pdf")
    for _again in range(times):
        with app.change(SYSTEM) as work:
            register_file(work, file)
            work.emit(DocumentSigned(request.ref, request.key, file.sha256, work.now))
            work.audit("core.token.created", RecordRef("uji.process", "0"))
    return file.sha256


def tell_ended(
    app: Leuit, request: SigningRequest, outcome: Literal["refused", "recalled", "expired", "unfit"]
) -> None:
    """Tell that a request ended without a signature."""
    with app.change(SYSTEM) as work:
        work.emit(SigningEnded(request.ref, request.key, outcome, "Nama keliru", work.now))
        work.audit("core.token.created", RecordRef("uji.process", "0"))


def work_off(app: Leuit, *, faults: bool = False) -> None:
    """Do every job that waits; with `faults` those may fail and wait again."""
    Worker(app, name="test").run_pending(raise_errors=not faults)
