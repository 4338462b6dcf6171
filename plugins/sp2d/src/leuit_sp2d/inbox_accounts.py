"""LPJs in the inbox: to finish for their writer, to approve for PPK-SKPD."""

from collections.abc import Iterator
from uuid import UUID

from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View

from .permissions import READ
from .rules.rupiah import format_rupiah
from .service.float import APPROVED, RETURNED, SUBMITTED
from .service.lpj_listing import (
    ListedLpj,
    count_my_lpjs,
    count_their_lpjs,
    decided_lpjs,
    my_lpjs,
    their_lpjs,
)

SOURCE = "sp2d.accounts"


def mine(view: View, limit: int) -> Iterator[Task]:
    """What the reader has to finish or to approve."""
    for one in my_lpjs(view, limit):
        returned = one.state == RETURNED
        word = _("Perbaiki") if returned else _("Lengkapi")
        yield Task(
            title=one.purpose,
            meta=_meta(one),
            since=one.since,
            verb=_("Periksa") if one.state == SUBMITTED else word,
            path=account_path(one.id),
            chip=_("Dikembalikan") if returned else "",
        )


def others(view: View, limit: int) -> Iterator[Task]:
    """The reader's own that wait for approval."""
    for one in their_lpjs(view, limit):
        yield Task(
            title=one.purpose,
            meta=_meta(one),
            since=one.since,
            verb=_("Lihat"),
            path=account_path(one.id),
        )


def done(view: View, limit: int) -> Iterator[Task]:
    """What the reader decided lately."""
    for lpj in decided_lpjs(view, limit):
        word = _("disahkan") if lpj.state == APPROVED else _("dikembalikan")
        yield Task(
            title=lpj.purpose,
            meta=f"{lpj.number} · {word}",
            since=lpj.decided_at or lpj.since,
            verb=_("Lihat"),
            path=account_path(lpj.id),
        )


def account_path(lpj_id: UUID) -> str:
    """The address of an LPJ's page."""
    return f"/sp2d/accounts/{lpj_id}"


def _meta(one: ListedLpj) -> str:
    return f"{one.number} · {format_rupiah(one.total)} · {one.unit}"


INBOX = [
    InboxSource(
        SOURCE,
        _("LPJ"),
        "file-text",
        READ,
        mine=mine,
        others=others,
        done=done,
        count=count_my_lpjs,
        count_others=count_their_lpjs,
        tile="daun",
    )
]
