"""Files by their content: the name of a blob is the lower-case hex of its SHA-256.

A blob is never overwritten and is checked each time it is read. Writing is not part of a database
transaction: put the bytes first, then store the name in a unit of work; a blob that no row names
is harmless.
"""

import hashlib
from collections.abc import Iterator
from typing import Literal

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.exceptions import NotFoundError as MissingError

from leuit.values import NotFoundError, UnavailableError, _

from .parts import Parts
from .places import opened_store

Fixity = Literal["sound", "missing", "changed"]
PIECE = 1024 * 1024


class Blobs:
    """A store at a `file://` or `s3://bucket/prefix` URL; `options` are those of obstore.

    `parts` is the place beside it for files that are still on their way.
    """

    def __init__(self, url: str, **options: str) -> None:
        self._store = opened_store(url, options)
        self.parts = Parts(url, options)

    def put(self, data: bytes) -> str:
        """Store bytes and return their name; storing the same bytes twice is one blob."""
        name = hashlib.sha256(data).hexdigest()
        try:
            obstore.put(self._store, _path(name), data, mode="create")
        except AlreadyExistsError:
            return name
        except (BaseError, OSError) as error:
            raise UnavailableError(
                _("Berkas belum tersimpan: tempat berkas tidak dapat dipakai.")
            ) from error
        return name

    def get(self, name: str) -> bytes:
        """The bytes of a blob; raises UnavailableError when they no longer have that hash."""
        try:
            data = bytes(obstore.get(self._store, _path(name)).bytes())
        except (MissingError, FileNotFoundError):
            raise _missing() from None
        except BaseError as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dibaca.")) from error
        if hashlib.sha256(data).hexdigest() != name:
            raise _changed()
        return data

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a blob in pieces, so that a large one never lies in memory as a whole.

        Whether they still have that hash is known after the last one: then UnavailableError is
        raised as by `get`.
        """
        digest = hashlib.sha256()
        try:
            for piece in obstore.get(self._store, _path(name)).stream(min_chunk_size=PIECE):
                data = bytes(piece)
                digest.update(data)
                yield data
        except (MissingError, FileNotFoundError):
            raise _missing() from None
        except BaseError as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dibaca.")) from error
        if digest.hexdigest() != name:
            raise _changed()

    def fixity(self, name: str) -> Fixity:
        """Whether the bytes of a blob are there and still have its hash.

        Raises UnavailableError when the store itself does not answer: that says nothing of a blob.
        """
        digest = hashlib.sha256()
        try:
            for piece in obstore.get(self._store, _path(name)).stream(min_chunk_size=PIECE):
                digest.update(bytes(piece))
        except (MissingError, FileNotFoundError):
            return "missing"
        except BaseError as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dibaca.")) from error
        return "sound" if digest.hexdigest() == name else "changed"

    def delete(self, name: str) -> None:
        """Let the bytes of a blob go for good; nothing where they are gone already."""
        try:
            obstore.delete(self._store, _path(name))
        except (MissingError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dihapus isinya.")) from error

    def exists(self, name: str) -> bool:
        """Whether a blob of that name is stored."""
        try:
            obstore.head(self._store, _path(name))
        except (MissingError, FileNotFoundError):
            return False
        return True


def _missing() -> NotFoundError:
    return NotFoundError(_("Berkas itu tidak ada di tempat berkas."))


def _changed() -> UnavailableError:
    return UnavailableError(
        _("Isi berkas di tempat berkas tidak cocok dengan namanya."),
        advice=_("Pulihkan berkas itu dari cadangan."),
    )


def _path(name: str) -> str:
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("a blob is named by 64 lower-case hex digits")
    return f"{name[:2]}/{name[2:]}"
