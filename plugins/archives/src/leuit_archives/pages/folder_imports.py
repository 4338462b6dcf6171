"""Impor folder: the ZIP and its unit, what each row would become, and what came of it."""

import csv
import io
import tempfile
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import urlencode
from uuid import UUID

from leuit.builtin.organisation import STATUSES
from leuit.builtin.report_pages import TONES
from leuit.builtin.uploads import FileOnItsWay, keep_whole, let_go, own_file, own_files
from leuit.identity import Unit
from leuit.values import ConflictError, LeuitError, NotFoundError, _
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
    stream_answer,
)
from leuit_archives.models import FolderImport
from leuit_archives.models.folder_imports import DROPPED, FAILED, TAKEN, TAKING, TRIED, TRYING
from leuit_archives.rules.folder_rows import COLUMNS, REQUIRED
from leuit_archives.service.folder_imports import (
    PURPOSE,
    ask_again,
    ask_to_take,
    bring_folder,
    drop_folder,
    is_stopped,
    job_of,
    own_import,
    own_imports,
    units_to_bring_into,
    used_uploads,
)
from leuit_archives.service.folder_reports import all_rows, report_rows
from leuit_archives.service.folder_source import TABLE

HOME = "/archives/import"
PLAIN_MEGABYTES = 50
STATES: Mapping[str, tuple[str, str]] = {
    TRYING: (_("Diperiksa"), "nila"),
    TRIED: (_("Menunggu Anda"), "tunggu"),
    TAKING: (_("Dimasukkan"), "nila"),
    TAKEN: (_("Masuk"), "daun"),
    FAILED: (_("Gagal"), "bata"),
    DROPPED: (_("Dibuang"), "abu"),
}
_MEMORY = 1024 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(request: Request) -> Response:
    """The form, what is on its way, and what was brought in before."""
    return _home(request, _form(request))


def send(request: Request) -> Response:
    """Have a ZIP tried that came in pieces, or with the form."""
    form = _form(request)
    form.values.clear()
    values = form.read(request.form, request.files)
    if not form.ok:
        return _home(request, form)
    try:
        file_id = _sent(request, values["file"])
        form.values["file"] = str(file_id)
        with request.change() as work:
            import_id = bring_folder(work, UUID(values["unit"]), file_id)
    except LeuitError as error:
        if error.status not in (404, 409, 410, 413, 422):
            raise
        if error.status in (404, 410):
            form.values.pop("file", None)
        form.errors["file"] = str(error)
        return _home(request, form)
    return redirect(f"{HOME}/{import_id}")


def show_one(request: Request) -> Response:
    """How far it is; its report once it was tried; what came of it."""
    chosen = request.query.get("status", "")
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        brought = own_import(view, request.params["import_id"])
        job = job_of(view, brought)
        rows = report_rows(view, brought.id, chosen, start=start, limit=PAGE_SIZE)
        unit = view.session.get_one(Unit, brought.unit_id).name
    counts: dict[str, int] = {status: brought.counts.get(status, 0) for status in STATUSES}
    total = counts.get(chosen, 0) if chosen else sum(counts.values())
    path = f"{HOME}/{brought.id}"
    return page(
        request,
        "archives/folder_import.html",
        brought=brought,
        unit=unit,
        job=job,
        stopped=is_stopped(brought, job),
        going=brought.state in (TRYING, TAKING) and not is_stopped(brought, job),
        counts=[(status, count, TONES[status]) for status, count in counts.items() if count],
        refused=counts["ditolak"],
        fresh=counts["baru"],
        listing=Listing.of(request, [_shown(row) for row in rows], total),
        filters={
            status: f"{path}?{urlencode({'status': status})}" if status else path
            for status in ("", *STATUSES)
        },
        chosen=chosen,
        path=path,
        state=STATES[brought.state],
        back=HOME,
    )


