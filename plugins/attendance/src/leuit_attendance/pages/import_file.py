"""The pages of an import: send the file of a memory stick, see what it holds, store it."""

from typing import Any

from sqlalchemy import select

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
from leuit.web import Choice, Field, FormPage, Request, Response, page, parse_id, redirect, run_form
from leuit.work import View
from leuit_attendance.models import Device, ImportedFile
from leuit_attendance.service.attlog_import import (
    IMPORT,
    MAX_FILE,
    confirm,
    device_for,
    dry_run,
    keep_file,
    put_file,
    read_file,
)

PATH = "/attendance/import"
JUNK_SHOWN = 50
MAX_BODY = MAX_FILE + 64 * 1024


def send_file(request: Request) -> Response:
    """Choose the file; nothing is stored as punches yet."""
    with request.read() as view:
        devices = _devices(view)
    form = FormPage(
        title=_("Impor berkas absensi"),
        lead=_("Berkas diperiksa dahulu; Anda melihat isinya sebelum disimpan."),
        fields=[
            Field(
                "file",
                _("Berkas dari USB mesin"),
                "file",
                accept=".dat,.txt",
                hint=_("Bernama seperti 1_attlog.dat, paling besar 32 MB"),
            ),
            Field(
                "device",
                _("Mesin"),
                "select",
                required=False,
                hint=_("Kosongkan bila nama berkas sudah menyebut mesinnya"),
                choices=[
                    Choice("", _("Dari nama berkas")),
                    *(Choice(d.serial, f"{d.serial} {d.name}".strip()) for d in devices),
                ],
            ),
        ],
        submit=_("Periksa berkas"),
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        upload = values["file"]
        file = put_file(request.app, upload.data, upload.filename)
        with request.read() as view:
            try:
                found = read_file(upload.data, upload.filename)
                device = device_for(view, found, values["device"])
            except NotFoundError as error:
                raise InvalidInputError(
                    str(error), fields=[FieldError("device", _unknown(error))]
                ) from error
        read_file(upload.data, upload.filename, device)
        with request.change() as work:
            row = keep_file(work, device, file)
        return f"{PATH}/{row.id}", _("Berkas diterima. Periksa isinya, lalu simpan.")

    return run_form(request, form, act)


def show_report(request: Request) -> Response:
    """What storing the file would do, or did."""
    with request.read() as view:
        row, device = _import(view, request)
        parsed = read_file(request.app.blobs.get(row.sha256), row.name, device)
        report = dry_run(view, device, parsed)
    return page(
        request,
        "attendance/import_report.html",
        row=row,
        device=device,
        report=report,
        junk=report.junk[:JUNK_SHOWN],
    )


def store(request: Request) -> Response:
    """Store the punches of a file that was looked at; a second press stores nothing twice."""
    with request.read() as view:
        row, device = _import(view, request)
    parsed = read_file(request.app.blobs.get(row.sha256), row.name, device)
    with request.change() as work:
        kept = work.session.get_one(ImportedFile, row.id, with_for_update=True)
        report = confirm(work, work.session.get_one(Device, device.id), kept, parsed)
    return redirect(f"{PATH}/{row.id}", _("%s rekaman baru tersimpan.") % report.new)


def _import(view: View, request: Request) -> tuple[ImportedFile, Device]:
    found = view.session.execute(
        select(ImportedFile, Device)
        .join(Device, Device.id == ImportedFile.device_id)
        .where(
            ImportedFile.id == parse_id(request.params["import_id"]),
            Device.unit_id.in_(view.units(IMPORT)),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("Berkas itu tidak ada."))
    return found[0], found[1]


def _devices(view: View) -> list[Device]:
    return list(
        view.session.scalars(
            select(Device)
            .where(Device.status == "active", Device.unit_id.in_(view.units(IMPORT)))
            .order_by(Device.serial)
        )
    )


def _unknown(error: NotFoundError) -> str:
    return error.sentence() + " " + _("Pilih mesinnya, atau daftarkan mesin itu dahulu.")
