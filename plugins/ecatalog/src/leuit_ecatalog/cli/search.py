"""`leuit ecatalog search rebuild`: the listing anew, by jobs."""

from leuit.plugins import CommandContext
from leuit.values import _
from leuit_ecatalog.service.listing import ask_rebuild


def rebuild(context: CommandContext) -> None:
    """Make anew what everybody finds in the catalogue; the search works on meanwhile.

    A running server does it, batch by batch, and goes on where it was after a restart.
    """
    with context.app.change(context.identity) as work:
        ask_rebuild(work)
    context.print(_("Pencarian katalog sedang disusun ulang."))
