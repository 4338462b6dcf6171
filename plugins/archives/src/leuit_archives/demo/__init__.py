"""The demonstration of archives: instruments of one regency, letters in and out of one office."""

from collections.abc import Iterable

from leuit.plugins import CommandContext, DemoAccount, DemoPlan

from .instruments import fill_instruments
from .letters import fill_letters
from .letters_out import fill_letters_out


def fill(context: CommandContext, plan: DemoPlan) -> Iterable[DemoAccount]:
    """Instruments that hold, then letters on their way; the accounts of who works with them."""
    fill_instruments(context, plan)
    accounts = fill_letters(context)
    fill_letters_out(context)
    return accounts
