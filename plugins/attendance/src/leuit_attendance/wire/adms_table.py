"""Table: what an upload to `/iclock/cdata` holds, by its name in the query or in a form body.

Also told apart here: access-control firmware ("security PUSH" 3.x) speaks another protocol under
the same prefix. It is recognised, so that whoever sets up the device reads why it does not work.
"""

from __future__ import annotations

from enum import Enum

from leuit.values import Text, _


class Table(Enum):
    """How an upload is read: ATTLOG and so on by their own parser, TEMPLATES by `parse_operlog`."""

    ATTLOG = "ATTLOG"
    OPERLOG = "OPERLOG"
    ERRORLOG = "ERRORLOG"
    ATTPHOTO = "ATTPHOTO"
    OPTIONS = "OPTIONS"
    TEMPLATES = "TEMPLATES"
    UNKNOWN = "UNKNOWN"


_TEMPLATES = frozenset(
    {"BIODATA", "BIOPHOTO", "USERPIC", "FP", "FACE", "FVEIN", "TEMPLATEV10", "USERINFO"}
    | {"IDCARD", "WORKPHOTO"}
)

_SECURITY_PATHS = frozenset({"registry", "push", "rtdata", "querydata", "exchange"})
_SECURITY_TABLES = frozenset({"rtlog", "rtstate", "tabledata"})

SECURITY_PUSH = _(
    "Mesin ini memakai protokol kontrol akses (security PUSH); Leuit menerima Attendance PUSH 2.x. "
    "Ubah jenis perangkat mesin menjadi absensi (T&A PUSH), lalu sambungkan lagi."
)
"""The answer to access-control firmware."""


def table_of(name: str | None) -> Table:
    """The table of a `table=` value, in any case; no name at all is UNKNOWN."""
    text = (name or "").strip().upper()
    if text in _TEMPLATES:
        return Table.TEMPLATES
    return next((table for table in Table if table.value == text), Table.UNKNOWN)


def is_security_push(path: str, table: str | None = None) -> bool:
    """Whether a request below `/iclock` is of access-control firmware."""
    last = path.rstrip("/").rpartition("/")[2].lower()
    return last in _SECURITY_PATHS or (table or "").strip().lower() in _SECURITY_TABLES


def security_push_answer() -> Text:
    """What such a device is told."""
    return SECURITY_PUSH
