"""Files beside rows: the bytes go to the store before a unit begins, the unit then names them."""

from typing import TYPE_CHECKING

import attrs
from sqlalchemy import delete

from leuit.storage import Blob, BlobRelease, insert_into

if TYPE_CHECKING:
    from .app import Leuit
    from .unit import Work

LONGEST_NAME = 200


@attrs.frozen
class StoredFile:
    """Bytes that are in the store, known by their SHA-256; no row may name them yet."""

    sha256: str
    size: int
    media_type: str
    name: str


def store_file(app: "Leuit", data: bytes, media_type: str, name: str) -> StoredFile:
    """Put bytes into the store; call it outside a unit of work. `name` is a label for people."""
    return StoredFile(app.blobs.put(data), len(data), media_type, name[-LONGEST_NAME:])


def register_file(work: "Work", file: StoredFile) -> str:
    """Name a stored file in the register of files, once; returns its SHA-256.

    Whoever had let it go needs it again from now on.
    """
    row = attrs.asdict(file) | {"stored_at": work.now}
    named = insert_into(work.database.dialect, Blob).values(row)
    work.session.execute(
        named.on_conflict_do_update(
            index_elements=["sha256"], set_={"name": file.name}, where=Blob.name == ""
        )
    )
    work.session.execute(delete(BlobRelease).where(BlobRelease.sha256 == file.sha256))
    return file.sha256
