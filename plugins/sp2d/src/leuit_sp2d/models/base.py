"""The declarative base of payments, the type of an amount, and an index of few rows."""

from typing import TYPE_CHECKING, Annotated

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from leuit.storage import plugin_base

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """Declarative base of payments, as type checkers see it."""
else:
    Base = plugin_base("sp2d")

Rupiah = Annotated[int, mapped_column(BigInteger)]
"""Whole rupiah."""


def where_known(name: str, column: str) -> Index:
    """An index of a reference that most rows do not have: those rows cost it nothing."""
    known = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=known, postgresql_where=known)
