"""Letters out in the inbox: what to paraf, to have signed on paper, and to send."""

import heapq
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View

from .models import Letter
from .models.letters import OUT, SENT
from .permissions import DRAFT
from .service.letter_tiles_out import (
    Tile,
    WaitingLetter,
    initialling,
    signed_unsent,
    to_sign_by_hand,
    to_verify,
)

SOURCE = "archives.letters_out"
HOME = "/archives/outgoing"


def mine(view: View, limit: int) -> Iterable[Task]:
    """What the reader does next, the longest waiting first."""
    found = [
        *_tasks(to_verify(view, limit), _("Beri paraf")),
        *_tasks(to_sign_by_hand(view, limit), _("Cetak dan unggah")),
        *_tasks(signed_unsent(view, limit), _("Kirim")),
    ]
    return heapq.nsmallest(limit, found, key=lambda task: task.since)


def others(view: View, limit: int) -> Iterable[Task]:
    """The reader's letters that wait for parafs."""
    return _tasks(initialling(view, limit), _("Lihat"))


def done(view: View, limit: int) -> list[Task]:
    """The reader's letters that were sent, the newest first."""
    rows = view.connection.execute(
        select(Letter.id, Letter.kind, Letter.subject, Letter.number, Letter.sent_at)
        .where(
            Letter.direction == OUT,
            Letter.created_by == view.identity.person_id,
            Letter.state == SENT,
            Letter.sent_at.is_not(None),
        )
        .order_by(Letter.sent_at.desc())
        .limit(limit)
    )
    letters = tuple(
        WaitingLetter(row.id, row.kind, row.subject, row.number, row.sent_at)
        for row in rows
        if row.sent_at is not None
    )
    return list(_tasks(Tile(letters, 0), _("Lihat")))


def count(view: View) -> int:
    """How many tasks wait for the reader."""
    return sum(part(view, 1).count for part in (to_verify, to_sign_by_hand, signed_unsent))


def count_others(view: View) -> int:
    """How many of his letters wait for parafs."""
    return initialling(view, 1).count


def _tasks(tile: Tile, verb: str) -> Iterator[Task]:
    for one in tile.letters:
        meta = " · ".join(part for part in (one.kind, one.number, one.post) if part)
        yield Task(
            title=one.subject, meta=meta, since=one.since, verb=verb, path=f"{HOME}/{one.id}"
        )


INBOX = [
    InboxSource(
        SOURCE,
        _("Surat keluar"),
        "file-text",
        DRAFT,
        mine=mine,
        others=others,
        done=done,
        count=count,
        count_others=count_others,
    )
]
