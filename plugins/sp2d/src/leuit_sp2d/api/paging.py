"""Lists for programs: where a page begins by its cursor, and the cursor of the one after.

Rows that are only added to are paged by the last id seen; others by how many came before.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from leuit.web import Request, cursor_after, cursor_page, wrong_cursor

Row = TypeVar("Row")


def page_by_id(request: Request) -> tuple[UUID | None, int]:
    """The last id seen, None for the first page, and how many rows a page has."""
    cursor, limit = cursor_page(request, 1)
    return (id_of(cursor[0]) if cursor else None), limit


def cut(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], str | None]:
    """The page out of rows read with one more than its `limit`, and the cursor of the next."""
    if len(rows) <= limit:
        return rows, None
    last: Any = rows[limit - 1]
    return rows[:limit], cursor_after(str(last.id))


def page_by_place(request: Request) -> tuple[int, int]:
    """How many rows come before the page, and how many it has."""
    cursor, limit = cursor_page(request, 1)
    return (number_in(cursor[0]) if cursor else 0), limit


def next_place(start: int, limit: int, count: int) -> str | None:
    """The cursor of the page after one that began at `start` of `count` rows."""
    return cursor_after(str(start + limit)) if count > start + limit else None


def id_of(text: str) -> UUID:
    """The id in a cursor; a refusal for a cursor that no page gave."""
    try:
        return UUID(text)
    except ValueError:
        raise wrong_cursor() from None


def number_in(text: str) -> int:
    """A whole number in a cursor; a refusal for a cursor that no page gave."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise wrong_cursor()
    return int(text)
