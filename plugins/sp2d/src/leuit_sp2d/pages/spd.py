"""The pages of an SPD: what to release, the report of every line, issuing it, and reading it.

An SPD cannot be taken back here, so what it would do is shown first. The form that issues it
carries what was asked for, not what came out: the lines are judged again.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.organisation import RefusedRowsError
from leuit.builtin.report_pages import (
    OUTCOMES,
    kept_file,
    refuse_file,
    shown_counts,
    shown_row,
)
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    _,
    one_line,
)
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    local,
    page,
    page_number,
    redirect,
)
from leuit_sp2d.permissions import RELEASE
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.budget_lines import (
    LineKey,
    LineState,
    lines_of,
    parse_year,
    require_unit,
    unit_name_of,
)
from leuit_sp2d.service.budget_papers import page_of_spd_lines, spd_of
from leuit_sp2d.service.spd import IssuedSpd, SpdHead, SpdPlan, issue_spd, try_spd
from leuit_sp2d.service.spd_request import (
    COLUMNS,
    Share,
    SpdRequest,
    parse_percent,
    read_spd,
    typed_lines,
)

from .budget_words import spd_path, year_path
from .common import id_in

TYPED = 100
"""Lines that can be typed on the form; with more, a share or a file is the way."""

SHOWN_ROWS = 200
RELEASE_WORDS: Mapping[str, str] = {**OUTCOMES, "baru": _("dilepas")}
QUARTERS = ("I", "II", "III", "IV")
_AMOUNT = "nilai "


@attrs.frozen
class Asked:
    """A form that could be read: its head, its request, and the fields that ask for it again."""

    head: SpdHead
    request: SpdRequest
    carried: Mapping[str, str]


def new_spd(request: Request) -> Response:
    """Say what to release; then read what comes of it; then issue it."""
    unit_id, year = id_in(request, "unit_id"), parse_year(request.params["year"])
    with request.read() as view:
        require_unit(view, RELEASE, unit_id)
        unit_name = unit_name_of(view, unit_id)
        lines = lines_of(view, unit_id, year)
    form = _form(unit_id, year)
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                asked = _asked(request, unit_id, year, values)
                if request.form.get("step") == "issue":
                    return _issue(request, unit_name, asked)
                return _report_page(request, unit_name, asked)
            except ConflictError as error:
                refuse_file(form, error, "number")
            except LeuitError as error:
                refuse_file(
                    form, error, {"file": "file", "percent": "percent"}.get(values["how"], "")
                )
    else:
        form.fill({"how": "lines" if len(_open(lines)) <= TYPED else "percent"})
    return form.answer(
        request,
        "sp2d/spd_new.html",
        unit_name=unit_name,
        year=year,
        lines=_open(lines)[:TYPED],
        more=len(_open(lines)[TYPED:]),
        typed=_typed(request),
        columns=COLUMNS,
        field_of=_field_of,
    )


def show_spd(request: Request) -> Response:
    """An SPD, what it gave to each line, and how those stand now."""
    spd_id = id_in(request, "spd_id")
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        spd = spd_of(view, spd_id)
        rows, count = page_of_spd_lines(view, spd_id, start, PAGE_SIZE)
    return page(
        request,
        "sp2d/spd.html",
        spd=spd,
        quarter=QUARTERS[spd.quarter - 1],
        issued=local(request, spd.issued_at),
        listing=Listing.of(request, rows, count),
        back=year_path(spd.unit_id, spd.year),
    )


def _open(lines: Mapping[LineKey, LineState]) -> Sequence[LineState]:
    return [line for line in lines.values() if line.pockets.unreleased]


def _form(unit_id: UUID, year: int) -> FormPage:
    return FormPage(
        title=_("Terbitkan SPD"),
        lead=_("Anda melihat hasilnya per baris sebelum SPD terbit."),
        action=f"{year_path(unit_id, year)}/spd/new",
        fields=[
            Field(
                "quarter",
                _("Triwulan"),
                "select",
                choices=[
                    Choice("", _("Pilih triwulan")),
                    *(Choice(str(n), roman) for n, roman in enumerate(QUARTERS, start=1)),
                ],
            ),
            Field("number", _("Nomor SPD"), most=100, convert=one_line),
            Field("dated", _("Tanggal SPD"), "date"),
            Field(
                "how",
                _("Yang dilepas"),
                "radio",
                choices=[
                    Choice("percent", _("Persen dari pagu setiap baris")),
                    Choice("file", _("Nilai per baris dari berkas")),
                    Choice("lines", _("Nilai per baris yang saya isi di bawah")),
                ],
                missing=_("Pilih salah satu."),
            ),
            Field(
                "percent",
                _("Persen"),
                required=False,
                width="short",
                convert=parse_percent,
                hint=_("Untuk pilihan pertama, misalnya 25; paling banyak sisanya."),
            ),
            Field(
                "file",
                _("Berkas CSV atau XLSX"),
                "file",
                required=False,
                accept=".csv,.xlsx",
                hint=_("Untuk pilihan kedua. Kolom: %s.") % ", ".join(COLUMNS),
            ),
        ],
        submit=_("Periksa SPD"),
        back=year_path(unit_id, year),
        back_label=_("Anggaran SKPD"),
    )


def _asked(request: Request, unit_id: UUID, year: int, values: dict[str, Any]) -> Asked:
    head = SpdHead(unit_id, year, int(values["quarter"]), values["number"], values["dated"])
    carried = {
        "quarter": values["quarter"],
        "number": values["number"],
        "dated": values["dated"].isoformat(),
        "how": values["how"],
    }
    if values["how"] == "percent":
        if values["percent"] is None:
            raise InvalidInputError(_("Isi persen yang dilepas."))
        carried["percent"] = str(values["percent"])
        return Asked(head, Share(values["percent"]), carried)
    if values["how"] == "file":
        data = _file(request, values["file"])
        asked = read_spd(data)
        return Asked(head, asked, carried | {"kept": request.app.blobs.put(data)})
    typed = _typed(request)
    amounts = {_key_of(name): text for name, text in typed.items()}
    return Asked(head, typed_lines(amounts), carried | typed)


def _file(request: Request, upload: Any) -> bytes:
    """The file that was sent, or the one of the page before by its hash."""
    if upload is not None:
        data: bytes = upload.data
        return data
    try:
        return kept_file(request, request.form.get("kept", ""))
    except NotFoundError:
        raise InvalidInputError(_("Pilih berkas.")) from None


def _field_of(line: LineState) -> str:
    return f"{_AMOUNT}{line.activity} {line.account}"


def _key_of(name: str) -> LineKey:
    activity, _space, account = name.removeprefix(_AMOUNT).partition(" ")
    return activity[:20], account[:20]


def _typed(request: Request) -> dict[str, str]:
    """What was typed beside lines, by field."""
    return {name: text for name, text in request.form.items() if name.startswith(_AMOUNT) and text}


def _issue(request: Request, unit_name: str, asked: Asked) -> Response:
    try:
        issued = issue_spd(
            request.app,
            request.identity,
            asked.head,
            asked.request,
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError) as error:
        return _report_page(request, unit_name, asked, str(error))
    return _answer(issued)


def _answer(issued: IssuedSpd) -> Response:
    told = _("SPD terbit.")
    if issued.is_repeated:
        told = _("SPD ini sudah terbit; tidak ada yang berubah.")
    return redirect(spd_path(issued.id), told)


def _report_page(request: Request, unit_name: str, asked: Asked, trouble: str = "") -> Response:
    with request.read() as view:
        outcome = try_spd(view, asked.head, asked.request)
    if isinstance(outcome, IssuedSpd):
        return _answer(outcome)
    return _shown(request, unit_name, asked, outcome, trouble)


def _shown(request: Request, unit_name: str, asked: Asked, plan: SpdPlan, trouble: str) -> Response:
    rows = sorted(plan.report.rows, key=lambda row: (row.status != "ditolak", row.number))
    head = asked.head
    return page(
        request,
        "sp2d/spd_report.html",
        status=409 if trouble else 200,
        head=head,
        unit_name=unit_name,
        quarter=QUARTERS[head.quarter - 1],
        trouble=trouble,
        report=plan.report,
        counts=shown_counts(plan.report, RELEASE_WORDS),
        rows=[shown_row(row, RELEASE_WORDS) for row in rows[:SHOWN_ROWS]],
        more=len(rows[SHOWN_ROWS:]),
        total=format_rupiah(plan.total),
        carried=asked.carried,
        action=f"{year_path(head.unit_id, head.year)}/spd/new",
    )
