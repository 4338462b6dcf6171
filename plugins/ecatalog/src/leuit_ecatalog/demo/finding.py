"""The catalogue of the demonstration can be searched at once: figures in force, products listed."""

import datetime as dt

from sqlalchemy import select

from leuit.builtin.organisation import cast_identity
from leuit.builtin.regulations import Draft, edition, enact_edition
from leuit.identity import SYSTEM
from leuit.plugins import CommandContext
from leuit_ecatalog.models import Product
from leuit_ecatalog.service.domestic import EXAMPLE, KIND
from leuit_ecatalog.service.listing import BATCH, put_listed

_SINCE = dt.date(2025, 4, 30)


def fill_finding(context: CommandContext) -> None:
    """Put the figures of domestic products in force by two people, and list every product."""
    app = context.app
    with app.read(SYSTEM) as view:
        known = edition(view, KIND.name, view.today)
        ids = list(view.connection.scalars(select(Product.id).order_by(Product.id)))
    if known is None:
        draft = Draft(
            "Produk dalam negeri",
            "Perpres 46/2025 Pasal 66",
            "secondary",
            _SINCE,
            KIND.unstructure(EXAMPLE),
            "Data contoh",
        )
        drafter, activator = cast_identity(app, "personnel"), cast_identity(app, "regent")
        enact_edition(app, KIND.name, draft, drafter=drafter, activator=activator)
    for start in range(0, len(ids), BATCH):
        with app.change(SYSTEM) as work:
            put_listed(work, ids[start : start + BATCH])
