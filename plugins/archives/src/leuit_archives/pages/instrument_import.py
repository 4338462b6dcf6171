"""The import of an instrument by page: the file and its head, the report, the draft.

The report has an address of its own, with the file's hash and what was given beside it; the store
keeps the bytes, and nothing is written before somebody makes the draft.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from leuit.builtin.organisation import RefusedRowsError
from leuit.builtin.regulations import MAY_DRAFT
from leuit.builtin.report_pages import kept_file, refuse_file, report_parts
from leuit.values import ConflictError, InvalidInputError, LeuitError, _, one_line, parse_date
from leuit.web import Choice, Field, FormPage, Request, Response, page, redirect
from leuit_archives.service.instrument import Instrument
from leuit_archives.service.instrument_import import Head, Received, draft_file, receive, try_import
from leuit_archives.service.instruments import instrument_named

from .instruments import HOME

CARRIED = ("title", "legal_basis", "confidence", "effective_from", "source")
MOST_POINTS = 200
CONFIDENCE = (
    Choice("primary", _("Dibaca dari naskah peraturannya")),
    Choice("secondary", _("Dari sumber kedua")),
    Choice("derived", _("Disimpulkan")),
    Choice("unverified", _("Belum diperiksa")),
)


def send_file(request: Request) -> Response:
    """Say which edition, and send the file; nothing is changed yet."""
    instrument = instrument_named(request.params["name"])
    with request.read() as view:
        view.require_on_root(MAY_DRAFT)
    form = _form(instrument).fill({"confidence": "unverified"})
    if request.method == "POST":
        form.values.clear()
        values = form.read(request.form, request.files)
        if form.ok:
            upload = values.pop("file")
            carried = {name: str(values[name] or "") for name in CARRIED}
            try:
                received = receive(request.app, instrument, upload.data, upload.filename)
                with request.read() as view:
                    try_import(view, received, _head(carried).effective_from)
            except LeuitError as error:
                refuse_file(form, error, "file")
            else:
                return redirect(_report(instrument, received, carried))
    return form.answer(request, "archives/instrument_import.html", columns=instrument.columns)


def show_report(request: Request) -> Response:
    """What a draft of the file would change, what waits for a person, and what to know."""
    instrument = instrument_named(request.params["name"])
    received, head = _again(request, instrument, request.query)
    with request.read() as view:
        plan = try_import(view, received, head.effective_from)
    carried = _told(received, request.query)
    path = f"{HOME}/{instrument.name}/import/report"
    return page(
        request,
        "archives/instrument_report.html",
        instrument=instrument,
        head=head,
        name=received.file.name,
        points=plan.open_points[:MOST_POINTS],
        points_more=max(0, len(plan.open_points) - MOST_POINTS),
        notes=plan.notes,
        back=f"{HOME}/{instrument.name}/import",
        **report_parts(request, plan.report, path, carried),
    )


def store(request: Request) -> Response:
    """Make the draft as its report was shown; two people put it in force at *Peraturan*."""
    instrument = instrument_named(request.params["name"])
    received, head = _again(request, instrument, request.form)
    try:
        draft_id = draft_file(
            request.app,
            request.identity,
            received,
            head,
            digest=request.form.get("digest") or "-",
            request_id=request.request_id,
        )
    except (RefusedRowsError, ConflictError, InvalidInputError) as error:
        return redirect(_report(instrument, received, request.form), str(error), "bata")
    return redirect(
        f"/regulations/{draft_id}",
        _("Naskah edisi tersimpan. Ajukan, lalu minta orang lain memeriksa."),
    )


def _form(instrument: Instrument[Any]) -> FormPage:
    path = f"{HOME}/{instrument.name}"
    return FormPage(
        title=_("Impor: %s") % instrument.title,
        lead=_("Berkas diperiksa dahulu; Anda melihat hasilnya sebelum ada yang berubah."),
        fields=[
            Field("title", _("Nama edisi"), most=200, convert=one_line),
            Field("legal_basis", _("Dasar hukum"), most=300, convert=one_line),
            Field("effective_from", _("Berlaku sejak"), "date"),
            Field("confidence", _("Keyakinan"), "select", choices=list(CONFIDENCE)),
            Field("source", _("Sumber naskah"), most=500, required=False, convert=one_line),
            Field(
                "file",
                _("Berkas CSV atau XLSX"),
                "file",
                accept=".csv,.xlsx",
                hint=_("Seluruh tabelnya. Baris yang tidak ada di berkas menjadi ditutup."),
            ),
        ],
        submit=_("Periksa berkas"),
        action=f"{path}/import",
        back=path,
        back_label=str(instrument.title),
    )


def _head(carried: Mapping[str, Any]) -> Head:
    return Head(
        title=str(carried.get("title", ""))[:200],
        legal_basis=str(carried.get("legal_basis", ""))[:300],
        confidence=str(carried.get("confidence", "")),
        effective_from=parse_date(str(carried.get("effective_from", ""))),
        source=str(carried.get("source", ""))[:500],
    )


def _again(
    request: Request, instrument: Instrument[Any], carried: Mapping[str, Any]
) -> tuple[Received[Any], Head]:
    """The file of the address or form once more, out of the store, and what was said of it."""
    data = kept_file(request, str(carried.get("file", "")))
    head = _head(carried)
    return receive(request.app, instrument, data, str(carried.get("name", ""))[:200]), head


def _told(received: Received[Any], carried: Mapping[str, Any]) -> dict[str, str]:
    """What the report's address and form hold."""
    told = {name: str(carried.get(name, "")) for name in CARRIED}
    return {"file": received.file.sha256, "name": received.file.name, **told}


def _report(
    instrument: Instrument[Any], received: Received[Any], carried: Mapping[str, Any]
) -> str:
    return f"{HOME}/{instrument.name}/import/report?{urlencode(_told(received, carried))}"
