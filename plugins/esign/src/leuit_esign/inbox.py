"""E-sign in the inbox: what to sign, what of one's own is on its way, what is done."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View
from leuit_esign.models import DONE, EXPIRED, RECALLED, REFUSED, REVOKED, SIGN, SUPERSEDED
from leuit_esign.service.documents import BRING
from leuit_esign.service.tasks import (
    MyTurn,
    acts_for_several,
    count_my_turns,
    count_their_turns,
    decided_lately,
    ended_lately,
    my_turns,
    their_turns,
)

SOURCE = "esign.signing"
SOON = dt.timedelta(hours=2)
ENDS = {
    REFUSED: _("Ditolak"),
    RECALLED: _("Ditarik kembali"),
    EXPIRED: _("Lewat batas waktu"),
    SUPERSEDED: _("Diganti dokumen lain"),
    REVOKED: _("Dicabut"),
}


def mine(view: View, limit: int) -> Iterator[Task]:
    """Steps that the reader decides; the position is named where he acts for several."""
    several = acts_for_several(view)
    meta, verbs = _("Surat · konsep oleh %s"), (_("Tanda tangani"), _("Beri paraf"))
    for turn in my_turns(view, limit):
        drafted = meta % turn.owner
        yield Task(
            title=turn.title,
            meta=f"{drafted} · {_('sebagai')} {turn.position}" if several else drafted,
            since=turn.opened_at,
            due=turn.due_at,
            verb=verbs[turn.kind != SIGN],
            path=_path(turn.document_id),
            chip=_exception(turn, view.now),
        )


def others(view: View, limit: int) -> Iterator[Task]:
    """The reader's documents on their way."""
    for turn in their_turns(view, limit):
        yield Task(
            title=turn.title,
            meta=_("Surat · menunggu %s") % ", ".join(turn.positions),
            since=turn.started_at,
            due=turn.due_at,
            verb=_("Lihat"),
            path=_path(turn.document_id),
        )


def done(view: View, limit: int) -> list[Task]:
    """What the reader decided, and what became of his own documents; the newest first."""
    tasks = [
        Task(
            title=one.title,
            meta=_("Surat · Anda menolak")
            if one.state == "refused"
            else _("Surat · Anda menandatangani")
            if one.kind == SIGN
            else _("Surat · Anda memaraf"),
            since=one.at,
            verb=_("Lihat"),
            path=_path(one.document_id),
        )
        for one in decided_lately(view, limit)
    ]
    tasks += [
        Task(
            title=one.title,
            meta=_("Surat Anda · selesai ditandatangani") if one.state == DONE else _("Surat Anda"),
            since=one.at,
            verb=_("Lihat"),
            path=_path(one.document_id),
            chip=ENDS.get(one.state, ""),
            tone="bata" if one.state in (REFUSED, EXPIRED, REVOKED) else "abu",
        )
        for one in ended_lately(view, limit)
    ]
    return sorted(tasks, key=lambda task: task.since, reverse=True)[:limit]


INBOX = [
    InboxSource(
        SOURCE,
        _("Tanda tangan"),
        "signature",
        BRING,
        mine=mine,
        others=others,
        done=done,
        count=count_my_turns,
        count_others=count_their_turns,
    )
]


def _exception(turn: MyTurn, now: dt.datetime) -> str:
    """The chip of a task: somebody reminded, it ends by itself, or hardly any time is left."""
    if turn.reminded_at is not None:
        return _("Diingatkan")
    if turn.expires and turn.due_at is not None:
        return _("Berakhir sendiri")
    if turn.due_at is not None and now <= turn.due_at < now + SOON:
        return _("Segera")
    return ""


def _path(document_id: UUID) -> str:
    return f"/esign/documents/{document_id}"
