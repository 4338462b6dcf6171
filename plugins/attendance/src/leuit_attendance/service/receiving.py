"""What a device sends, one unit of work for each upload; the device is always told to go on.

A device repeats what was not acknowledged, for ever: so unreadable lines count as received, and are
kept for people; templates and pictures are counted and refused, and never stored. A body that could
not be read as a whole is acknowledged too, and what it may have held is asked for again.
"""

import attrs
import structlog

from leuit.identity import Identity
from leuit.work import Leuit, Work
from leuit_attendance.wire import (
    AttlogUpload,
    Body,
    Junk,
    OperlogUpload,
    Table,
    parse_attlog,
    parse_errorlog,
    parse_operlog,
    parse_options,
    parse_results,
)

from .bad_lines import keep_bad_lines
from .daily_sums import compare
from .device_commands import answered, ask_log, log_arrived, refill
from .device_events import store_events
from .device_state import after_upload, is_due, write_state
from .known_device import KnownDevice, find_device
from .punches import store_punches
from .set_aside import (
    CARD_READER,
    forget_unknown,
    note_lost,
    note_unknown,
    set_aside,
    told_type,
)

log = structlog.get_logger("leuit.attendance.devices")
VERIFICATION_ONLY = 1
"""Type of a record by which a card was only looked at (`DeviceType=pid`)."""
HOLDS_PUNCHES = (Table.ATTLOG, Table.UNKNOWN)
"""Tables whose lost body may have held punches; a packed form tells its table inside."""


@attrs.frozen
class Upload:
    """One post of a device: who, what table, how it was marked, and its opened body.

    `size` is in bytes, as it was posted.
    """

    serial: str
    table: Table
    body: Body
    stamp: str = ""
    address: str = ""
    request_id: str = ""
    table_name: str = ""
    size: int = 0

    @property
    def identity(self) -> Identity:
        """On whose behalf it is stored: a device has no rights, only what its routes do."""
        return Identity(kind="device", name=self.serial)


def receive(app: Leuit, upload: Upload) -> int | None:
    """Take an upload in; returns the n of `OK:<n>`, None where the answer is a plain OK."""
    if upload.body.problem is not None:
        _unopened(app, upload)
        return None
    if upload.table is Table.ATTLOG:
        return _attlog(app, upload)
    if upload.table in (Table.OPERLOG, Table.TEMPLATES):
        return _operlog(app, upload)
    if upload.table is Table.ERRORLOG:
        return _errorlog(app, upload)
    if upload.table is Table.OPTIONS:
        _options(app, upload)
    elif upload.table is Table.ATTPHOTO:
        log.info("picture refused", serial=upload.serial, bytes=len(upload.body.data))
    else:
        log.warning("unknown table", serial=upload.serial, table=upload.table_name[:40])
    return None


def receive_results(app: Leuit, upload: Upload) -> int:
    """Note what a device answered to commands; returns how many answers were ours.

    Commands whose answers are lost with a body that cannot be read are handed out again.
    """
    if upload.body.problem:
        log.warning("answers lost", serial=upload.serial, problem=upload.body.problem)
    parsed = parse_results(upload.body.data)
    ours = 0
    with app.change(upload.identity, request_id=upload.request_id) as work:
        device = find_device(work, upload.serial)
        if device is None:
            log.info("answer of an unknown device", serial=upload.serial)
            return 0
        for result in parsed.results:
            command = answered(work, device, result.id, result.code, result.succeeded)
            if command is None:
                continue
            ours += 1
            if command.kind == "verify_sum" and result.attlog_sum is not None:
                compare(work, command, result.attlog_sum)
        if is_due(device, work.now):
            write_state(work, device, {"last_seen_at": work.now})
    return ours


def _attlog(app: Leuit, upload: Upload) -> int:
    parsed = parse_attlog(upload.body.data)  # before the unit, in which the writer waits
    with app.change(upload.identity, request_id=upload.request_id) as work:
        device = _device(work, upload)
        told = told_type(work, upload.serial) if device is None else device.device_type
        if told == CARD_READER:
            parsed = parse_attlog(upload.body.data, device_type=told)
        records = [r for r in parsed.records if r.record_type != VERIFICATION_ONLY]
        if device is None:
            if note_unknown(work, upload.serial, upload.address):
                set_aside(work, upload.serial, records)
                _keep_junk(work, upload.serial, parsed.junk)
            else:
                log.warning("no room for another unknown device", serial=upload.serial)
            return parsed.answer_count
        bad = _keep_junk(work, upload.serial, parsed.junk)
        state = after_upload(work, device, records, upload.stamp)
        stored = store_punches(
            work, device, records, source="push", state=state, **_told(parsed, bad)
        )
    if parsed.junk_count:
        log.warning(
            "unreadable lines",
            serial=upload.serial,
            count=parsed.junk_count,
            first=str(parsed.junk[0].reason),
        )
    log.info("punches", serial=upload.serial, count=stored.count, new=stored.new)
    return parsed.answer_count


