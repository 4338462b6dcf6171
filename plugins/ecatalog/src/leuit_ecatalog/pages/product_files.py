"""Products in and out by file: the form, the report of every row, storing it, and the export."""

from collections.abc import Mapping
from urllib.parse import urlencode

from leuit.builtin.organisation import RefusedRowsError
from leuit.builtin.report_pages import kept_file, refuse_file, report_parts
from leuit.values import ConflictError, LeuitError, _
from leuit.web import Field, FormPage, Request, Response, file_answer, page, redirect
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.product_export import exported_rows
from leuit_ecatalog.service.product_file import COLUMNS, XLSX, as_csv, as_xlsx
from leuit_ecatalog.service.product_import import (
    ReceivedProducts,
    apply_products,
    receive_products,
    try_products,
)

from .product_common import LIST

FORM = f"{LIST}/import"
REPORT = f"{FORM}/report"


def send_file(request: Request) -> Response:
    """Send a file; nothing is changed yet."""
    with request.read() as view:
        own_vendor(view)
    form = _form()
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values["file"]
            try:
                received = receive_products(request.app, upload.data, upload.filename)
            except LeuitError as error:
                refuse_file(form, error, "file")
            else:
                return redirect(f"{REPORT}?{urlencode(_carried(received))}")
    return form.answer(request, "ecatalog/product_import.html", columns=COLUMNS)


def show_report(request: Request) -> Response:
    """What storing the file would do to each row."""
    with request.read() as view:
        own_vendor(view)
    received = _again(request, request.query)
    with request.read() as view:
        report = try_products(view, received)
    carried = _carried(received)
    parts = report_parts(request, report, REPORT, carried)
    return page(
        request, "ecatalog/product_report.html", name=received.file.name, back=FORM, **parts
    )


def store(request: Request) -> Response:
    """Store the file as its report was shown; with `skip` the rows that are right."""
    with request.read() as view:
        own_vendor(view)
    received = _again(request, request.form)
    try:
        report = apply_products(
            request.app,
            request.identity,
            received,
            digest=request.form.get("digest") or "-",
            skip_bad=request.form.get("skip") == "ya",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError) as error:
        return redirect(f"{REPORT}?{urlencode(_carried(received))}", str(error), "bata")
    counts = report.counts
    told = _("Tersimpan: %(new)s baris baru, %(changed)s berubah, %(refused)s ditolak.") % {
        "new": counts["baru"],
        "changed": counts["berubah"],
        "refused": counts["ditolak"],
    }
    return redirect(LIST, told)


def export(request: Request) -> Response:
    """The vendor's products as CSV or, with `format=xlsx`, as a workbook."""
    with request.read() as view:
        rows = list(exported_rows(view))
    if request.query.get("format") == "xlsx":
        return file_answer(as_xlsx(rows), "produk.xlsx", XLSX)
    return file_answer(as_csv(rows), "produk.csv", "text/csv; charset=utf-8")


def _form() -> FormPage:
    return FormPage(
        title=_("Impor produk"),
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        fields=[Field("file", _("Berkas CSV atau XLSX"), "file", accept=".csv,.xlsx")],
        submit=_("Periksa berkas"),
        back=LIST,
        back_label=_("Produk saya"),
    )


def _again(request: Request, carried: Mapping[str, str]) -> ReceivedProducts:
    """The file of the address or form once more, out of the store."""
    data = kept_file(request, carried.get("file", ""))
    return receive_products(request.app, data, carried.get("name", "")[:200])


def _carried(received: ReceivedProducts) -> dict[str, str]:
    return {"file": received.file.sha256, "name": received.file.name}
