"""DeviceCommand: what the server may ask of a device, as one line of the answer to its poll.

Only the kinds of `CommandKind` exist, each with its own fields, and no field can hold a control
character: commands that run programs, move files or change firmware (SHELL, PutFile, GetFile,
UPGRADE), that clear records or set any option cannot be built, neither by name nor by smuggling a
second line into a value. Nobody becomes an administrator of a device from here, and no password
travels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from attrs import frozen

from leuit.values import InvalidInputError, _

from .cell import BadCellError, read_pin, read_time, write_time

MAX_REPLY = 900_000
"""Bytes of one answer to a poll; what does not fit waits for the next."""
MAX_ID = 16
MAX_VALUE = 64

_ID = re.compile(rf"[A-Za-z0-9]{{1,{MAX_ID}}}")
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class CommandKind(Enum):
    """The commands that exist; the value is how the line begins."""

    UPDATE_USER = "DATA UPDATE USERINFO"
    DELETE_USER = "DATA DELETE USERINFO"
    QUERY_ATTLOG = "DATA QUERY ATTLOG"
    VERIFY_SUM = "VERIFY SUM ATTLOG"
    CHECK = "CHECK"
    LOG = "LOG"
    INFO = "INFO"
    REBOOT = "REBOOT"
    RELOAD_OPTIONS = "RELOAD OPTIONS"


_INTERVAL = ("StartTime", "EndTime")
_FIELDS: dict[CommandKind, tuple[str, ...]] = {
    CommandKind.UPDATE_USER: ("PIN", "Name", "Pri", "Passwd", "Card", "Grp", "TZ"),
    CommandKind.DELETE_USER: ("PIN",),
    CommandKind.QUERY_ATTLOG: _INTERVAL,
    CommandKind.VERIFY_SUM: _INTERVAL,
}


@frozen
class DeviceCommand:
    """A command; build it with the functions below. `fields` are in the order of the line."""

    kind: CommandKind
    fields: tuple[tuple[str, str], ...] = ()

    def __attrs_post_init__(self) -> None:
        if tuple(name for name, _value in self.fields) != _FIELDS.get(self.kind, ()):
            raise InvalidInputError(_("Kolom perintah mesin tidak sesuai dengan jenisnya."))
        for name, value in self.fields:
            _check(name, value)
        if self.kind in {CommandKind.QUERY_ATTLOG, CommandKind.VERIFY_SUM}:
            start, end = (value for _name, value in self.fields)
            if start > end:
                raise InvalidInputError(_("Awal rentang waktu perintah harus sebelum akhirnya."))

    @property
    def text(self) -> str:
        """The line without its id; `parse_command` reads it back."""
        pairs = "\t".join(f"{name}={value}" for name, value in self.fields)
        return f"{self.kind.value} {pairs}" if pairs else self.kind.value

    def value(self, name: str) -> str:
        """A field by name; KeyError where this kind has none."""
        return dict(self.fields)[name]


def update_user(pin: str, name: str, *, card: str = "", group: str = "1") -> DeviceCommand:
    """Put a person on the device as an ordinary user, or change the name there."""
    values = (pin, name, "0", "", card, group, "0" * 16)
    names = _FIELDS[CommandKind.UPDATE_USER]
    return DeviceCommand(CommandKind.UPDATE_USER, tuple(zip(names, values, strict=True)))


def delete_user(pin: str) -> DeviceCommand:
    """Take a person off the device."""
    return DeviceCommand(CommandKind.DELETE_USER, (("PIN", pin),))


def query_attlog(start: datetime, end: datetime) -> DeviceCommand:
    """Send the records of [start, end] again: naive wall time of the device, both inclusive."""
    return DeviceCommand(CommandKind.QUERY_ATTLOG, _interval(start, end))


def verify_sum(start: datetime, end: datetime) -> DeviceCommand:
    """Count the lines of [start, end], both inclusive; the reply has `attlog_sum`."""
    return DeviceCommand(CommandKind.VERIFY_SUM, _interval(start, end))


def parse_command(text: str) -> DeviceCommand:
    """Read back `DeviceCommand.text`, as stored; InvalidInputError for anything else."""
    for kind in CommandKind:
        if text == kind.value:
            return DeviceCommand(kind)
        if text.startswith(kind.value + " "):
            rest = text[len(kind.value) + 1 :]
            pairs = (pair.partition("=") for pair in rest.split("\t"))
            return DeviceCommand(kind, tuple((name, value) for name, _mark, value in pairs))
    raise InvalidInputError(_("Perintah mesin ini tidak dikenal dan tidak boleh dikirim."))


def is_command_id(text: str) -> bool:
    """One to sixteen ASCII letters and digits."""
    return _ID.fullmatch(text) is not None


def command_id(number: int, prefix: str = "lbk") -> str:
    """An id of a running number: `lbk0000000001`, base 36, in the order of the numbers."""
    digits = ""
    rest = max(number, 0)
    while rest:
        rest, digit = divmod(rest, 36)
        digits = _BASE36[digit] + digits
    text = prefix + digits.rjust(10, "0")
    if number < 0 or not is_command_id(text):
        raise InvalidInputError(_("Nomor perintah mesin paling banyak 16 huruf dan angka."))
    return text


def write_command(id_: str, command: DeviceCommand) -> str:
    """`C:<id>:<command>`."""
    if not is_command_id(id_):
        raise InvalidInputError(_("Nomor perintah mesin paling banyak 16 huruf dan angka."))
    return f"C:{id_}:{command.text}"


@frozen
class PollAnswer:
    """The body for a poll and the ids that are in it; the others wait."""

    body: bytes
    taken: tuple[str, ...]


def write_poll_answer(
    commands: Iterable[tuple[str, DeviceCommand]], *, limit: int = MAX_REPLY
) -> PollAnswer:
    """`OK` where nothing waits, else as many commands, in order, as fit into `limit` bytes."""
    rows: list[bytes] = []
    taken: list[str] = []
    size = 0
    for id_, command in commands:
        row = write_command(id_, command).encode()
        size += len(row) + 1
        if size > limit:
            break
        rows.append(row)
        taken.append(id_)
    return PollAnswer(b"\n".join(rows) or b"OK", tuple(taken))


def _interval(start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
    return ("StartTime", write_time(start)), ("EndTime", write_time(end))


_EMPTY_ONLY = {"Passwd": "", "Pri": "0"}


def _check(name: str, value: str) -> None:
    try:
        if name == "PIN" and read_pin(value) == value:
            return
        if name in _INTERVAL and write_time(read_time(value)) == value:
            return
    except BadCellError as error:
        raise InvalidInputError(error.reason) from error
    if name in {"Name", "Card", "Grp", "TZ"} and len(value) <= MAX_VALUE and value.isprintable():
        return
    if name in _EMPTY_ONLY and value == _EMPTY_ONLY[name]:
        return
    raise InvalidInputError(
        _("Isi kolom %(name)s pada perintah mesin tidak dapat dikirim."),
        advice=_("Pakai teks satu baris, paling panjang 64 huruf."),
        name=name,
    )
