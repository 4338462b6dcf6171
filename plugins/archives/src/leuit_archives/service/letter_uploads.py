"""Files that come with letters, in or out: read as hostile, then kept under the name they had."""

import attrs

from leuit.values import FieldError, InvalidInputError, TooLargeError, _
from leuit.work import Leuit, StoredFile, store_file
from leuit_archives.models.letters import FILE_NAME
from leuit_archives.reading import MOST_BYTES, LetterReading, read_letter

MOST_IN = MOST_BYTES
"""Bytes of a file that comes in."""
MOST_OUT = 20 * 1024 * 1024
"""Bytes of a file that goes out with a letter."""


@attrs.frozen
class ReceivedFile:
    """A stored file, and what was read in it."""

    file: StoredFile
    reading: LetterReading


def receive_upload(app: Leuit, name: str, data: bytes, most: int = MOST_IN) -> ReceivedFile:
    """Read an upload in a process of its own and store it; call it outside of any unit.

    Raises InvalidInputError at `file` for none, TooLargeError above `most` bytes, and
    RefusedFileError for what is not taken.
    """
    if not data:
        sentence = _("Pilih berkas.")
        raise InvalidInputError(sentence, fields=[FieldError("file", sentence, "required")])
    if len(data) > most:
        raise TooLargeError(_("Berkas paling besar %s MB.") % (most // 1024**2))
    reading = read_letter(data, name)
    shown = "".join(one for one in name if one.isprintable())[-FILE_NAME:]
    return ReceivedFile(
        store_file(app, data, reading.media_type, shown or str(_("berkas"))), reading
    )
