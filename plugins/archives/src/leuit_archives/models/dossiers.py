"""Dossiers (berkas): what records of one matter lie in together, under one code."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.values import new_id

from .base import Base
from .instruments import CODE, TITLE, TRIGGER

SUMMARY = 300
"""Length of a dossier's title (uraian), in characters."""


class Dossier(Base):
    """A dossier of the unit that works with it (unit pengolah).

    `serial` counts per unit, code and year from 1 without a gap. `closed_on` is None while it is
    open; from the day of closing its retention counts. The code, its title and the rule of the
    retention schedule are a snapshot of the editions of the day on which it was opened; years of
    None with an empty final action: the schedule had no rule, or none that could be parsed.
    """

    __tablename__ = "archives_dossier"
    __table_args__ = (
        UniqueConstraint("unit_id", "class_code", "year", "serial"),
        Index("ix_archives_dossier_unit", "unit_id", "year", "id"),
        CheckConstraint("serial >= 1", name="serial"),
        CheckConstraint("closed_on >= opened_on", name="closed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    class_code: Mapped[str] = mapped_column(String(CODE))
    class_title: Mapped[str] = mapped_column(String(TITLE))
    year: Mapped[int]
    serial: Mapped[int]
    title: Mapped[str] = mapped_column(String(SUMMARY))
    opened_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]
    closed_by: Mapped[UUID | None] = person_fk(nullable=True)
    classification_edition: Mapped[UUID]
    retention_edition: Mapped[UUID | None]
    active_years: Mapped[int | None]
    active_trigger: Mapped[str] = mapped_column(String(TRIGGER), default="")
    inactive_years: Mapped[int | None]
    inactive_trigger: Mapped[str] = mapped_column(String(TRIGGER), default="")
    final_action: Mapped[str] = mapped_column(String(20), default="")
    version: Mapped[int] = mapped_column(default=1)
