"""`leuit attendance device …`: the register of devices."""

from typing import Any

from sqlalchemy import select

from leuit.identity import Unit
from leuit.plugins import CommandContext
from leuit.values import _, format_date, format_time, local_time
from leuit.work import View
from leuit_attendance.models import Device, DeviceState
from leuit_attendance.service.device_commands import ask_backfill
from leuit_attendance.service.devices import (
    MANAGE,
    ask_everything_again,
    device_by_serial,
    register_device,
    retire_device,
)
from leuit_attendance.service.set_aside import approve, reject, waiting
from leuit_attendance.service.units import unit_named


def add(
    context: CommandContext,
    sn: str,
    *,
    unit: str,
    usb_id: str | None = None,
    name: str = "",
    swapped: bool = False,
) -> int:
    """Register the device with serial SN at a unit (code, short name or name).

    --usb-id is the number before `_attlog.dat` in the names of its files; --swapped for devices
    that write verify before status there.
    """
    with context.app.change(context.identity) as work:
        found = unit_named(work, unit)
        device = register_device(work, sn, found.id, usb_id=usb_id, name=name, swapped=swapped)
        context.print(_("Mesin %s terdaftar di %s.") % (device.serial, found.name))
    return 0


def approve_device(
    context: CommandContext,
    sn: str,
    *,
    unit: str,
    usb_id: str | None = None,
    name: str = "",
    swapped: bool = False,
) -> int:
    """Register a device that has already called, and let the records it has sent count."""
    with context.app.change(context.identity) as work:
        found = unit_named(work, unit)
        count = approve(work, sn, found.id, usb_id=usb_id, name=name, swapped=swapped)
        context.print(
            _("Mesin %s terdaftar di %s; %s rekaman akan dimasukkan.") % (sn, found.name, count)
        )
    return 0


def reject_device(context: CommandContext, sn: str) -> int:
    """Throw away what an unregistered device has sent."""
    with context.app.change(context.identity) as work:
        count = reject(work, sn)
        context.print(_("%s rekaman mesin %s dibuang.") % (count, sn))
    return 0


def retire(context: CommandContext, sn: str) -> int:
    """Take a device out of use; its punches stay."""
    with context.app.change(context.identity) as work:
        device = device_by_serial(work, sn, MANAGE)
        retire_device(work, device.id)
        context.print(_("Mesin %s tidak dipakai lagi.") % sn)
    return 0


def resend(context: CommandContext, sn: str) -> int:
    """Have a device send all its records again at its next start, as after a restored backup."""
    with context.app.change(context.identity) as work:
        device = device_by_serial(work, sn, MANAGE)
        ask_everything_again(work, device.id)
        context.print(_("Mesin %s akan mengirim ulang semuanya saat tersambung lagi.") % sn)
    return 0


def backfill(context: CommandContext, sn: str, first: str, last: str) -> int:
    """Ask a device for its records from the day FIRST to LAST once more."""
    from leuit.values import parse_date

    with context.app.change(context.identity) as work:
        device = device_by_serial(work, sn, MANAGE)
        ask_backfill(work, device, parse_date(first), parse_date(last))
        context.print(_("Permintaan kirim ulang menunggu mesin %s.") % sn)
    return 0


def list_devices(context: CommandContext, *, json: bool = False) -> int:
    """All devices with unit, number and when they last called, and serials waiting for approval."""
    with context.app.read(context.identity) as view:
        rows = [_row(device, unit, state) for device, unit, state in _listed(view)]
        strangers = [
            {"serial": row.serial, "kept": row.kept, "dropped": row.dropped}
            for row in waiting(view)
        ]
        if json:
            context.print_json({"devices": rows, "waiting": strangers})
            return 0
        for row, (_device, _unit, state) in zip(rows, _listed(view), strict=True):
            seen: str = _("belum pernah")
            if state.seen_at:
                moment = local_time(state.seen_at, context.app.zone)
                seen = f"{format_date(moment, 'medium')} {format_time(moment)}"
            context.print(
                "  ".join(
                    (
                        row["serial"],
                        row["usb_id"] or "-",
                        row["status"],
                        row["unit"],
                        row["name"],
                        seen,
                    )
                )
            )
        for stranger in strangers:
            context.print(
                _("menunggu persetujuan: %s (%s rekaman)") % (stranger["serial"], stranger["kept"])
            )
    return 0


def _listed(view: View) -> list[Any]:
    return list(
        view.session.execute(
            select(Device, Unit, DeviceState)
            .join(Unit, Unit.id == Device.unit_id)
            .join(DeviceState, DeviceState.device_id == Device.id)
            .order_by(Device.serial)
        )
    )


def _row(device: Device, unit: Unit, state: DeviceState) -> dict[str, Any]:
    return {
        "serial": device.serial,
        "usb_id": device.usb_id,
        "name": device.name,
        "unit": unit.name,
        "unit_code": unit.code,
        "status": device.status,
        "swapped": device.column_map == "swapped",
        "last_seen": state.seen_at.isoformat() if state.seen_at else None,
    }
