"""From the file that a registrar brought to the letter in the agenda, in one unit of work."""

from uuid import UUID

from leuit.work import Work
from leuit_archives.models import Letter

from .brought_files import as_stored, brought_file, drop_file
from .letters_in import Incoming, register_letter, registered_with, send_letter


def register_brought(
    work: Work,
    unit_id: UUID,
    incoming: Incoming,
    *,
    key: UUID,
    file_id: UUID | None = None,
    again: bool = False,
    send: bool = False,
) -> Letter:
    """Write a letter down with its file, None for paper only, and with `send` pass it on.

    The same `key` a second time gives the letter as it is by then. Raises NotFoundError for a file
    of somebody else or of another unit, and what `register_letter` and `send_letter` raise.
    """
    known = registered_with(work, key)
    if known is not None:
        return known
    brought = None if file_id is None else brought_file(work, file_id, unit_id)
    files = [] if brought is None else [(as_stored(brought), brought.pages)]
    letter = register_letter(work, unit_id, incoming, files, key=key, again=again)
    if brought is not None:
        drop_file(work, brought)
    return send_letter(work, letter.id, letter.version) if send else letter
