"""AttlogFile: `*_attlog.dat`, the punches that a device writes to a memory stick.

Current form: PIN, time, device number, status, verify, workcode, parted by TAB, the PIN aligned by
leading spaces. Older form: the serial in the first line, such records, a checksum in the last; its
sum is not published, so it is kept and not verified. Some exporters swap status and verify: the
column map is a setting of the device.

Header and trailer are told by one word without TAB and without leading space; a trailer needs a
header, so that a file that was cut off within a PIN is reported and not taken for a checksum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from .cell import BadCellError, read_code, read_number, read_pin, read_time, write_time
from .line import Junk, JunkReport, Line, read_lines
from .punch_record import NO_KEY, WireRecord
from .serial import parse_serial

ColumnMap = Literal["standard", "swapped"]
"""`standard`: status before verify; `swapped`: verify before status."""
Form = Literal["current", "older"]

_NAME = re.compile(r"([^/\\]{1,64})_attlog[^/\\]{0,64}\Z", re.IGNORECASE)
_DEVICE_ID = re.compile(r"[0-9]{1,5}")
_TRAILER = re.compile(r"[A-Za-z0-9+/=_-]{1,64}")
_LEAST_COLUMNS = 5  # the workcode may be missing, never what stands before it


@frozen
class AttlogFile:
    """What a file holds.

    - `device_id`: from the file's name, else the one number that all its records bear, else None.
    - `serial`: from the first line (older form), else from the file's name, else None.
    - `junk`: the reported lines (at most `MAX_REPORTED` of `junk_count`), `blank` the empty ones.
    - `lines`: all lines; each is a record, junk, blank, header or trailer.
    """

    form: Form
    device_id: str | None
    serial: str | None
    records: tuple[WireRecord, ...]
    junk: tuple[Junk, ...]
    junk_count: int
    blank: int
    lines: int
    checksum: str | None
    column_map: ColumnMap = "standard"


def parse_attlog_file(
    data: bytes, name: str = "", *, column_map: ColumnMap = "standard"
) -> AttlogFile:
    """Read either form; `name` is the file's name, a path before it does not matter."""
    lines = 0
    records: list[WireRecord] = []
    junk = JunkReport()
    blank = 0
    header: str | None = None
    checksum: str | None = None
    held: Line | None = None  # a possible trailer, until a further line shows that it is none
    seen = False
    for line in read_lines(data):
        lines += 1
        if line.is_blank:
            blank += 1
            continue
        if held is not None:
            junk.add(held, "no_columns")
            held = None
        first, seen = not seen, True
        if first and (header := _header(line)) is not None:
            continue
        if header is not None and _TRAILER.fullmatch(line.text.rstrip(" ")):
            held = line
            continue
        try:
            records.append(_record(line, column_map))
        except BadCellError as error:
            junk.add(line, error.code)
    if held is not None:
        checksum = held.text.rstrip(" ")
    device_id, named_serial = device_of_name(name)
    numbers = {record.device_id for record in records}
    if device_id is None and len(numbers) == 1:
        device_id = numbers.pop() or None
    return AttlogFile(
        form="current" if header is None else "older",
        device_id=device_id,
        serial=header or named_serial,
        records=tuple(records),
        junk=tuple(junk.kept),
        junk_count=junk.count,
        blank=blank,
        lines=lines,
        checksum=checksum,
        column_map=column_map,
    )


def device_of_name(name: str) -> tuple[str | None, str | None]:
    """Device number and serial told by a file's name: up to five digits are a number."""
    match = _NAME.search(name)
    if not match:
        return None, None
    stem = match[1].strip(" ")
    if _DEVICE_ID.fullmatch(stem):
        return stem.lstrip("0") or "0", None
    return None, parse_serial(stem)


def write_older_form(
    serial: str,
    records: Iterable[WireRecord],
    checksum: str | None = None,
    *,
    column_map: ColumnMap = "standard",
) -> bytes:
    """The older form with CRLF; PINs keep the spaces they came with."""
    rows = [serial, *(_row(record, column_map) for record in records)]
    if checksum is not None:
        rows.append(checksum)
    return "".join(row + "\r\n" for row in rows).encode("ascii")


def _header(line: Line) -> str | None:
    text = line.text.rstrip(" ")
    return None if text.startswith(" ") else parse_serial(text)


def _record(line: Line, column_map: ColumnMap) -> WireRecord:
    if line.is_too_long:
        raise BadCellError("too_long")
    cells = line.text.split("\t")
    if len(cells) == 1:
        raise BadCellError("no_columns")
    if len(cells) < _LEAST_COLUMNS:
        raise BadCellError("too_few_columns")
    status, verify = (cells[3], cells[4]) if column_map == "standard" else (cells[4], cells[3])
    key = read_number(status, "bad_status")
    return WireRecord(
        pin=read_pin(cells[0]),
        pin_raw=cells[0],
        at=read_time(cells[1]),
        device_id=read_code(cells[2], "bad_device_id"),
        status=NO_KEY if key is None else key,
        verify=read_number(verify, "bad_verify"),
        workcode=read_code(cells[5], "bad_workcode") if len(cells) > _LEAST_COLUMNS else "",
        raw=line.text,
        line_number=line.number,
    )


def _row(record: WireRecord, column_map: ColumnMap) -> str:
    status, verify = str(record.status), "" if record.verify is None else str(record.verify)
    pair = (status, verify) if column_map == "standard" else (verify, status)
    pin = record.pin_raw or record.pin
    cells = (pin, write_time(record.at), record.device_id, *pair, record.workcode)
    return "\t".join(cells)
