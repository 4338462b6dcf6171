"""Surat Pesanan and BAST: written, read, signed with a pen, asked for anew, taken back."""

from typing import Any

from leuit.values import _
from leuit.web import (
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    page,
    version_of,
)
from leuit_ecatalog.buying_words import DOCUMENT_TONES, DOCUMENT_WORDS
from leuit_ecatalog.models import OrderDocument
from leuit_ecatalog.models.orders import DOCUMENT_NUMBER
from leuit_ecatalog.models.purchases import CLAUSES, REASON
from leuit_ecatalog.permissions import APPROVE
from leuit_ecatalog.rules.purchase_states import HANDOVER, ORDERING
from leuit_ecatalog.service import order_documents
from leuit_ecatalog.service.drafting import media_type_of
from leuit_ecatalog.service.order_content import draw, title_of
from leuit_ecatalog.service.order_documents import make_minutes, make_order, sign_by_hand
from leuit_ecatalog.service.orders import COMPLETE, find_document, find_own_document
from leuit_ecatalog.service.paper_files import ACCEPTED, LARGEST
from leuit_ecatalog.service.purchase_access import find_purchase, ref_of

from .buying_common import PURCHASES, acting, changed, id_in, receive, run_act, run_change
from .order_detail import may_with
from .purchases import show_purchase

MAX_BODY = LARGEST + 256 * 1024
_VERSION = Field("version", "", "hidden")


