"""How much of a frozen list's dossiers a reader is told: its figures count secret records too."""

import datetime as dt
from collections.abc import Sequence

import attrs
from sqlalchemy import select

from leuit.work import View
from leuit_archives.models import DisposalItem, Dossier
from leuit_archives.permissions import READ_CLASSIFIED

from .record_listing import inside_of


@attrs.frozen
class Extent:
    """How many records an item has, and the first and last of their dates."""

    records: int
    first: dt.date | None
    last: dt.date | None


def extents(view: View, items: Sequence[DisposalItem]) -> dict[int, Extent]:
    """By place: what was frozen for who may read secret records of the dossier's unit, for others
    what they may read there. The frozen row and its hash stay as they are.
    """
    ids = [item.dossier_id for item in items]
    cleared = set(
        view.connection.scalars(
            select(Dossier.id).where(
                Dossier.id.in_(ids), Dossier.unit_id.in_(view.units(READ_CLASSIFIED))
            )
        )
    )
    seen = inside_of(view, [one for one in ids if one not in cleared])
    return {
        item.place: Extent(item.records, item.first, item.last)
        if item.dossier_id in cleared
        else Extent(*seen.get(item.dossier_id, (0, None, None)))
        for item in items
    }
