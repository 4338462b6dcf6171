"""Dokumen saya, bringing a PDF, and a document's own page with its pictures."""

from typing import Any
from uuid import UUID

from leuit.pdf_pages import texts_of
from leuit.values import InvalidInputError, LeuitError, NotFoundError, TooLargeError, _
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    file_answer,
    local,
    page,
    page_number,
    picture_answer,
    redirect,
)
from leuit_esign.models import SIGN, Document
from leuit_esign.service.acting import readable
from leuit_esign.service.documents import (
    MOST_MEGABYTES,
    TITLE,
    bring,
    receive,
)
from leuit_esign.service.listing import documents_of, newest_sha256
from leuit_esign.service.tasks import my_turns

HOME = "/esign"
WAITING_SHOWN = 50
MAX_BODY = (MOST_MEGABYTES + 1) * 1024 * 1024
STATES = {
    "draft": (_("Belum dikirim"), "abu"),
    "prepared": (_("Menentukan penanda tangan"), "abu"),
    "running": (_("Menunggu tanda tangan"), "tunggu"),
    "done": (_("Selesai"), "daun"),
    "refused": (_("Ditolak"), "bata"),
    "recalled": (_("Ditarik kembali"), "abu"),
    "expired": (_("Lewat tenggat"), "bata"),
    "superseded": (_("Diganti"), "abu"),
    "revoked": (_("Dicabut"), "bata"),
}


def show_documents(request: Request) -> Response:
    """What waits for the reader, and his own documents, the newest first."""
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        found, total = documents_of(view, PAGE_SIZE, start)
        rows = [
            {
                "path": path_of(document),
                "title": document.title,
                "pages": len(document.sheets),
                "at": local(request, document.created_at),
                "state": STATES[document.state],
            }
            for document in found
        ]
        waiting = my_turns(view, WAITING_SHOWN + 1)
        turns = [
            {
                "path": f"{HOME}/documents/{one.document_id}",
                "title": one.title,
                "verb": _("Tanda tangani") if one.kind == SIGN else _("Beri paraf"),
                "as": one.position,
                "at": local(request, one.opened_at),
            }
            for one in waiting[:WAITING_SHOWN]
        ]
    return page(
        request,
        "esign/documents.html",
        listing=Listing.of(request, rows, total),
        turns=turns,
        more=len(waiting) > WAITING_SHOWN,
    )


def bring_document(request: Request) -> Response:
    """The form by which a PDF comes in."""
    form = FormPage(
        title=_("Unggah dokumen"),
        lead=_("PDF diperiksa dahulu. Setelah itu tentukan tempat tanda tangannya."),
        fields=[
            Field("title", _("Judul"), most=TITLE, missing=_("Tulis judul dokumennya.")),
            Field(
                "file",
                _("Berkas PDF"),
                "file",
                accept=".pdf,application/pdf",
                hint=_("Paling besar %s MB, tanpa kata sandi dan tanpa lampiran di dalamnya")
                % MOST_MEGABYTES,
            ),
        ],
        submit=_("Unggah"),
        back=HOME,
        back_label=_("Dokumen saya"),
    )
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok and (answer := _brought(request, form, values)) is not None:
            return answer
    return form.answer(request)


def show_picture(request: Request) -> Response:
    """A page of a document as a picture; its address names the version that the page shows."""
    with request.read() as view:
        document = readable(view, id_of(request))
    pdf = request.app.blobs.get(document.current_sha256 or document.pdf_sha256)
    return picture_answer(request, pdf)


def show_text(request: Request) -> Response:
    """The document's words without its pictures, for those who listen or have a small screen."""
    with request.read() as view:
        document = readable(view, id_of(request))
    texts = texts_of(request.app.blobs.get(newest_sha256(document)))
    return page(request, "esign/text.html", document=document, path=path_of(document), texts=texts)


def download(request: Request) -> Response:
    """The document's PDF as it stands: with its signatures, or as it was taken in."""
    with request.read() as view:
        document = readable(view, id_of(request))
    data = request.app.blobs.get(newest_sha256(document))
    return file_answer(data, f"{document.title}.pdf", "application/pdf")


def path_of(document: Document) -> str:
    """The address of a document's page."""
    return f"{HOME}/documents/{document.id}"


def id_of(request: Request) -> UUID:
    """The document's id in the address; NotFoundError for anything else."""
    try:
        return UUID(request.params["document_id"])
    except ValueError:
        raise NotFoundError(_("Dokumen itu tidak ada.")) from None


def _brought(request: Request, form: FormPage, values: dict[str, Any]) -> Response | None:
    upload = values["file"]
    try:
        received = receive(request.app, upload.data, upload.filename)
        with request.change() as work:
            document = bring(work, values["title"], received)
            path = path_of(document)
    except InvalidInputError as error:
        form.refuse(error) if error.fields else form.errors.setdefault("file", told(error))
        return None
    except TooLargeError as error:
        form.errors["file"] = told(error)
        return None
    return redirect(path, _("Dokumen diterima. Tentukan tempat tanda tangannya."))


def told(error: LeuitError) -> str:
    """The sentence of an error with what to do."""
    return str(error)
