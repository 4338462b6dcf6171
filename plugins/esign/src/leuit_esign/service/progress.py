"""How a document goes on from step to step, and how it ends.

The service that asked hears by event whose turn it is. Whatever ends it, a reserved number is
confirmed or voided with the reason, the steps close, and the service hears of that.
"""

from typing import Literal

from leuit.contracts import DocumentSigned, SigningEnded, SigningTurn
from leuit.values import RecordRef, _
from leuit.work import Work, void_number
from leuit_esign.models import DONE, REFUSED, SUPERSEDED, Document
from leuit_esign.rules import Link, opened, state_of

from .chain import steps_of
from .documents import locked, ref_of
from .filing import ask_to_file_letter
from .numbering import settle

Outcome = Literal["refused", "recalled", "expired", "unfit"]


def advance(work: Work, document: Document) -> None:
    """Open the group whose turn it is, or end the document when its steps have ended."""
    steps = steps_of(work, document.id)
    links = opened([Link(step.number, step.state) for step in steps])  # type: ignore[arg-type]  # states of the table
    turn = None
    for step, link in zip(steps, links, strict=True):
        if link.state == "open" and step.state != "open":
            step.opened_at, turn = work.now, step.number
        step.state = link.state
    if turn is not None and document.asked_key is not None:
        asked, key = _asker(document)
        work.emit(SigningTurn(asked, key, turn, work.now))
    match state_of(links):
        case "done":
            _finish(work, document)
        case "refused":
            stop(work, document, REFUSED, document.reason)
        case "running":
            pass


def _finish(work: Work, document: Document) -> None:
    """All steps are done: the number is used, an older document no longer holds, it is filed."""
    document.state, document.ended_at = DONE, work.now
    settle(work, document)
    if document.replaces_id is not None:
        older = locked(work, document.replaces_id)
        if older.state == DONE:
            older.state, older.version = SUPERSEDED, older.version + 1
            older.reason = _("Diganti oleh “%s”.") % document.title[:400]
            work.audit("esign.document.superseded", ref_of(older), by=document.id)
    if document.asked_key is not None and document.current_sha256 is not None:
        asked, key = _asker(document)
        work.emit(DocumentSigned(asked, key, document.current_sha256, work.now))
    ask_to_file_letter(work, document)


def stop(work: Work, document: Document, outcome: Outcome, reason: str) -> None:
    """It ends without its signatures: `refused`, `recalled`, `expired`, or `unfit` for its PDF."""
    document.state = "refused" if outcome == "unfit" else outcome
    document.reason, document.ended_at = reason, work.now
    document.signing_step_id = document.signing_until = None
    for step in steps_of(work, document.id):
        if step.state == "open":
            step.state = "waiting"
    if document.number_id is not None:
        void_number(work, document.number_id, reason)
    if document.asked_key is not None:
        asked, key = _asker(document)
        work.emit(SigningEnded(asked, key, outcome, reason, work.now))


def _asker(document: Document) -> tuple[RecordRef, str]:
    """The caller's record and key."""
    asked = document.asked_by or {}
    return RecordRef(asked["kind"], asked["id"], asked["label"]), asked["key"]
