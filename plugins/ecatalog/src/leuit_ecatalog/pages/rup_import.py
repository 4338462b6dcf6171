"""Bringing in RUP packages: unit, year and file, the report of every row, storing it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from leuit.builtin.organisation import RefusedRowsError
from leuit.builtin.report_pages import kept_file, refuse_file, report_parts
from leuit.values import ConflictError, LeuitError, _
from leuit.web import Choice, Field, FormPage, Request, Response, page, parse_id, redirect
from leuit.work import View
from leuit_ecatalog.service.rup_import import (
    COLUMNS,
    REQUIRED,
    ReceivedRup,
    RupHead,
    apply_rup,
    importing_units,
    receive_rup,
    try_rup,
)

from .buying_common import RUP, number_of

FORM = f"{RUP}/import"
REPORT = f"{FORM}/report"


def send_file(request: Request) -> Response:
    """Choose unit and year and send the file; nothing is changed yet."""
    with request.read() as view:
        form = _form(view)
    form.fill({"year": request.now.year})
    if request.method == "POST":
        form.values.clear()
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values["file"]
            try:
                head = RupHead(parse_id(values["unit"]), values["year"])
                received = receive_rup(request.app, head, upload.data, upload.filename)
            except LeuitError as error:
                refuse_file(form, error, "file")
            else:
                return redirect(f"{REPORT}?{urlencode(_carried(received))}")
    optional = [one for one in COLUMNS if one not in REQUIRED]
    return form.answer(request, "ecatalog/rup_import.html", required=REQUIRED, optional=optional)


def show_report(request: Request) -> Response:
    """What storing the file would do to each package."""
    received = _again(request, request.query)
    with request.read() as view:
        report = try_rup(view, received)
    return page(
        request,
        "ecatalog/rup_report.html",
        back=FORM,
        year=received.head.year,
        **report_parts(request, report, REPORT, _carried(received)),
    )


def store(request: Request) -> Response:
    """Store the packages as the report was shown."""
    received = _again(request, request.form)
    try:
        report = apply_rup(
            request.app,
            request.identity,
            received,
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError) as error:
        return redirect(f"{REPORT}?{urlencode(_carried(received))}", str(error), "bata")
    counts = report.counts
    told = _("Tersimpan: %(new)s paket baru, %(changed)s berubah.") % {
        "new": counts["baru"],
        "changed": counts["berubah"],
    }
    return redirect(RUP, told)


def _form(view: View) -> FormPage:
    return FormPage(
        title=_("Impor paket RUP"),
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        action=FORM,
        submit=_("Periksa berkas"),
        back=RUP,
        back_label=_("Paket RUP"),
        fields=[
            Field(
                "unit",
                _("Unit"),
                "select",
                choices=[Choice(str(key), name) for key, name in importing_units(view)],
            ),
            Field("year", _("Tahun anggaran"), width="short", convert=number_of),
            Field("file", _("Berkas CSV atau XLSX"), "file", accept=".csv,.xlsx"),
        ],
    )


def _again(request: Request, carried: Mapping[str, str]) -> ReceivedRup:
    """The file of the address or form once more, out of the store."""
    data = kept_file(request, carried.get("file", ""))
    head = RupHead(parse_id(carried.get("unit", "")), number_of(carried.get("year", "")))
    return receive_rup(request.app, head, data, carried.get("name", "")[:200])


def _carried(received: ReceivedRup) -> dict[str, Any]:
    return {
        "file": received.file.sha256,
        "name": received.file.name,
        "unit": str(received.head.unit_id),
        "year": str(received.head.year),
    }
