"""The lines of one SKPD and year as a plan sees them, and what keeps them still while it is made.

DPA and SPD are judged twice: when a person reads the report, and again inside the unit of work that
stores it. There the unit and its lines are held first, so that what is stored was judged by what
is there; with the digest of the report that was read, another outcome than that one is refused.
"""

import datetime as dt
import re
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.identity import Unit
from leuit.values import ConflictError, FieldError, NotFoundError, _, one_line
from leuit.work import View, Work
from leuit_sp2d.models import Line
from leuit_sp2d.rules.limits import Pockets

from .ledger import lock_lines

NUMBER = 100
_YEAR = re.compile(r"20\d\d")

LineKey = tuple[str, str]


@attrs.frozen
class LineState:
    """A line as it stands: its codes and names, and its money by pocket."""

    id: UUID
    activity: str
    activity_name: str
    account: str
    account_name: str
    pockets: Pockets

    @property
    def key(self) -> LineKey:
        """Sub-activity and account: what names a line within an SKPD and year."""
        return self.activity, self.account


class NumberTakenError(ConflictError):
    """The number belongs to a document of other content already."""

    code = "number_taken"


def lines_of(view: View, unit_id: UUID, year: int) -> dict[LineKey, LineState]:
    """All lines of a unit and year, in the order of their codes."""
    rows = view.connection.execute(
        select(
            Line.id,
            Line.activity,
            Line.activity_name,
            Line.account,
            Line.account_name,
            Line.unreleased,
            Line.free,
            Line.reserved,
            Line.spent,
        )
        .where(Line.unit_id == unit_id, Line.year == year)
        .order_by(Line.activity, Line.account)
    )
    return {
        (row.activity, row.account): LineState(
            row.id,
            row.activity,
            row.activity_name,
            row.account,
            row.account_name,
            Pockets(row.unreleased, row.free, row.reserved, row.spent),
        )
        for row in rows
    }


def hold_lines(work: Work, unit_id: UUID, year: int) -> dict[LineKey, LineState]:
    """The lines of a unit and year, which nobody else adds to or moves until the unit ends.

    The unit's own row is held first, since a line that does not exist yet cannot be.
    """
    work.connection.execute(
        select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True)
    )
    ids = select(Line.id).where(Line.unit_id == unit_id, Line.year == year)
    lock_lines(work, work.connection.execute(ids).scalars())
    return lines_of(work, unit_id, year)


def require_unit(view: View, permission: str, unit_id: UUID) -> None:
    """NotFoundError for no unit, PermissionDeniedError where the permission does not reach."""
    if view.connection.execute(select(Unit.id).where(Unit.id == unit_id)).first() is None:
        raise NotFoundError(_("Unit itu tidak ada."))
    view.require(permission, unit_id)


def units_with(view: View, permission: str) -> Sequence[tuple[UUID, str]]:
    """The open units on which the permission is held, by name."""
    query = (
        select(Unit.id, Unit.name)
        .where(
            Unit.id.in_(view.units(permission)),
            or_(Unit.valid_to.is_(None), Unit.valid_to > view.today),
        )
        .order_by(Unit.name, Unit.code)
    )
    return [(row.id, row.name) for row in view.connection.execute(query)]


def unit_name_of(view: View, unit_id: UUID) -> str:
    """The name of a unit that `require_unit` has let pass."""
    name: str = view.connection.execute(select(Unit.name).where(Unit.id == unit_id)).scalar_one()
    return name


def parse_year(text: str) -> int:
    """A budget year of this century; NotFoundError for anything else, as it names a page."""
    if not text.isascii() or not _YEAR.fullmatch(text):
        raise NotFoundError(_("Tahun anggaran itu tidak ada."))
    return int(text)


def faults_of_paper(year: int, number: str, dated: dt.date) -> list[FieldError]:
    """What is wrong with the number and date of a document of a budget year."""
    faults = []
    if not _YEAR.fullmatch(str(year)):
        faults.append(FieldError("year", _("Tulis tahun anggaran, misalnya 2026.")))
    if not number or len(number) > NUMBER or one_line(number) != number:
        faults.append(FieldError("number", _("Tulis nomor dalam satu baris, paling banyak 100.")))
    if dated.year not in (year - 1, year):
        faults.append(
            FieldError("dated", _("Tanggal harus dalam tahun anggaran atau tahun sebelumnya."))
        )
    return faults
