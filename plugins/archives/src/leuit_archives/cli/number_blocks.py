"""`leuit archives numbers open`: numbers set aside that nobody has accounted for."""

from leuit.plugins import CommandContext
from leuit.values import _
from leuit_archives.service.number_blocks import open_numbers


def list_open(context: CommandContext) -> int:
    """List numbers set aside that are still open; exit status 1 when some are of a past year."""
    with context.app.read(context.identity) as view:
        found = open_numbers(view)
        year = view.today.year
    for one in found:
        numbers = ", ".join(str(value) for value in one.values)
        context.print(f"{one.block.year}  {one.unit}  {one.block.kind}: {numbers}")
    if not found:
        context.print(_("Tidak ada nomor cadangan yang masih terbuka."))
    return int(any(one.block.year < year for one in found))
