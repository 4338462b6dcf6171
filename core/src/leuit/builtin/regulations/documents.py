"""The document from which an edition's figures were read, kept in the file store.

The bytes go to the store before the unit of work begins (nothing slow inside a unit); the unit
then only names them. What a document is, its first bytes say, never the sender.
"""

from leuit.builtin.checks import storable
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import Leuit, StoredFile, store_file

MOST_BYTES = 8 * 1024 * 1024
KINDS = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
)


def store_document(app: Leuit, name: str, data: bytes) -> StoredFile:
    """Put the bytes into the store; call it outside a unit of work.

    Raises InvalidInputError for anything but PDF, PNG and JPEG, and for more than 8 MB.
    """
    for start, media_type, ending in KINDS:
        if data.startswith(start) and len(data) <= MOST_BYTES:
            shown = name[:200] if name and storable(name) else f"naskah{ending}"
            return store_file(app, data, media_type, shown)
    sentence = _("Pilih berkas PDF, PNG, atau JPEG, paling besar 8 MB.")
    raise InvalidInputError(sentence, fields=[FieldError("document", sentence, "wrong_file")])
