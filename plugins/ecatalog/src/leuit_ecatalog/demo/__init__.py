"""Demonstration data of the catalogue: its order, invented vendors and what they sell."""

from collections.abc import Iterable

from leuit.plugins import CommandContext, DemoAccount, DemoPlan

from .buyers import accounts as buyers
from .buying import fill_buying
from .finding import fill_finding
from .order import fill_order
from .products import fill_products
from .vendors import fill_vendors


def fill(context: CommandContext, plan: DemoPlan) -> Iterable[DemoAccount]:
    """The order first, as vendors and products name it; the accounts of who works with it."""
    fill_order(context)
    accounts = [*fill_vendors(context)]
    fill_products(context, plan)
    fill_finding(context)
    fill_buying(context)
    return [*accounts, *buyers()]
