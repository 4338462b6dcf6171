"""The official documents of a unit's month: make, send for signature, or record pen and paper."""

import datetime as dt
from typing import Any
from urllib.parse import quote
from uuid import UUID

import attrs

from leuit.values import (
    ConflictError,
    InvalidInputError,
    RecordRef,
    TooLargeError,
    UnavailableError,
    _,
    format_date,
)
from leuit.web import (
    Field,
    FormPage,
    Request,
    Response,
    file_answer,
    local,
    page,
    parse_id,
    redirect,
    run_form,
    version_of,
)
from leuit.work import Leuit
from leuit_attendance.models import BY_HAND, ENDED, MADE, SIGNED, WAITING, RecapDocument
from leuit_attendance.models.documents import SIGNER
from leuit_attendance.service.recap_claims import may_ask
from leuit_attendance.service.recap_documents import (
    MAKE,
    PORT,
    READ_RECAP,
    ask_payment_of,
    by_hand_is_open,
    documents_of,
    file_of,
    find_document,
    make_document,
    makers,
    record_by_hand,
    send_document,
    store_scan,
)
from leuit_attendance.service.unit_scope import readable_unit

from .dates import month_choices, month_end, month_of
from .words import month_name

STATES: dict[str, tuple[str, str]] = {
    MADE: (_("Belum ditandatangani"), "abu"),
    WAITING: (_("Menunggu tanda tangan"), "tunggu"),
    SIGNED: (_("Ditandatangani"), "daun"),
    BY_HAND: (_("Tanda tangan basah"), "daun"),
}
OUTCOMES: dict[str, tuple[str, str]] = {
    "refused": (_("Ditolak"), "bata"),
    "recalled": (_("Ditarik kembali"), "abu"),
    "expired": (_("Lewat tenggat"), "bata"),
    "unfit": (_("Tidak dapat ditandatangani"), "bata"),
}
CLAIMS: dict[str, str] = {
    "asked": _("sedang diserahkan"),
    "open": _("menunggu diambil PPTK"),
    "draft": _("sedang dilengkapi PPTK"),
    "spp": _("menunggu SPP"),
    "verify": _("menunggu verifikasi"),
    "spm": _("menunggu SPM"),
    "test": _("menunggu pengujian"),
    "sp2d": _("menunggu SP2D"),
    "bank": _("menunggu bank"),
    "retur": _("diretur bank"),
    "paid": _("dibayar"),
    "refused": _("ditolak"),
    "replaced": _("digantikan"),
}
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@attrs.frozen
class Shown:
    """One version as the page shows it."""

    id: UUID
    number: int
    title: str
    word: str
    tone: str
    made: str
    told: tuple[str, ...]
    process: str
    version: int
    may_send: bool
    by_hand: bool
    signed: bool
    again: bool
    may_claim: bool


def show_documents(request: Request) -> Response:
    """The versions of a month, and what can be done with the newest."""
    return _shown(request)


def make(request: Request) -> Response:
    """Make the document of the month in the address."""
    code, month = str(request.params["code"]), month_of(request)
    try:
        made = make_document(request.app, request.identity, code, month)
    except (ConflictError, TooLargeError) as error:
        return _shown(request, str(error), error.status)
    told = _("Naskah %s dibuat.") if made.fresh else _("Rekap tidak berubah sejak naskah %s.")
    with request.read() as view:
        row, unit = find_document(view, made.id, MAKE)
    return redirect(
        _path(unit.code, row.month), told % made.number, "daun" if made.fresh else "nila"
    )


def send(request: Request) -> Response:
    """Send a version for the signature of the unit's head."""
    document_id = parse_id(request.params["recap_id"])
    with request.read() as view:
        row, unit = find_document(view, document_id, MAKE)
        path = _path(unit.code, row.month)
    try:
        with request.change() as work:
            send_document(work, document_id, version_of(dict(request.form)))
    except (ConflictError, InvalidInputError, UnavailableError) as error:
        return redirect(path, str(error), "bata")
    return redirect(path, _("Naskah dikirim untuk ditandatangani."))


def claim(request: Request) -> Response:
    """Hand the TPP of a signed version over to be paid."""
    document_id = parse_id(request.params["recap_id"])
    with request.read() as view:
        row, unit = find_document(view, document_id, MAKE)
        path = _path(unit.code, row.month)
    try:
        with request.change() as work:
            ask_payment_of(work, document_id)
    except ConflictError as error:
        return redirect(path, str(error), "bata")
    return redirect(path, _("Klaim TPP sedang diserahkan."))


def sign_by_hand(request: Request) -> Response:
    """The form by which the scan of a signed paper is kept."""
    document_id = parse_id(request.params["recap_id"])
    with request.read() as view:
        row, unit = find_document(view, document_id, MAKE)
        path, version, signer = _path(unit.code, row.month), row.version, row.signer
        if not by_hand_is_open(request.app, row):
            raise ConflictError(
                _("Naskah itu ditandatangani secara elektronik, bukan dengan tangan."),
                advice=_("Kirim untuk ditandatangani, atau tunggu sampai selesai."),
            )
    form = FormPage(
        title=_("Catat tanda tangan basah"),
        lead=_("Cetak naskahnya, minta ditandatangani, lalu unggah pindaiannya."),
        fields=[
            Field("version", "", "hidden", required=False),
            Field(
                "document",
                _("Pindaian"),
                "file",
                accept=".pdf,.png,.jpg,.jpeg",
                hint=_("PDF, PNG, atau JPEG, paling besar 8 MB."),
            ),
            Field("signer", _("Ditandatangani oleh"), most=SIGNER),
            Field("signed_on", _("Tanggal tanda tangan"), "date", width="medium"),
        ],
        submit=_("Simpan pindaian"),
        back=path,
        back_label=_("Naskah rekap"),
    ).fill({"version": version, "signer": signer})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        upload = values["document"]
        number = version_of(values)
        file = store_scan(request.app, upload.filename, upload.data)
        with request.change() as work:
            record_by_hand(work, document_id, number, file, values["signer"], values["signed_on"])
        return path, _("Pindaian disimpan.")

    return run_form(request, form, act)


