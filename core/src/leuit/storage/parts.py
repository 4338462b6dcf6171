"""Parts of files that are still on their way, beside the files that are named by their content.

A part has a name that its writer made up and a group (its file), with which it goes. Nothing is
shared between groups, so that clearing one needs to ask nobody: bytes of a blob may be named by
others, those of a part never are.
"""

import hashlib
import re
import shutil
from collections.abc import Mapping

import obstore
from obstore.exceptions import BaseError
from obstore.exceptions import NotFoundError as MissingError

from leuit.values import UnavailableError, _

from .places import folder_of, opened_store

_NAME = re.compile(r"[a-z0-9-]{1,80}")


class Parts:
    """The folder `parts` below the place of all files."""

    def __init__(self, url: str, options: Mapping[str, str]) -> None:
        place = f"{url.rstrip('/')}/parts"
        self._store = opened_store(place, options)
        self._folder = folder_of(place)

    def put(self, group: str, name: str, data: bytes) -> None:
        """Store a part; UnavailableError when the store cannot."""
        try:
            obstore.put(self._store, _path(group, name), data, mode="create")
        except (BaseError, OSError) as error:
            raise UnavailableError(
                _("Berkas belum tersimpan: tempat berkas tidak dapat dipakai.")
            ) from error

    def get(self, group: str, name: str, sha256: str) -> bytes:
        """The bytes of a part; UnavailableError where they are gone or have another hash."""
        try:
            data = bytes(obstore.get(self._store, _path(group, name)).bytes())
        except (BaseError, OSError) as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dibaca.")) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise UnavailableError(
                _("Bagian berkas ini berubah di tempat berkas."),
                advice=_("Kirim berkasnya lagi."),
            )
        return data

    def drop(self, group: str, name: str) -> None:
        """Let one part go; nothing where it is gone already."""
        self._delete(_path(group, name))

    def clear(self, group: str) -> None:
        """Let every part of a group go, also one that nobody counted.

        In a folder that is the folder of the group: a process that dies while it writes leaves half
        a part under a name that the store does not list.
        """
        try:
            if self._folder is not None:
                shutil.rmtree(self._folder / _checked(group))
                return
            listed = [
                part["path"]
                for batch in obstore.list(self._store, prefix=_checked(group))
                for part in batch
            ]
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dihapus isinya.")) from error
        for path in listed:
            self._delete(path)

    def _delete(self, path: str) -> None:
        try:
            obstore.delete(self._store, path)
        except (MissingError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise UnavailableError(_("Tempat berkas tidak dapat dihapus isinya.")) from error


def _path(group: str, name: str) -> str:
    return f"{_checked(group)}/{_checked(name)}"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("a part is named by small letters, digits and hyphens")
    return name
