"""Error log: `table=ERRORLOG`, what went wrong on the device as it saw it.

`ERRORLOG ErrCode=.. TAB ErrMsg=.. TAB DataOrigin=.. TAB CmdId=.. TAB Additional=<base64>`. The
additional data may repeat what failed to be stored, templates too: it is dropped.
"""

from __future__ import annotations

from attrs import frozen

from .adms_body import open_form
from .line import Junk, JunkReport, read_lines


@frozen
class DeviceFault:
    """`origin`: what the device worked on (`cmd` with its `command_id`, or a table)."""

    code: str
    message: str
    origin: str = ""
    command_id: str = ""


@frozen
class ErrorlogUpload:
    """For junk, blank and lines see `AttlogUpload`."""

    faults: tuple[DeviceFault, ...]
    junk: tuple[Junk, ...]
    junk_count: int
    blank: int
    lines: int

    @property
    def answer_count(self) -> int:
        """The n of `OK:<n>`."""
        return self.lines - self.blank


def parse_errorlog(body: bytes) -> ErrorlogUpload:
    """Read an upload; a line without an error code is reported by its number alone."""
    faults: list[DeviceFault] = []
    junk = JunkReport()
    blank = lines = 0
    for line in read_lines(open_form(body).data):
        lines += 1
        if line.is_blank:
            blank += 1
            continue
        text = line.text.lstrip(" ")
        if text[:9].upper() == "ERRORLOG ":
            text = text[9:]
        pairs: dict[str, str] = {}
        for cell in text.split("\t"):
            name, _mark, value = cell.partition("=")
            pairs.setdefault(name.strip(" ").lower(), value.strip(" "))
        if not pairs.get("errcode"):
            junk.add(line, "too_long" if line.is_too_long else "unknown_kind", "")
            continue
        faults.append(
            DeviceFault(
                code=pairs["errcode"][:16],
                message=pairs.get("errmsg", "")[:200],
                origin=pairs.get("dataorigin", "")[:32],
                command_id=pairs.get("cmdid", "")[:16],
            )
        )
    return ErrorlogUpload(tuple(faults), tuple(junk.kept), junk.count, blank, lines)
