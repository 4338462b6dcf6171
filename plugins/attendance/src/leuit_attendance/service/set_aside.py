"""Devices that nobody registered: what they send waits, within a cap, and counts for nobody.

They are answered as if all were well, so that they neither hammer nor lose anything: what found no
room is asked for again once the device is approved, and so is its operation log, which is not set
aside at all.
"""

import functools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, delete, func, literal_column, select, update

from leuit.storage import Instant, insert_into
from leuit.values import NotFoundError, RecordRef, _
from leuit.work import JobContext, View, Work
from leuit_attendance.models import Device, DeviceState, SetAsideRow, UnknownDevice
from leuit_attendance.settings import AttendanceSettings
from leuit_attendance.wire import WireRecord

from .device_commands import ask_log
from .devices import MANAGE, register_device
from .known_device import KnownDevice, find_device
from .punches import store_set_aside
from .tables import table_of
from .tap_rows import COLUMNS, KEY, chunks, from_json, tap_rows

REPLAY = "attendance.replay_set_aside"
CARD_READER = "pid"
"""The DeviceType whose columns 8 and 9 are IDNum and Type."""


def settings_of(view: View) -> AttendanceSettings:
    """The settings of attendance, those of the file or the defaults."""
    found = view.app.vocabulary.settings.get("attendance")
    return found if isinstance(found, AttendanceSettings) else AttendanceSettings()


def note_unknown(work: Work, serial: str, address: str) -> bool:
    """Note that an unregistered serial called; False when there is no room for another one.

    Keeps the serial's row from others until the unit ends: an approval waits, or has been.
    """
    table = table_of(UnknownDevice)
    touched = work.session.execute(
        update(table).where(table.c.serial == serial).values(last_seen_at=work.now, address=address)
    )
    if touched.rowcount:  # type: ignore[attr-defined]  # a cursor result
        return True
    count = work.session.execute(select(func.count()).select_from(table)).scalar_one()
    if count >= settings_of(work).set_aside_devices:
        return False
    statement = insert_into(work.database.dialect, table).values(
        serial=serial,
        first_seen_at=work.now,
        last_seen_at=work.now,
        kept=0,
        dropped=0,
        address=address,
    )
    work.session.execute(
        statement.on_conflict_do_update(
            index_elements=["serial"], set_={"last_seen_at": statement.excluded.last_seen_at}
        )
    )
    return True


def forget_unknown(work: Work, serial: str) -> None:
    """Take the note away, when the serial turns out to have been registered meanwhile."""
    work.session.execute(delete(table_of(UnknownDevice)).where(UnknownDevice.serial == serial))


def note_type(work: Work, serial: str, device_type: str) -> None:
    """Note the DeviceType of a stranger's handshake (attendance.md 6.2): its lines depend on it.

    Taps that were read by other columns are dropped, and asked for again once it is approved.
    """
    stranger = work.session.get(UnknownDevice, serial, populate_existing=True)
    if stranger is None or stranger.device_type == device_type:
        return
    was = told_type(work, serial)
    stranger.device_type = device_type
    if stranger.kept and was != device_type and CARD_READER in (was, device_type):
        work.session.execute(delete(table_of(SetAsideRow)).where(SetAsideRow.serial == serial))
        stranger.dropped += stranger.kept
        stranger.kept = 0
    work.session.flush()


def told_type(view: View, serial: str) -> str:
    """The DeviceType of an unregistered serial: as a stranger, else before it was retired."""
    told = view.session.execute(
        select(UnknownDevice.device_type).where(UnknownDevice.serial == serial)
    ).scalar()
    return (
        told
        or view.session.execute(
            select(DeviceState.device_type)
            .join(Device, Device.id == DeviceState.device_id)
            .where(Device.serial == serial)
        ).scalar()
        or "att"
    )


def note_lost(work: Work, serial: str) -> None:
    """Note that a body of a stranger could not be read: everything is asked for at approval."""
    stranger = work.session.get_one(UnknownDevice, serial, populate_existing=True)
    stranger.dropped += 1
    work.session.flush()


