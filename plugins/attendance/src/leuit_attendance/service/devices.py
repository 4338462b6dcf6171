"""The register of devices: who may send punches, and to which unit the device belongs."""

import re
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    StaleEditError,
    _,
)
from leuit.work import View, Work
from leuit_attendance.models import Device, DeviceState
from leuit_attendance.wire import parse_serial

from .known_device import KnownDevice, device_ref, find_device

READ, MANAGE = "attendance.device.read", "attendance.device.manage"
NAME = 120
_USB_ID = re.compile(r"[A-Za-z0-9_-]{1,24}")


def register_device(
    work: Work,
    serial: str,
    unit_id: UUID,
    *,
    usb_id: str | None = None,
    name: str = "",
    swapped: bool = False,
) -> Device:
    """Register a device, or take a retired one into use again.

    Raises InvalidInputError with every fault, ConflictError when the serial or the number of its
    files is taken.
    """
    work.require(MANAGE, unit_id)
    values = _checked(serial, usb_id, name)
    known = work.session.scalars(
        select(Device).where(Device.serial == values.serial).with_for_update()
    ).one_or_none()
    if known is not None and known.status == "active":
        raise ConflictError(
            _("Mesin %(serial)s sudah terdaftar."),
            advice=_("Lihat daftarnya dengan leuit attendance device list."),
            serial=known.serial,
        )
    _refuse_taken(work, values.usb_id, known)
    device = known or Device(serial=values.serial, registered_at=work.now, version=0)
    device.unit_id, device.usb_id, device.name = unit_id, values.usb_id, values.name
    device.column_map = "swapped" if swapped else "standard"
    device.status, device.version = "active", device.version + 1
    work.session.add(device)
    work.session.flush()
    if known is None:
        work.session.add(DeviceState(device_id=device.id, leads=[], info={}))
    work.audit(
        "attendance.device.registered",
        device_ref(device.id, device.serial, device.name),
        unit=unit_id,
        usb_id=device.usb_id,
        column_map=device.column_map,
    )
    work.session.flush()
    return device


def change_device(
    work: Work,
    device_id: UUID,
    version: int,
    *,
    unit_id: UUID,
    usb_id: str | None,
    name: str,
    swapped: bool,
) -> Device:
    """Move a device to another unit, rename it, or tell its number or columns anew."""
    device = _locked(work, device_id, version)
    work.require(MANAGE, unit_id)
    values = _checked(device.serial, usb_id, name)
    _refuse_taken(work, values.usb_id, device)
    device.unit_id, device.usb_id, device.name = unit_id, values.usb_id, values.name
    device.column_map = "swapped" if swapped else "standard"
    device.version += 1
    work.audit(
        "attendance.device.changed",
        device_ref(device.id, device.serial, device.name),
        unit=unit_id,
        usb_id=device.usb_id,
        column_map=device.column_map,
    )
    work.session.flush()
    return device


def retire_device(work: Work, device_id: UUID, version: int | None = None) -> Device:
    """Take a device out of use: its punches stay, what it sends from now on is set aside."""
    device = _locked(work, device_id, version)
    device.status = "retired"
    device.version += 1
    work.audit("attendance.device.retired", device_ref(device.id, device.serial, device.name))
    work.session.flush()
    return device


def ask_everything_again(work: Work, device_id: UUID) -> None:
    """Have the device send all its records at its next handshake (Stamp=0), as after a restore."""
    device = _locked(work, device_id, None)
    state = work.session.get_one(DeviceState, device.id)
    state.resend_asked_at, state.resend_told_at = work.now, None
    work.audit("attendance.device.resend_asked", device_ref(device.id, device.serial, device.name))


def device_by_serial(view: View, serial: str, permission: str = READ) -> Device:
    """The device of a serial, active or retired, that the identity may see; NotFoundError else."""
    allowed = view.units(permission)
    device = view.session.scalars(
        select(Device).where(Device.serial == serial, Device.unit_id.in_(allowed))
    ).one_or_none()
    if device is None:
        raise missing(serial)
    return device


def device_of_file(view: View, usb_id: str | None, serial: str | None) -> Device | None:
    """The active device that a file names, by its serial or else by its small number.

    A name such as `3602099000001_attlog.dat` may bear either.
    """
    for column, value in ((Device.serial, serial), (Device.usb_id, usb_id)):
        if value is None:
            continue
        found = view.session.scalars(
            select(Device).where(column == value, Device.status == "active")
        ).one_or_none()
        if found is not None:
            return found
    if serial is not None:
        return view.session.scalars(
            select(Device).where(Device.usb_id == serial, Device.status == "active")
        ).one_or_none()
    return None


def known(view: View, device: Device) -> KnownDevice:
    """The device as uploads see it."""
    found = find_device(view, device.serial)
    if found is None:
        raise missing(device.serial)
    return found


def missing(serial: str) -> NotFoundError:
    """The refusal for a device that is not registered, or that the asker may not see."""
    return NotFoundError(
        _("Mesin %(serial)s belum terdaftar."),
        advice=_("Daftarkan dengan: leuit attendance device add %(serial)s --unit UNIT --usb-id N"),
        serial=serial,
    )


@attrs.frozen
class _Checked:
    serial: str
    usb_id: str | None
    name: str


def _checked(serial: str, usb_id: str | None, name: str) -> _Checked:
    faults = []
    sound = parse_serial(serial)
    if sound is None:
        faults.append(
            FieldError(
                "serial",
                _("Nomor seri hanya huruf, angka, tanda hubung dan garis bawah, paling banyak 32."),
            )
        )
    number = (usb_id or "").strip() or None
    if number is not None and not _USB_ID.fullmatch(number):
        faults.append(
            FieldError("usb_id", _("Nomor mesin hanya huruf dan angka, paling banyak 24."))
        )
    elif number is not None and number.isdigit():
        number = number.lstrip("0") or "0"
    label = " ".join(name.split())
    if len(label) > NAME or not label.isprintable():
        faults.append(FieldError("name", _("Nama mesin paling banyak 120 huruf.")))
    if faults:
        raise InvalidInputError(_("Mesin belum didaftarkan."), fields=faults)
    assert sound is not None
    return _Checked(sound, number, label)


def _refuse_taken(work: Work, usb_id: str | None, own: Device | None) -> None:
    if usb_id is None:
        return
    other = work.session.scalars(
        select(Device).where(Device.usb_id == usb_id, Device.status == "active")
    ).one_or_none()
    if other is not None and other is not own:
        sentence = _("Nomor mesin %(usb_id)s sudah dipakai mesin %(serial)s.")
        raise ConflictError(
            sentence,
            advice=_("Pakai nomor lain; berkas dari USB dikenali dari nomor ini."),
            usb_id=usb_id,
            serial=other.serial,
        )


def _locked(work: Work, device_id: UUID, version: int | None) -> Device:
    device = work.session.scalars(
        select(Device)
        .where(Device.id == device_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if device is None or device.status != "active":
        raise missing(device.serial if device else "")
    work.require(MANAGE, device.unit_id)
    if version is not None and device.version != version:
        raise StaleEditError(
            _("Data mesin %(serial)s sudah diubah orang lain."),
            advice=_("Muat ulang halaman, lalu ulangi bila masih perlu."),
            serial=device.serial,
        )
    return device
