"""`leuit archives search rebuild`: the index anew, by jobs."""

from leuit.plugins import CommandContext
from leuit.values import _
from leuit_archives.service.search_indexing import ask_rebuild


def rebuild(context: CommandContext) -> None:
    """Make the search index anew from letters and records; the search works on meanwhile.

    A running server does it, batch by batch, and goes on where it was after a restart.
    """
    with context.app.change(context.identity) as work:
        ask_rebuild(work)
    context.print(_("Indeks pencarian sedang disusun ulang."))
