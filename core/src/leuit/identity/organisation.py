"""Units and people of the regency, all of it dated.

Ranges are half-open local dates `[valid_from, valid_to)`; an open end is NULL. A reorganisation
closes one link and opens another, so that every past day keeps the tree it had.
`unit_closure` is derived from `unit_link`: one row per ancestor, descendant (itself included) and
range; it is what makes "this unit's subtree on that date" a single join.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from leuit.storage import CoreBase
from leuit.values import new_id


class Unit(CoreBase):
    """An OPD, bidang, bagian, kecamatan, kelurahan or UPT; `code` is the stable short key."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)


class UnitLink(CoreBase):
    """To which parent a unit belongs, from when to when; a root has no link."""

    __tablename__ = "unit_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    parent_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class UnitClosure(CoreBase):
    """Derived: `descendant_id` lies in the subtree of `ancestor_id` during the range."""

    __tablename__ = "unit_closure"

    ancestor_id: Mapped[UUID] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), primary_key=True
    )
    descendant_id: Mapped[UUID] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    valid_from: Mapped[dt.date] = mapped_column(primary_key=True)
    valid_to: Mapped[dt.date | None]
    depth: Mapped[int]


class Person(CoreBase):
    """A member of staff (or later a vendor's or citizen's person); the name is one field."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    nik: Mapped[str | None] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    sex: Mapped[str | None] = mapped_column(String(1))
    email: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)


class PersonPin(CoreBase):
    """The number by which devices know a person, from when to when; no two people at one time."""

    __tablename__ = "person_pin"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    pin: Mapped[str] = mapped_column(String(24), index=True)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class Position(CoreBase):
    """A post in a unit; `is_head` marks the one whose holder heads the unit."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("unit_id", "title"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    is_head: Mapped[bool] = mapped_column(default=False)


DEFINITIF, PLT, PLH = "definitif", "Plt.", "Plh."


class Assignment(CoreBase):
    """Who holds a position, from when to when.

    `definitif` is the person's own post and says to which unit he belongs; `Plt.` (acting, the
    post is vacant) and `Plh.` (for the day, the holder is away) come on top and end by themselves.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("kind IN ('definitif', 'Plt.', 'Plh.')", name="kind"),
        Index("ix_assignment_position_kind", "position_id", "kind"),
        Index("ix_assignment_person_kind", "person_id", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(10))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    decree: Mapped[str] = mapped_column(String(120), default="")


def unit_fk(*, nullable: bool = False, **options: Any) -> MappedColumn[Any]:
    """A plugin's column that refers to a unit; deleting a unit in use is refused."""
    return mapped_column(
        Uuid(), ForeignKey(Unit.__table__.c.id, ondelete="RESTRICT"), nullable=nullable, **options
    )


def person_fk(*, nullable: bool = False, **options: Any) -> MappedColumn[Any]:
    """A plugin's column that refers to a person; deleting a person in use is refused."""
    return mapped_column(
        Uuid(), ForeignKey(Person.__table__.c.id, ondelete="RESTRICT"), nullable=nullable, **options
    )


def position_fk(*, nullable: bool = False, **options: Any) -> MappedColumn[Any]:
    """A plugin's column that refers to a post; deleting a post in use is refused."""
    return mapped_column(
        Uuid(),
        ForeignKey(Position.__table__.c.id, ondelete="RESTRICT"),
        nullable=nullable,
        **options,
    )
