"""Files that prove a claim: kept by content, beside the item of the checklist that they prove."""

from uuid import UUID

from sqlalchemy import delete, func, select

from leuit.identity import Identity
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    _,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_sp2d.models import Evidence, Payment
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.rules.chain import DRAFT, require_turn

from .moving import ref_of
from .payments import find_payment, locked_payment
from .people import actor_of, take_duty
from .regulation import rules_on
from .same_request import digest_of, note_done, was_done
from .telling import claim_of

OTHER = "application/octet-stream"
LARGEST = 20 * 1024 * 1024
MOST = 60
_STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def store_evidence(app: Leuit, name: str, data: bytes) -> StoredFile:
    """Put the bytes into the store, outside of any unit; PDF, PNG and JPEG by their content."""
    if len(data) > LARGEST:
        raise TooLargeError(
            _("Berkas terlalu besar: paling banyak %(limit)s MB."),
            advice=_("Pindai dengan resolusi lebih rendah."),
            limit=LARGEST // 1024 // 1024,
        )
    media_type = media_type_of(data)
    if media_type == OTHER:
        sentence = _("Berkas harus PDF, PNG atau JPEG.")
        raise InvalidInputError(sentence, fields=[FieldError("file", sentence, "media_type")])
    return store_file(app, data, media_type, name)


def receive_evidence(
    app: Leuit, identity: Identity, payment_id: UUID, name: str, data: bytes
) -> StoredFile:
    """As `store_evidence`, for a payment that the asker may change: of others nothing is stored."""
    with app.read(identity) as view:
        find_payment(view, payment_id, MAY_DRAFT)
    return store_evidence(app, name, data)


def media_type_of(data: bytes) -> str:
    """What a file is by its first bytes; `application/octet-stream` for anything else."""
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), OTHER)


def add_evidence(work: Work, payment_id: UUID, item: str, file: StoredFile) -> Evidence:
    """Attach a stored file to an item of the checklist; the same file twice is one."""
    actor = actor_of(work)
    payment = locked_payment(work, payment_id, MAY_DRAFT)
    require_turn(payment.state, DRAFT)
    items = rules_on(work).figures.items_of(payment.kind)
    if item not in {one.code for one in items}:
        sentence = _("Pilih dokumen dari daftar periksa.")
        raise InvalidInputError(sentence, fields=[FieldError("item", sentence, "unknown_item")])
    known = work.session.scalars(
        select(Evidence).where(
            Evidence.payment_id == payment_id,
            Evidence.item == item,
            Evidence.sha256 == file.sha256,
        )
    ).one_or_none()
    if known is not None:
        return known
    take_duty(work, payment.id, actor.person_id, DRAFT)
    count = select(func.count()).where(Evidence.payment_id == payment_id)
    if work.session.scalar(count) >= MOST:  # type: ignore[operator]  # a count is never NULL
        raise InvalidInputError(_("Lampiran sebuah pembayaran sudah terlalu banyak."))
    register_file(work, file)
    evidence = Evidence(
        payment_id=payment_id,
        item=item,
        sha256=file.sha256,
        name=file.name,
        size=file.size,
        added_at=work.now,
    )
    work.session.add(evidence)
    work.session.flush()
    _audit(work, payment, "sp2d.evidence.added", evidence)
    return evidence


def remove_evidence(work: Work, payment_id: UUID, evidence_id: UUID) -> None:
    """Take a file off a claim that is not on its way; the file itself stays in the store.

    Whoever has done it already is answered as the first time.
    """
    actor = actor_of(work)
    payment = locked_payment(work, payment_id, MAY_DRAFT)
    asked = digest_of(work, "remove_evidence", payment_id, evidence_id)
    if was_done(work, asked):
        return
    require_turn(payment.state, DRAFT)
    take_duty(work, payment.id, actor.person_id, DRAFT)
    evidence = _of(work, payment_id, evidence_id)
    claim = claim_of(work, payment)
    if claim is not None and claim.list_sha256 == evidence.sha256:
        raise ConflictError(
            _("Daftar TPP dibuat Leuit dari klaimnya dan tetap terlampir."),
            advice=_("Batalkan pengajuan ini bila daftarnya keliru."),
        )
    _audit(work, payment, "sp2d.evidence.removed", evidence)
    work.session.execute(delete(Evidence).where(Evidence.id == evidence.id))
    note_done(work, asked)


def read_evidence(view: View, payment_id: UUID, evidence_id: UUID) -> Evidence:
    """A file of a payment that the asker may see; it may tell of people, so it is noted."""
    payment = find_payment(view, payment_id)
    found = _of(view, payment_id, evidence_id)
    view.note_access(ref_of(payment), fields=["evidence"], item=found.item, sha256=found.sha256)
    return found


def _of(view: View, payment_id: UUID, evidence_id: UUID) -> Evidence:
    found = view.session.scalars(
        select(Evidence).where(Evidence.id == evidence_id, Evidence.payment_id == payment_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("Berkas itu tidak ada pada pembayaran ini."))
    return found


def _audit(work: Work, payment: Payment, action: str, evidence: Evidence) -> None:
    work.audit(action, ref_of(payment), item=evidence.item, sha256=evidence.sha256)
