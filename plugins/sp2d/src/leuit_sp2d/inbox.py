"""Payments in the inbox: steps that wait for the reader, with their legal limit."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from leuit.builtin.regulations import edition
from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View

from .permissions import READ
from .rules.chain import BY_KEY, DRAFT, RETUR, STATES
from .rules.rupiah import format_rupiah
from .service.acts import RETURNED
from .service.regulation import RULES
from .service.tasks import (
    Waiting,
    count_my_turns,
    count_their_turns,
    decided_lately,
    my_turns,
    their_turns,
)

SOURCE = "sp2d.steps"


def mine(view: View, limit: int) -> Iterator[Task]:
    """Steps that wait for the reader; a warning before the limit of law passes."""
    rules = edition(view, RULES, view.today)
    warn = dt.timedelta(days=rules.figures.warn_days if rules else 0)
    for one in my_turns(view, limit):
        yield Task(
            title=one.purpose,
            meta=f"{format_rupiah(one.gross)} · {one.payee}",
            since=one.since,
            due=one.due,
            verb=_verb(one),
            path=path_of(one.id),
            chip=_exception(one, view.now, warn),
            tone="bata" if one.state == RETUR else "tunggu",
        )


def others(view: View, limit: int) -> Iterator[Task]:
    """Payments of the reader on their way."""
    for one in their_turns(view, limit):
        yield Task(
            title=one.purpose,
            meta=f"{format_rupiah(one.gross)} · {STATES[one.state]}",
            since=one.since,
            due=one.due,
            verb=_("Lihat"),
            path=path_of(one.id),
        )


def done(view: View, limit: int) -> Iterator[Task]:
    """What the reader did lately."""
    for one in decided_lately(view, limit):
        word = _("dikembalikan") if one.what == RETURNED else _("selesai")
        yield Task(
            title=one.purpose,
            meta=f"{BY_KEY[one.step].title} · {word}",
            since=one.at,
            verb=_("Lihat"),
            path=path_of(one.id),
        )


def path_of(payment_id: UUID) -> str:
    """The address of a payment's page."""
    return f"/sp2d/payments/{payment_id}"


def _verb(one: Waiting) -> str:
    if one.state == RETUR:
        return _("Perbaiki rekening")
    if one.state == DRAFT:
        return _("Perbaiki") if one.round > 1 else _("Lengkapi")
    return _("Periksa") if BY_KEY[one.state].returns else BY_KEY[one.state].verb


def _exception(one: Waiting, now: dt.datetime, warn: dt.timedelta) -> str:
    if one.state == RETUR:
        return _("Retur bank")
    if one.state == DRAFT and one.round > 1:
        return _("Dikembalikan")
    if one.due is not None and now <= one.due < now + warn:
        return _("Segera")
    return ""


INBOX = [
    InboxSource(
        SOURCE,
        _("Pembayaran"),
        "banknote",
        READ,
        mine=mine,
        others=others,
        done=done,
        count=count_my_turns,
        count_others=count_their_turns,
        tile="daun",
    )
]
