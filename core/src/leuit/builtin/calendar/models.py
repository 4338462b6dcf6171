"""The table of days off of the regency.

One row a day. A proposal (brought from the published list of national days) counts for nothing
until a person confirms it: dates of religious days and cuti bersama are fixed by decree each year.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import CoreBase

TITLE, LEGAL_BASIS = 200, 300
"""Lengths of the text columns, in characters."""


class HolidayRow(CoreBase):
    """A day off: `libur` (libur nasional) or `cuti_bersama`; `status` is proposed or confirmed."""

    __tablename__ = "holiday"
    __table_args__ = (
        CheckConstraint("kind IN ('libur', 'cuti_bersama')", name="kind"),
        CheckConstraint("status IN ('proposed', 'confirmed')", name="status"),
    )

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(TITLE))
    legal_basis: Mapped[str] = mapped_column(String(LEGAL_BASIS), default="")
    status: Mapped[str] = mapped_column(String(10))
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    edited_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)
