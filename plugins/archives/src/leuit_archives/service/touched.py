"""How much that still runs a new table of codes touches: dossiers that have not ended, by code.

A dossier is touched by its own code and by those of the records in it, which may be finer. What was
decided keeps its edition, so nothing moves by itself; the archivist is told how much a change is
about before he applies it anew, over all units, with the secret ones that he
may read.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from leuit.values import _
from leuit.work import View
from leuit_archives.models import Dossier, Record, Retention
from leuit_archives.rules.lifecycle import DESTROYED, HANDED_OVER
from leuit_archives.rules.secrecy import SECRET_FROM

from .record_access import not_all_secret, readable_dossiers, visible_records

AT_ONCE = 500


def touched_notes(view: View, codes: Collection[str]) -> list[str]:
    """A sentence with the numbers of open dossiers and records of these codes; none for zero."""
    dossiers: set[UUID] = set()
    records = 0
    ordered = sorted(codes)
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        dossiers.update(view.connection.scalars(_dossiers(view, some)))
        records += view.connection.execute(_records(view, some)).scalar_one()
    if not dossiers:
        return []
    told = {"dossiers": len(dossiers), "records": records}
    sentence = _("Menyangkut %(dossiers)s berkas yang belum berakhir, berisi %(records)s arsip.")
    return [str(sentence % told)]


def _dossiers(view: View, codes: Sequence[str]) -> Select[UUID]:
    """Those of the codes, and those in which a record has one of them."""
    own = and_(Dossier.class_code.in_(codes), or_(not_all_secret(), readable_dossiers(view)))
    inside = select(Record.dossier_id).where(Record.class_code.in_(codes), _counted(view))
    return select(Dossier.id).where(or_(own, Dossier.id.in_(inside)), Dossier.id.not_in(_ended()))


def _records(view: View, codes: Sequence[str]) -> Select[int]:
    """How many filed records have one of the codes."""
    return select(func.count()).where(
        Record.class_code.in_(codes),
        Record.dossier_id.is_not(None),
        Record.dossier_id.not_in(_ended()),
        _counted(view),
    )


def _counted(view: View) -> ColumnElement[bool]:
    return or_(Record.secrecy < SECRET_FROM, visible_records(view))


def _ended() -> Select[UUID]:
    return select(Retention.dossier_id).where(Retention.state.in_((DESTROYED, HANDED_OVER)))
