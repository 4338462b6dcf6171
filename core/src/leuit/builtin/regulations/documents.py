"""The document from which an edition's figures were read, kept in the file store.

The bytes go to the store before the unit of work begins (nothing slow inside a unit); the unit
then only names them.
"""

import attrs
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from leuit.builtin.checks import storable
from leuit.storage import Blob
from leuit.work import Leuit, Work


@attrs.frozen
class StoredDocument:
    """A file that is in the store but not yet named by any row."""

    sha256: str
    size: int
    media_type: str
    name: str


def store_document(app: Leuit, name: str, media_type: str, data: bytes) -> StoredDocument:
    """Put the bytes into the store; call it outside a unit of work."""
    shown = name[:255] if storable(name) else "dokumen"
    return StoredDocument(app.blobs.put(data), len(data), media_type[:100], shown)


def register_document(work: Work, document: StoredDocument) -> str:
    """Name a stored file in the register of files, once; returns its SHA-256."""
    make = postgresql_insert if work.database.dialect == "postgresql" else sqlite_insert
    row = {
        "sha256": document.sha256,
        "size": document.size,
        "media_type": document.media_type or "application/octet-stream",
        "name": document.name or "dokumen",
        "stored_at": work.now,
    }
    statement = make(Blob).values(row).on_conflict_do_nothing()
    work.session.execute(statement)
    return document.sha256
