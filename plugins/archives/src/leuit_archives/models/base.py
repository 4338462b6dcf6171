"""The declarative base of archives."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import DeclarativeBase

from leuit.storage import plugin_base

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """Declarative base of archives, as type checkers see it."""
else:
    Base = plugin_base("archives")
