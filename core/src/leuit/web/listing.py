"""Lists: filters live in the address, fifty rows a page, a count, and links to the neighbours."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import attrs

from .request import Request

PAGE_SIZE = 50


@attrs.frozen
class Listing:
    """One page of a list: `rows`, where it stands in `total`, and the address of the others."""

    rows: Sequence[Any]
    total: int
    number: int
    path: str
    query: tuple[tuple[str, str], ...]
    size: int = PAGE_SIZE

    @classmethod
    def of(
        cls, request: Request, rows: Sequence[Any], total: int, size: int = PAGE_SIZE
    ) -> "Listing":
        """The page that the request's `page` parameter asks for."""
        query = tuple(
            (name, value) for name, value in request.query.multi_items() if name != "page" and value
        )
        return cls(rows, total, page_number(request), request.path, query, size)

    @property
    def first(self) -> int:
        """Number of the first row shown, from one; zero for an empty list."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def previous(self) -> str:
        """Address of the page before, or empty."""
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """Address of the page after, or empty."""
        return self._address(self.number + 1) if self.last and self.last < self.total else ""

    def sorted_by(self, column: str) -> str:
        """Address of the same list sorted by a column, from the start."""
        query = [(name, value) for name, value in self.query if name != "sort"]
        return f"{self.path}?{urlencode([*query, ('sort', column)])}"

    def _address(self, number: int) -> str:
        return f"{self.path}?{urlencode([*self.query, ('page', str(number))])}"


def page_number(request: Request) -> int:
    """The page asked for, at least 1; anything that is no number is 1."""
    text = request.query.get("page", "1")
    return max(1, min(int(text), 1_000_000)) if text.isascii() and text.isdigit() else 1
