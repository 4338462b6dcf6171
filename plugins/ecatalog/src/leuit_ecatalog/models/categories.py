"""Categories of three levels, typed attributes of the third, and the kecamatan of the region."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import Json
from leuit.values import new_id

from .base import DISTRICT, Base

GOODS, SERVICES = "barang", "jasa"
TEXT, NUMBER, CHOICE, FLAG = "text", "number", "choice", "flag"
ATTRIBUTE_TYPES: Final = (TEXT, NUMBER, CHOICE, FLAG)
CODE, NAME, PATH, KEY, LABEL = 20, 120, 400, 40, 80


class Category(Base):
    """One category; `code` has a part a level (01.01.01), `path` the names of all levels.

    Products hang on level 3 alone, which also has the kind of procurement, the usual unit (UN/ECE
    Rec 20) and the budget account that buyers are offered. `kbli` are the business fields that may
    sell in it; empty allows every one. A hidden one keeps its products but takes no new ones.
    """

    __tablename__ = "ecatalog_category"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
        CheckConstraint("(level = 1) = (parent_id IS NULL)", name="parent"),
        CheckConstraint("kind IN ('', 'barang', 'jasa')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(CODE), unique=True)
    level: Mapped[int]
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("ecatalog_category.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str] = mapped_column(String(NAME))
    path: Mapped[str] = mapped_column(String(PATH))
    kind: Mapped[str] = mapped_column(String(6), default="")
    unit_code: Mapped[str] = mapped_column(String(3), default="")
    account_code: Mapped[str] = mapped_column(String(30), default="")
    kbli: Mapped[list[str]] = mapped_column(Json(), default=list)
    hidden: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Attribute(Base):
    """An attribute that products of a category have; `facet` says that buyers filter by it.

    A `number` is in `unit`; a `choice` is one of `choices`, in their order.
    """

    __tablename__ = "ecatalog_attribute"
    __table_args__ = (
        CheckConstraint("type IN ('text', 'number', 'choice', 'flag')", name="type"),
        UniqueConstraint("category_id", "key"),
        Index("ix_ecatalog_attribute_place", "category_id", "place"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_category.id", ondelete="RESTRICT")
    )
    key: Mapped[str] = mapped_column(String(KEY))
    label: Mapped[str] = mapped_column(String(LABEL))
    type: Mapped[str] = mapped_column(String(6))
    unit: Mapped[str] = mapped_column(String(20), default="")
    choices: Mapped[list[Any]] = mapped_column(Json(), default=list)
    required: Mapped[bool] = mapped_column(default=False)
    facet: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int]


class District(Base):
    """A kecamatan of the region, by its official code: where vendors are and orders go."""

    __tablename__ = "ecatalog_district"

    code: Mapped[str] = mapped_column(String(DISTRICT), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME))
