"""How much that still runs a new table of codes touches: dossiers that have not ended, by code.

What was decided keeps its edition, so nothing moves by itself; the archivist is told how much a
change is about before he applies it anew.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from leuit.values import _
from leuit.work import View
from leuit_archives.models import Dossier, Record, Retention
from leuit_archives.rules.lifecycle import DESTROYED, HANDED_OVER

AT_ONCE = 500


def touched_notes(view: View, codes: Collection[str]) -> list[str]:
    """A sentence with the numbers of open dossiers and records of these codes; none for zero."""
    dossiers = records = 0
    ordered = sorted(codes)
    for start in range(0, len(ordered), AT_ONCE):
        found = _counted(view, ordered[start : start + AT_ONCE])
        dossiers, records = dossiers + found[0], records + found[1]
    if not dossiers:
        return []
    told = {"dossiers": dossiers, "records": records}
    sentence = _("Menyangkut %(dossiers)s berkas yang belum berakhir, berisi %(records)s arsip.")
    return [str(sentence % told)]


def _counted(view: View, codes: Sequence[str]) -> tuple[int, int]:
    ended = select(Retention.dossier_id).where(Retention.state.in_((DESTROYED, HANDED_OVER)))
    query = (
        select(func.count(Dossier.id.distinct()), func.count(Record.id))
        .select_from(Dossier)
        .outerjoin(Record, Record.dossier_id == Dossier.id)
        .where(Dossier.class_code.in_(codes), Dossier.id.not_in(ended))
    )
    row = view.connection.execute(query).one()
    return int(row[0]), int(row[1])
