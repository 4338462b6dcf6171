"""Keeping the listing true: after a change, day by day, or all of it anew.

Whatever is asked for twice is done twice with the same result: rows are made of what is stored, not
of what an event says.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from leuit.builtin.search import add_rows, count_words, drop_rows, stored_tokens, vocabulary_of
from leuit.storage import Prepared
from leuit.work import JobContext, View, Work
from leuit_ecatalog.events import ProductChanged, VendorChanged
from leuit_ecatalog.models import (
    LISTING_TEXT,
    ListingToken,
    ListingValue,
    Product,
)

from .listed import Listed, changing_on, listed, prices_of

PRODUCTS, VENDOR = "ecatalog.list_products", "ecatalog.list_vendor"
REBUILD, DAY = "ecatalog.list_all", "ecatalog.list_day"
BATCH = 200
_ROW = LISTING_TEXT.entry
_HELD = Prepared(select(Product.id).where(Product.id == bindparam("the_product")).with_for_update())
_REPRICE = Prepared(
    update(_ROW)
    .where(_ROW.c.product_id == bindparam("the_product"))
    .values(low=bindparam("new_low"), high=bindparam("new_high"), stamp=_ROW.c.stamp + 1)
)
_NEIGHBOURS = 16
"""Numbers that a minute and a product's own hash leave for those that would have the same."""


def product_changed(ctx: JobContext, event: ProductChanged) -> None:
    """The listing of one product, as it is now."""
    with ctx.change() as work:
        put_listed(work, [UUID(event.product_id)])


def vendor_changed(ctx: JobContext, event: VendorChanged) -> None:
    """The listing of all that a vendor sells."""
    with ctx.change() as work:
        ask_vendor(work, UUID(event.vendor_id))


def ask_vendor(work: Work, vendor_id: UUID) -> None:
    """List a vendor's products anew, by jobs of a batch each."""
    args = {"vendor": str(vendor_id), "after": ""}
    work.enqueue(VENDOR, args, dedupe_key=f"{VENDOR}:{vendor_id}")


def ask_rebuild(work: Work) -> None:
    """Make the whole listing anew; it stays in use meanwhile."""
    work.enqueue(REBUILD, {"after": "", "done": 0}, dedupe_key=REBUILD)


def list_vendor(ctx: JobContext) -> None:
    """The job of a batch of a vendor's products; it asks for the next one in its own unit."""
    vendor_id = UUID(ctx.args["vendor"])
    with ctx.change() as work:
        query = select(Product.id).where(Product.vendor_id == vendor_id)
        last = _batch(work, query, ctx.args["after"])
        if last:
            work.enqueue(VENDOR, {"vendor": str(vendor_id), "after": last})


def list_all(ctx: JobContext) -> None:
    """The job of a batch of all products; killed, it does one batch again.

    What is listed between the first and the last of a batch and is a product no more, or one that
    is shown no more, goes with it.
    """
    done = ctx.args["done"]
    with ctx.change() as work:
        last = _batch(work, select(Product.id), ctx.args["after"])
        done += BATCH
        if last:
            work.enqueue(REBUILD, {"after": last, "done": done})
    ctx.progress(done, done)


def list_day(ctx: JobContext) -> None:
    """Once a day: sanctions that begin or end, certificates that ended yesterday."""
    with ctx.read() as view:
        vendors, products = changing_on(view, view.today)
    for start in range(0, len(products), BATCH):
        with ctx.change() as work:
            put_listed(work, products[start : start + BATCH])
    with ctx.change() as work:
        for vendor_id in vendors:
            ask_vendor(work, vendor_id)


def listing_price(work: Work, product_id: UUID) -> None:
    """Let the prices that a unit of work has stored be those of the listing, in the same unit.

    The product is held, so that a job that lists it anew cannot write an older price over it.
    """
    _HELD.first(work.connection, {"the_product": product_id})
    found = prices_of(work, [product_id]).get(product_id)
    if found is not None:
        values = {"the_product": product_id, "new_low": found[0], "new_high": found[1]}
        _REPRICE.run(work.connection, values)


