"""An INSERT that says what happens when the row is there already, for the engine in use."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

DIALECTS = ("sqlite", "postgresql")


def insert_into(dialect: str, table: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`.

    `dialect` is one of `DIALECTS`, as `work.database.dialect` names it.
    """
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
