"""Papers of a vendor: which are asked for, one page for each, and the files to look at again."""

import datetime as dt
from typing import Any

from leuit.values import LeuitError, NotFoundError, _
from leuit.web import Field, FormPage, Request, Response, file_answer, page, redirect, version_of
from leuit_ecatalog.models import VendorDocument
from leuit_ecatalog.rules.legal_forms import PAPER_KINDS, PaperKind, papers_of
from leuit_ecatalog.service.answers import answers_of
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.paper_files import ACCEPTED, LARGEST
from leuit_ecatalog.service.vendor_papers import (
    NUMBER,
    Paper,
    add_paper,
    own_paper,
    papers_by_kind,
    receive_paper,
    remove_paper,
)

from .asked import day_told, faults_of, id_in
from .shop import DESK
from .shop_words import returned

PAPERS = f"{DESK}/papers"
MAX_BODY = LARGEST + 256 * 1024


def show_papers(request: Request) -> Response:
    """The papers that a firm of this form is asked for, and those that were brought."""
    return _list(request, {})


def bring(request: Request) -> Response:
    """One paper: what was brought, and a form for the next file."""
    kind = PAPER_KINDS.get(str(request.params["kind"]))
    if kind is None:
        raise NotFoundError(_("Dokumen itu tidak ada."))
    form = _form(kind)
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                return _brought(request, kind, values)
            except LeuitError as error:
                if error.status not in (409, 413, 422):
                    raise
                form.errors.update(_known(form, faults_of(error)))
    with request.read() as view:
        vendor = own_vendor(view)
        known = papers_by_kind(view, vendor).get(kind.code)
        wrong = [
            row for row in returned(view, vendor, DESK) if row["path"] == f"{PAPERS}/{kind.code}"
        ]
        version = vendor.version
        shown = _shown(known, view.today) if known else None
    if request.method == "GET":
        form.fill({"version": version})
    return form.answer(
        request, "ecatalog/shop_paper.html", paper=shown, wrong=wrong, version=version
    )


def download(request: Request) -> Response:
    """A file of the own firm, as it was sent."""
    with request.read() as view:
        found = own_paper(view, id_in(request, "document_id"))
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.file_name, found.media_type)


def take_off(request: Request) -> Response:
    """Take a paper back that nobody has verified."""
    try:
        version = version_of(request.form)
        with request.change() as work:
            remove_paper(work, version, id_in(request, "document_id"))
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return _list(request, faults_of(error))
    return redirect(PAPERS, str(_("Dokumen dilepas.")))


def _list(request: Request, faults: dict[str, str]) -> Response:
    with request.read() as view:
        vendor = own_vendor(view)
        brought = papers_by_kind(view, vendor)
        asked = papers_of(str(answers_of(vendor)["legal_form"] or ""))
        others = [PAPER_KINDS[code] for code in brought if PAPER_KINDS[code] not in asked]
        rows = [
            (kind, _shown(brought[kind.code], view.today) if kind.code in brought else None)
            for kind in (*asked, *others)
        ]
    return page(
        request,
        "ecatalog/shop_papers.html",
        status=422 if faults else 200,
        errors=faults,
        rows=rows,
        papers=PAPERS,
        desk=DESK,
    )


def _brought(request: Request, kind: PaperKind, values: dict[str, Any]) -> Response:
    upload = values["file"]
    file = receive_paper(request.app, request.identity, upload.filename, upload.data)
    paper = Paper(kind.code, values["number"] or "", values["issued"], values["expires"])
    with request.change() as work:
        add_paper(work, version_of(values), paper, file)
    return redirect(PAPERS, str(_("Dokumen tersimpan.")))


def _form(kind: PaperKind) -> FormPage:
    return FormPage(
        title=kind.title,
        lead=kind.hint,
        action=f"{PAPERS}/{kind.code}",
        back=PAPERS,
        back_label=_("Dokumen"),
        submit=_("Simpan dokumen"),
        fields=[
            Field(
                "file",
                _("Berkas"),
                "file",
                hint=_("PDF, JPEG atau PNG, paling besar 10 MB. Potret dari ponsel boleh."),
                accept=ACCEPTED,
            ),
            Field("number", _("Nomor dokumen"), required=False, most=NUMBER),
            Field("issued", _("Tanggal terbit"), "date", required=False),
            Field("expires", _("Berlaku sampai"), "date", required=False),
            Field("version", "", "hidden"),
        ],
    )


def _known(form: FormPage, faults: dict[str, str]) -> dict[str, str]:
    names = {field.name for field in form.fields}
    return {name if name in names else "": sentence for name, sentence in faults.items()}


def _shown(paper: VendorDocument, today: dt.date) -> dict[str, Any]:
    parts = [paper.number]
    if paper.expires:
        parts.append(str(_("berlaku sampai %s") % day_told(paper.expires)))
    return {
        "id": paper.id,
        "name": paper.file_name,
        "meta": " · ".join(part for part in parts if part),
        "verified": paper.verified_at is not None,
        "expired": paper.expires is not None and paper.expires <= today,
        "path": f"{PAPERS}/files/{paper.id}",
    }