def write_order(request: Request) -> Response:
    """The Surat Pesanan: by when everything comes, and the clauses once more."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, ORDERING)
    form = FormPage(
        title=_("Buat surat pesanan"),
        lead=_("%(number)s. Setelah Anda tanda tangani, penyedia diberi waktu mengonfirmasi.")
        % {"number": purchase.number},
        action=f"{PURCHASES}/{purchase_id}/order",
        submit=_("Buat surat pesanan"),
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        fields=[
            Field("deliver_by", _("Diserahkan paling lambat"), "date"),
            Field(
                "clauses",
                _("Klausul tambahan"),
                "textarea",
                rows=6,
                required=False,
                most=CLAUSES,
            ),
            _VERSION,
        ],
    )
    needed = purchase.needed_by
    form.fill(
        {
            "deliver_by": f"{needed:%d/%m/%Y}" if needed else "",
            "clauses": purchase.clauses,
            "version": purchase.version,
        }
    )
    return run_change(
        request,
        form,
        lambda work, values: make_order(
            work,
            purchase_id,
            version_of(request.form),
            values["deliver_by"],
            values["clauses"] or "",
        ),
        f"{PURCHASES}/{purchase_id}",
        _("Surat pesanan dibuat."),
    )


def write_minutes(request: Request) -> Response:
    """The BAST, under the number of the PPK's own books."""
    purchase_id = id_in(request, "purchase_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, HANDOVER)
    form = FormPage(
        title=_("Buat berita acara serah terima"),
        lead=_("%(number)s. Isinya diambil dari pemeriksaan.") % {"number": purchase.number},
        action=f"{PURCHASES}/{purchase_id}/minutes",
        submit=_("Buat berita acara"),
        back=f"{PURCHASES}/{purchase_id}",
        back_label=_("Pembelian"),
        fields=[
            Field(
                "number",
                _("Nomor berita acara"),
                hint=_("Dari buku nomor Anda, misalnya 027/15/BAST/2026."),
                width="medium",
                most=DOCUMENT_NUMBER,
            ),
            _VERSION,
        ],
    ).fill({"version": purchase.version})
    return run_change(
        request,
        form,
        lambda work, values: make_minutes(
            work, purchase_id, version_of(request.form), values["number"]
        ),
        f"{PURCHASES}/{purchase_id}",
        _("Berita acara dibuat."),
    )


def show_document(request: Request) -> Response:
    """One document: what it is, how its signature stands, and what may be done with it."""
    with request.read() as view:
        document = find_document(view, id_in(request, "purchase_id"), id_in(request, "document_id"))
        purchase = find_purchase(view, document.purchase_id)
        acts = view.allows(APPROVE, purchase.unit_id) and purchase.state in (ORDERING, HANDOVER)
        may = may_with(view, document) if acts else {"scan": False, "again": False, "void": False}
    return page(
        request,
        "ecatalog/order_document.html",
        document=document,
        title=title_of(document.kind, document.number),
        purchase=purchase,
        path=f"{PURCHASES}/{purchase.id}",
        act=f"{PURCHASES}/{purchase.id}/documents/{document.id}",
        may=may,
        signed=document.state in COMPLETE,
        word=DOCUMENT_WORDS[document.state],
        tone=DOCUMENT_TONES[document.state],
    )


def download(request: Request) -> Response:
    """The signed file, or the document as a pen signs it."""
    with request.read() as view:
        document = find_document(view, id_in(request, "purchase_id"), id_in(request, "document_id"))
        view.note_access(ref_of(find_purchase(view, document.purchase_id)), document=document.kind)
    return _file(request, document)


def download_own(request: Request) -> Response:
    """A signed document of an order of one's own firm."""
    with request.read() as view:
        document = find_own_document(
            view, id_in(request, "purchase_id"), id_in(request, "document_id")
        )
    return _file(request, document)


def scan(request: Request) -> Response:
    """Bring the scan of what was signed with a pen."""
    purchase_id, document_id = id_in(request, "purchase_id"), id_in(request, "document_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, ORDERING, HANDOVER)
        document = find_document(view, purchase_id, document_id)
        today = view.today
    form = FormPage(
        title=_("Unggah pindaian"),
        lead=_("%(title)s. Cetak, tanda tangani, lalu pindai.")
        % {"title": title_of(document.kind, document.number)},
        action=f"{PURCHASES}/{purchase_id}/documents/{document_id}/scan",
        submit=_("Simpan pindaian"),
        back=f"{PURCHASES}/{purchase_id}/documents/{document_id}",
        back_label=_("Dokumen"),
        fields=[
            Field(
                "file",
                _("Pindaian"),
                "file",
                hint=_("PDF, JPEG atau PNG, paling besar 10 MB."),
                accept=ACCEPTED,
            ),
            Field("signed_on", _("Ditandatangani pada"), "date"),
            _VERSION,
        ],
    ).fill({"version": purchase.version, "signed_on": f"{today:%d/%m/%Y}"})

    def act(values: dict[str, Any]) -> None:
        file, version = receive(request, values["file"]), version_of(request.form)
        with request.change() as work:
            sign_by_hand(work, purchase_id, document_id, version, file, values["signed_on"])

    return run_act(request, form, act, f"{PURCHASES}/{purchase_id}", _("Tanda tangan dicatat."))


def again(request: Request) -> Response:
    """Ask anew for a signature that was not given."""
    purchase_id, document_id = id_in(request, "purchase_id"), id_in(request, "document_id")
    return changed(
        request,
        lambda work: order_documents.ask_again(
            work, purchase_id, document_id, version_of(request.form)
        ),
        f"{PURCHASES}/{purchase_id}",
        _("Tanda tangan diminta lagi."),
        lambda errors: show_purchase(request, errors),
    )


def void(request: Request) -> Response:
    """Take a document back that was not signed, with a reason."""
    purchase_id, document_id = id_in(request, "purchase_id"), id_in(request, "document_id")
    with request.read() as view:
        purchase = acting(request, view, APPROVE, ORDERING, HANDOVER)
        document = find_document(view, purchase_id, document_id)
    form = FormPage(
        title=_("Batalkan dokumen"),
        lead=_("%(title)s tidak berlaku lagi; nomornya tidak dipakai ulang.")
        % {"title": title_of(document.kind, document.number)},
        action=f"{PURCHASES}/{purchase_id}/documents/{document_id}/void",
        submit=_("Batalkan dokumen"),
        back=f"{PURCHASES}/{purchase_id}/documents/{document_id}",
        back_label=_("Dokumen"),
        danger=True,
        fields=[Field("reason", _("Alasan"), "textarea", rows=4, most=REASON), _VERSION],
    ).fill({"version": purchase.version})
    return run_change(
        request,
        form,
        lambda work, values: order_documents.take_back(
            work, purchase_id, document_id, version_of(request.form), values["reason"]
        ),
        f"{PURCHASES}/{purchase_id}",
        _("Dokumen dibatalkan."),
    )


def _file(request: Request, document: OrderDocument) -> Response:
    name = f"{document.kind}-{document.number.replace('/', '-')}"
    if not document.signed_sha256:
        drawn = draw(document, (), document.made_at)
        return file_answer(drawn.pdf, f"{name}.pdf", "application/pdf")
    data = request.app.blobs.get(document.signed_sha256)
    media_type = media_type_of(data)
    return file_answer(data, f"{name}.{media_type.rpartition('/')[2]}", media_type)