def download_draft(request: Request) -> Response:
    """The PDF as it was made."""
    return _file(request, signed=False)


def download_signed(request: Request) -> Response:
    """The signed PDF, or the scan."""
    return _file(request, signed=True)


def _file(request: Request, *, signed: bool) -> Response:
    document_id = parse_id(request.params["recap_id"])
    with request.read() as view:
        row, unit = find_document(view, document_id)
        blob = file_of(view, document_id, signed=signed)
        name = f"rekap-{unit.code}-{row.month:%Y-%m}-{row.number}"
    data = request.app.blobs.get(blob.sha256)
    ending = ENDINGS.get(blob.media_type, "bin")
    mark = "-ditandatangani" if signed else ""
    return file_answer(data, f"{name}{mark}.{ending}", blob.media_type)


def _shown(request: Request, refused: str = "", status: int = 200) -> Response:
    code, month = str(request.params["code"]), month_of(request)
    with request.read() as view:
        unit = readable_unit(view, code, READ_RECAP)
        rows = documents_of(view, unit, month)
        called = makers(view, rows)
        may_make = view.allows(MAKE, unit.id)
        claimable = {row.id for row in rows if may_ask(view, row)}
        over = month_end(month) < view.today
    newest = rows[0].number if rows else 0
    return page(
        request,
        "attendance/recap_documents.html",
        status=status,
        unit=unit,
        month=month_name(month),
        month_query=f"{month:%Y-%m}",
        months=month_choices(month, request.now.date()),
        documents=[
            _one(
                request,
                row,
                called,
                newest=row.number == newest,
                may_make=may_make,
                claimable=row.id in claimable,
            )
            for row in rows
        ],
        over=over,
        may_make=may_make and over,
        has_port=request.app.has_port(PORT),
        refused=refused,
    )


def _one(
    request: Request,
    row: RecapDocument,
    called: Any,
    *,
    newest: bool,
    may_make: bool,
    claimable: bool,
) -> Shown:
    app = request.app
    word, tone = OUTCOMES[row.outcome] if row.state == ENDED else STATES[row.state]
    made_at = local(request, row.made_at)
    maker = called.get(row.made_by, _("Sistem"))
    may_send = row.state in (MADE, ENDED) and app.has_port(PORT) and row.position_id is not None
    return Shown(
        id=row.id,
        number=row.number,
        title=_("Naskah %s") % row.number,
        word=word,
        tone=tone,
        made=_("Dibuat %(day)s oleh %(who)s") % {"day": format_date(made_at), "who": maker},
        told=_told(request, row),
        process=_process(app, row),
        version=row.version,
        may_send=newest and may_make and may_send,
        by_hand=newest and may_make and by_hand_is_open(app, row),
        signed=row.signed_sha256 is not None,
        again=row.state == ENDED,
        may_claim=may_make and claimable,
    )


def _told(request: Request, row: RecapDocument) -> tuple[str, ...]:
    told: list[str] = []
    if row.state == WAITING and row.sent_at is not None:
        told.append(
            _("Dikirim %(day)s kepada %(who)s.")
            % {"day": format_date(local(request, row.sent_at)), "who": row.signer}
        )
    if row.state in (SIGNED, BY_HAND) and row.signed_on is not None:
        told.append(
            _("Ditandatangani %(who)s pada %(day)s.")
            % {"who": row.signer, "day": format_date(row.signed_on)}
        )
    if row.state == ENDED and row.reason:
        told.append(_("Alasan: %s") % row.reason)
    if row.filed_id:
        told.append(_("Sudah diserahkan ke arsip."))
    if row.claim_state:
        told.append(_claim_told(row))
    return tuple(told)


def _claim_told(row: RecapDocument) -> str:
    """How the claim of the recap stands, in one line."""
    word = str(_(CLAIMS.get(row.claim_state, row.claim_state)))
    if row.claim_state == "paid" and row.paid_on is not None:
        word = str(_("dibayar %s") % format_date(row.paid_on))
    if row.claim_state in ("refused", "replaced") and row.claim_reason:
        word = f"{word} ({row.claim_reason})"
    return str(_("Klaim TPP: %s.") % word)


def _process(app: Leuit, row: RecapDocument) -> str:
    """Where the service that signs shows the document, when it tells."""
    if not row.record_id or not app.has_port("describe_record"):
        return ""
    found = app.port("describe_record")(RecordRef(row.record_kind, row.record_id))
    return found.path if found else ""


def _path(code: str, month: dt.date) -> str:
    return f"/attendance/units/{quote(code, safe='')}/recaps?month={month:%Y-%m}"