def act(request: Request) -> Response:
    """Take it, let a stopped one go on, or drop it."""
    acts = {"take": ask_to_take, "again": ask_again, "drop": drop_folder}
    deed = acts.get(request.params["act"])
    if deed is None:
        raise NotFoundError(_("Halaman itu tidak ada."))
    import_id = request.params["import_id"]
    try:
        with request.change() as work:
            deed(work, import_id)
    except ConflictError as error:
        return redirect(f"{HOME}/{import_id}", str(error), "tunggu")
    if deed is drop_folder:
        return redirect(HOME, str(_("Folder itu dibuang.")))
    return redirect(f"{HOME}/{import_id}")


def drop_sent(request: Request) -> Response:
    """Drop a ZIP that is on its way and that nobody goes on with."""
    with request.change() as work:
        own_file(work, request.params["file_id"], PURPOSE.name)
        if used_uploads(work, [request.params["file_id"]]):
            raise ConflictError(_("ZIP ini sedang dipakai; buang impornya."))
        let_go(work, request.params["file_id"])
    return redirect(HOME, str(_("Kiriman itu dibuang.")))


def download(request: Request) -> Response:
    """The report as CSV, of all rows or of one outcome."""
    chosen = request.query.get("status", "")
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 -- closed when it is sent
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_("baris"), _("berkas"), _("uraian"), _("hasil"), _("keterangan")])
    with request.read() as view:
        brought = own_import(view, request.params["import_id"])
        for row in all_rows(view, brought.id, chosen if chosen in STATUSES else ""):
            told = " ".join(row.sentences)
            cells = (row.key, row.label, row.outcome, told)
            writer.writerow([row.number, *map(_cell, cells)])
    text.flush()
    text.detach()
    return stream_answer(file, f"laporan-{brought.name}.csv", "text/csv; charset=utf-8")


def _home(request: Request, form: FormPage) -> Response:
    with request.read() as view:
        imports = own_imports(view)
        files = own_files(view, PURPOSE.name)
        used = used_uploads(view, [one.id for one in files])
        sent = [one for one in files if one.id not in used]
    return form.answer(
        request,
        "archives/folder_imports.html",
        imports=[_listed(request, one) for one in imports],
        sent=[_on_its_way(one) for one in sent],
        columns=COLUMNS,
        required=REQUIRED,
        table=TABLE,
    )


def _form(request: Request) -> FormPage:
    with request.read() as view:
        units = units_to_bring_into(view)
    return FormPage(
        title=_("Impor folder"),
        lead=_("Folder arsip lama dengan tabelnya diperiksa dahulu; belum ada yang masuk."),
        fields=[
            Field(
                "unit",
                _("Unit pemilik arsip"),
                "select",
                choices=[Choice(str(unit.id), f"{unit.name} ({unit.code})") for unit in units],
            ),
            Field(
                "file",
                _("ZIP dari folder itu"),
                "file",
                accept=".zip,application/zip",
                hint=_("Paling besar 4 GB. Bila sambungan terputus, pengiriman dilanjutkan."),
                upload=PURPOSE.name,
                plain_megabytes=PLAIN_MEGABYTES,
            ),
        ],
        submit=_("Periksa folder"),
        action=HOME,
        back="/archives/records",
        back_label=_("Pemberkasan"),
    )


def _sent(request: Request, value: Any) -> UUID:
    """The ZIP in pieces; one that came with the form is cut now, so that all go the same way."""
    if isinstance(value, UUID):
        return value
    app, who = request.app, request.identity
    name, data = value.filename, value.data
    return keep_whole(app, who, PURPOSE.name, name, data, request_id=request.request_id).id


def _listed(request: Request, brought: FolderImport) -> dict[str, Any]:
    label, tone = STATES[brought.state]
    return {
        "path": f"{HOME}/{brought.id}",
        "name": brought.name,
        "since": local(request, brought.asked_at),
        "label": label,
        "tone": tone,
    }


def _on_its_way(file: FileOnItsWay) -> dict[str, Any]:
    return {
        "name": file.name,
        "percent": file.received * 100 // file.size if file.size else 100,
        "drop": f"{HOME}/sent/{file.id}/drop",
    }


def _shown(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "key": row.key,
        "label": row.label,
        "outcome": row.outcome,
        "tone": TONES[row.outcome],
        "sentences": row.sentences,
    }


def _cell(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
