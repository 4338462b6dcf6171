"""Operation log and users: `POST /iclock/cdata?table=OPERLOG`, and every table of templates.

Passwords are dropped while the line is read. Fingerprints, faces, pictures, veins, palms and the
data of identity cards are personal data of the specific kind: they are counted by kind, and no part
of them is kept. A line that could not be read is reported by its first word alone unless it is an
operation, since it may hold either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from attrs import field, frozen

from leuit.values import Text, _

from .adms_body import open_form
from .cell import BadCellError, lenient_number, read_number, read_pin, read_time
from .line import Junk, JunkReport, Line, read_lines

REFUSED_KINDS = frozenset(
    {"FP", "FACE", "USERPIC", "BIOPHOTO", "BIODATA", "FVEIN", "PALM", "FINGERTMP"}
    | {"TEMPLATE", "TEMPLATEV10", "IDCARD", "WORKPHOTO", "ATTPHOTO"}
)
"""Words that begin a line with biometric or otherwise specific personal data."""

OPERATION_TITLES: dict[int, Text] = {
    0: _("Mesin dinyalakan"),
    1: _("Mesin dimatikan"),
    4: _("Menu dibuka"),
    5: _("Pengaturan diubah"),
    9: _("Pengguna dihapus"),
    13: _("Data dihapus"),
    21: _("Jam mesin disetel"),
    22: _("Kembali ke setelan pabrik"),
    23: _("Rekaman kehadiran dihapus"),
    24: _("Administrator mesin dihapus"),
    30: _("Pengguna didaftarkan"),
    43: _("Rekaman dihapus setelah disalin ke USB"),
    71: _("Hak pengguna diubah"),
    81: _("Nomor mesin diubah"),
    82: _("Alamat server diubah"),
    83: _("Port server diubah"),
}
AUDITED_OPERATIONS = frozenset({0, 1, 5, 9, 13, 21, 22, 23, 24, 43, 71, 81, 82, 83})
"""Codes worth an audit entry; 21 also ends what was known of the clock's drift."""
CLOCK_SET = 21

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")
_UNKNOWN = _("Operasi lain")


@frozen
class Operation:
    """Something done at the device: by the PIN `operator`, at its wall time, on up to 4 things."""

    code: int
    operator: str
    at: datetime
    objects: tuple[str, ...]
    line_number: int = field(default=0, eq=False)

    @property
    def title(self) -> Text:
        return OPERATION_TITLES.get(self.code, _UNKNOWN)

    @property
    def is_audited(self) -> bool:
        return self.code in AUDITED_OPERATIONS


@frozen
class WireUser:
    """A user of the device. `privilege`: 0 user, 2 enroller, 6 admin, 10 custom, 14 super."""

    pin: str
    name: str
    privilege: int = 0
    card: str = field(default="", repr=False)
    group: str = ""
    line_number: int = field(default=0, eq=False)


@frozen
class OperlogUpload:
    """`refused` counts templates and pictures by kind; for the rest see `AttlogUpload`."""

    operations: tuple[Operation, ...]
    users: tuple[WireUser, ...]
    refused: Mapping[str, int]
    junk: tuple[Junk, ...]
    junk_count: int
    blank: int
    lines: int

    @property
    def answer_count(self) -> int:
        """The n of `OK:<n>`, refused and unreadable lines included."""
        return self.lines - self.blank


def parse_operlog(body: bytes) -> OperlogUpload:
    """Read an upload of OPERLOG, USERINFO, BIODATA or any other table of such lines."""
    operations: list[Operation] = []
    users: list[WireUser] = []
    refused: Counter[str] = Counter()
    junk = JunkReport()
    blank = lines = 0
    for line in read_lines(open_form(body).data):
        lines += 1
        if line.is_blank:
            blank += 1
            continue
        kind = _kind(line)
        if kind in REFUSED_KINDS:
            refused[kind] += 1
            continue
        try:
            if kind == "OPLOG":
                operations.append(_operation(line))
            elif kind == "USER":
                users.append(_user(line))
            else:
                raise BadCellError("unknown_kind")
        except BadCellError as error:
            junk.add(line, error.code, line.text if kind == "OPLOG" else kind)
    return OperlogUpload(
        operations=tuple(operations),
        users=tuple(users),
        refused=MappingProxyType(dict(refused)),
        junk=tuple(junk.kept),
        junk_count=junk.count,
        blank=blank,
        lines=lines,
    )


def _kind(line: Line) -> str:
    word = re.split(r"[ \t]", line.text.lstrip(" ")[:64], maxsplit=1)[0]
    return word.upper() if _WORD.fullmatch(word) else ""


def _after_kind(line: Line) -> str:
    if line.is_too_long:
        raise BadCellError("too_long")
    return line.text.lstrip(" ").partition(" ")[2]


def _operation(line: Line) -> Operation:
    cells = _after_kind(line).split("\t")
    if len(cells) < 3:
        raise BadCellError("too_few_columns")
    code = read_number(cells[0], "bad_operation")
    if code is None:
        raise BadCellError("bad_operation")
    return Operation(
        code=code,
        operator=cells[1].strip(" ")[:24],
        at=read_time(cells[2]),
        objects=tuple(cell.strip(" ")[:64] for cell in cells[3:7]),
        line_number=line.number,
    )


def _user(line: Line) -> WireUser:
    pairs: dict[str, str] = {}
    for cell in _after_kind(line).split("\t"):
        name, _mark, value = cell.partition("=")
        name = name.strip(" ").lower()
        if name != "passwd":
            pairs.setdefault(name, value.strip(" "))
    return WireUser(
        pin=read_pin(pairs.get("pin", "")),
        name=_plain(pairs.get("name", ""))[:64],
        privilege=lenient_number(pairs.get("pri", ""), 0, 99) or 0,
        card=_plain(pairs.get("card", ""))[:32],
        group=_plain(pairs.get("grp", ""))[:16],
        line_number=line.number,
    )


def _plain(text: str) -> str:
    """Without control characters, which no name has and no page can show."""
    return "".join(character for character in text if character.isprintable())
