"""Services that file, as far as others can tell: willing, faulty until mended, or slow."""

from collections.abc import Callable
from threading import Event
from typing import Any

import attrs

from leuit.contracts import ArchiveRequest
from leuit.values import ConflictError, RecordRef
from leuit.work import Leuit, Work

FAULTS = (ConflictError("Arsip uji sedang penuh.", advice="Coba lagi nanti."), RuntimeError())


def with_archive(app: Leuit, provider: Callable[..., Any] | None) -> None:
    """Let the installation have exactly this provider of `archive_record`, or none."""
    ports = {name: port for name, port in app.vocabulary.ports.items() if name != "archive_record"}
    if provider is not None:
        ports["archive_record"] = provider
    app.vocabulary = attrs.evolve(app.vocabulary, ports=ports)


@attrs.define
class Willing:
    """Takes every record, a known key only once; refuses while it has a fault."""

    fault: Exception | None = None
    asked: list[ArchiveRequest] = attrs.field(factory=list)
    calls: int = 0

    def __call__(self, work: Work, request: ArchiveRequest) -> RecordRef:
        self.calls += 1
        if self.fault is not None:
            raise self.fault
        keys = [known.key for known in self.asked]
        if request.key not in keys:
            self.asked.append(request)
            keys.append(request.key)
        return RecordRef("uji.arsip", str(keys.index(request.key)))


@attrs.define
class Thinking:
    """Says when it was asked, and answers when it is told to."""

    begun: Event = attrs.field(factory=Event)
    answer: Event = attrs.field(factory=Event)

    def __call__(self, work: Work, request: ArchiveRequest) -> RecordRef:
        self.begun.set()
        if not self.answer.wait(60):
            raise TimeoutError
        return RecordRef("uji.arsip", "1")
