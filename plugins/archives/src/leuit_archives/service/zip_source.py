"""A folder that came as a ZIP, hostile until proven otherwise: nothing is ever unpacked to a disk.

The list of files and its claims are checked before a byte is unpacked: how many there are, what
they swell to, whether they share their bytes. What is wrong with one file is told at its row; what
is wrong with the ZIP refuses it whole. Names are only looked up, so that one which leads out of the
folder leads nowhere.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

import attrs

from leuit.values import InvalidInputError, TooLargeError, _, one_line
from leuit_archives.reading.kinds import MOST_BYTES

from .folder_source import MOST_TABLE, TABLE, FileFault, inner_name, plain_name

MOST_ENTRIES = 100_000
MOST_DIRECTORY = 32 * 1024 * 1024
"""Bytes of the list of files, which lies in memory as a whole."""
MOST_UNPACKED = 64 * 1024**3
MOST_RATIO = 200
"""Unpacked to packed size; text reaches about 20, a bomb 1,000."""

_SMALL = 4 * 1024 * 1024
"""What swells to no more than this harms nobody, whatever its ratio."""
_PIECE = 1024 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED, _UTF8 = 0x1, 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LEFTOVERS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,  # among them NotImplementedError: a way of packing nobody uses
    ValueError,
)


@attrs.frozen
class _Entry:
    """A file of the ZIP: as it is shown, and what the list of files says of it."""

    shown: str
    info: zipfile.ZipInfo


class ZipSource:
    """A ZIP with `arsip.csv` at its root, or in the one folder in which everything lies.

    Raises InvalidInputError or TooLargeError for a ZIP that is refused whole.
    """

    def __init__(self, file: BinaryIO) -> None:
        with _told():
            self._archive = zipfile.ZipFile(_Bounded(file))
        infos = self._archive.infolist()
        _check_claims(infos, file.seek(0, 2))
        self._files, self._twice, self._table = _folder(infos)

    def table(self) -> bytes:
        """The bytes of the table; InvalidInputError or TooLargeError with the reason."""
        if self._table.file_size > MOST_TABLE:
            raise TooLargeError(
                _("%(table)s terlalu besar."), advice=_("Bagi menjadi beberapa ZIP."), table=TABLE
            )
        try:
            return self._unpacked(self._table)
        except FileFault as fault:
            raise InvalidInputError(
                _("%(table)s di ZIP itu tidak dapat dibaca: %(reason)s"),
                table=TABLE,
                reason=fault.sentence,
            ) from fault

    def read(self, name: str) -> bytes:
        """The bytes of a file by its name in the table; FileFault where it cannot be had."""
        plain = inner_name(name)
        if plain in self._twice:
            raise FileFault(_("Nama itu ada dua kali di ZIP."))
        found = self._files.get(plain)
        if found is None:
            raise FileFault(_("Berkas itu tidak ada di ZIP."))
        if found.info.file_size > MOST_BYTES:
            raise FileFault(_("Berkas ini lebih besar dari 50 MB."))
        return self._unpacked(found.info)

    def unnamed(self, named: set[str]) -> list[str]:
        """Files of the ZIP that no row names: they stay behind, and are told."""
        known = {plain_name(name) for name in named}
        return sorted(one.shown for plain, one in self._files.items() if plain not in known)

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        mode = stat.S_IFMT(info.external_attr >> 16)
        if mode and not stat.S_ISREG(mode):
            raise FileFault(_("Itu bukan berkas biasa."))
        if info.flag_bits & _ENCRYPTED:
            raise FileFault(_("Berkas ini bersandi di dalam ZIP."))
        if info.compress_type not in _METHODS:
            raise FileFault(_("Berkas ini dimampatkan dengan cara yang tidak biasa."))
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * info.compress_size:
            raise FileFault(_("Berkas ini mengembang tidak wajar bila dibuka."))
        try:  # zipfile gives no more than was claimed, and checks the sum at the end
            with self._archive.open(info) as part:
                return b"".join(iter(lambda: part.read(_PIECE), b""))
        except _BROKEN as error:
            raise FileFault(_("Berkas ini rusak di dalam ZIP.")) from error


class _Bounded:
    """A file of which nobody takes much at once: zipfile reads the whole list of files in one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MOST_DIRECTORY + 1 if size < 0 else min(size, MOST_DIRECTORY + 1))
        if len(data) > MOST_DIRECTORY:
            raise _too_many()
        return data


@contextmanager
def _told() -> Iterator[None]:
    """What zipfile says of a broken ZIP, as a refusal."""
    try:
        yield
    except _BROKEN as error:
        raise InvalidInputError(
            _("Berkas ini bukan ZIP, atau rusak."),
            advice=_("Buat ZIP-nya lagi, lalu kirim lagi."),
        ) from error


def _check_claims(infos: list[zipfile.ZipInfo], size: int) -> None:
    """What the list of files claims, before a byte is unpacked."""
    if len(infos) > MOST_ENTRIES:
        raise _too_many()
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL * 64 and unpacked > MOST_RATIO * size):
        raise TooLargeError(
            _("ZIP ini mengembang tidak wajar bila dibuka."),
            advice=_("Bagi menjadi beberapa ZIP yang lebih kecil."),
        )
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        # Files that share their bytes are how a small ZIP claims terabytes.
        if info.header_offset < end:
            raise InvalidInputError(
                _("Isi ZIP ini saling menumpuk dan tidak dapat dipercaya."),
                advice=_("Buat ZIP-nya lagi, lalu kirim lagi."),
            )
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _folder(
    infos: list[zipfile.ZipInfo],
) -> tuple[Mapping[str, _Entry], frozenset[str], zipfile.ZipInfo]:
    """Files by plain name below the folder of the table, names that stand twice, the table."""
    named = [(_name(info), info) for info in infos if not info.filename.endswith("/")]
    kept = [(name, info) for name, info in named if not _is_leftover(name)]
    base = _base({plain_name(name) for name, _info in kept})
    files: dict[str, _Entry] = {}
    twice: set[str] = set()
    for name, info in kept:
        plain = plain_name(name).removeprefix(base)
        if plain in files:
            twice.add(plain)
        files[plain] = _Entry(one_line(name) or "?", info)
    if TABLE in twice:
        raise InvalidInputError(_("%(table)s ada dua kali di ZIP itu."), table=TABLE)
    return files, frozenset(twice), files.pop(TABLE).info


def _base(names: set[str]) -> str:
    """The folder of the table: the root, or the one folder in which everything lies."""
    if TABLE in names:
        return ""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) == 1 and f"{(top := tops.pop())}/{TABLE}" in names:
        return f"{top}/"
    raise InvalidInputError(
        _("%(table)s tidak ada di ZIP itu."),
        advice=_("Letakkan di akar ZIP, atau di satu-satunya folder di dalamnya."),
        table=TABLE,
    )


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: many write UTF-8 without saying so."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _is_leftover(name: str) -> bool:
    """What systems put into a ZIP beside the files of people."""
    plain = plain_name(name)
    return plain.startswith("__MACOSX/") or plain.rpartition("/")[2].lower() in _LEFTOVERS


def _too_many() -> TooLargeError:
    return TooLargeError(
        _("Terlalu banyak berkas di ZIP itu: paling banyak %(limit)s."),
        advice=_("Bagi menjadi beberapa ZIP."),
        limit=MOST_ENTRIES,
    )
