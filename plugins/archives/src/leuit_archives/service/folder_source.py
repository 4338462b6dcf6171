"""A folder from outside: its table row by row, and its files by the names that the table gives.

A name leads to a plain file inside the folder or to a reason why not: never out of it, by no link.
"""

import csv
import io
import os
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

import attrs

from leuit.values import InvalidInputError, TooLargeError, _
from leuit_archives.reading.kinds import MOST_BYTES
from leuit_archives.rules.folder_rows import COLUMNS, REQUIRED

TABLE = "arsip.csv"
MOST_ROWS = 200_000
MOST_TABLE = 128 * 1024 * 1024
MOST_CELL = 4_000
MOST_FILES = 400_000


@attrs.frozen
class TableRow:
    """A row of the table: its number as a spreadsheet shows it, its cells, and what is wrong."""

    number: int
    cells: Mapping[str, str]
    fault: str | None = None


class FileFault(Exception):  # noqa: N818 -- a sentence about one file, not an error of the program
    """A file that a row names cannot be had; the text is for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Source(Protocol):
    """Where a table and its files come from: a folder of this machine, or a ZIP."""

    def table(self) -> bytes:
        """The bytes of the table; InvalidInputError or TooLargeError with the reason."""
        ...

    def read(self, name: str) -> bytes:
        """The bytes of a file by its name in the table; FileFault where it cannot be had."""
        ...

    def unnamed(self, named: set[str]) -> list[str]:
        """Files that no row names: they stay behind, and are told."""
        ...


class FolderSource:
    """A folder on this machine that has `arsip.csv` in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        if not self._folder.is_dir():
            raise InvalidInputError(_("%(folder)s bukan folder."), folder=str(folder))

    def table(self) -> bytes:
        """The bytes of the table; InvalidInputError or TooLargeError with the reason."""
        path = self._folder / TABLE
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_TABLE + 1)
        except OSError as error:
            raise InvalidInputError(
                _("%(table)s di folder itu tidak dapat dibaca: %(reason)s."),
                table=TABLE,
                reason=error.strerror or str(error),
            ) from error
        if len(data) > MOST_TABLE:
            raise TooLargeError(
                _("%(table)s terlalu besar."),
                advice=_("Bagi menjadi beberapa folder."),
                table=TABLE,
            )
        return data

    def read(self, name: str) -> bytes:
        """The bytes of a file by its name in the table; FileFault where it cannot be had."""
        path = self._found(name)
        try:
            if path.is_symlink() or not path.resolve().is_relative_to(self._folder):
                raise FileFault(_("Nama itu keluar dari foldernya."))
            if not path.is_file():
                raise FileFault(_("Itu bukan berkas biasa."))
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            reason = error.strerror or str(error)
            raise FileFault(_("Berkas tidak dapat dibaca: %s.") % reason) from error
        if len(data) > MOST_BYTES:
            raise FileFault(_("Berkas ini lebih besar dari 50 MB."))
        return data

    def unnamed(self, named: set[str]) -> list[str]:
        """Files of the folder that no row names: they stay behind, and are told."""
        known = {plain_name(name) for name in named}
        return sorted(shown for plain, (shown, _path) in self._files.items() if plain not in known)

    def _found(self, name: str) -> Path:
        plain = inner_name(name)
        found = self._files.get(plain)
        if found is None:
            raise FileFault(_("Berkas itu tidak ada di folder."))
        return found[1]

    @cached_property
    def _files(self) -> Mapping[str, tuple[str, Path]]:
        """Every file but the table, by its plain name: as it is shown, and where it lies."""
        found: dict[str, tuple[str, Path]] = {}
        for place, _folders, names in os.walk(self._folder):
            for name in names:
                path = Path(place) / name
                told = path.relative_to(self._folder).as_posix()
                if told == TABLE:
                    continue
                shown = told.encode("utf-8", "replace").decode()
                found[plain_name(told)] = (shown, path)
                if len(found) > MOST_FILES:
                    raise TooLargeError(
                        _("Terlalu banyak berkas di folder itu."),
                        advice=_("Bagi menjadi beberapa folder."),
                    )
        return found


def table_rows(data: bytes) -> tuple[list[TableRow], tuple[str, ...]]:
    """Rows of a CSV table in UTF-8, and columns that nobody asked for.

    A row with more or fewer cells than the heading is told, not guessed at. Raises
    InvalidInputError for what is no such table, with the row where it breaks.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidInputError(
            _("%(table)s bukan UTF-8: ada huruf rusak di baris %(line)s."),
            advice=_("Simpan sebagai “CSV UTF-8”."),
            table=TABLE,
            line=line,
        ) from None
    heading_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading_line.count)
    reader = _rows(text, delimiter)
    heading = [cell.strip().lower() for cell in next(reader, [])]
    _check_heading(heading)
    rows = [
        _row(number, heading, cells)
        for number, cells in enumerate(reader, 2)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MOST_ROWS:
        raise TooLargeError(
            _("Terlalu banyak baris: paling banyak %(limit)s."),
            advice=_("Bagi menjadi beberapa folder."),
            limit=MOST_ROWS,
        )
    if not rows:
        raise InvalidInputError(_("Berkas itu tidak berisi satu baris pun."))
    return rows, tuple(name[:60] for name in heading if name and name not in COLUMNS)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    number = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            yield row
    except csv.Error as error:
        raise InvalidInputError(
            _("%(table)s rusak sesudah baris %(number)s: %(reason)s."),
            advice=_("Periksa tanda kutip pada baris itu."),
            table=TABLE,
            number=number,
            reason=str(error),
        ) from None


def _check_heading(heading: list[str]) -> None:
    named = [name for name in heading if name]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise InvalidInputError(_("Kolom “%(name)s” ada dua kali."), name=twice[0][:60])
    if missing := [name for name in REQUIRED if name not in named]:
        raise InvalidInputError(
            _("Kolom yang wajib ada tidak ditemukan: %(names)s."),
            advice=_("Baris pertama berisi nama kolom: %(columns)s."),
            names=", ".join(missing),
            columns=", ".join(COLUMNS),
        )


def _row(number: int, heading: list[str], cells: list[str]) -> TableRow:
    told = {
        name: cell.strip() for name, cell in zip(heading, cells, strict=False) if name in COLUMNS
    }
    if len(cells) != len(heading):
        told_counts = {"cells": len(cells), "columns": len(heading)}
        sentence = _("Baris ini berisi %(cells)s sel, padahal kolomnya %(columns)s.")
        return TableRow(number, told, sentence % told_counts)
    if any(len(cell) > MOST_CELL for cell in told.values()):
        return TableRow(number, told, _("Ada sel yang terlalu panjang."))
    return TableRow(number, told)


def inner_name(name: str) -> str:
    """The plain name of a file that a row names; FileFault for one that leads out of the folder."""
    plain = plain_name(name)
    parts = plain.split("/")
    if not plain or plain.startswith("/") or ".." in parts or ":" in parts[0]:
        raise FileFault(_("Nama itu keluar dari foldernya."))
    return plain


def plain_name(name: str) -> str:
    """A name as it is compared: folders by slashes, letters composed, whatever system wrote it."""
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./")
