"""The page by which shift assignments come in by a file: tried first, stored when asked to.

A file with a refused row stores nothing. Sending the same file again changes nothing, so the page
answers at once with its report instead of keeping files between two steps.
"""

from typing import Any

from leuit.builtin.organisation import RefusedRowsError, Report, RowReport
from leuit.values import LeuitError, _
from leuit.web import Choice, Field, FormPage, Request, Response, page
from leuit_attendance.service.shifts import COLUMNS, import_shifts, plan_shifts

ADDRESS = "/attendance/shifts/import"
SHOWN_ROWS = 200
_TONES = {"baru": "daun", "berubah": "nila", "sama": "abu", "ditolak": "bata"}


def import_page(request: Request) -> Response:
    """Choose a file, and whether it is only tried; then the report of every row."""
    form = FormPage(
        title=_("Impor jadwal sif"),
        lead=_("Satu baris untuk satu pegawai dan tanggal. Kolom: %s.") % ", ".join(COLUMNS),
        fields=[
            Field(
                "file",
                _("Berkas CSV atau XLSX"),
                "file",
                accept=".csv,.xlsx",
                hint=_("Sif “-” menghapus penugasan. Paling besar 8 MB."),
            ),
            Field(
                "what",
                _("Yang dilakukan"),
                "radio",
                choices=[
                    Choice("try", _("Periksa dahulu, belum disimpan")),
                    Choice("store", _("Simpan bila semua baris diterima")),
                ],
                missing=_("Pilih salah satu."),
            ),
        ],
        submit=_("Kirim berkas"),
    )
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values["file"]
            try:
                report = _report(request, upload.data, upload.filename, values["what"])
            except LeuitError as error:
                if error.status not in (413, 422):
                    raise
                form.errors["file"] = str(error)
            else:
                return page(request, "import_report.html", report=_shown(report))
    else:
        form.fill({"what": "try"})
    return form.answer(request)


def _report(request: Request, data: bytes, name: str, what: str) -> Report:
    if what == "try":
        with request.read() as view:
            return plan_shifts(view, data).report
    try:
        with request.change() as work:
            return import_shifts(work, data, name)
    except RefusedRowsError as error:
        return error.report


def _shown(report: Report) -> dict[str, Any]:
    told: str = _("Belum ada yang disimpan.")
    if report.applied:
        told = _("Sudah disimpan; harinya dihitung ulang.")
    worth = sorted(report.rows, key=lambda row: (row.status != "ditolak", row.number))
    if len(worth) > SHOWN_ROWS:
        told = f"{told} " + _("Ditampilkan %s baris pertama.") % SHOWN_ROWS
    return {
        "title": _("Laporan impor jadwal sif"),
        "lead": told,
        "back": ADDRESS,
        "back_label": _("Impor jadwal sif"),
        "counts": [(name, count, _TONES[name]) for name, count in report.counts.items()],
        "rows": [_row(row) for row in worth[:SHOWN_ROWS]],
        "confirm": None,
    }


def _row(row: RowReport) -> dict[str, Any]:
    faults = [fault.sentence() for fault in row.faults]
    return {
        "number": row.number,
        "label": row.label,
        "outcome": row.status,
        "tone": _TONES[row.status],
        "sentences": faults or [str(change) for change in row.changes],
    }
