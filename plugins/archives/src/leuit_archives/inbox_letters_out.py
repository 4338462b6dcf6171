"""Letters out in Tugas: what to paraf, to have signed on paper, and to send."""

from collections.abc import Iterator

from sqlalchemy import select

from leuit.plugins import InboxSource, Task
from leuit.values import Text, _
from leuit.work import View

from .models import Letter
from .models.letters import OUT, SENT
from .permissions import RECEIVE
from .service.letter_access import own_letters
from .service.letter_tiles import Tile, Turn
from .service.letter_tiles_out import (
    IN_REVIEW,
    SIGNED_UNSENT,
    TO_PRINT,
    TO_VERIFY,
    count_turns_out,
)

SOURCE = "archives.letters_out"
HOME = "/archives/outgoing"
_VERBS: tuple[tuple[Tile, Text], ...] = (
    (TO_VERIFY, _("Beri paraf")),
    (TO_PRINT, _("Cetak dan unggah")),
    (SIGNED_UNSENT, _("Kirim")),
)


def mine(view: View, limit: int) -> Iterator[Task]:
    """What the reader does next, the longest waiting first."""
    found = [(turn, verb) for tile, verb in _VERBS for turn in tile.rows(view, 0, limit)]
    found.sort(key=lambda pair: pair[0].since)
    for turn, verb in found[:limit]:
        yield _task(turn, verb)


def others(view: View, limit: int) -> Iterator[Task]:
    """The reader's letters that wait for parafs of others."""
    for turn in IN_REVIEW.rows(view, 0, limit):
        yield _task(turn, _("Lihat"))


def done(view: View, limit: int) -> Iterator[Task]:
    """The reader's letters that were sent, the newest first."""
    rows = view.connection.execute(
        select(Letter.id, Letter.subject, Letter.number, Letter.sent_at)
        .where(
            Letter.direction == OUT,
            own_letters(view),
            Letter.state == SENT,
            Letter.sent_at.is_not(None),
        )
        .order_by(Letter.sent_at.desc())
        .limit(limit)
    )
    for row in rows:
        assert row.sent_at is not None
        yield Task(
            title=row.subject,
            meta=_("Surat keluar · dikirim"),
            since=row.sent_at,
            verb=_("Lihat"),
            path=f"{HOME}/{row.id}",
        )


def _task(turn: Turn, verb: str) -> Task:
    meta = " · ".join(part for part in (turn.giver or turn.sender, turn.number) if part)
    return Task(
        title=turn.subject, meta=meta, since=turn.since, verb=verb, path=f"{HOME}/{turn.letter_id}"
    )


INBOX = [
    InboxSource(
        SOURCE,
        _("Surat keluar"),
        "file-text",
        RECEIVE,
        mine=mine,
        others=others,
        done=done,
        count=count_turns_out,
        count_others=IN_REVIEW.count,
    )
]
