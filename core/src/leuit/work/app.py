"""The object that routes, jobs and commands are handed: one installation at work."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from leuit.identity import Identity
from leuit.settings import Settings
from leuit.storage import Blobs, Database, explained
from leuit.values import Clock, NoProviderError, SystemClock

from .transaction import Writer
from .unit import Work
from .view import View
from .vocabulary import Vocabulary


class Leuit:
    """Settings, clock, database, files and vocabulary of one installation.

    Nothing is ambient: two of them live in one test process without knowing of each other.
    """

    def __init__(
        self,
        settings: Settings,
        vocabulary: Vocabulary | None = None,
        *,
        clock: Clock | None = None,
        database: Database | None = None,
        blobs: Blobs | None = None,
    ) -> None:
        self.settings = settings
        self.vocabulary = vocabulary or Vocabulary()
        self.clock: Clock = clock or SystemClock()
        self.zone = settings.zone
        self.database = database or Database(
            settings.database_url, readers=settings.server.threads, writers=settings.server.writers
        )
        self._blobs = blobs
        self._writer = Writer(self.database)
        self._wakers: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def blobs(self) -> Blobs:
        """The store of files, opened when it is first needed."""
        with self._lock:
            if self._blobs is None:
                self._blobs = Blobs(self.settings.blobs_url, **self.settings.blob_options)
            return self._blobs

    @contextmanager
    def change(self, identity: Identity, *, request_id: str = "") -> Iterator[Work]:
        """One unit of work: leave the block normally and everything is stored, or nothing is.

        Raises UnavailableError when the database cannot serve, NestedUnitError inside another
        unit, UnauditedWriteError when rows changed without an audit entry.
        """
        with self._writer.transaction() as connection:
            work = Work(self, connection, identity, request_id)
            try:
                yield work
                work.finish()
            finally:
                work.release()
        for function in work.on_commit:
            function()

    @contextmanager
    def read(self, identity: Identity, *, request_id: str = "") -> Iterator[View]:
        """A consistent view for reading; accesses noted in it are audited before it ends."""
        with explained(), self.database.reader.connect() as connection, connection.begin():
            view = View(self, connection, identity, request_id)
            try:
                yield view
            finally:
                view.release()
        if view.accesses:
            with self.change(identity, request_id=request_id) as work:
                for ref, details in view.accesses:
                    work.audit("core.personal_data.read", ref, **details)

    def port(self, name: str) -> Callable[..., Any]:
        """The provider of a port; raises NoProviderError when no active plugin offers it."""
        try:
            return self.vocabulary.ports[name]
        except KeyError:
            raise NoProviderError(name) from None

    def has_port(self, name: str) -> bool:
        """Whether some active plugin provides the port."""
        return name in self.vocabulary.ports

    def on_wake(self, waker: Callable[[], None]) -> None:
        """Register a worker of this process, to be woken when a unit with jobs has committed."""
        self._wakers.append(waker)

    def wake(self) -> None:
        """Tell the workers of this process that there may be jobs."""
        for waker in self._wakers:
            waker()

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
