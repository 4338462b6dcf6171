"""Addresses of a JSON API: the routes of one address share its path and what they answer with."""

from collections.abc import Callable
from typing import Any

import attrs

from .declarations import MEGABYTE, Route

_JSON = "application/json"


@attrs.frozen
class ApiPath:
    """One address below `/api/<plugin>/v1`, and what its routes answer with unless they say else.

    `address / "steps"` is the address below it. Each verb makes the `Route` of that method.
    """

    path: str
    answer: type | None = None

    def __truediv__(self, part: str) -> "ApiPath":
        return attrs.evolve(self, path=f"{self.path}/{part}")

    def get(
        self,
        endpoint: Callable[..., Any],
        permission: str,
        name: str,
        summary: str = "",
        *,
        query: type | None = None,
        answer: type | None = None,
        media_type: str = _JSON,
    ) -> Route:
        """Read; the answer `bytes` is a file of `media_type`."""
        return Route(
            self.path,
            endpoint,
            permission,
            kind="api",
            name=name,
            summary=summary,
            query=query,
            answer=answer or self.answer,
            media_type=media_type,
        )

    def post(
        self,
        endpoint: Callable[..., Any],
        permission: str,
        name: str,
        summary: str = "",
        body: type | None = None,
        *,
        answer: type | None = None,
        max_body: int = MEGABYTE,
    ) -> Route:
        """Make something, or act on it."""
        return Route(
            self.path,
            endpoint,
            permission,
            methods=("POST",),
            kind="api",
            name=name,
            summary=summary,
            body=body,
            answer=answer or self.answer,
            max_body=max_body,
        )

    def put(
        self,
        endpoint: Callable[..., Any],
        permission: str,
        name: str,
        summary: str = "",
        body: type | None = None,
    ) -> Route:
        """Write over what is there."""
        return attrs.evolve(self.post(endpoint, permission, name, summary, body), methods=("PUT",))

    def delete(
        self,
        endpoint: Callable[..., Any],
        permission: str,
        name: str,
        summary: str = "",
        *,
        query: type | None = None,
    ) -> Route:
        """Take something away; the version that was read comes in `query`."""
        return attrs.evolve(
            self.get(endpoint, permission, name, summary, query=query), methods=("DELETE",)
        )
