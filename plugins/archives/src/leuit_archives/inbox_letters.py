"""Letters and dispositions in Tugas."""

from collections.abc import Iterator
from uuid import UUID

from leuit.plugins import InboxSource, Task
from leuit.values import Text, _
from leuit.work import View

from .permissions import RECEIVE
from .service.given_dispositions import count_given_open, ended_lately, given_open
from .service.letter_levels import urgency_levels
from .service.letter_tiles import (
    COPIES,
    NEW_DISPOSITIONS,
    OPEN_DISPOSITIONS,
    UNREAD,
    UNSETTLED,
    Tile,
    count_turns,
)

SOURCE = "archives.letters"
_VERBS: tuple[tuple[Tile, Text], ...] = (
    (OPEN_DISPOSITIONS, _("Tindak lanjuti")),
    (NEW_DISPOSITIONS, _("Baca disposisi")),
    (UNREAD, _("Baca surat")),
    (UNSETTLED, _("Disposisi")),
    (COPIES, _("Baca tembusan")),
)


def mine(view: View, limit: int) -> Iterator[Task]:
    """What waits for the reader's posts: the earliest limit first, then what waits longest."""
    levels = list(urgency_levels(view, view.today))[1:]
    urgent = {level.code: level.name for level in levels}
    found = [(one, verb) for tile, verb in _VERBS for one in tile.rows(view, 0, limit)]
    found.sort(key=lambda pair: (pair[0].due is None, pair[0].due or pair[0].since, pair[0].since))
    for one, verb in found[:limit]:
        yield Task(
            title=one.subject,
            meta=one.giver or one.sender or one.number,
            since=one.since,
            due=one.due,
            verb=verb,
            path=letter_path(one.letter_id),
            chip=urgent.get(one.urgency, ""),
            tone="bata",
        )


def others(view: View, limit: int) -> Iterator[Task]:
    """Dispositions of the reader's that others have not ended."""
    for one in given_open(view, limit):
        yield Task(
            title=one.subject,
            meta=one.title,
            since=one.at,
            due=one.due,
            verb=_("Lihat"),
            path=letter_path(one.letter_id),
        )


def done(view: View, limit: int) -> Iterator[Task]:
    """Dispositions that the reader ended."""
    for one in ended_lately(view, limit):
        yield Task(
            title=one.subject,
            meta=_("Disposisi selesai"),
            since=one.at,
            verb=_("Lihat"),
            path=letter_path(one.letter_id),
        )


def letter_path(letter_id: UUID) -> str:
    """The address of a letter's page."""
    return f"/archives/letters/{letter_id}"


INBOX = [
    InboxSource(
        SOURCE,
        _("Surat"),
        "mail",
        RECEIVE,
        mine=mine,
        others=others,
        done=done,
        count=count_turns,
        count_others=count_given_open,
        tile="nila",
    )
]
