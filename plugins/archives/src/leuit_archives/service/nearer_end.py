"""A page of a list by its number, read from the end of the list that it is nearer to.

An engine passes over every row before an OFFSET. Read backwards, the last page passes over none, as
the first one; the dearest page is the middle one.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from leuit.work import View


def page_of(
    view: View,
    query: Select[Any],
    newest_first: Sequence[InstrumentedAttribute[Any]],
    start: int,
    limit: int,
    total: int,
) -> list[Any]:
    """Rows from `start` on, by columns of which each is sorted the highest first.

    `total` is how many rows there are: counted in the same view, the page has no gap and no double.
    """
    if start >= total:
        return []
    size = min(limit, total - start)
    behind = total - start - size
    if start <= behind:
        ordered = query.order_by(*(column.desc() for column in newest_first))
        return list(view.session.execute(ordered.offset(start).limit(size)))
    ordered = query.order_by(*newest_first).offset(behind).limit(size)
    return list(reversed(view.session.execute(ordered).all()))
