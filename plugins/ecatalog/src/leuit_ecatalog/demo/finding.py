"""The catalogue of the demonstration can be searched at once: every product is listed."""

from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.plugins import CommandContext
from leuit_ecatalog.models import Product
from leuit_ecatalog.service.listing import BATCH, put_listed


def fill_finding(context: CommandContext) -> None:
    """List every product."""
    app = context.app
    with app.read(SYSTEM) as view:
        ids = list(view.connection.scalars(select(Product.id).order_by(Product.id)))
    for start in range(0, len(ids), BATCH):
        with app.change(SYSTEM) as work:
            put_listed(work, ids[start : start + BATCH])
