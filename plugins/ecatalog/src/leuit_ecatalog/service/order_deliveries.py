"""What was delivered of an order and how each of its lines stands."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.work import View
from leuit_ecatalog.models import Delivery, DeliveryLine, PurchaseLine
from leuit_ecatalog.models.orders import INSPECTED, SENT
from leuit_ecatalog.rules.deliveries import Part, Standing, standings


@attrs.frozen
class Inspected:
    """A delivery with what it brought, in the order of the lines; inspected or not."""

    delivery: Delivery
    lines: tuple[DeliveryLine, ...]


def deliveries_of(view: View, purchase_id: UUID) -> list[Inspected]:
    """All deliveries of an order, the first first."""
    rows = view.session.scalars(
        select(Delivery).where(Delivery.purchase_id == purchase_id).order_by(Delivery.number)
    ).all()
    lines: dict[UUID, list[DeliveryLine]] = {one.id: [] for one in rows}
    query = (
        select(DeliveryLine)
        .join(PurchaseLine, PurchaseLine.id == DeliveryLine.line_id)
        .where(DeliveryLine.delivery_id.in_(lines))
        .order_by(PurchaseLine.place)
    )
    for line in view.session.scalars(query):
        lines[line.delivery_id].append(line)
    return [Inspected(one, tuple(lines[one.id])) for one in rows]


def standings_of(
    lines: Sequence[PurchaseLine], deliveries: Sequence[Inspected]
) -> dict[UUID, Standing]:
    """How each line stands."""
    parts = [
        Part(
            str(line.line_id),
            line.sent,
            line.accepted if one.delivery.state == INSPECTED else None,
        )
        for one in deliveries
        for line in one.lines
    ]
    found = standings({str(one.id): one.quantity for one in lines}, parts)
    return {UUID(line): standing for line, standing in found.items()}


def accepted_of(deliveries: Sequence[Inspected]) -> dict[UUID, int]:
    """How many of each line were accepted."""
    accepted: dict[UUID, int] = {}
    for one in deliveries:
        for line in one.lines:
            accepted[line.line_id] = accepted.get(line.line_id, 0) + line.accepted
    return accepted


def is_coming(deliveries: Sequence[Inspected]) -> bool:
    """Whether something was sent that nobody inspected yet."""
    return any(one.delivery.state == SENT for one in deliveries)
