"""The push server: what devices of the ZKTeco Attendance PUSH protocol ("ADMS") call.

Plain HTTP, no sign-in: a device is known by its serial alone, so nothing of these routes answers
with anything that is not about that device. Put a network restriction in front (the guide says
how). Answers are `text/plain`; a refusal is one that makes the device go on.
"""

from leuit.web import Request, Response, text_answer
from leuit.work import View
from leuit_attendance.service.device_commands import hand_out, log_wanted, pending
from leuit_attendance.service.device_state import (
    after_info,
    is_due,
    write_state,
    zone_seconds,
)
from leuit_attendance.service.known_device import KnownDevice, find_device
from leuit_attendance.service.receiving import Upload, receive, receive_results
from leuit_attendance.service.set_aside import note_type, note_unknown
from leuit_attendance.wire import (
    KEEP_STAMP,
    MAX_POSTED,
    SEND_ALL,
    HandshakeReply,
    Table,
    is_security_push,
    open_body,
    open_form,
    parse_handshake,
    parse_info,
    parse_serial,
    security_push_answer,
    table_of,
)

MAX_BODY = MAX_POSTED + 1
"""Bytes of one post that are kept: one beyond what is stored, so that a longer one is seen to be
too long, acknowledged, and asked for again. Devices send about one megabyte at most."""
OK = "OK"


def handshake(request: Request) -> Response:
    """`GET /iclock/cdata`: the options for a device, for an unregistered one too."""
    asked = parse_handshake(request.query)
    if asked.serial is None:
        return _no_serial()
    with request.read() as view:
        device = find_device(view, asked.serial)
        log_asked, log_told = (False, False) if device is None else log_wanted(view, device.id)
    stamp = KEEP_STAMP
    if device is None:
        _note(request, asked.serial, asked.device_type)
    else:
        stamp = SEND_ALL if device.resend_asked_at else KEEP_STAMP
        with request.app.change(_upload(request, asked.serial).identity) as work:
            values = {
                "last_seen_at": work.now,
                "push_version": asked.push_version,
                "device_type": asked.device_type,
                "address": request.client[:45],
            }
            if device.resend_asked_at and not device.resend_told_at:
                values["resend_told_at"] = work.now
            if log_asked and not log_told:
                values["log_told_at"] = work.now
            write_state(work, device, values)
    zone = zone_seconds(request.app.clock.now(), request.app.zone) // 60
    reply = HandshakeReply(
        serial=asked.serial,
        push_version=asked.push_version,
        attlog_stamp=stamp,
        operlog_stamp=SEND_ALL if log_asked else KEEP_STAMP,
        zone_minutes=zone,
    )
    return text_answer(reply.write().decode("ascii"))


def upload(request: Request) -> Response:
    """`POST /iclock/cdata`: punches, operation log, options, and whatever else devices send."""
    serial = parse_serial(request.query.get("SN"))
    if serial is None:
        return _no_serial()
    posted = _upload(request, serial)
    if is_security_push(request.path, posted.table_name):
        return _security_push()
    count = receive(request.app, posted)
    return text_answer(OK if count is None else f"{OK}:{count}")


def poll(request: Request) -> Response:
    """`GET /iclock/getrequest`: a heartbeat; answered with the commands that wait."""
    serial = parse_serial(request.query.get("SN"))
    if serial is None:
        return _no_serial()
    with request.read() as view:
        device = find_device(view, serial)
        waits = device is not None and _anything_waits(view, device)
        due = device is not None and is_due(device, view.now)
    if device is None:
        _note(request, serial)
        return text_answer(OK)
    if not (waits or due):
        return text_answer(OK)
    answer = OK.encode()
    with request.app.change(
        _upload(request, serial).identity, request_id=request.request_id
    ) as work:
        if waits:
            answer = hand_out(work, device)
        info = after_info(parse_info(request.query.get("INFO", "")))
        write_state(
            work, device, {**info, "last_seen_at": work.now, "address": request.client[:45]}
        )
    return text_answer(answer.decode())


def results(request: Request) -> Response:
    """`POST /iclock/devicecmd`: what became of commands."""
    serial = parse_serial(request.query.get("SN"))
    if serial is None:
        return _no_serial()
    receive_results(request.app, _upload(request, serial))
    return text_answer(OK)


def ping(_request: Request) -> Response:
    """`GET /iclock/ping`: is anybody there, during a long upload."""
    return text_answer(OK)


def security_push(_request: Request) -> Response:
    """`/iclock/registry`, `/iclock/push`: access-control firmware, which speaks otherwise."""
    return _security_push()


def _upload(request: Request, serial: str) -> Upload:
    body = open_body(request.body, request.query.get("ContentType", ""))
    name, stamp = request.query.get("table", ""), request.query.get("Stamp", "")
    if not name:
        fields = open_form(body.data).fields
        name, stamp = fields.get("table", ""), stamp or fields.get("stamp", "")
    return Upload(
        serial=serial,
        table=table_of(name) if request.method == "POST" else Table.UNKNOWN,
        body=body,
        stamp=stamp[:20],
        address=request.client[:45],
        request_id=request.request_id,
        table_name=name,
        size=_size(request),
    )


def _size(request: Request) -> int:
    """Bytes that were posted: of a body that was cut, what its header told."""
    told = request.headers.get("content-length", "")
    return max(len(request.body), int(told) if told.isdecimal() and len(told) < 12 else 0)


def _anything_waits(view: View, device: KnownDevice) -> bool:
    return view.session.execute(pending(device.id, view.now).limit(1)).first() is not None


def _note(request: Request, serial: str, device_type: str | None = None) -> None:
    with request.app.change(
        _upload(request, serial).identity, request_id=request.request_id
    ) as work:
        noted = note_unknown(work, serial, request.client[:45])
        if noted and device_type is not None:
            note_type(work, serial, device_type)


def _no_serial() -> Response:
    return text_answer("ERROR: SN", 400)


def _security_push() -> Response:
    return text_answer(str(security_push_answer()), 403)
