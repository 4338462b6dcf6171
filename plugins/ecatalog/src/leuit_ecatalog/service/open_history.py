"""What became of orders, as the public may know it: one step for each published act.

A step tells all of the order as it stood then, out of what was agreed and written down, never out
of today's product or vendor. Nothing that a person typed is in it: why somebody declined or stopped
an order is told by a fixed sentence.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.identity import Unit
from leuit.storage import among
from leuit.work import View
from leuit_ecatalog.models import (
    Agreement,
    Delivery,
    DeliveryLine,
    OrderDocument,
    Purchase,
    PurchaseAct,
    RupPackage,
)
from leuit_ecatalog.models.orders import ORDER
from leuit_ecatalog.rules.buying_rules import NEGOTIATION
from leuit_ecatalog.rules.legal_forms import form_of
from leuit_ecatalog.rules.open_order import (
    ACCEPTED,
    AMENDED,
    CANCELLED,
    DELIVERED,
    DIRECT,
    FINISHED,
    NEGOTIATED,
    PAID,
    STOPPED,
    WAITING,
    OpenBuyer,
    OpenDelivery,
    OpenLine,
    OpenOrder,
    OpenPayment,
    OpenVendor,
)
from leuit_ecatalog.rules.units import unit_label

from .order_content import line_name
from .orders import COMPLETE

SIGNED: Final = f"{ORDER}_signed"
PUBLISHED: Final = (
    SIGNED,
    "confirmed",
    "refused",
    "lapsed",
    "stopped",
    "bast_signed",
    "paid",
    "payment_told",
    "rated",
)
"""Acts that tell something new to the public; of `payment_told` only what the bank sent back."""

_REASONS: Final = {
    "refused": "Penyedia menolak pesanan.",
    "lapsed": "Penyedia tidak mengonfirmasi dalam waktunya.",
    "stopped": "Dihentikan sebelum ada yang diterima.",
}
_STATES: Final = {
    SIGNED: WAITING,
    "confirmed": ACCEPTED,
    "refused": CANCELLED,
    "lapsed": CANCELLED,
    "bast_signed": DELIVERED,
    "paid": PAID,
    "payment_told": PAID,
    "rated": FINISHED,
}


@attrs.frozen
class Step:
    """An act that was published, and the order as it stood after it."""

    act_id: UUID
    at: dt.datetime
    order: OpenOrder


def histories(view: View, purchases: Sequence[Purchase]) -> dict[UUID, list[Step]]:
    """The steps of each purchase, the oldest first; purchases are public (`has_order`)."""
    ids = [one.id for one in purchases]
    dialect = view.connection.dialect.name
    acts: dict[UUID, list[PurchaseAct]] = {one: [] for one in ids}
    query = (
        select(PurchaseAct)
        .where(
            among(dialect, PurchaseAct.purchase_id, ids),
            PurchaseAct.what.in_(PUBLISHED),
        )
        .order_by(PurchaseAct.at, PurchaseAct.id)
    )
    for act in view.session.scalars(query):
        acts[act.purchase_id].append(act)
    agreements = {
        row.purchase_id: row
        for row in view.session.scalars(
            select(Agreement)
            .where(among(dialect, Agreement.purchase_id, ids))
            .order_by(Agreement.attempt)
        )
    }
    documents = {
        row.purchase_id: row
        for row in view.session.scalars(
            select(OrderDocument).where(
                among(dialect, OrderDocument.purchase_id, ids),
                OrderDocument.kind == ORDER,
                OrderDocument.state.in_(COMPLETE),
            )
        )
    }
    packages = _by_id(view, RupPackage, [one.rup_id for one in purchases])
    units = _by_id(view, Unit, [one.unit_id for one in purchases])
    accepted, received = _accepted(view, ids)
    return {
        one.id: list(
            _steps(
                acts[one.id],
                _begun(
                    one,
                    agreements[one.id],
                    documents[one.id],
                    packages[one.rup_id],
                    units[one.unit_id],
                ),
                accepted.get(one.id, {}),
                received.get(one.id),
            )
        )
        for one in purchases
    }


def _steps(
    acts: Sequence[PurchaseAct],
    order: OpenOrder,
    accepted: Mapping[UUID, int],
    received: dt.date | None,
) -> Iterator[Step]:
    before: dt.datetime | None = None
    place = 0
    for act in acts:
        if act.what == "payment_told" and act.facts.get("state") != "retur":
            continue
        order = _after(order, act, accepted, received)
        second = act.at.replace(microsecond=0)
        place = place + 1 if second == before else 0
        before = second
        order = attrs.evolve(order, changed_at=act.at, place=place)
        yield Step(act.id, act.at, order)


def _after(
    order: OpenOrder,
    act: PurchaseAct,
    accepted: Mapping[UUID, int],
    received: dt.date | None,
) -> OpenOrder:
    """The order after an act."""
    facts: Mapping[str, Any] = act.facts
    if act.what == "stopped":
        if not facts["accepted"]:
            return attrs.evolve(order, state=STOPPED, reason=_REASONS["stopped"])
        by_place = {line.id: accepted.get(UUID(line.id), 0) for line in order.lines}
        lines = tuple(
            attrs.evolve(line, quantity=by_place[line.id])
            for line in order.lines
            if by_place[line.id]
        )
        return attrs.evolve(order, state=AMENDED, total=facts["total"], lines=lines)
    changed: dict[str, Any] = {"state": _STATES[act.what], "reason": _REASONS.get(act.what, "")}
    if act.what == SIGNED:
        changed["signed_at"] = act.at
    elif act.what == "bast_signed":
        changed["deliveries"] = tuple(
            attrs.evolve(one, accepted_on=received) for one in order.deliveries
        )
    elif act.what == "paid":
        paid_on = dt.date.fromisoformat(facts["paid_on"])
        told = facts["number"] or f"{order.number}-P1"  # a transaction must have an id
        changed["payments"] = (OpenPayment(told, paid_on, facts["amount"]),)
    elif act.what == "payment_told":
        changed["payments"] = ()
    return attrs.evolve(order, **changed)


def _begun(
    purchase: Purchase,
    agreement: Agreement,
    document: OrderDocument,
    package: RupPackage,
    unit: Unit,
) -> OpenOrder:
    """An order before anything became of it."""
    vendor = agreement.content["vendor"]
    is_firm = form_of(vendor["legal_form"]).is_firm
    assert purchase.number is not None
    assert purchase.deliver_by is not None
    return OpenOrder(
        number=purchase.number,
        order_number=document.number,
        state=WAITING,
        method=NEGOTIATED if purchase.method == NEGOTIATION else DIRECT,
        kind=package.kind,
        buyer=OpenBuyer(unit.code, unit.name),
        vendor=OpenVendor(
            str(purchase.vendor_id),
            (vendor["nib"] or "") if is_firm else "",
            vendor["name"],
            vendor["scale"],
        ),
        rup_id=package.rup_id,
        rup_name=package.name,
        pagu=package.pagu,
        agreed_at=agreement.at,
        signed_at=None,
        changed_at=agreement.at,
        total=agreement.total,
        lines=tuple(
            OpenLine(
                place=line["place"],
                name=line_name(line),
                quantity=line["quantity"],
                unit_code=line["unit"],
                unit_name=unit_label(line["unit"]),
                price=line["price"],
                kbki=line["kbki"] or "",
                id=line["line_id"],
            )
            for line in agreement.content["lines"]
        ),
        deliveries=(OpenDelivery(1, purchase.deliver_by),),
    )


def _accepted(
    view: View, ids: Sequence[UUID]
) -> tuple[dict[UUID, dict[UUID, int]], dict[UUID, dt.date]]:
    """How many of each line were accepted, and the last day on which something came."""
    dialect = view.connection.dialect.name
    rows = view.connection.execute(
        select(
            Delivery.purchase_id,
            DeliveryLine.line_id,
            func.sum(DeliveryLine.accepted),
            func.max(Delivery.received_on),
        )
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .where(
            among(dialect, Delivery.purchase_id, ids),
            Delivery.received_on.is_not(None),
        )
        .group_by(Delivery.purchase_id, DeliveryLine.line_id)
    )
    accepted: dict[UUID, dict[UUID, int]] = {}
    received: dict[UUID, dt.date] = {}
    for purchase_id, line_id, count, last in rows:
        assert last is not None  # of what was received
        accepted.setdefault(purchase_id, {})[line_id] = int(count)
        received[purchase_id] = max(received.get(purchase_id, last), last)
    return accepted, received


def _by_id(view: View, kind: Any, ids: Sequence[UUID]) -> dict[UUID, Any]:
    known = among(view.connection.dialect.name, kind.id, list(set(ids)))
    return {row.id: row for row in view.session.scalars(select(kind).where(known))}
