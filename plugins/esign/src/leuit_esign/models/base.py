"""The declarative base of e-sign, with MetaData of its own."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import DeclarativeBase

from leuit.storage import plugin_base

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """Declarative base of e-sign, as type checkers see it."""
else:
    Base = plugin_base("esign")
