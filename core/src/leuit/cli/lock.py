"""The writer's lock: on SQLite one process of an installation writes, and no other."""

import fcntl
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

from leuit.values import ConflictError, _

LOCK_FILE = "writer.lock"


class WritersLockTakenError(ConflictError):
    """Another process of this installation holds the writer's lock."""

    code = "writers_lock_taken"


class WriterLock:
    """Held by the server or by a writing command; the kernel frees it when the process ends."""

    def __init__(self, data: Path) -> None:
        self._path = data / LOCK_FILE
        self._descriptor: int | None = None

    @classmethod
    def for_database(cls, data: Path, dialect: str) -> AbstractContextManager[object]:
        """The lock on SQLite; nothing on PostgreSQL, which has its own."""
        return cls(data) if dialect == "sqlite" else nullcontext()

    def __enter__(self) -> Self:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise WritersLockTakenError(
                _("Proses lain sedang menulis ke basis data ini."),
                advice=_("Hentikan leuit serve, atau jalankan perintah ini lewat server itu."),
            ) from None
        self._descriptor = descriptor
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