def put_listed(work: Work, ids: Iterable[UUID]) -> int:
    """Make the rows of products what they should be now, none for one that is not shown; returns
    how many are listed.
    """
    wanted = sorted(set(ids))
    made = listed(work, wanted)
    before = _before(work, wanted)
    stamp = int(work.now.timestamp() * 1000)
    counts: Counter[str] = Counter()
    gone: list[tuple[int, str]] = []
    fresh: list[Listed] = []
    for product_id in wanted:
        old, new = before.get(product_id), made.get(product_id)
        if old is None and new is None:
            continue
        if old is not None and new is not None and _is_same(old, new):
            row = new.row | {"stamp": max(old.stamp + 1, stamp)}
            work.connection.execute(update(_ROW).where(_ROW.c.id == old.id).values(row))
            _put_values(work, [(old.id, new)], [old.id])
            continue
        if old is not None:
            gone.append((old.id, old.tokens))
            counts.subtract(vocabulary_of(stored_tokens(old.tokens)))
        if new is not None:
            fresh.append(new)
            counts.update(vocabulary_of(new.words))
    _take_out(work, gone)
    _put_in(work, fresh, {old.product_id: old.stamp for old in before.values()}, stamp)
    count_words(work, LISTING_TEXT, counts)
    return len(made)


def _batch(work: Work, query: Any, after: str) -> str:
    """List a batch of the products of a SELECT; the last of them, empty when it was the last."""
    if after:
        query = query.where(Product.id > UUID(after))
    ids = list(work.connection.scalars(query.order_by(Product.id).limit(BATCH)))
    put_listed(work, ids)
    return str(ids[-1]) if len(ids) == BATCH else ""


def _before(work: Work, ids: Sequence[UUID]) -> dict[UUID, Any]:
    """What is listed of products, with the tokens as their engine has them."""
    if work.database.dialect == "sqlite":
        query = select(
            _ROW.c.id, _ROW.c.product_id, _ROW.c.stamp, ListingToken.words.label("tokens")
        ).join(ListingToken, ListingToken.id == _ROW.c.id)
    else:
        query = select(_ROW.c.id, _ROW.c.product_id, _ROW.c.stamp, _ROW.c.words.label("tokens"))
    rows = work.connection.execute(query.where(_ROW.c.product_id.in_(ids)))
    return {row.product_id: row for row in rows}


def _is_same(old: Any, new: Listed) -> bool:
    """Whether number and tokens stay: then the full text is not touched."""
    first = _first_number(new)
    return first <= old.id < first + _NEIGHBOURS and set(stored_tokens(old.tokens)) == set(
        new.words
    )


def _first_number(one: Listed) -> int:
    """The minute in which it was shown, and behind it a number that the product always gets."""
    minute = int(one.shown_at.timestamp()) // 60
    return (minute << 36) + zlib.crc32(one.row["product_id"].bytes) * _NEIGHBOURS


def _take_out(work: Work, gone: Sequence[tuple[int, str]]) -> None:
    if not gone:
        return
    numbers = [number for number, _tokens in gone]
    drop_rows(work.connection, LISTING_TEXT, gone)
    work.connection.execute(delete(ListingValue).where(ListingValue.listing_id.in_(numbers)))
    work.connection.execute(delete(ListingToken).where(ListingToken.id.in_(numbers)))
    work.connection.execute(delete(_ROW).where(_ROW.c.id.in_(numbers)))


def _put_in(work: Work, fresh: Sequence[Listed], stamps: dict[UUID, int], stamp: int) -> None:
    if not fresh:
        return
    apart = work.database.dialect == "sqlite"
    taken = _taken(work, fresh)
    rows, tokens = [], []
    numbered: list[tuple[int, Listed]] = []
    for one in fresh:
        number = next(n for n in _candidates(one) if n not in taken)
        taken.add(number)
        words = " ".join(one.words)
        before = stamps.get(one.row["product_id"], 0)
        rows.append(
            one.row
            | {
                "id": number,
                "stamp": max(before + 1, stamp),
                "words": None if apart else words,
            }
        )
        tokens.append({"id": number, "words": words})
        numbered.append((number, one))
    work.connection.execute(insert(_ROW), rows)
    if apart:
        work.connection.execute(insert(ListingToken), tokens)
        add_rows(work.connection, LISTING_TEXT, tokens)
    _put_values(work, numbered, [])


def _put_values(work: Work, numbered: Sequence[tuple[int, Listed]], stale: Sequence[int]) -> None:
    if stale:
        work.connection.execute(delete(ListingValue).where(ListingValue.listing_id.in_(stale)))
    values = [
        {"listing_id": number, "key": key, "value": value, "number": amount}
        for number, one in numbered
        for key, value, amount in one.values
    ]
    if values:
        work.connection.execute(insert(ListingValue), values)


def _candidates(one: Listed) -> range:
    first = _first_number(one)
    return range(first, first + _NEIGHBOURS)


def _taken(view: View, fresh: Sequence[Listed]) -> set[int]:
    """Those of their numbers that other rows have."""
    wanted = [number for one in fresh for number in _candidates(one)]
    query = select(_ROW.c.id).where(_ROW.c.id.in_(wanted))
    return set(view.connection.scalars(query))
