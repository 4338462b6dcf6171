"""The pages of TPP base amounts: who has how much, the file, the report of every row, storing it.

As with a DPA the report has an address of its own, and no row is written before somebody stores.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from leuit.builtin.organisation import RefusedRowsError, Report
from leuit.builtin.report_pages import kept_file, refuse_file, report_parts
from leuit.values import ConflictError, LeuitError, _, one_line
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    redirect,
)
from leuit_sp2d.permissions import TPP
from leuit_sp2d.service.tpp_file import COLUMNS
from leuit_sp2d.service.tpp_import import (
    ReceivedBases,
    apply_bases,
    listed_bases,
    receive_bases,
    try_bases,
)

HOME = "/sp2d/tpp"
FORM = f"{HOME}/import"
REPORT = f"{FORM}/report"


def show_bases(request: Request) -> Response:
    """Every base amount, by name and with the latest first; found by name or NIP."""
    text = one_line(request.query.get("q", ""))[:80]
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        rows, total = listed_bases(view, text, PAGE_SIZE, start)
    return page(request, "sp2d/tpp_bases.html", listing=Listing.of(request, rows, total), text=text)


def send_file(request: Request) -> Response:
    """Send the file; nothing is changed yet."""
    with request.read() as view:
        view.require_on_root(TPP)
    form = _form()
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values["file"]
            try:
                received = receive_bases(
                    request.app, upload.data, upload.filename, replace=bool(values["replace"])
                )
                with request.read() as view:
                    try_bases(view, received)
            except LeuitError as error:
                refuse_file(form, error, "file")
            else:
                return redirect(f"{REPORT}?{urlencode(_carried(received))}")
    return form.answer(request, "sp2d/tpp_import.html", columns=COLUMNS)


def show_report(request: Request) -> Response:
    """What storing the file would do to each person."""
    received = _again(request, request.query)
    with request.read() as view:
        report = try_bases(view, received)
    return _report_page(request, received, report)


def store(request: Request) -> Response:
    """Store the amounts as their report was shown."""
    received = _again(request, request.form)
    try:
        report = apply_bases(
            request.app,
            request.identity,
            received,
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError) as error:
        return redirect(f"{REPORT}?{urlencode(_carried(received))}", str(error), "bata")
    if report.changes_nothing:
        return redirect(HOME, _("Besaran TPP di berkas itu sudah tersimpan."))
    counts = report.counts
    told = _("%s besaran TPP tersimpan.") % (counts["baru"] + counts["berubah"])
    return redirect(HOME, str(told))


def _form() -> FormPage:
    return FormPage(
        title=_("Impor besaran TPP"),
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        fields=[
            Field("file", _("Berkas CSV atau XLSX"), "file", accept=".csv,.xlsx"),
            Field(
                "replace",
                _("Ganti besaran yang sudah tercatat"),
                "checkbox",
                required=False,
                hint=_(
                    "Hanya untuk membetulkan yang keliru. Besaran baru ditulis dengan tanggal"
                    " berlakunya sendiri."
                ),
            ),
        ],
        submit=_("Periksa berkas"),
        action=FORM,
        back=HOME,
        back_label=_("Besaran TPP"),
    )


def _again(request: Request, carried: Mapping[str, str]) -> ReceivedBases:
    """The file of the address or form once more, out of the store."""
    data = kept_file(request, carried.get("file", ""))
    name, replace = carried.get("name", "")[:200], carried.get("replace") == "ya"
    return receive_bases(request.app, data, name, replace=replace)


def _carried(received: ReceivedBases) -> dict[str, str]:
    """What the report's address and form hold."""
    replace = "ya" if received.replace else ""
    return {"file": received.file.sha256, "name": received.file.name, "replace": replace}


def _report_page(request: Request, received: ReceivedBases, report: Report) -> Response:
    return page(
        request,
        "sp2d/tpp_report.html",
        name=received.file.name,
        back=FORM,
        **report_parts(request, report, REPORT, _carried(received)),
    )
