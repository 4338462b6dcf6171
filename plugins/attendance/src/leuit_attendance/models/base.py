"""The declarative base of attendance, with MetaData of its own."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import DeclarativeBase

from leuit.storage import plugin_base

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """Declarative base of attendance, as type checkers see it."""
else:
    Base = plugin_base("attendance")
