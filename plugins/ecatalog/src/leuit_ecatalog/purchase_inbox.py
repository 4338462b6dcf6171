"""Buying in the inbox: what waits for Pejabat Pengadaan, PPK and PA, and what for vendors."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from leuit.plugins import InboxSource, Task
from leuit.values import _, format_rupiah
from leuit.work import View

from .buying_words import ACT_WORDS
from .permissions import READ_PURCHASES, SHOP
from .rules.purchase_states import AGREED, AUTHORISING, DRAFT, NEGOTIATING, REVIEW, WORDS
from .service.purchase_tasks import (
    Waiting,
    count_my_turns,
    count_offers_answered,
    count_offers_to_answer,
    count_their_turns,
    done_lately,
    my_turns,
    offers_answered,
    offers_done,
    offers_to_answer,
    their_turns,
)

PURCHASES = "ecatalog.purchases"
OFFERS = "ecatalog.offers"
SOON = dt.timedelta(days=1)
_VERBS = {
    DRAFT: _("Lengkapi"),
    NEGOTIATING: _("Jawab tawaran"),
    AGREED: _("Tindak lanjuti"),
    REVIEW: _("Periksa"),
    AUTHORISING: _("Tetapkan"),
}


def path_of(purchase_id: UUID) -> str:
    """The address of a purchase's page."""
    return f"/ecatalog/purchases/{purchase_id}"


def offer_path(purchase_id: UUID) -> str:
    """The address of a purchase's page for its vendor."""
    return f"/ecatalog/shop/offers/{purchase_id}"


def mine(view: View, limit: int) -> Iterator[Task]:
    """Purchases that wait for the reader."""
    return (_waiting(view, one, path_of(one.id)) for one in my_turns(view, limit))


def others(view: View, limit: int) -> Iterator[Task]:
    """Purchases of the reader that wait for somebody else."""
    return (_seen(one, path_of(one.id)) for one in their_turns(view, limit))


def done(view: View, limit: int) -> Iterator[Task]:
    """What the reader did lately."""
    return (_done(one, path_of(one.id)) for one in done_lately(view, limit))


def offers(view: View, limit: int) -> Iterator[Task]:
    """Offers that the reader's vendor has to answer."""
    return (_waiting(view, one, offer_path(one.id)) for one in offers_to_answer(view, limit))


def answered(view: View, limit: int) -> Iterator[Task]:
    """Offers of the reader's vendor that the buyer has to answer."""
    return (_seen(one, offer_path(one.id)) for one in offers_answered(view, limit))


def offered(view: View, limit: int) -> Iterator[Task]:
    """What the reader did lately for his vendor."""
    return (_done(one, offer_path(one.id)) for one in offers_done(view, limit))


def _waiting(view: View, one: Waiting, path: str) -> Task:
    due = None if one.due_at is None else one.due_at - dt.timedelta(seconds=1)
    soon = due is not None and view.now <= due < view.now + SOON
    return Task(
        title=one.need,
        meta=_meta(one),
        since=one.since,
        due=due,
        verb=_VERBS[one.state],
        path=path,
        chip=_("Segera") if soon else "",
    )


def _seen(one: Waiting, path: str) -> Task:
    return Task(
        title=one.need,
        meta=f"{_meta(one)} · {WORDS[one.state]}",
        since=one.since,
        due=None if one.due_at is None else one.due_at - dt.timedelta(seconds=1),
        verb=_("Lihat"),
        path=path,
    )


def _done(one: Waiting, path: str) -> Task:
    return Task(
        title=one.need,
        meta=f"{one.number or WORDS[DRAFT]} · {ACT_WORDS[one.what]}",
        since=one.since,
        verb=_("Lihat"),
        path=path,
    )


def _meta(one: Waiting) -> str:
    parts = [one.number, one.vendor, format_rupiah(one.total) if one.total else ""]
    return " · ".join(part for part in parts if part)


SOURCES = [
    InboxSource(
        PURCHASES,
        _("Pembelian"),
        "basket",
        READ_PURCHASES,
        mine=mine,
        others=others,
        done=done,
        count=count_my_turns,
        count_others=count_their_turns,
        tile="nila",
    ),
    InboxSource(
        OFFERS,
        _("Penawaran"),
        "scale",
        SHOP,
        mine=offers,
        others=answered,
        done=offered,
        count=count_offers_to_answer,
        count_others=count_offers_answered,
        tile="daun",
    ),
]
