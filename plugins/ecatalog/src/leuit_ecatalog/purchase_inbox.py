"""Buying in the inbox: what waits for Pejabat Pengadaan, PPK and PA, and what for vendors."""

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from leuit.plugins import InboxSource, Task
from leuit.values import Text, _, format_rupiah
from leuit.work import View

from .buying_words import ACT_WORDS
from .permissions import READ_PURCHASES, SHOP
from .rules.purchase_states import (
    AGREED,
    AUTHORISING,
    BILLING,
    CONFIRMING,
    DRAFT,
    HANDOVER,
    NEGOTIATING,
    ORDERED,
    ORDERING,
    PAID,
    PAYING,
    PROCESSING,
    REVIEW,
    WORDS,
)
from .service.purchase_tasks import (
    Waiting,
    count_my_turns,
    count_offers_answered,
    count_offers_to_answer,
    count_orders_elsewhere,
    count_orders_to_do,
    count_their_turns,
    done_lately,
    my_turns,
    offers_answered,
    offers_done,
    offers_to_answer,
    orders_elsewhere,
    orders_to_do,
    their_turns,
)

PURCHASES = "ecatalog.purchases"
OFFERS = "ecatalog.offers"
ORDERS = "ecatalog.orders"
SOON = dt.timedelta(days=1)
_VERBS = {
    DRAFT: _("Lengkapi"),
    NEGOTIATING: _("Jawab tawaran"),
    AGREED: _("Tindak lanjuti"),
    REVIEW: _("Periksa"),
    AUTHORISING: _("Tetapkan"),
    ORDERING: _("Buat surat pesanan"),
    CONFIRMING: _("Konfirmasi"),
    PROCESSING: _("Periksa pengiriman"),
    HANDOVER: _("Buat berita acara"),
    BILLING: _("Kirim tagihan"),
    PAYING: _("Bayar"),
    PAID: _("Nilai penyedia"),
}
_VENDOR_VERBS = {**_VERBS, PROCESSING: _("Kirim barang")}


def path_of(purchase_id: UUID) -> str:
    """The address of a purchase's page."""
    return f"/ecatalog/purchases/{purchase_id}"


def offer_path(purchase_id: UUID) -> str:
    """The address of a purchase's page for its vendor."""
    return f"/ecatalog/shop/offers/{purchase_id}"


def order_path(purchase_id: UUID) -> str:
    """The address of an order's page for its vendor."""
    return f"/ecatalog/shop/orders/{purchase_id}"


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
    return (
        _done(one, order_path(one.id) if one.state in ORDERED else offer_path(one.id))
        for one in offers_done(view, limit)
    )


def orders(view: View, limit: int) -> Iterator[Task]:
    """Orders that the reader's vendor has to take, deliver or bill."""
    return (
        _waiting(view, one, order_path(one.id), _VENDOR_VERBS) for one in orders_to_do(view, limit)
    )


def ordered(view: View, limit: int) -> Iterator[Task]:
    """Orders of the reader's vendor that wait for the buyer."""
    return (_seen(one, order_path(one.id)) for one in orders_elsewhere(view, limit))


def done_elsewhere(_view: View, _limit: int) -> Iterator[Task]:
    """Nothing: what a vendor did on an order stands with what it did on offers (`offered`)."""
    return iter(())


def _waiting(view: View, one: Waiting, path: str, verbs: Mapping[str, Text] = _VERBS) -> Task:
    due = None if one.due_at is None else one.due_at - dt.timedelta(seconds=1)
    soon = due is not None and view.now <= due < view.now + SOON
    return Task(
        title=one.need,
        meta=_meta(one),
        since=one.since,
        due=due,
        verb=verbs[one.state],
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
    InboxSource(
        ORDERS,
        _("Pesanan"),
        "package",
        SHOP,
        mine=orders,
        others=ordered,
        done=done_elsewhere,
        count=count_orders_to_do,
        count_others=count_orders_elsewhere,
        tile="nila",
    ),
]
