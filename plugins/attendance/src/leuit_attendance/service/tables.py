"""Models as plain tables, for statements that handle rows and no objects."""

from sqlalchemy import Table

from leuit_attendance.models import Base


def table_of(model: type[Base]) -> Table:
    """The table behind a model."""
    found = model.__table__
    assert isinstance(found, Table)
    return found
