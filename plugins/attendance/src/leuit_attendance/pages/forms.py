"""Questions about a device that its forms share."""

from typing import Any

from leuit.values import _
from leuit.web import Choice, Field, parse_id
from leuit.work import View
from leuit_attendance.service.fleet import units_with


def device_fields(view: View, permission: str) -> list[Field]:
    """The questions about a device: where it hangs, what it is called, how its files look."""
    choices = [Choice(str(unit.id), unit.name) for unit in units_with(view, permission)]
    return [
        Field("unit", _("Unit"), "select", choices=[Choice("", _("Pilih unit")), *choices]),
        Field("name", _("Nama tempat"), required=False, hint=_("Misalnya Lobi lantai 1")),
        Field(
            "usb_id",
            _("Nomor mesin"),
            required=False,
            width="short",
            hint=_("Angka sebelum _attlog.dat pada berkas USB"),
        ),
        Field("swapped", _("Berkasnya menulis cara verifikasi sebelum status"), "checkbox"),
    ]


def device_values(values: dict[str, Any]) -> dict[str, Any]:
    """The answers to `device_fields` as arguments of the services."""
    return {
        "unit_id": parse_id(values["unit"]),
        "usb_id": values["usb_id"],
        "name": values["name"] or "",
        "swapped": values["swapped"],
    }
