"""The files of a record: given as they were handed over, and each reading noted."""

from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.storage import Blob
from leuit.values import NotFoundError, _
from leuit.work import View
from leuit_archives.models import RecordFile

from .record_access import find_record, ref_of


@attrs.frozen
class FileOfRecord:
    """A file in the store, and the name under which the archive keeps it."""

    sha256: str
    name: str
    media_type: str


def read_file(view: View, record_id: UUID, place: int) -> FileOfRecord:
    """A file of a record that the reader may read; NotFoundError for any other."""
    record = find_record(view, record_id)
    row = view.connection.execute(
        select(RecordFile.sha256, RecordFile.name, Blob.media_type)
        .join(Blob, Blob.sha256 == RecordFile.sha256)
        .where(RecordFile.record_id == record.id, RecordFile.place == place)
    ).first()
    if row is None:
        raise NotFoundError(_("Berkas digital itu tidak ada."))
    view.note_access(ref_of(record), what="record_file", place=place)
    return FileOfRecord(*row)
