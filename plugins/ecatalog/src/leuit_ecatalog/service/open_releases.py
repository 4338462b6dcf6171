"""Releases and records of awarded orders (OCDS 1.1), page by page and since an instant.

The order of releases is that of the acts behind them; a page goes on behind the last act of the one
before. Reading on leaves out what happened in the last minute: a unit of work that began earlier
may still end, and whoever reads on by the cursor would miss it.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import select, tuple_

from leuit.storage import among
from leuit.values import NotFoundError, _
from leuit.work import Leuit, View
from leuit_ecatalog.models import Purchase, PurchaseAct
from leuit_ecatalog.rules.open_contracting import Publisher, release
from leuit_ecatalog.settings import CatalogueSettings

from .open_history import PUBLISHED, Step, histories
from .orders import has_order

SETTLED: Final = dt.timedelta(minutes=1)
PREFIX: Final = "ocds-afzrfb"
"""What begins the ids of Indonesian publishers that have no prefix of their own."""

_CURSOR = re.compile(r"(?P<at>[0-9]{1,17})-(?P<id>[0-9a-f]{32})")
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)


@attrs.frozen
class Page:
    """Releases in their order; `cursor` goes on behind them, also where nothing follows yet."""

    releases: tuple[dict[str, Any], ...]
    cursor: str
    is_last: bool


def publisher_of(app: Leuit) -> Publisher:
    """Who publishes, by the settings."""
    settings: CatalogueSettings = app.vocabulary.settings["ecatalog"]
    region = app.settings.region
    code = region.code.replace(".", "")
    return Publisher(
        name=f"Pemerintah {region.name}",
        prefix=settings.ocid_prefix or f"{PREFIX}-{code}",
        region=code,
        zone=app.zone,
        license=settings.open_license,
        policy=settings.open_policy,
    )


def knows_cursor(text: str) -> bool:
    """Whether a text is a cursor of `releases`."""
    return _CURSOR.fullmatch(text) is not None


def releases(view: View, since: dt.datetime | None, cursor: str, limit: int) -> Page:
    """The next releases behind a cursor, or from an instant on (aware)."""
    query = (
        select(PurchaseAct.id, PurchaseAct.at, PurchaseAct.purchase_id)
        .join(Purchase, Purchase.id == PurchaseAct.purchase_id)
        .where(PurchaseAct.what.in_(PUBLISHED), PurchaseAct.at <= view.now - SETTLED, has_order())
        .order_by(PurchaseAct.at, PurchaseAct.id)
        .limit(limit)
    )
    if found := _CURSOR.fullmatch(cursor):
        after = _EPOCH + int(found["at"]) * _MICROSECOND
        query = query.where(tuple_(PurchaseAct.at, PurchaseAct.id) > (after, UUID(found["id"])))
    elif since is not None:
        query = query.where(PurchaseAct.at >= since)
    rows = view.connection.execute(query).all()
    if not rows:
        return Page((), cursor, is_last=True)
    wanted = {row.id for row in rows}
    ids = list({row.purchase_id for row in rows})
    known = among(view.connection.dialect.name, Purchase.id, ids)
    purchases = view.session.scalars(select(Purchase).where(known)).all()
    steps = [
        step
        for found_steps in histories(view, purchases).values()
        for step in found_steps
        if step.act_id in wanted
    ]
    steps.sort(key=lambda step: (step.at, step.act_id))
    publisher = publisher_of(view.app)
    last = rows[-1]
    return Page(
        tuple(release(step.order, publisher) for step in steps),
        f"{(last.at - _EPOCH) // _MICROSECOND}-{last.id.hex}",
        is_last=len(rows) < limit,
    )


def releases_of(view: View, number: str) -> list[dict[str, Any]]:
    """The releases of one order by its number, the oldest first; NotFoundError for none."""
    publisher = publisher_of(view.app)
    return [release(step.order, publisher) for step in steps_of(view, number)]


def steps_of(view: View, number: str) -> Sequence[Step]:
    """What became of one order by its number; NotFoundError for none."""
    purchase = view.session.scalars(
        select(Purchase).where(Purchase.number == number, has_order())
    ).one_or_none()
    if purchase is None:
        raise NotFoundError(_("Pesanan itu tidak ada."), advice=_("Pilih dari daftar."))
    return histories(view, [purchase])[purchase.id]
