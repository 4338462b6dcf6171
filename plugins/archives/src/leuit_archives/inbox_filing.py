"""Records in the inbox: those that wait to be filed, one task for each unit's desk."""

from collections.abc import Iterator

from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View

from .permissions import FILE_RECORDS
from .service.record_listing import count_desks, desks, filed_lately

FILING = "archives.filing"
DESK = "/archives/records"


def mine(view: View, limit: int) -> Iterator[Task]:
    """The desks on which records wait for the reader."""
    for desk in desks(view, limit):
        yield Task(
            title=_("%(count)s arsip menunggu diberkaskan") % {"count": desk.count},
            meta=desk.unit,
            since=desk.since,
            verb=_("Berkaskan"),
            path=f"{DESK}?unit={desk.unit_id}",
        )


def others(_view: View, _limit: int) -> Iterator[Task]:
    """Nothing of the reader waits for somebody else: who hands a record over is done with it."""
    yield from ()


def count_others(_view: View) -> int:
    """None."""
    return 0


def done(view: View, limit: int) -> Iterator[Task]:
    """What the reader filed lately."""
    for record in filed_lately(view, limit):
        yield Task(
            title=record.title,
            meta=_("diberkaskan pada %(code)s") % {"code": record.class_code},
            since=record.filed_at or record.taken_at,
            verb=_("Lihat"),
            path=f"{DESK}/{record.id}",
        )


INBOX = [
    InboxSource(
        FILING,
        _("Pemberkasan"),
        "archive",
        FILE_RECORDS,
        mine=mine,
        others=others,
        done=done,
        count=count_desks,
        count_others=count_others,
        tile="nila",
    )
]
