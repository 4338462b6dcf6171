"""A whole file as one that can be read and sought in, over its pieces; a few lie in memory."""

import bisect
import io
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Identity
from leuit.storage import Parts
from leuit.values import ConflictError, _
from leuit.work import Leuit

from .models import SentPiece
from .own import own_file

MOST_HELD = 3
"""Pieces in memory: that of a list at the end, and those between which a reader goes to and fro."""
_BUFFER = 64 * 1024


@attrs.frozen
class _Piece:
    start: int
    size: int
    digest: str
    part: str


def open_sent_file(
    app: Leuit, identity: Identity, file_id: UUID, purpose: str
) -> io.BufferedReader:
    """A file of one's own, once it is whole, as a binary file; the caller closes it.

    Each piece is checked against its hash when it is read. Raises NotFoundError or GoneError as
    `own_file`, ConflictError for a file that is not whole; reading raises UnavailableError where
    the store does not give a piece as it came.
    """
    with app.read(identity) as view:
        found = own_file(view, file_id, purpose)
        if not found.is_whole:
            raise ConflictError(
                _("Berkas ini belum lengkap diterima."), advice=_("Lanjutkan mengirimnya.")
            )
        rows = view.connection.execute(
            select(SentPiece.start, SentPiece.size, SentPiece.digest, SentPiece.part)
            .where(SentPiece.file_id == file_id)
            .order_by(SentPiece.start)
        )
        pieces = [_Piece(*row) for row in rows]
    return io.BufferedReader(_PiecedFile(app.blobs.parts, str(file_id), pieces), _BUFFER)


class _PiecedFile(io.RawIOBase):
    """The bytes of all pieces in order."""

    def __init__(self, parts: Parts, group: str, pieces: Sequence[_Piece]) -> None:
        super().__init__()
        self._parts, self._group, self._pieces = parts, group, pieces
        self._starts = [piece.start for piece in pieces]
        self._size = pieces[-1].start + pieces[-1].size if pieces else 0
        self._at = 0
        self._held: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        number = bisect.bisect_right(self._starts, self._at) - 1
        within = self._at - self._starts[number]
        data = memoryview(self._bytes(number))[within : within + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _bytes(self, number: int) -> bytes:
        if number in self._held:
            self._held.move_to_end(number)
            return self._held[number]
        while len(self._held) >= MOST_HELD:
            self._held.popitem(last=False)
        piece = self._pieces[number]
        data = self._parts.get(self._group, piece.part, piece.digest)
        self._held[number] = data
        return data
