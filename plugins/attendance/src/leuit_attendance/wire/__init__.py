"""Wire formats of attendance devices: bytes to plain values and back, no database, no web.

The rules of all parsers stand in `line`: they never raise, take linear time, and report each line
that is no record. Sources: `attendance.md` section 6 (ZKTeco memory stick files and Attendance
PUSH 2.4, "ADMS").
"""

from .adms_attlog import AttlogUpload, parse_attlog, position_of
from .adms_body import (
    BODY_PROBLEMS,
    MAX_INFLATED,
    MAX_POSTED,
    Body,
    FormBody,
    open_body,
    open_form,
)
from .adms_command import (
    MAX_REPLY,
    CommandKind,
    DeviceCommand,
    PollAnswer,
    command_id,
    delete_user,
    is_command_id,
    parse_command,
    query_attlog,
    update_user,
    verify_sum,
    write_command,
    write_poll_answer,
)
from .adms_errorlog import DeviceFault, ErrorlogUpload, parse_errorlog
from .adms_handshake import (
    KEEP_STAMP,
    OLDEST_VERSION,
    SEND_ALL,
    SERVER_VERSION,
    Handshake,
    HandshakeReply,
    lower_version,
    parse_handshake,
    read_version,
)
from .adms_info import DeviceInfo, parse_info
from .adms_operlog import (
    AUDITED_OPERATIONS,
    CLOCK_SET,
    OPERATION_TITLES,
    Operation,
    OperlogUpload,
    WireUser,
    parse_operlog,
)
from .adms_options import parse_options
from .adms_photo import PhotoUpload, parse_photo
from .adms_result import RETURN_MEANINGS, CommandResult, ResultUpload, parse_results
from .adms_table import Table, is_security_push, security_push_answer, table_of
from .attlog_file import (
    AttlogFile,
    ColumnMap,
    device_of_name,
    parse_attlog_file,
    write_older_form,
)
from .drift import ClockDrift, estimate_drift, record_lead, upload_lead
from .line import JUNK_REASONS, Junk, decode_text
from .punch_record import NO_KEY, STATUS_TITLES, WireRecord, status_title, verify_title
from .serial import parse_serial

__all__ = [
    "AUDITED_OPERATIONS",
    "BODY_PROBLEMS",
    "CLOCK_SET",
    "JUNK_REASONS",
    "KEEP_STAMP",
    "MAX_INFLATED",
    "MAX_POSTED",
    "MAX_REPLY",
    "NO_KEY",
    "OLDEST_VERSION",
    "OPERATION_TITLES",
    "RETURN_MEANINGS",
    "SEND_ALL",
    "SERVER_VERSION",
    "STATUS_TITLES",
    "AttlogFile",
    "AttlogUpload",
    "Body",
    "ClockDrift",
    "ColumnMap",
    "CommandKind",
    "CommandResult",
    "DeviceCommand",
    "DeviceFault",
    "DeviceInfo",
    "ErrorlogUpload",
    "FormBody",
    "Handshake",
    "HandshakeReply",
    "Junk",
    "Operation",
    "OperlogUpload",
    "PhotoUpload",
    "PollAnswer",
    "ResultUpload",
    "Table",
    "WireRecord",
    "WireUser",
    "command_id",
    "decode_text",
    "delete_user",
    "device_of_name",
    "estimate_drift",
    "is_command_id",
    "is_security_push",
    "lower_version",
    "open_body",
    "open_form",
    "parse_attlog",
    "parse_attlog_file",
    "parse_command",
    "parse_errorlog",
    "parse_handshake",
    "parse_info",
    "parse_operlog",
    "parse_options",
    "parse_photo",
    "parse_results",
    "parse_serial",
    "position_of",
    "query_attlog",
    "read_version",
    "record_lead",
    "security_push_answer",
    "status_title",
    "table_of",
    "update_user",
    "upload_lead",
    "verify_sum",
    "verify_title",
    "write_command",
    "write_older_form",
    "write_poll_answer",
]
