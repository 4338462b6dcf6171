"""The declarative base of payments, and the type of an amount."""

from typing import TYPE_CHECKING, Annotated

from sqlalchemy import BigInteger
from sqlalchemy.orm import DeclarativeBase, mapped_column

from leuit.storage import plugin_base

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """Declarative base of payments, as type checkers see it."""
else:
    Base = plugin_base("sp2d")

Rupiah = Annotated[int, mapped_column(BigInteger)]
"""Whole rupiah."""
