"""What the pages of records read out of an address, and how they show a refusal."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from leuit.values import InvalidInputError, LeuitError
from leuit.web import Request, parse_id

Row = TypeVar("Row")


def id_in(request: Request, name: str) -> UUID:
    """An id of the address; NotFoundError for anything that is none."""
    return parse_id(str(request.params[name]))


def unit_in(request: Request) -> UUID | None:
    """The unit that a list is narrowed to; what is no id narrows nothing."""
    return _uuid(request.query.get("unit", ""))


def cursor_in(request: Request) -> UUID | None:
    """The last row of the page before; what is no id is the first page."""
    return _uuid(request.query.get("after", ""))


def year_in(request: Request) -> int | None:
    """The year that a list is narrowed to; what is none narrows nothing."""
    text = request.query.get("year", "")
    good = text.isascii() and text.isdigit() and len(text) == 4 and text >= "1900"
    return int(text) if good else None


def next_page(request: Request, rows: Sequence[Row], size: int, key: Callable[[Row], str]) -> str:
    """The address of the page after rows that were read with one more than its size, or empty."""
    if len(rows) <= size:
        return ""
    kept = [
        (name, value) for name, value in request.query.multi_items() if name != "after" and value
    ]
    return f"{request.path}?{urlencode([*kept, ('after', key(rows[size - 1]))])}"


def faults_of(error: LeuitError) -> dict[str, str]:
    """The faults of an error by field; one without fields stands at the top."""
    if isinstance(error, InvalidInputError) and error.fields:
        faults: dict[str, str] = {}
        for fault in error.fields:
            faults.setdefault(fault.path, fault.sentence())
        return faults
    return {"": str(error)}


def told(value: Any) -> str:
    """A value as a summary shows it."""
    return "–" if value in (None, "") else str(value)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
