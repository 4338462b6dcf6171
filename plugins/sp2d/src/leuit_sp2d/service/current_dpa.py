"""The edition of the DPA that holds for a unit and year, as far as documents speak of it."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import bindparam, select

from leuit.storage import Prepared
from leuit.values import ConflictError, _
from leuit.work import View
from leuit_sp2d.models import Dpa


@attrs.frozen
class CurrentDpa:
    """What documents take from it: the code of the SKPD, the stage, number and date."""

    skpd_code: str
    stage: str
    number: str
    dated: dt.date


def current_dpa(view: View, unit_id: UUID, year: int) -> CurrentDpa:
    """The last edition of a unit and year; ConflictError without one."""
    row = _LAST.first(view.connection, {"unit": unit_id, "year": year})
    if row is None:
        raise ConflictError(
            _("Belum ada DPA unit ini untuk tahun %(year)s."),
            advice=_("Minta petugas anggaran memasukkan DPA."),
            year=year,
        )
    return CurrentDpa(*row)


_LAST = Prepared(
    select(Dpa.skpd_code, Dpa.stage, Dpa.number, Dpa.dated)
    .where(Dpa.unit_id == bindparam("unit"), Dpa.year == bindparam("year"))
    .order_by(Dpa.sequence.desc())
    .limit(1)
)
"""Built once: it is on the path of every document."""
