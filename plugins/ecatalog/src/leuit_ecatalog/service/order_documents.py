"""Surat Pesanan and BAST: made by the PPK, signed electronically or with a pen, taken back.

Where some service signs documents, a document is sent there as soon as it was made. The way by
paper, pen and scanner is open where there is none, and when signing ended without a signature. A
signature moves the purchase on, whichever way it came.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.builtin.filing import ask_to_file
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    _,
    new_id,
)
from leuit.work import (
    Leuit,
    StoredFile,
    Work,
    confirm_number,
    register_file,
    reserve_number,
    void_number,
)
from leuit_ecatalog.models import OrderDocument, Purchase
from leuit_ecatalog.models.orders import (
    BY_HAND,
    DOCUMENT_NUMBER,
    MADE,
    MINUTES,
    ORDER,
    UNSIGNED,
    VOID,
    WAITING,
)
from leuit_ecatalog.models.purchases import CLAUSES, REASON
from leuit_ecatalog.rules.purchase_states import (
    BILLING,
    CONFIRMING,
    HANDOVER,
    ORDERING,
    require_state,
)

from .agreeing import agreement_of, require_sold
from .buying_edition import buying_by_id
from .deadlines import due_after
from .order_content import minutes_content, order_content, title_of
from .order_deliveries import deliveries_of
from .orders import COMPLETE, committed_order, document_of
from .purchase_access import lines_of, note_act, require_person
from .signatory import signatory_of

SIGN_PORT = "sign_document"
GO_ON = "ecatalog.document"
"""The job that takes a document to be signed, then to be filed."""

REF = "ecatalog.document"
MADE_OF = {ORDER: ORDERING, MINUTES: HANDOVER}
"""The state in which a document is made and waits for its signature."""


def make_order(
    work: Work, purchase_id: UUID, version: int, deliver_by: dt.date, clauses: str
) -> OrderDocument:
    """Write the Surat Pesanan, with its number of the year.

    Raises InvalidInputError by field, NoLongerSoldError, ConflictError where one is there.
    """
    purchase = committed_order(work, purchase_id, version, ORDERING)
    _require_none(work, purchase, ORDER)
    checker = TextChecker()
    wanted = checker.read("clauses", clauses, most=CLAUSES, required=False)
    if deliver_by < work.today:
        checker.fault("deliver_by", _("Pilih hari ini atau sesudahnya."), "past")
    if checker.faults:
        raise InvalidInputError(_("Periksa surat pesanan."), fields=checker.faults)
    require_sold(work, purchase, lines_of(work, purchase.id))
    agreement = agreement_of(work, purchase)
    assert agreement is not None  # nothing is approved that was not agreed
    purchase.deliver_by, purchase.clauses = deliver_by, wanted
    document_id = new_id()
    year = work.today.year
    ref = RecordRef(REF, str(document_id), purchase.number or "")
    reserved = reserve_number(work, f"ecatalog.order.{year}", ref)
    number = f"SP-{year}-{reserved.value:06d}"
    signer = signatory_of(work, require_person(work), purchase.unit_id, work.today)
    content = order_content(work, purchase, agreement, number, signer)
    return _keep(
        work,
        purchase,
        OrderDocument(
            id=document_id,
            kind=ORDER,
            number=number,
            number_id=reserved.id,
            content=content,
            position_id=signer.position_id,
            signer=signer.name,
        ),
    )


def make_minutes(work: Work, purchase_id: UUID, version: int, number: str) -> OrderDocument:
    """Write the BAST of what was accepted, under the number of the PPK's own books.

    Raises InvalidInputError at `number`, ConflictError where one is there.
    """
    purchase = committed_order(work, purchase_id, version, HANDOVER)
    _require_none(work, purchase, MINUTES)
    checker = TextChecker()
    wanted = checker.read("number", number, most=DOCUMENT_NUMBER)
    taken = select(OrderDocument.id).where(
        OrderDocument.unit_id == purchase.unit_id,
        OrderDocument.kind == MINUTES,
        OrderDocument.number == wanted,
    )
    if wanted and work.session.scalar(taken) is not None:
        checker.fault("number", _("Nomor itu sudah dipakai berita acara lain unit ini."), "taken")
    if checker.faults:
        raise InvalidInputError(_("Periksa berita acara."), fields=checker.faults)
    agreement, order = agreement_of(work, purchase), document_of(work, purchase.id, ORDER)
    assert agreement is not None
    assert order is not None
    signer = signatory_of(work, require_person(work), purchase.unit_id, work.today)
    content = minutes_content(
        work, purchase, agreement, order, deliveries_of(work, purchase.id), wanted, signer
    )
    return _keep(
        work,
        purchase,
        OrderDocument(
            id=new_id(),
            kind=MINUTES,
            number=wanted,
            content=content,
            position_id=signer.position_id,
            signer=signer.name,
        ),
    )


def sign_by_hand(
    work: Work,
    purchase_id: UUID,
    document_id: UUID,
    version: int,
    file: StoredFile,
    signed_on: dt.date,
) -> OrderDocument:
    """Keep the scan of a document that was printed and signed with a pen; the purchase goes on.

    Raises InvalidInputError at `signed_on`, ConflictError while it is signed electronically.
    """
    purchase, document = _held(work, purchase_id, document_id, version)
    if not by_hand_is_open(work.app, document):
        raise ConflictError(
            _("Dokumen itu ditandatangani secara elektronik, bukan dengan tangan."),
            advice=_("Tunggu sampai selesai; bila berakhir tanpa tanda tangan, unggah pindaian."),
        )
    if not document.dated <= signed_on <= work.today:
        sentence = _("Pilih hari sejak dokumen dibuat sampai hari ini.")
        raise InvalidInputError(
            sentence, fields=[FieldError("signed_on", sentence, "out_of_range")]
        )
    document.state, document.signed_sha256 = BY_HAND, register_file(work, file)
    document.signed_at, document.signed_on = work.now, signed_on
    move_on(work, purchase, document)
    return document


def ask_again(work: Work, purchase_id: UUID, document_id: UUID, version: int) -> OrderDocument:
    """Ask anew for a signature that was not given."""
    purchase, document = _held(work, purchase_id, document_id, version)
    if document.state != UNSIGNED or not work.app.has_port(SIGN_PORT):
        raise ConflictError(_("Tanda tangan dokumen ini tidak dapat diminta lagi."))
    document.state, document.reason = MADE, ""
    document.round += 1
    document.version += 1
    work.enqueue(GO_ON, {"document_id": str(document.id)})
    note_act(work, purchase, f"{document.kind}_asked")
    return document


def take_back(
    work: Work, purchase_id: UUID, document_id: UUID, version: int, reason: str
) -> OrderDocument:
    """Void a document that was not signed, to write another one; its number is not used again."""
    purchase, document = _held(work, purchase_id, document_id, version)
    if document.state == WAITING and work.app.has_port(SIGN_PORT):
        raise ConflictError(
            _("Dokumen itu sedang menunggu tanda tangan."),
            advice=_("Tarik dahulu permintaan tanda tangannya."),
        )
    checker = TextChecker()
    why = checker.read("reason", reason, most=REASON)
    if checker.faults:
        raise InvalidInputError(_("Tulis alasannya."), fields=checker.faults)
    if document.number_id is not None:
        void_number(work, document.number_id, why[:200])
    document.state, document.reason = VOID, why
    document.version += 1
    note_act(work, purchase, f"{document.kind}_void", note=why, facts={"number": document.number})
    return document


def move_on(work: Work, purchase: Purchase, document: OrderDocument) -> None:
    """The document bears its signature: the purchase goes on, and the document is filed."""
    document.version += 1
    if document.number_id is not None:
        confirm_number(work, document.number_id)
    if document.kind == ORDER:
        rules = buying_by_id(work, purchase.edition_id)
        purchase.state, purchase.due_at = CONFIRMING, due_after(work, rules.confirm_days)
    else:
        purchase.state, purchase.due_at = BILLING, None
    purchase.since = work.now
    facts = {"number": document.number, "sha256": document.signed_sha256}
    note_act(work, purchase, f"{document.kind}_signed", facts=facts)
    ask_to_file(work, GO_ON, document_id=str(document.id))


def by_hand_is_open(app: Leuit, document: OrderDocument) -> bool:
    """Whether a document may be signed with a pen."""
    return document.state == UNSIGNED or (
        document.state in (MADE, WAITING) and not app.has_port(SIGN_PORT)
    )


def ref_of(document: OrderDocument) -> RecordRef:
    """How other services and the audit log name a document."""
    return RecordRef(
        f"ecatalog.{document.kind}", str(document.id), title_of(document.kind, document.number)
    )


def _require_none(work: Work, purchase: Purchase, kind: str) -> None:
    known = document_of(work, purchase.id, kind)
    if known is not None:
        raise ConflictError(
            _("%(title)s sudah dibuat."),
            advice=_("Muat ulang halaman; batalkan dahulu bila harus diganti."),
            title=title_of(kind, known.number),
        )


def _keep(work: Work, purchase: Purchase, document: OrderDocument) -> OrderDocument:
    document.purchase_id, document.unit_id = purchase.id, purchase.unit_id
    document.dated = work.today
    document.made_by, document.made_at = require_person(work), work.now
    document.state = MADE
    work.session.add(document)
    work.session.flush()
    note_act(
        work,
        purchase,
        f"{document.kind}_made",
        facts={"number": document.number},
    )
    if work.app.has_port(SIGN_PORT):
        work.enqueue(GO_ON, {"document_id": str(document.id)})
    return document


def _held(
    work: Work, purchase_id: UUID, document_id: UUID, version: int
) -> tuple[Purchase, OrderDocument]:
    """Purchase and document for an act of the PPK, while the document waits for its signature."""
    purchase = committed_order(work, purchase_id, version, *MADE_OF.values())
    found: Any = work.session.get(OrderDocument, document_id, with_for_update=True)
    if found is None or found.purchase_id != purchase.id or found.state == VOID:
        raise NotFoundError(_("Dokumen itu tidak ada."), advice=_("Mulai dari pembeliannya."))
    require_state(purchase.state, MADE_OF[found.kind])
    if found.state in COMPLETE:
        raise ConflictError(_("Dokumen itu sudah ditandatangani."))
    return purchase, found
