"""Forms about devices: register, approve, change, retire, ask for records again."""

from typing import Any

from leuit.values import _, format_date
from leuit.web import Field, FormPage, Request, Response, parse_id, redirect, run_form, version_of
from leuit_attendance.models import Device
from leuit_attendance.service.device_commands import ask_backfill, ask_info
from leuit_attendance.service.devices import (
    MANAGE,
    ask_everything_again,
    change_device,
    register_device,
    retire_device,
)
from leuit_attendance.service.fleet import device_detail
from leuit_attendance.service.set_aside import approve, reject

from .fleet import DEVICES
from .forms import device_fields, device_values


def add_device(request: Request) -> Response:
    """Register a device by its serial."""
    with request.read() as view:
        fields = device_fields(view, MANAGE)
    form = FormPage(
        title=_("Daftarkan mesin absensi"),
        fields=[
            Field("serial", _("Nomor seri (SN)"), width="medium", hint=_("Ada di menu info mesin")),
            *fields,
        ],
        submit=_("Daftarkan mesin"),
        back=DEVICES,
        back_label=_("Mesin absensi"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            device = register_device(work, values["serial"], **device_values(values))
        return f"{DEVICES}/{device.id}", _("Mesin terdaftar.")

    return run_form(request, form, act)


def approve_device(request: Request) -> Response:
    """Register a device that has already called; what it sent is stored by a job."""
    serial = str(request.params["serial"])
    with request.read() as view:
        fields = device_fields(view, MANAGE)
    form = FormPage(
        title=_("Setujui mesin %s") % serial,
        lead=_("Rekaman yang sudah dikirimnya ikut dihitung setelah disetujui."),
        fields=fields,
        submit=_("Setujui mesin"),
        back=DEVICES,
        back_label=_("Mesin absensi"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            count = approve(work, serial, **device_values(values))
        return DEVICES, _("Mesin disetujui; %s rekaman sedang dimasukkan.") % count

    return run_form(request, form, act)


def reject_device(request: Request) -> Response:
    """Throw away what an unregistered device sent, after a question."""
    serial = str(request.params["serial"])
    form = FormPage(
        title=_("Tolak mesin %s") % serial,
        lead=_("Rekaman yang sudah dikirimnya dibuang dan tidak dapat dikembalikan."),
        fields=[],
        submit=_("Tolak dan buang rekamannya"),
        back=DEVICES,
        back_label=_("Mesin absensi"),
        danger=True,
    )

    def act(_values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            count = reject(work, serial)
        return DEVICES, _("%s rekaman dibuang.") % count

    return run_form(request, form, act)


def edit_device(request: Request) -> Response:
    """Another unit, name, number or order of columns."""
    device = _device(request)
    with request.read() as view:
        fields = device_fields(view, MANAGE)
    form = FormPage(
        title=_("Ubah mesin %s") % device.serial,
        fields=[*fields, Field("version", "", "hidden")],
        submit=_("Simpan mesin"),
        back=f"{DEVICES}/{device.id}",
        back_label=device.name or device.serial,
    ).fill(
        {
            "unit": device.unit_id,
            "name": device.name,
            "usb_id": device.usb_id,
            "swapped": "ya" if device.column_map == "swapped" else "",
            "version": device.version,
        }
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            change_device(work, device.id, version_of(values), **device_values(values))
        return f"{DEVICES}/{device.id}", _("Perubahan mesin disimpan.")

    return run_form(request, form, act)


def retire(request: Request) -> Response:
    """Take a device out of use, after a question."""
    device = _device(request)
    form = FormPage(
        title=_("Nonaktifkan mesin %s") % device.serial,
        lead=_("Rekaman yang sudah tersimpan tetap ada. Kiriman berikutnya tidak dihitung."),
        fields=[Field("version", "", "hidden")],
        submit=_("Nonaktifkan mesin"),
        back=f"{DEVICES}/{device.id}",
        back_label=device.name or device.serial,
        danger=True,
    ).fill({"version": device.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            retire_device(work, device.id, version_of(values))
        return DEVICES, _("Mesin tidak dipakai lagi.")

    return run_form(request, form, act)


def backfill(request: Request) -> Response:
    """Ask a device for the records of some days once more."""
    device = _device(request)
    form = FormPage(
        title=_("Minta kirim ulang"),
        lead=_("Mesin %s mengirim lagi rekamannya; yang sudah ada tidak tersimpan dua kali.")
        % device.serial,
        fields=[
            Field("first", _("Dari tanggal"), "date"),
            Field("last", _("Sampai tanggal"), "date", hint=_("Paling lama 400 hari")),
        ],
        submit=_("Minta kirim ulang"),
        back=f"{DEVICES}/{device.id}",
        back_label=device.name or device.serial,
    ).fill({"first": format_date(request.now.date()), "last": format_date(request.now.date())})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            ask_backfill(work, device, values["first"], values["last"])
        return f"{DEVICES}/{device.id}", _("Permintaan menunggu mesin tersambung.")

    return run_form(request, form, act)


def resend(request: Request) -> Response:
    """Have a device send everything again at its next start."""
    device = _device(request)
    with request.change() as work:
        ask_everything_again(work, device.id)
    return redirect(
        f"{DEVICES}/{device.id}", _("Mesin mengirim ulang semuanya saat tersambung lagi.")
    )


def info(request: Request) -> Response:
    """Ask a device about itself: how many records it holds, its firmware."""
    device = _device(request)
    with request.change() as work:
        ask_info(work, device)
    return redirect(f"{DEVICES}/{device.id}", _("Permintaan menunggu mesin tersambung."))


def _device(request: Request) -> Device:
    """The device of the address, which the reader must be allowed to manage."""
    with request.read() as view:
        device = device_detail(view, parse_id(request.params["device_id"])).row.device
        view.require(MANAGE, device.unit_id)
    return device