def _told(parsed: AttlogUpload, bad: int) -> dict[str, int]:
    """Further details of the audit entry, where there is something to tell."""
    told = {}
    if parsed.junk_count:
        told = {"unreadable": parsed.junk_count, "kept_lines": bad}
    return told


def _operlog(app: Leuit, upload: Upload) -> int:
    """Store operations; those of a stranger are asked for again once it is approved."""
    parsed = parse_operlog(upload.body.data)
    if parsed.refused:
        log.info("templates refused", serial=upload.serial, **dict(parsed.refused))
    if not (parsed.operations or parsed.junk):
        return parsed.answer_count
    with app.change(upload.identity, request_id=upload.request_id) as work:
        device = _device(work, upload)
        if device is None:
            if note_unknown(work, upload.serial, upload.address):
                _keep_junk(work, upload.serial, parsed.junk)
            return parsed.answer_count
        _keep_junk(work, upload.serial, parsed.junk)
        new = store_events(work, device, parsed.operations) if parsed.operations else 0
        log_arrived(work, device, upload.stamp)
        work.audit("attendance.device.log_received", device.ref, **_log_details(parsed, new))
        if is_due(device, work.now):
            write_state(work, device, {"last_seen_at": work.now})
    return parsed.answer_count


def _log_details(parsed: OperlogUpload, new: int) -> dict[str, int]:
    return {
        "operations": len(parsed.operations),
        "new": new,
        "users": len(parsed.users),
        "refused": sum(parsed.refused.values()),
        "unreadable": parsed.junk_count,
    }


def _errorlog(app: Leuit, upload: Upload) -> int:
    parsed = parse_errorlog(upload.body.data)
    for fault in parsed.faults[:20]:
        log.warning(
            "fault on the device", serial=upload.serial, code=fault.code, message=fault.message
        )
    _heard(app, upload, {})
    return parsed.answer_count


def _options(app: Leuit, upload: Upload) -> None:
    options = parse_options(upload.body.data)
    log.info("options", serial=upload.serial, count=len(options))
    _heard(app, upload, {})


def _unopened(app: Leuit, upload: Upload) -> None:
    """A body that cannot be unpacked or is too large: acknowledged, or it would come for ever.

    People see it with its size among the bad lines. What it held is asked for in other bodies: the
    last days' punches by a command, the operation log by the next handshake, and everything of a
    stranger once it is approved.
    """
    problem = upload.body.problem or ""
    log.warning("body lost", serial=upload.serial, problem=problem, bytes=upload.size)
    told = f"{upload.table.value}, {upload.size} byte"
    with app.change(upload.identity, request_id=upload.request_id) as work:
        device = _device(work, upload)
        if device is None:
            if note_unknown(work, upload.serial, upload.address):
                keep_bad_lines(work, upload.serial, [(problem, told)])
                if upload.table in HOLDS_PUNCHES:
                    note_lost(work, upload.serial)
            return
        keep_bad_lines(work, upload.serial, [(problem, told)])
        if upload.table in HOLDS_PUNCHES:
            refill(work, device)
        elif upload.table is Table.OPERLOG:
            ask_log(work, device.id)
        work.audit(
            "attendance.device.log_received", device.ref, unopened=problem, bytes=upload.size
        )


def _heard(app: Leuit, upload: Upload, values: dict[str, object]) -> None:
    with app.change(upload.identity, request_id=upload.request_id) as work:
        device = _device(work, upload)
        if device is None:
            note_unknown(work, upload.serial, upload.address)
        elif values or is_due(device, work.now):
            write_state(work, device, {**values, "last_seen_at": work.now})


def _device(work: Work, upload: Upload) -> KnownDevice | None:
    """The registered device; looked up once more after the note of an unknown one is locked."""
    device = find_device(work, upload.serial)
    if device is None and note_unknown(work, upload.serial, upload.address):
        device = find_device(work, upload.serial)
        if device is not None:
            forget_unknown(work, upload.serial)
    return device


def _keep_junk(work: Work, serial: str, junk: tuple[Junk, ...]) -> int:
    return keep_bad_lines(work, serial, ((line.code, line.raw) for line in junk))
