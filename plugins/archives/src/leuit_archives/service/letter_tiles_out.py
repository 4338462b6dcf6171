"""What of letters out waits for a reader, as a list and its count: tiles, inbox and home ask it.

What a service for signatures has in hand is that service's own task and not listed here twice.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from leuit.work import View
from leuit_archives.models import Draft, DraftStep, Letter
from leuit_archives.models.drafts import OPEN, PARAF, SIGN, WET
from leuit_archives.models.letters import OUT, REVIEW, SIGNED, SIGNING

from .deciding import deciding_posts


@attrs.frozen
class WaitingLetter:
    """A letter out that waits: `post` is for whose paraf or signature, empty for none."""

    id: UUID
    kind: str
    subject: str
    number: str
    since: dt.datetime
    post: str = ""


@attrs.frozen
class Tile:
    """The first letters that wait, and how many there are in all."""

    letters: tuple[WaitingLetter, ...]
    count: int


def to_verify(view: View, limit: int) -> Tile:
    """Letters that wait for a paraf of the reader's posts."""
    earlier = aliased(DraftStep)
    waits = (
        select(earlier.id)
        .where(
            earlier.letter_id == DraftStep.letter_id,
            earlier.state == OPEN,
            earlier.place < DraftStep.place,
        )
        .exists()
    )
    return _tile(
        view, limit, _steps(view).where(DraftStep.kind == PARAF, Letter.state == REVIEW, ~waits)
    )


def to_sign(view: View, limit: int) -> Tile:
    """Letters that wait for a signature of the reader's posts, by hand or by a service."""
    return _tile(view, limit, _steps(view).where(DraftStep.kind == SIGN, Letter.state == SIGNING))


def to_sign_by_hand(view: View, limit: int) -> Tile:
    """The reader's own letters that are to be printed, signed on paper, and scanned."""
    return _tile(view, limit, _own(view).where(Letter.state == SIGNING, Draft.mode == WET))


def signed_unsent(view: View, limit: int) -> Tile:
    """The reader's own letters that are signed and not sent yet."""
    return _tile(view, limit, _own(view).where(Letter.state == SIGNED))


def initialling(view: View, limit: int) -> Tile:
    """The reader's own letters that wait for parafs of others."""
    return _tile(view, limit, _own(view).where(Letter.state == REVIEW))


def _steps(view: View) -> Any:
    return (
        select(
            Letter.id,
            Letter.kind,
            Letter.subject,
            Letter.number,
            DraftStep.since.label("since"),
            DraftStep.title.label("post"),
        )
        .join(DraftStep, DraftStep.letter_id == Letter.id)
        .where(DraftStep.position_id.in_(deciding_posts(view)), DraftStep.state == OPEN)
    )


def _own(view: View) -> Any:
    since = func.coalesce(Draft.signed_at, Letter.created_at).label("since")
    return (
        select(Letter.id, Letter.kind, Letter.subject, Letter.number, since)
        .join(Draft, Draft.letter_id == Letter.id)
        .where(Letter.direction == OUT, Letter.created_by == view.identity.person_id)
    )


def _tile(view: View, limit: int, query: Any) -> Tile:
    rows: Sequence[Any] = view.connection.execute(query.order_by("since").limit(limit)).all()
    count = len(rows)
    if count == limit:
        whole = select(func.count()).select_from(query.order_by(None).subquery())
        count = view.connection.execute(whole).scalar_one()
    return Tile(tuple(WaitingLetter(*row) for row in rows), count)
