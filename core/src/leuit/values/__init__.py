"""Plain values that every room may use: ids, references, clocks, sentences, errors, formats."""

from .clock import Clock, ManualClock, SystemClock, local_day, local_time, to_utc
from .errors import (
    ConflictError,
    FieldError,
    InvalidInputError,
    LeuitError,
    MethodNotAllowedError,
    NoProviderError,
    NotFoundError,
    NotSignedInError,
    PermissionDeniedError,
    SetupError,
    StaleEditError,
    TooLargeError,
    TooManyRequestsError,
    UnavailableError,
)
from .formats import (
    format_date,
    format_number,
    format_percent,
    format_rupiah,
    format_time,
    parse_date,
)
from .identifiers import new_id
from .line import one_line
from .paper_code import new_paper_code, read_paper_code, shown_paper_code
from .references import RecordRef
from .staff_number import Nik, Nip, parse_nik, parse_nip
from .text import DEFAULT_LANGUAGE, FilledText, Text, _, catalogue, translate

__all__ = [
    "DEFAULT_LANGUAGE",
    "Clock",
    "ConflictError",
    "FieldError",
    "FilledText",
    "InvalidInputError",
    "LeuitError",
    "ManualClock",
    "MethodNotAllowedError",
    "Nik",
    "Nip",
    "NoProviderError",
    "NotFoundError",
    "NotSignedInError",
    "PermissionDeniedError",
    "RecordRef",
    "SetupError",
    "StaleEditError",
    "SystemClock",
    "Text",
    "TooLargeError",
    "TooManyRequestsError",
    "UnavailableError",
    "_",
    "catalogue",
    "format_date",
    "format_number",
    "format_percent",
    "format_rupiah",
    "format_time",
    "local_day",
    "local_time",
    "new_id",
    "new_paper_code",
    "one_line",
    "parse_date",
    "parse_nik",
    "parse_nip",
    "read_paper_code",
    "shown_paper_code",
    "to_utc",
    "translate",
]