def set_aside(work: Work, serial: str, records: Sequence[WireRecord]) -> None:
    """Keep the taps of a serial that has been noted, as far as there is room."""
    rows = tap_rows(records)
    taken = work.session.get_one(UnknownDevice, serial, populate_existing=True)
    room = max(0, settings_of(work).set_aside_per_device - taken.kept)
    statement = _statement(work.database.dialect)
    for taps in chunks(rows[:room]):
        work.session.execute(statement, {"serial": serial, "now": work.now, "taps": taps})
    taken.dropped += len(rows) - min(room, len(rows))
    taken.kept = work.session.execute(
        select(func.count()).select_from(SetAsideRow).where(SetAsideRow.serial == serial)
    ).scalar_one()


def waiting(view: View) -> Sequence[UnknownDevice]:
    """Serials that wait for approval, the latest caller first."""
    return view.session.scalars(
        select(UnknownDevice).order_by(UnknownDevice.last_seen_at.desc(), UnknownDevice.serial)
    ).all()


def approve(
    work: Work,
    serial: str,
    unit_id: UUID,
    *,
    usb_id: str | None = None,
    name: str = "",
    swapped: bool = False,
) -> int:
    """Register a device that has called, and let what it sent count; returns how many taps wait.

    A job stores them. What found no room is asked for at the device's next handshake, and the
    operation log always: of a stranger it was acknowledged and not kept.
    """
    stranger = _locked(work, serial)
    device = register_device(work, serial, unit_id, usb_id=usb_id, name=name, swapped=swapped)
    values: dict[str, object] = {"device_type": told_type(work, serial)}
    if stranger.dropped:
        values.update(resend_asked_at=work.now, resend_told_at=None)
    state = table_of(DeviceState)
    work.session.execute(update(state).where(state.c.device_id == device.id).values(values))
    ask_log(work, device.id)
    work.audit(
        "attendance.device.approved",
        RecordRef("attendance.device", str(device.id), serial),
        kept=stranger.kept,
        dropped=stranger.dropped,
    )
    if stranger.kept:
        work.enqueue(REPLAY, {"serial": serial})
    count = stranger.kept
    work.session.delete(stranger)
    work.session.flush()
    return count


def reject(work: Work, serial: str) -> int:
    """Throw away what an unregistered device sent; returns how many taps that were."""
    work.require_on_root(MANAGE)
    stranger = _locked(work, serial)
    count = stranger.kept
    work.session.execute(delete(table_of(SetAsideRow)).where(SetAsideRow.serial == serial))
    work.session.delete(stranger)
    work.session.flush()
    work.audit(
        "attendance.device.rejected",
        RecordRef("attendance.unknown_device", serial, serial),
        dropped=count,
    )
    return count


def replay(context: JobContext) -> None:
    """Job: store what was set aside for a serial that is registered now, part by part."""
    serial = str(context.args["serial"])
    while True:
        with context.change() as work:
            device = find_device(work, serial)
            if device is None or not _any_left(work, device):
                return
            store_set_aside(work, device)


def stragglers(view: View) -> list[str]:
    """Registered serials for which taps are still set aside."""
    return list(
        view.session.scalars(
            select(SetAsideRow.serial)
            .join(Device, Device.serial == SetAsideRow.serial)
            .where(Device.status == "active")
            .distinct()
        )
    )


def _any_left(work: Work, device: KnownDevice) -> bool:
    query = select(SetAsideRow.id).where(SetAsideRow.serial == device.serial).limit(1)
    return work.session.execute(query).first() is not None


def _locked(work: Work, serial: str) -> UnknownDevice:
    stranger = work.session.scalars(
        select(UnknownDevice).where(UnknownDevice.serial == serial).with_for_update()
    ).one_or_none()
    if stranger is None:
        raise NotFoundError(
            _("Tidak ada mesin %(serial)s yang menunggu persetujuan."),
            advice=_("Lihat daftarnya dengan leuit attendance device list."),
            serial=serial,
        )
    return stranger


@functools.cache
def _statement(dialect: str) -> Any:
    table = table_of(SetAsideRow)
    source, columns = from_json(dialect)
    fixed = [bindparam("serial", type_=String()), bindparam("now", type_=Instant())]
    chosen = select(*columns, *fixed).select_from(source).where(literal_column("1 = 1"))
    statement = insert_into(dialect, table).from_select([*COLUMNS, "serial", "received_at"], chosen)
    return statement.on_conflict_do_update(
        index_elements=["serial", *KEY],
        set_={"copies": statement.excluded.copies},
        where=statement.excluded.copies > table.c.copies,
    )
