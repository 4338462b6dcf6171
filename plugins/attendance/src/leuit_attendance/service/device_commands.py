"""Commands for devices: queued here, fetched by the device's next poll, answered some time later.

Only harmless ones can be asked for: send records again, count them, tell about yourself. A command
that was fetched and never answered is handed out again, three times in all. The operation log has
no command of its own: it is asked for by OPERLOGStamp=0 of the handshake (attendance.md 6.2).
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, and_, or_, select, update

from leuit.values import FieldError, InvalidInputError, RecordRef, _
from leuit.work import View, Work
from leuit_attendance.models import Device, DeviceCommand, DeviceState
from leuit_attendance.wire import (
    CommandKind,
    PollAnswer,
    parse_command,
    query_attlog,
    verify_sum,
    write_poll_answer,
)
from leuit_attendance.wire import DeviceCommand as Command

from .device_state import RESEND_TRUST
from .devices import MANAGE
from .known_device import BACKFILL_TAKES, KnownDevice, device_ref
from .tables import table_of

AT_ONCE = 20
"""Commands of one answer to a poll."""
ATTEMPTS = 3
ANSWER_WITHIN = dt.timedelta(minutes=10)
KEPT_WAITING = dt.timedelta(days=14)
LONGEST = 400
"""Days of one back-fill."""
LOST_DAYS = 31
"""Days that are asked for when a body was lost, of which nobody knows what days it held."""


def ask_backfill(work: Work, device: Device, first: dt.date, last: dt.date) -> DeviceCommand:
    """Ask the device for its records of the days `first` to `last` once more."""
    work.require(MANAGE, device.unit_id)
    if last < first or (last - first).days >= LONGEST or last > work.today:
        sentence = _("Pilih rentang paling lama 400 hari yang tidak melewati hari ini.")
        raise InvalidInputError(sentence, fields=[FieldError("last", sentence)])
    return queue_backfill(work, device, first, last)


def queue_backfill(
    work: Work, device: Device | KnownDevice, first: dt.date, last: dt.date
) -> DeviceCommand:
    """The same on behalf of the installation, when a sum did not agree or a body was lost."""
    return _ask(work, device, CommandKind.QUERY_ATTLOG, *_bounds(first, last))


def refill(work: Work, device: KnownDevice) -> None:
    """Ask for the last `LOST_DAYS` days again, because a body of punches was lost.

    At most once an hour: the answer to it may be the next body that cannot be read.
    """
    first, last = work.today - dt.timedelta(days=LOST_DAYS - 1), work.today
    body = _text(CommandKind.QUERY_ATTLOG, *_bounds(first, last))
    lately = select(DeviceCommand.id).where(
        DeviceCommand.device_id == device.id,
        DeviceCommand.body == body,
        DeviceCommand.asked_at > work.now - BACKFILL_TAKES,
    )
    if work.session.execute(lately.limit(1)).first() is None:
        queue_backfill(work, device, first, last)


def ask_log(work: Work, device_id: UUID) -> None:
    """Have the device send its whole operation log at its next handshake (OPERLOGStamp=0)."""
    state = table_of(DeviceState)
    work.session.execute(
        update(state)
        .where(state.c.device_id == device_id)
        .values(log_asked_at=work.now, log_told_at=None)
    )


def log_wanted(view: View, device_id: UUID) -> tuple[bool, bool]:
    """Whether the handshake is to ask for the whole operation log, and whether one did so."""
    asked, told = view.session.execute(
        select(DeviceState.log_asked_at, DeviceState.log_told_at).where(
            DeviceState.device_id == device_id
        )
    ).one()
    return asked is not None, told is not None


def log_arrived(work: Work, device: KnownDevice, stamp: str) -> None:
    """Ask no longer for the operation log, once a device that was told so has sent it.

    As for punches, a stamp of 0 or None shows that it is the whole log; a day later any upload
    does, since firmware need not tell the stamp that it was given.
    """
    state = table_of(DeviceState)
    whole = stamp in ("0", "None")
    told_before = work.now if whole else work.now - RESEND_TRUST
    work.session.execute(
        update(state)
        .where(state.c.device_id == device.id, state.c.log_told_at <= told_before)
        .values(log_asked_at=None, log_told_at=None)
    )


def ask_sum(work: Work, device: Device, day: dt.date) -> DeviceCommand:
    """Ask the device how many records it holds for a day."""
    work.require(MANAGE, device.unit_id)
    return _ask(work, device, CommandKind.VERIFY_SUM, *_bounds(day, day))


def ask_info(work: Work, device: Device) -> DeviceCommand:
    """Ask the device to tell about itself."""
    work.require(MANAGE, device.unit_id)
    return _ask(work, device, CommandKind.INFO, None, None)


def pending(device_id: UUID, now: dt.datetime) -> Select[DeviceCommand]:
    """The commands to hand out at a poll, oldest first."""
    return (
        select(DeviceCommand)
        .where(
            DeviceCommand.device_id == device_id,
            or_(
                DeviceCommand.status == "waiting",
                and_(
                    DeviceCommand.status == "sent",
                    DeviceCommand.attempts < ATTEMPTS,
                    DeviceCommand.sent_at < now - ANSWER_WITHIN,
                ),
            ),
        )
        .order_by(DeviceCommand.asked_at, DeviceCommand.id)
        .limit(AT_ONCE)
    )


def hand_out(work: Work, device: KnownDevice) -> bytes:
    """The answer to a poll: the commands that wait, marked as sent."""
    rows = work.session.scalars(
        pending(device.id, work.now).with_for_update(skip_locked=True)
    ).all()
    answer: PollAnswer = write_poll_answer([(row.code, parse_command(row.body)) for row in rows])
    for row in rows:
        if row.code in answer.taken:
            row.status, row.sent_at, row.attempts = "sent", work.now, row.attempts + 1
    if answer.taken:
        work.audit("attendance.command.sent", device.ref, codes=list(answer.taken))
    return answer.body


def answered(
    work: Work, device: KnownDevice, code: str, return_code: int, succeeded: bool
) -> DeviceCommand | None:
    """Note what the device answered; None for a command that is not ours or is settled already."""
    row = work.session.scalars(
        select(DeviceCommand)
        .where(DeviceCommand.device_id == device.id, DeviceCommand.code == code)
        .with_for_update()
    ).one_or_none()
    if row is None or row.status in ("done", "failed"):
        return None
    row.status = "done" if succeeded else "failed"
    row.return_code, row.finished_at = return_code, work.now
    work.audit(
        "attendance.command.answered",
        RecordRef("attendance.command", str(row.id), row.kind),
        device=device.id,
        return_code=return_code,
    )
    return row


def expire(work: Work) -> int:
    """Give up commands that waited too long or were never answered; returns how many."""
    table = table_of(DeviceCommand)
    codes: Sequence[str] = work.session.scalars(
        select(table.c.code)
        .where(
            or_(
                and_(table.c.status == "waiting", table.c.asked_at < work.now - KEPT_WAITING),
                and_(
                    table.c.status == "sent",
                    table.c.attempts >= ATTEMPTS,
                    table.c.sent_at < work.now - ANSWER_WITHIN,
                ),
            )
        )
        .order_by(table.c.id)
        .limit(1000)
        .with_for_update(skip_locked=True)
    ).all()
    if codes:
        work.session.execute(
            update(table)
            .where(table.c.code.in_(codes))
            .values(status="expired", finished_at=work.now)
        )
        ref = RecordRef("attendance.command", "expired", "")
        work.audit("attendance.command.expired", ref, count=len(codes))
    return len(codes)


def _ask(
    work: Work,
    device: Device | KnownDevice,
    kind: CommandKind,
    first: dt.datetime | None,
    last: dt.datetime | None,
) -> DeviceCommand:
    """Queue a command, unless the same one waits already."""
    body = _text(kind, first, last)
    waiting = work.session.scalars(
        select(DeviceCommand)
        .where(
            DeviceCommand.device_id == device.id,
            DeviceCommand.body == body,
            DeviceCommand.status == "waiting",
        )
        .limit(1)
    ).one_or_none()
    row = waiting or DeviceCommand(
        device_id=device.id,
        code=secrets.token_hex(8),
        kind=kind.name.lower(),
        body=body,
        first=first,
        last=last,
        status="waiting",
        asked_by=work.identity.account_id,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.audit(
        "attendance.command.asked",
        device_ref(device.id, device.serial, device.name),
        command=row.body,
        code=row.code,
    )
    return row


def _text(kind: CommandKind, first: dt.datetime | None, last: dt.datetime | None) -> str:
    if first is None or last is None:
        return Command(kind).text
    make = query_attlog if kind is CommandKind.QUERY_ATTLOG else verify_sum
    return make(first, last).text


def _bounds(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """From the first second of `first` to the last of `last`, as the device counts."""
    return dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time(23, 59, 59))
