"""The pages of an import: send a file, read what it would do row by row, apply it."""

from typing import Any

from leuit.values import ConflictError, InvalidInputError, LeuitError, _
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    parse_id,
    redirect,
)

from . import import_staff, import_units
from .importing import KINDS, Kind, apply_import, load_import, receive, try_import
from .report import STATUSES, Report
from .rights import EDIT

IMPORT = "/organisation/import"
TITLES = {"units": _("Unit"), "staff": _("Pegawai")}


def send_file(request: Request) -> Response:
    """Choose what the file holds, and the file; nothing is changed yet."""
    form = FormPage(
        title=_("Impor unit atau pegawai"),
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        fields=[
            Field(
                "kind",
                _("Isi berkas"),
                "radio",
                choices=[Choice(kind, TITLES[kind]) for kind in KINDS],
                missing=_("Pilih isi berkas."),
            ),
            Field(
                "file",
                _("Berkas CSV atau XLSX"),
                "file",
                accept=".csv,.xlsx",
                hint=_("Baris pertama berisi nama kolom. Paling besar 8 MB."),
            ),
        ],
        submit=_("Periksa berkas"),
        back="/organisation/people",
        back_label=_("Pegawai"),
    ).fill({"kind": request.query.get("kind", "")})
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values["file"]
            try:
                import_id = receive(
                    request.app,
                    request.identity,
                    values["kind"],
                    upload.filename,
                    upload.data,
                    request_id=request.request_id,
                )
            except LeuitError as error:
                if error.status not in (413, 422):
                    raise
                form.errors["file"] = str(error)
            else:
                return redirect(f"{IMPORT}/{import_id}")
    columns = {"units": import_units.COLUMNS, "staff": import_staff.COLUMNS}
    return form.answer(request, "organisation/import.html", columns=columns, titles=TITLES)


def show_report(request: Request) -> Response:
    """What the file would do now, row by row, 50 a page; or what it did."""
    import_id = parse_id(request.params["import_id"])
    with request.read() as view:
        stored = load_import(view, import_id)
        kind: Kind = "units" if stored.kind == "units" else "staff"
        report = None
        if stored.applied_at is None:
            report = try_import(view, kind, request.app.blobs.get(stored.sha256))
    return _report_page(request, stored, report)


def apply_file(request: Request) -> Response:
    """Apply the file as its report was shown; refused rows are left out only when asked."""
    import_id = parse_id(request.params["import_id"])
    address = f"{IMPORT}/{import_id}"
    try:
        report = apply_import(
            request.app,
            request.identity,
            import_id,
            skip_bad=request.form.get("skip_bad") == "ya",
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (InvalidInputError, ConflictError) as error:
        return redirect(address, str(error), "bata")
    counts = report.counts
    told = _("Tersimpan: %(baru)s baru, %(berubah)s berubah, %(sama)s sama, %(ditolak)s ditolak.")
    return redirect(address, told % counts)


def _report_page(request: Request, stored: Any, report: Report | None) -> Response:
    chosen = request.query.get("status", "")
    rows = [row for row in report.rows if chosen in ("", row.status)] if report else []
    start = (page_number(request) - 1) * PAGE_SIZE
    return page(
        request,
        "organisation/report.html",
        stored=stored,
        title=TITLES[stored.kind],
        report=report,
        counts=report.counts if report else stored.counts,
        statuses=STATUSES,
        chosen=chosen,
        listing=Listing.of(request, rows[start : start + PAGE_SIZE], len(rows)),
        may_edit=request.may(EDIT),
    )
