"""The document from which an edition's figures were read, kept in the file store.

The bytes go to the store before the unit of work begins (nothing slow inside a unit); the unit
then only names them. What a document is, its first bytes say, never the sender.
"""

import attrs
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from leuit.builtin.checks import storable
from leuit.storage import Blob
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import Leuit, Work

MOST_BYTES = 8 * 1024 * 1024
KINDS = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
)


@attrs.frozen
class StoredDocument:
    """A file that is in the store but not yet named by any row."""

    sha256: str
    size: int
    media_type: str
    name: str


def store_document(app: Leuit, name: str, data: bytes) -> StoredDocument:
    """Put the bytes into the store; call it outside a unit of work.

    Raises InvalidInputError for anything but PDF, PNG and JPEG, and for more than 8 MB.
    """
    for start, media_type, ending in KINDS:
        if data.startswith(start) and len(data) <= MOST_BYTES:
            shown = name[:200] if name and storable(name) else f"naskah{ending}"
            return StoredDocument(app.blobs.put(data), len(data), media_type, shown)
    sentence = _("Pilih berkas PDF, PNG, atau JPEG, paling besar 8 MB.")
    raise InvalidInputError(sentence, fields=[FieldError("document", sentence, "wrong_file")])


def register_document(work: Work, document: StoredDocument) -> str:
    """Name a stored file in the register of files, once; returns its SHA-256."""
    make = postgresql_insert if work.database.dialect == "postgresql" else sqlite_insert
    row = {
        "sha256": document.sha256,
        "size": document.size,
        "media_type": document.media_type,
        "name": document.name,
        "stored_at": work.now,
    }
    work.session.execute(make(Blob).values(row).on_conflict_do_nothing())
    return document.sha256
