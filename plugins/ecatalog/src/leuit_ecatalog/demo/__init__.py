"""Demonstration data of the catalogue: its order, invented vendors and what they sell."""

from collections.abc import Iterable

from leuit.plugins import CommandContext, DemoAccount, DemoPlan

from .buyers import accounts
from .buying import fill_buying
from .order import fill_order


def fill(context: CommandContext, _plan: DemoPlan) -> Iterable[DemoAccount]:
    """The order first, as vendors and products name it; the accounts of who works with it."""
    fill_order(context)
    fill_buying(context)
    return accounts()
