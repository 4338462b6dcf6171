"""Announced packages of the procurement plan (RUP), and how much of each is taken by purchases."""

import datetime as dt
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import unit_fk
from leuit.values import new_id

from .base import Base, Rupiah

NAME, ACTIVITY, SOURCE, CODE, MOST_PAGU = 300, 300, 60, 30, 10**14
RUP_ID: Final = 12


class RupPackage(Base):
    """A package of a unit for a year, by its id in SiRUP (5 to 12 digits).

    `committed` is what live purchases hold of the `pagu`: it moves by one statement that the
    database refuses to carry beyond either end. `kind` is barang, jasa, konstruksi or konsultansi;
    `announced_on` is empty for a package that was not announced yet.
    """

    __tablename__ = "ecatalog_rup_package"
    __table_args__ = (
        CheckConstraint("pagu > 0", name="pagu"),
        CheckConstraint("committed >= 0 AND committed <= pagu", name="committed"),
        CheckConstraint("kind IN ('barang', 'jasa', 'konstruksi', 'konsultansi')", name="kind"),
        Index("ix_ecatalog_rup_package_unit", "unit_id", "year", "rup_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    rup_id: Mapped[str] = mapped_column(String(RUP_ID), unique=True)
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME))
    activity: Mapped[str] = mapped_column(String(ACTIVITY), default="")
    kind: Mapped[str] = mapped_column(String(11))
    method: Mapped[str] = mapped_column(String(20))
    pagu: Mapped[Rupiah]
    committed: Mapped[Rupiah] = mapped_column(default=0)
    account_code: Mapped[str] = mapped_column(String(CODE), default="")
    source: Mapped[str] = mapped_column(String(SOURCE), default="")
    announced_on: Mapped[dt.date | None]
    imported_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)
