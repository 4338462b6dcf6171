"""What the forms about devices share: show, read, act, and put a refusal where it belongs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from leuit.values import ConflictError, InvalidInputError, NotFoundError, _
from leuit.web import Choice, Field, FormPage, Request, Response, redirect
from leuit.work import View
from leuit_attendance.service.fleet import units_with

Act = Callable[[dict[str, Any]], tuple[str, str]]


def run_form(
    request: Request, form: FormPage, act: Act, template: str = "form_page.html", **context: Any
) -> Response:
    """Show the form (GET), or act on it: `act` returns the next address and the notice there."""
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                path, notice = act(values)
            except InvalidInputError as error:
                form.refuse(error)
            except ConflictError as error:
                form.errors[""] = str(error)
            else:
                return redirect(path, notice)
    return form.answer(request, template, **context)


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


def parse_id(text: str) -> UUID:
    """An id of the address; NotFoundError for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(_("Halaman itu tidak ada.")) from None


def version_of(values: dict[str, Any]) -> int:
    """The version that a form carried along; anything else is a page of long ago."""
    text = str(values.get("version") or "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInputError(_("Muat ulang halaman, lalu ulangi perubahan Anda."))
    return int(text)
