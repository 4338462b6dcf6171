"""CommandResult: how a device answers commands, `POST /iclock/devicecmd`.

One line a command, `ID=<id>&Return=<rc>&CMD=<cmd>`, further values behind. Some answers (INFO) go
on in lines of their own, `key=value`, up to the next line with an ID; a line of such an answer that
has no `=` belongs to it too. What comes before the first ID, and a line with an ID that cannot be
used, is junk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from leuit.values import Text, _

from .adms_command import is_command_id
from .line import Junk, JunkReport, Line, read_lines

RETURN_MEANINGS: dict[int, Text] = {
    0: _("Berhasil"),
    -1: _("Parameter perintah salah"),
    -3: _("Mesin gagal membaca atau menulis penyimpanannya"),
    -10: _("Pengguna ini tidak ada pada mesin"),
    -1001: _("Penyimpanan mesin penuh"),
    -1002: _("Mesin tidak mendukung perintah ini"),
    -1003: _("Mesin kehabisan waktu"),
    -1004: _("Data tidak cocok dengan pengaturan mesin"),
    -1005: _("Mesin sedang sibuk"),
    -1006: _("Data terlalu panjang bagi mesin"),
    -1007: _("Memori mesin tidak cukup"),
    -1008: _("Mesin gagal mengambil data dari server"),
}
_DONE = _("Berhasil")
_UNKNOWN = _("Kode hasil tidak dikenal")

MAX_VALUES = 200
"""Values of one answer that are kept."""
_MAX_TEXT = 256
_CODE = re.compile(r"-?[0-9]{1,9}")


@frozen
class CommandResult:
    """The answer to the command `id`; `values` are what else the device told, by name."""

    id: str
    code: int
    command: str
    values: Mapping[str, str]

    @property
    def succeeded(self) -> bool:
        """Zero, or a count, which some firmware returns instead."""
        return self.code >= 0

    @property
    def meaning(self) -> Text:
        """The return code in words."""
        return _DONE if self.succeeded else RETURN_MEANINGS.get(self.code, _UNKNOWN)

    @property
    def attlog_sum(self) -> int | None:
        """Lines that the device holds for the interval of a VERIFY SUM."""
        text = self.values.get("AttlogSum", "")
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


@frozen
class ResultUpload:
    """`continued` counts the lines that belong to the answer above them; see `AttlogUpload`."""

    results: tuple[CommandResult, ...]
    continued: int
    junk: tuple[Junk, ...]
    junk_count: int
    blank: int
    lines: int


def parse_results(body: bytes) -> ResultUpload:
    """Read the answers to one or several commands."""
    results: list[CommandResult] = []
    junk = JunkReport()
    open_values: dict[str, str] | None = None
    blank = lines = continued = 0
    for line in read_lines(body):
        lines += 1
        if line.is_blank:
            blank += 1
        elif line.text[:3].upper() == "ID=":
            result, open_values = _result(line)
            if result is None:
                junk.add(line, "bad_reply")
            else:
                results.append(result)
        elif open_values is None:
            junk.add(line, "bad_reply")
        else:
            continued += 1
            _take(open_values, [line.text])
    return ResultUpload(tuple(results), continued, tuple(junk.kept), junk.count, blank, lines)


def _result(line: Line) -> tuple[CommandResult | None, dict[str, str] | None]:
    values: dict[str, str] = {}
    _take(values, line.text.split("&"))
    heads = {name.upper(): values.pop(name) for name in list(values) if name.upper() in _HEADS}
    id_, code = heads.get("ID", ""), heads.get("RETURN", "")
    if not is_command_id(id_) or not _CODE.fullmatch(code):
        return None, None
    # The proxy shows the lines that are still to come, too; nobody else can write to it.
    shown = MappingProxyType(values)
    return CommandResult(id_, int(code), heads.get("CMD", ""), shown), values


_HEADS = frozenset({"ID", "RETURN", "CMD"})


def _take(values: dict[str, str], pairs: list[str]) -> None:
    for pair in pairs:
        name, mark, value = pair.strip(" ").partition("=")
        if mark and len(values) < MAX_VALUES:
            values.setdefault(name.removeprefix("~")[:48], value[:_MAX_TEXT])
