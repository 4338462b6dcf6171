"""Which papers hold the money of budget lines: standing SPM, or the SP2D that followed."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from leuit.work import View
from leuit_sp2d.models import STANDING, Paper, PaymentLine

NAMED = 5


def papers_on(view: View, line_ids: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """By line the numbers of the papers that hold its money, sorted; of a payment the last one."""
    if not line_ids:
        return {}
    rows = view.connection.execute(
        select(PaymentLine.line_id, Paper.payment_id, Paper.kind, Paper.number)
        .join(Paper, Paper.payment_id == PaymentLine.payment_id)
        .where(
            PaymentLine.line_id.in_(line_ids),
            Paper.state == STANDING,
            Paper.kind.in_(("SPM", "SP2D")),
        )
    ).all()
    ordered = {row.payment_id for row in rows if row.kind == "SP2D"}
    found: dict[UUID, list[str]] = {}
    for row in rows:
        if row.kind == "SP2D" or row.payment_id not in ordered:
            found.setdefault(row.line_id, []).append(row.number)
    return {line_id: tuple(sorted(numbers)) for line_id, numbers in found.items()}
