"""An office file is a zip archive: looked through before anything is unpacked for good.

Every size that the archive claims is checked first and again while unpacking. An archive inside
may only be an embedded office file, and is counted as a part of the whole.
"""

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Self

from .kinds import Fault

MOST_PARTS = 5_000
MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 150
"""Unpacked to packed size of one part; office XML reaches about 60, a bomb 1,000."""

_SMALL = 1024 * 1024
"""A part below this size harms nobody, whatever its ratio."""
_DEEPEST = 2
_LOCAL_HEADER = 30
_ARCHIVES = (
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ",
)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Package:
    """An archive that is bounded and has plain names; a context manager.

    Raises Fault: `broken`, `encrypted`, `macros`, `zip_bomb`, `odd_names`, `nested`.
    """

    def __init__(self, content: bytes) -> None:
        self._left, self._parts_left = MOST_UNPACKED, MOST_PARTS
        with _faults():
            self._archive = self._checked(content, 0)
        self.names = frozenset(self._archive.namelist())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def read(self, name: str) -> bytes:
        """A part by its name; empty where there is none."""
        if name not in self.names:
            return b""
        with _faults():
            return self._archive.read(name)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part in pieces, so that a long one is never held whole."""
        with _faults(), self._archive.open(name) as part:
            while piece := part.read(1 << 16):
                yield piece

    def _checked(self, content: bytes, depth: int) -> zipfile.ZipFile:
        if depth > _DEEPEST:
            raise Fault("nested")
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        self._check_directory(parts, len(content))
        for part in parts:
            _check_name(part.filename)
            with archive.open(part) as stream:
                head = stream.read(8)
                if head.startswith(_ARCHIVES):
                    if "/embeddings/" not in part.filename or not head.startswith(_ARCHIVES[0]):
                        raise Fault("nested")
                    self._checked(head + stream.read(), depth + 1).close()
                else:  # what it really unpacks to: zipfile reads no more than it claims
                    while stream.read(1 << 16):
                        pass
        return archive

    def _check_directory(self, parts: list[zipfile.ZipInfo], size: int) -> None:
        """Claims of the archive's directory, before a byte of it is unpacked."""
        self._parts_left -= len(parts)
        if self._parts_left < 0:
            raise Fault("zip_bomb")
        if len({part.filename.casefold() for part in parts}) < len(parts):
            raise Fault("odd_names")
        last_end = 0
        for part in sorted(parts, key=lambda one: one.header_offset):
            if part.flag_bits & 0x1:
                raise Fault("encrypted")
            if part.compress_type not in _METHODS:
                raise Fault("broken")
            # Parts that share their bytes are how a small archive claims terabytes.
            if part.header_offset < last_end:
                raise Fault("zip_bomb")
            last_end = part.header_offset + _LOCAL_HEADER + part.compress_size
            self._left -= part.file_size
            ratio = part.file_size / max(1, part.compress_size)
            if self._left < 0 or (part.file_size > _SMALL and ratio > MOST_RATIO):
                raise Fault("zip_bomb")
        if last_end > size:
            raise Fault("broken")


def _check_name(name: str) -> None:
    """Names that lead out of the package, or that only look like others."""
    parts = name.split("/")
    if (
        name.startswith("/")
        or "\\" in name
        or ".." in parts
        or ":" in parts[0]
        or any(ord(letter) < 32 or ord(letter) == 127 for letter in name)
    ):
        raise Fault("odd_names")
    if parts[-1].lower() in {"vbaproject.bin", "vbadata.xml"} or parts[0] in {"Basic", "Scripts"}:
        raise Fault("macros")


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    """What zipfile and zlib say of a broken archive, as a fault."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError) as error:
        raise Fault("broken") from error
    except RuntimeError as error:  # among them NotImplementedError: a method nobody uses
        raise Fault("broken") from error
