"""What stays of a destroyed record, as its page and whoever asks is told."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.work import View
from leuit_archives.models import Disposal, Record, Tombstone, TombstoneFile


@attrs.frozen
class Stub:
    """By which list and when a record was destroyed, and the hashes of the files that it had.

    `there` are those of which somebody still needs the bytes.
    """

    disposal_id: UUID
    number: str
    place: int
    destroyed_at: dt.datetime
    hashes: tuple[str, ...]
    there: tuple[str, ...]


def stub_of(view: View, record: Record) -> Stub | None:
    """The stub of a record; None while it lives. The right to read it is the caller's."""
    found = view.session.get(Tombstone, record.id)
    if found is None:
        return None
    disposal = view.session.get_one(Disposal, found.disposal_id)
    files = view.session.scalars(
        select(TombstoneFile)
        .where(TombstoneFile.record_id == record.id)
        .order_by(TombstoneFile.place)
    ).all()
    return Stub(
        disposal.id,
        disposal.number,
        found.place,
        found.destroyed_at,
        tuple(one.sha256 for one in files),
        tuple(one.sha256 for one in files if one.gone_at is None),
    )
