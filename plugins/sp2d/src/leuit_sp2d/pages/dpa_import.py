"""The pages of a DPA's import: the file and its head, the report of every row, storing it.

The report has an address of its own, with the file's hash and what was given beside it, so that it
can be read page by page; the store keeps the bytes, and no row is written before somebody stores.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from leuit.builtin.organisation import RefusedRowsError
from leuit.builtin.report_pages import kept_file, refuse_file, report_parts
from leuit.values import ConflictError, LeuitError, _, one_line, parse_date
from leuit.web import Choice, Field, FormPage, Request, Response, page, parse_id, redirect
from leuit.work import View
from leuit_sp2d.permissions import BUDGET
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.budget_lines import parse_year, unit_name_of, units_with
from leuit_sp2d.service.dpa import DpaHead, DpaPlan
from leuit_sp2d.service.dpa_file import COLUMNS
from leuit_sp2d.service.dpa_import import ReceivedDpa, StoredDpa, apply_dpa, receive_dpa, try_dpa

from .budget_words import BUDGET_PATH, year_path

FORM = f"{BUDGET_PATH}/import"
REPORT = f"{FORM}/report"
CARRIED = ("file", "name", "unit", "year", "stage", "number", "dated", "skpd_code")
SHORT_SHOWN = 100


def send_file(request: Request) -> Response:
    """Choose the SKPD, say which edition, and send the file; nothing is changed yet."""
    with request.read() as view:
        form = _form(view)
    form.fill({"unit": request.query.get("unit", ""), "year": request.query.get("year", "")})
    if not form.values.get("year"):
        form.fill({"year": request.now.year})
    if request.method == "POST":
        form.values.clear()
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values.pop("file")
            carried = {name: str(value) for name, value in values.items()}
            try:
                head = _head(carried)
                received = receive_dpa(request.app, head, upload.data, upload.filename)
                with request.read() as view:
                    try_dpa(view, received)
            except ConflictError as error:
                refuse_file(form, error, "number")
            except LeuitError as error:
                refuse_file(form, error, "file")
            else:
                return redirect(f"{REPORT}?{urlencode(_carried(received))}")
    return form.answer(request, "sp2d/dpa_import.html", columns=COLUMNS)


def show_report(request: Request) -> Response:
    """What storing the file would do to each line, or that it is stored already."""
    received = _again(request, request.query)
    with request.read() as view:
        outcome = try_dpa(view, received)
        name = unit_name_of(view, received.head.unit_id)
    if isinstance(outcome, StoredDpa):
        return redirect(*_stored(received, outcome))
    return _report_page(request, received, outcome, name)


def store(request: Request) -> Response:
    """Store the edition as its report was shown."""
    received = _again(request, request.form)
    try:
        outcome = apply_dpa(
            request.app,
            request.identity,
            received,
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError) as error:
        return redirect(f"{REPORT}?{urlencode(_carried(received))}", str(error), "bata")
    return redirect(*_stored(received, outcome))


def _form(view: View) -> FormPage:
    units = [Choice(str(unit_id), name) for unit_id, name in units_with(view, BUDGET)]
    return FormPage(
        title=_("Impor DPA"),
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        fields=[
            Field("unit", _("SKPD"), "select", choices=[Choice("", _("Pilih SKPD")), *units]),
            Field("year", _("Tahun anggaran"), width="short", most=4),
            Field(
                "stage",
                _("Tahap"),
                width="short",
                most=8,
                hint=_("M untuk murni, P untuk perubahan, P.04 untuk pergeseran ke-4"),
            ),
            Field("number", _("Nomor DPA"), most=100, convert=one_line),
            Field("dated", _("Tanggal DPA"), "date"),
            Field(
                "skpd_code",
                _("Kode SKPD"),
                width="medium",
                most=30,
                hint=_("Seperti dalam nomor SPM, misalnya 1.01.2.22.0.00.01.0000"),
            ),
            Field(
                "file",
                _("Berkas CSV atau XLSX"),
                "file",
                accept=".csv,.xlsx",
                hint=_("Seluruh anggaran SKPD itu. Baris yang tidak ada di berkas menjadi nol."),
            ),
        ],
        submit=_("Periksa berkas"),
        back=BUDGET_PATH,
        back_label=_("Anggaran"),
    )


def _head(carried: Mapping[str, str]) -> DpaHead:
    return DpaHead(
        unit_id=parse_id(carried.get("unit", "")),
        year=_year(carried.get("year", "")),
        stage=carried.get("stage", ""),
        number=carried.get("number", ""),
        dated=parse_date(carried.get("dated", "")),
        skpd_code=carried.get("skpd_code", ""),
    )


def _year(text: str) -> int:
    """The year as given; what is none is left for the head's own check to refuse."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0


def _again(request: Request, carried: Mapping[str, str]) -> ReceivedDpa:
    """The file of the address or form once more, out of the store."""
    parse_year(carried.get("year", ""))
    data = kept_file(request, carried.get("file", ""))
    return receive_dpa(request.app, _head(carried), data, carried.get("name", "")[:200])


def _carried(received: ReceivedDpa) -> dict[str, str]:
    """What the report's address and form hold."""
    head = received.head
    values = (
        received.file.sha256,
        received.file.name,
        head.unit_id,
        head.year,
        head.stage,
        head.number,
        head.dated.isoformat(),
        head.skpd_code,
    )
    return {name: str(value) for name, value in zip(CARRIED, values, strict=True)}


def _stored(received: ReceivedDpa, outcome: StoredDpa) -> tuple[str, str]:
    told: Any = _("DPA ke-%s tersimpan.") % outcome.sequence
    if outcome.is_repeated:
        told = _("Berkas ini sudah tersimpan sebagai DPA ke-%s; tidak ada yang berubah.") % (
            outcome.sequence
        )
    return year_path(received.head.unit_id, received.head.year), str(told)


def _report_page(
    request: Request, received: ReceivedDpa, plan: DpaPlan, unit_name: str
) -> Response:
    carried = _carried(received)
    return page(
        request,
        "sp2d/dpa_report.html",
        head=received.head,
        unit_name=unit_name,
        short=plan.short[:SHORT_SHOWN],
        short_more=len(plan.short[SHORT_SHOWN:]),
        facts=[
            (_("Pagu sebelumnya"), format_rupiah(plan.before)),
            (_("Pagu menurut berkas"), format_rupiah(plan.total)),
        ],
        drawn=format_rupiah(plan.drawn) if plan.drawn else "",
        back=f"{FORM}?{urlencode({'unit': carried['unit'], 'year': carried['year']})}",
        **report_parts(request, plan.report, REPORT, carried),
    )
