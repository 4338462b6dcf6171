"""What a job's handler is given."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from .app import Leuit
    from .unit import Work
    from .view import View


class JobContext(Protocol):
    """The job at hand, and the ways to change and read on its behalf (as the system).

    `step(name, fn)` runs `fn(work)` in one unit of work that also stores its result under the
    step's name; when the job is tried again, a finished step returns the stored result instead.
    Results are JSON objects.
    """

    app: "Leuit"
    job_id: UUID
    args: dict[str, Any]
    attempt: int

    def change(self) -> AbstractContextManager["Work"]: ...

    def read(self) -> AbstractContextManager["View"]: ...

    def step(self, name: str, function: Callable[["Work"], dict[str, Any]]) -> dict[str, Any]: ...

    def progress(self, done: int, total: int, text: str = "") -> None: ...

    def now(self) -> dt.datetime: ...
