"""Attendance upload: `POST /iclock/cdata?table=ATTLOG`, in every form seen in the field.

Columns by index: Pin, Time, Status, Verify, Workcode, Reserved1, Reserved2, MaskFlag, Temperature,
ConvTemperature, TimeOffset, ExtendData. Old firmware sends the first five or seven; missing and
further ones are borne. Devices of type `pid` put IDNum and Type in columns 8 and 9. A line without
TAB may be parted by commas; access-control firmware names its columns (`PIN=42 TAB Time=...`).

PIN and time must be there. A key or a way of verification that is there must be a number. Offset
and position never cost a tap its record: unreadable ones count as not told.
"""

from __future__ import annotations

import base64
import binascii
import functools
import json
import re
from datetime import datetime

from attrs import frozen

from .adms_body import open_form
from .cell import BadCellError, lenient_number, read_code, read_number, read_pin, read_time
from .line import Junk, JunkReport, Line, decode_text, read_texts
from .punch_record import NO_KEY, WireRecord

MAX_OFFSET = 14 * 3600
"""Seconds; no zone on Earth is further from UTC."""
_MAX_EXTEND = 1024
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?")

_NAMES = {
    "pin": "pin",
    "userid": "pin",
    "time": "time",
    "status": "status",
    "state": "status",
    "inoutstatus": "status",
    "verify": "verify",
    "verified": "verify",
    "verifymode": "verify",
    "verifytype": "verify",
    "workcode": "workcode",
    "timeoffset": "offset",
    "extenddata": "extend",
    "idnum": "id_number",
    "type": "type",
}
_COLUMNS = ("pin", "time", "status", "verify", "workcode", "", "", "", "", "", "offset", "extend")
_CARD_COLUMNS = (*_COLUMNS[:7], "id_number", "type", *_COLUMNS[9:])


@frozen
class AttlogUpload:
    """What an upload holds.

    - `records`: in the order they came, repeats included.
    - `junk`: reported lines, at most `MAX_REPORTED` of `junk_count`; `blank` lines; all `lines`.
    """

    records: tuple[WireRecord, ...]
    junk: tuple[Junk, ...]
    junk_count: int
    blank: int
    lines: int

    @property
    def answer_count(self) -> int:
        """The n of `OK:<n>`: unreadable lines count, or the device would send them for ever."""
        return len(self.records) + self.junk_count


def parse_attlog(body: bytes, *, device_type: str = "att") -> AttlogUpload:
    """Read an upload; `device_type` is the DeviceType of the device's handshake."""
    columns = _CARD_COLUMNS if device_type.strip().lower() == "pid" else _COLUMNS
    records: list[WireRecord] = []
    junk = JunkReport()
    blank = lines = 0
    for lines, text in enumerate(read_texts(open_form(body).data), 1):
        usual = _usual(text, lines)
        if usual is not None:
            records.append(usual)
            continue
        line = Line(lines, text)
        if line.is_blank:
            blank += 1
            continue
        try:
            records.append(_record(line, columns))
        except BadCellError as error:
            junk.add(line, error.code)
    return AttlogUpload(tuple(records), tuple(junk.kept), junk.count, blank, lines)


@functools.lru_cache(maxsize=256)  # nearly every record of a device tells the same
def position_of(extend: str) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees out of ExtendData; None where none was told.

    Two values of -1 mean that the device has no position, not the point in the Gulf of Guinea.
    """
    text = extend.strip(" ")
    if not text or len(text) > _MAX_EXTEND:
        return None
    try:
        found = json.loads(decode_text(base64.b64decode(text, validate=True)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    info = found.get("GPSInfo") if isinstance(found, dict) else None
    if not isinstance(info, dict):
        return None
    latitude, longitude = _degrees(info.get("latitude"), 90), _degrees(info.get("longitude"), 180)
    if latitude is None or longitude is None or latitude == longitude == -1:
        return None
    return latitude, longitude


def _degrees(value: object, bound: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = value if isinstance(value, str) else repr(value) if abs(value) <= bound else ""
    if not _DEGREES.fullmatch(text):
        return None
    degrees = float(text)
    return degrees if abs(degrees) <= bound else None


_USUAL = re.compile(
    r"([0-9]{1,9})\t(20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"\t([0-9]{1,3})\t([0-9]{1,3})\t([0-9]{0,9})(?:\t0){0,2}"
)


def _usual(text: str, number: int) -> WireRecord | None:
    """The record of a line in the commonest form, read at a third of the cost; None for others.

    Five to seven columns of plain digits mean the same on every device type, so that `_record`
    would give an equal record; a test compares the two.
    """
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    pin, time, status, verify, workcode = match.groups()
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return None
    return WireRecord(
        pin=pin,
        pin_raw=pin,
        at=at,
        status=int(status),
        verify=int(verify),
        workcode=workcode,
        raw=text,
        line_number=number,
    )


def _record(line: Line, columns: tuple[str, ...]) -> WireRecord:
    if line.is_too_long:
        raise BadCellError("too_long")
    mark = "\t" if "\t" in line.text else ","
    cells = line.text.split(mark)
    if len(cells) == 1:
        raise BadCellError("no_columns")
    named = _named(cells)
    if named is None:
        named = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    pin_raw = named.get("pin", "")
    status = read_number(named.get("status", ""), "bad_status")
    position = position_of(named.get("extend", ""))
    latitude, longitude = position or (None, None)
    return WireRecord(
        pin=read_pin(pin_raw),
        pin_raw=pin_raw,
        at=read_time(named.get("time", "")),
        status=NO_KEY if status is None else status,
        verify=read_number(named.get("verify", ""), "bad_verify"),
        workcode=read_code(named.get("workcode", ""), "bad_workcode"),
        offset_seconds=lenient_number(named.get("offset", ""), -MAX_OFFSET, MAX_OFFSET),
        latitude=latitude,
        longitude=longitude,
        id_number=named.get("id_number", "").strip(" ")[:32],
        record_type=lenient_number(named.get("type", ""), 0, 999),
        raw=line.text,
        line_number=line.number,
    )


def _named(cells: list[str]) -> dict[str, str] | None:
    """Columns by the names they bear, None where the first one bears no known name."""
    name, mark, _value = cells[0].partition("=")
    if not mark or name.strip(" ").lower() not in _NAMES:
        return None
    found: dict[str, str] = {}
    for cell in cells:
        name, _mark, value = cell.partition("=")
        meaning = _NAMES.get(name.strip(" ").lower())
        if meaning is not None:
            found.setdefault(meaning, value)
    return found
