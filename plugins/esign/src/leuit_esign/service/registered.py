"""What anybody may know of a document: only of one that was completed, with a signature of ours.

Drafts, documents on their way and refused ones are not there for the public. Finding none of them
takes the same query as finding an unknown code.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, exists, or_, select

from leuit.identity import Person
from leuit.work import View
from leuit_esign.models import DONE, REVOKED, RUNNING, SIGN, SUPERSEDED, Document, Step
from leuit_esign.rules import Standing

PUBLIC_STATES = (DONE, SUPERSEDED, REVOKED)


@attrs.frozen
class Signer:
    """Who signed: as what, his name, and when."""

    title: str
    name: str
    at: dt.datetime


@attrs.frozen
class Successor:
    """The document that took the place of another."""

    code: str
    number: str
    at: dt.datetime | None


@attrs.frozen
class Registered:
    """A document as the public may see it. `at` is when it was completed; `reason` says why it was
    revoked.
    """

    code: str
    number: str
    title: str
    state: str
    at: dt.datetime | None
    signers: tuple[Signer, ...]
    reason: str = ""
    successor: Successor | None = None


@attrs.frozen
class Match:
    """How a file stands to our documents, and to which of them, if the public may know it."""

    standing: Standing
    registered: Registered | None = None


def by_code(view: View, code: str) -> Registered | None:
    """The document of a code, as `rules.read_code` reads one."""
    found = view.session.scalars(
        select(Document).where(Document.code == code, _is_public())
    ).one_or_none()
    return _told(view, found) if found else None


def match_file(view: View, sha256: str, beginnings: Sequence[str]) -> Match:
    """How a file stands to our documents, by its hash and those of what it may have begun as.

    The worst counts: a document that was revoked does not come back into force by being brought
    again, or signed once more by somebody else.
    """
    public = view.session.scalars(
        select(Document).where(Document.current_sha256.in_([sha256, *beginnings]), _is_public())
    ).all()
    same = [one for one in public if one.current_sha256 == sha256]
    before = [one for one in public if one.current_sha256 != sha256]
    replaced = {one.replaces_id for one in same}
    ended = [one for one in (*same, *before) if one.state != DONE and one.id not in replaced]
    if same and ended:
        standing: Standing = "revoked" if ended[0].state == REVOKED else "superseded"
        return Match(standing, _told(view, ended[0]))
    if same:
        return Match("last", _told(view, same[0]))
    if (earlier := _earlier(view, sha256)) is not None:
        return earlier
    return Match("extended", _told(view, before[0])) if before else Match("stranger")


def _earlier(view: View, sha256: str) -> Match | None:
    """A file with some of a document's signatures: of one that is complete, or on its way."""
    of_step = select(Step.document_id).where(Step.result_sha256 == sha256)
    found = view.session.scalars(
        select(Document)
        .where(Document.id.in_(of_step), or_(_is_public(), Document.state == RUNNING))
        .order_by(Document.state == RUNNING, Document.id)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    return Match("running") if found.state == RUNNING else Match("earlier", _told(view, found))


def _is_public() -> ColumnElement[bool]:
    signed = exists().where(
        Step.document_id == Document.id, Step.kind == SIGN, Step.state == "done"
    )
    return and_(Document.state.in_(PUBLIC_STATES), signed)


def _told(view: View, document: Document) -> Registered:
    return Registered(
        code=document.code,
        number=document.number,
        title=document.title,
        state=document.state,
        at=document.ended_at,
        signers=tuple(_signers(view, document.id)),
        reason=document.reason if document.state == REVOKED else "",
        successor=_successor(view, document.id) if document.state == SUPERSEDED else None,
    )


def _signers(view: View, document_id: UUID) -> Iterable[Signer]:
    rows = view.session.execute(
        select(Step.acted_as, Step.decided_at, Person.name)
        .join(Person, Person.id == Step.person_id)
        .where(Step.document_id == document_id, Step.kind == SIGN)
        .order_by(Step.decided_at, Step.id)
    )
    for acted_as, decided_at, name in rows:
        if decided_at is not None:
            yield Signer(acted_as, name, decided_at)


def _successor(view: View, document_id: UUID) -> Successor | None:
    newer = view.session.scalars(
        select(Document)
        .where(Document.replaces_id == document_id, _is_public())
        .order_by(Document.ended_at.desc(), Document.id)
        .limit(1)
    ).one_or_none()
    return Successor(newer.code, newer.number, newer.ended_at) if newer else None
