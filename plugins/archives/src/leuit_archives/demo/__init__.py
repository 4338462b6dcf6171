"""The demonstration of archives: instruments, letters in and out of one office, records."""

from collections.abc import Iterable

from leuit.plugins import CommandContext, DemoAccount, DemoPlan

from .ending import fill_ending
from .instruments import fill_instruments
from .letters import fill_letters
from .letters_out import fill_letters_out
from .records import fill_records


def fill(context: CommandContext, plan: DemoPlan) -> Iterable[DemoAccount]:
    """Instruments that hold, then letters and records; the accounts of who works with them."""
    fill_instruments(context, plan)
    accounts = [*fill_letters(context), *fill_records(context, plan), *fill_ending(context, plan)]
    fill_letters_out(context)
    return accounts
