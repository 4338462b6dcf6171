"""Payments in the inbox: steps that wait for the reader with their legal limit, open claims."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from leuit.builtin.regulations import edition
from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View

from .permissions import READ
from .rules.chain import BANK, BY_KEY, DRAFT, RETUR, STATES
from .rules.rupiah import format_rupiah
from .service.acts import REFUSED, RETURNED
from .service.regulation import RULES
from .service.tasks import (
    Waiting,
    WaitingClaim,
    count_my_turns,
    count_open_claims,
    count_their_turns,
    decided_lately,
    my_turns,
    open_claims,
    their_turns,
)

SOURCE = "sp2d.steps"
BANK_PAGE = "/sp2d/bank"


def mine(view: View, limit: int) -> Iterator[Task]:
    """Steps and claims that wait for the reader; a warning before the limit of law passes."""
    tasks = [*_steps(view, limit), *(_claim(view, one) for one in open_claims(view, limit))]
    tasks.sort(key=lambda task: (task.due is None, task.due or task.since, task.since))
    yield from tasks[:limit]


def count_mine(view: View) -> int:
    """How many there are."""
    return count_my_turns(view) + count_open_claims(view)


def _steps(view: View, limit: int) -> Iterator[Task]:
    rules = edition(view, RULES, view.today)
    warn = dt.timedelta(days=rules.figures.warn_days if rules else 0)
    for one in my_turns(view, limit):
        yield Task(
            title=one.purpose,
            meta=f"{format_rupiah(one.gross)} · {one.payee}",
            since=one.since,
            due=one.decide_by(view.now),
            verb=_verb(one),
            path=turn_path(one),
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
            due=one.decide_by(view.now),
            verb=_("Lihat"),
            path=path_of(one.id),
        )


_WORDS = {RETURNED: _("dikembalikan"), REFUSED: _("ditolak")}


def done(view: View, limit: int) -> Iterator[Task]:
    """What the reader did lately."""
    for one in decided_lately(view, limit):
        word = _WORDS.get(one.what, _("selesai"))
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


def turn_path(one: Waiting) -> str:
    """Where the reader does what waits for him: orders are sent together, on the bank's page."""
    return BANK_PAGE if one.state == BANK else path_of(one.id)


def claim_path(claim_id: UUID) -> str:
    """The address of a claim's page."""
    return f"/sp2d/claims/{claim_id}"


def _claim(view: View, one: WaitingClaim) -> Task:
    due = None
    if one.due is not None:
        last = dt.datetime.combine(one.due, dt.time(23, 59, 59), view.app.zone)
        due = last.astimezone(dt.UTC)
    return Task(
        title=one.purpose,
        meta=_("TPP menurut kehadiran")
        if one.amount is None
        else f"{format_rupiah(one.amount)} · {one.payee}",
        since=one.since,
        due=due,
        verb=_("Ambil klaim"),
        path=claim_path(one.id),
        tone="tunggu",
    )


def _verb(one: Waiting) -> str:
    if one.state == BANK:
        return _("Kirim ke bank")
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
    due = one.decide_by(now)
    if due is not None and now <= due < now + warn:
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
        count=count_mine,
        count_others=count_their_turns,
        tile="daun",
    )
]
