"""A BagIt package (RFC 8493) written as a ZIP in one pass, whatever its size.

Payload goes in piece by piece while both hashes are computed; manifests and metadata wait in
temporary files until it is all there. Nothing is held in memory as a whole.
"""

import datetime as dt
import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import IO, Any, Self

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_COPIED = 1024 * 1024


class BagWriter:
    """Writes one bag into a stream that can seek; a context manager, closed by `finish`.

    `folder` is the one folder in which the bag lies.
    """

    def __init__(self, out: IO[bytes], folder: str, when: dt.datetime) -> None:
        self.size = 0
        self.count = 0
        self._folder = folder
        self._when = when.timetuple()[:6]
        self._open = ExitStack()
        self._zip = self._open.enter_context(
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        )
        self._manifests = {name: self._temporary() for name in ALGORITHMS}
        self._tags: dict[str, list[str]] = {name: [] for name in ALGORITHMS}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    def _temporary(self) -> IO[bytes]:
        return self._open.enter_context(tempfile.TemporaryFile(prefix="leuit-bag-"))

    def scratch(self) -> IO[bytes]:
        """A temporary file for what is written as a tag file later; it goes with the writer."""
        return self._temporary()

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """Put one file of the payload at a path below `data`."""
        size, hashes = self._write(f"data/{path}", pieces)
        self.size += size
        self.count += 1
        for name, value in hashes.items():
            self._manifests[name].write(f"{value}  data/{path}\n".encode())

    def add_tag(self, path: str, content: IO[bytes] | bytes) -> None:
        """Put a file about the payload beside it."""
        if isinstance(content, bytes):
            pieces: Iterable[bytes] = (content,)
        else:
            content.seek(0)
            pieces = iter(lambda: content.read(_COPIED), b"")
        _size, hashes = self._write(path, pieces)
        for name, value in hashes.items():
            self._tags[name].append(f"{value}  {path}\n")

    def finish(self, info: Mapping[str, str]) -> None:
        """Write manifests and what is said of the whole; afterwards the ZIP is complete."""
        self.add_tag("bagit.txt", _DECLARATION.encode())
        told = {**info, "Payload-Oxum": f"{self.size}.{self.count}"}
        lines = [f"{name}: {' '.join(value.split())}\n" for name, value in told.items()]
        self.add_tag("bag-info.txt", "".join(lines).encode())
        for name, manifest in self._manifests.items():
            self.add_tag(f"manifest-{name}.txt", manifest)
        for name in ALGORITHMS:
            self._write(f"tagmanifest-{name}.txt", ("".join(self._tags[name]).encode(),))
        self._open.close()

    def _write(self, path: str, pieces: Iterable[bytes]) -> tuple[int, dict[str, str]]:
        entry = zipfile.ZipInfo(f"{self._folder}/{path}", self._when)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        digests: dict[str, Any] = {name: hashlib.new(name) for name in ALGORITHMS}
        size = 0
        with self._zip.open(entry, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)
                size += len(piece)
                for digest in digests.values():
                    digest.update(piece)
        return size, {name: digest.hexdigest() for name, digest in digests.items()}
