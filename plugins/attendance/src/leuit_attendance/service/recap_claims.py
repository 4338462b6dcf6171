"""A signed recap asks for the TPP of its month to be paid, where some service pays claims.

The signature only leaves a job behind: whatever the service does, or however long it takes, the
recap is signed, and the job is tried again. The newest signed version asks; asked twice, the key
gives one claim. What comes of it is told by events in no sure order, of which the latest counts.

Whoever made, sent or recorded the recap takes no step of the payment. Its signer is not named: the
head of an SKPD is by law the one who orders its payments (PP 12/2019 Pasal 10), and without him no
TPP could be paid at all; what he signs is not his own work but that of those who are named.
"""

from uuid import UUID

from sqlalchemy import exists, select

from leuit.contracts import (
    PAYMENT_REPLACED,
    EarlierActor,
    PaymentEvidence,
    PaymentMade,
    PaymentProgressed,
    PaymentRefused,
    PaymentRequest,
    PayPercent,
)
from leuit.identity import Account, Unit
from leuit.storage import Blob
from leuit.values import RecordRef, format_date
from leuit.work import JobContext, View, Work
from leuit_attendance.models import BY_HAND, SIGNED, RecapDeduction, RecapDocument
from leuit_attendance.models.documents import REASON

from .recap_content import month_in_words
from .recap_names import REF_KIND, ref_of

CLAIM_JOB = "attendance.recap.claim"
PAY = "request_payment"
ITEM = "rekap_absensi"
"""The item of a checklist that the signed recap proves."""

ASKED, OPEN, PAID, REFUSED, REPLACED = "asked", "open", "paid", "refused", "replaced"
_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def ask_for_payment(work: Work, row: RecapDocument) -> None:
    """Leave a job behind that hands the claim over; nothing where nobody pays claims.

    A version that was made before deductions were kept has none, and asks for nothing.
    """
    if not work.app.has_port(PAY) or not _deductions(work, row):
        return
    row.claim_state, row.claim_at = ASKED, work.now
    work.session.flush()
    work.enqueue(CLAIM_JOB, {"document_id": str(row.id)})


def may_ask(view: View, row: RecapDocument) -> bool:
    """Whether a signed recap may ask for its payment by hand: it has not, nor has a newer one."""
    return (
        row.state in (SIGNED, BY_HAND)
        and row.claim_state == ""
        and view.app.has_port(PAY)
        and not _has_successor(view, row)
        and bool(_deductions(view, row))
    )


def hand_over(context: JobContext) -> None:
    """Hand the claim of a signed recap over, once; a version with a signed successor has none.

    While nobody pays claims the job fails and is tried again.
    """
    with context.change() as work:
        row = _locked(work, UUID(context.args["document_id"]))
        if row is None or row.claim_state != ASKED:
            return
        unit = work.session.get_one(Unit, row.unit_id)
        ref = ref_of(row, unit)
        if _has_successor(work, row):
            row.claim_state = ""
            work.audit("attendance.recap.not_claimed", ref, number=row.number)
            return
        record: RecordRef = work.app.port(PAY)(work, _request(work, row, unit, ref))
        row.claim_state, row.claim_at = OPEN, work.now
        work.audit("attendance.recap.claimed", ref, record=record)


def payment_told(
    context: JobContext, event: PaymentProgressed | PaymentMade | PaymentRefused
) -> None:
    """Keep how the payment stands, unless something later was told already."""
    if event.ref.kind != REF_KIND:
        return
    with context.change() as work:
        row = _locked(work, UUID(event.ref.id))
        if row is None or event.key != claim_key(row):
            return
        if row.claim_at is not None and event.at < row.claim_at:
            return
        row.claim_at = event.at
        if isinstance(event, PaymentMade):
            row.claim_state, row.paid_on = PAID, event.paid_on
        elif isinstance(event, PaymentRefused):
            row.claim_state = REPLACED if event.code == PAYMENT_REPLACED else REFUSED
            row.claim_reason = event.reason[:REASON]
        else:
            row.claim_state = event.state[:10]
            row.paid_on = row.paid_on if event.state == PAID else None
        ref = ref_of(row, work.session.get_one(Unit, row.unit_id))
        work.audit("attendance.recap.claim_told", ref, state=row.claim_state)


def claim_key(row: RecapDocument) -> str:
    """The key of a version's claim: a later version asks for a claim of its own."""
    return f"{REF_KIND}:{row.id}"


def _request(work: Work, row: RecapDocument, unit: Unit, ref: RecordRef) -> PaymentRequest:
    sha256 = row.signed_sha256
    assert sha256 is not None  # of a version that was signed
    kind = work.session.get_one(Blob, sha256).media_type
    name = f"rekap-{unit.code}-{row.month:%Y-%m}-{row.number}.{_ENDINGS.get(kind, 'bin')}"
    signed = format_date(row.signed_on) if row.signed_on else "–"
    return PaymentRequest(
        key=claim_key(row),
        ref=ref,
        unit_id=unit.id,
        kind="LS_GAJI",
        purpose=f"TPP {unit.short}, {month_in_words(row.month)}"[:300],
        basis=f"{ref.label}, naskah {row.number}, ditandatangani {signed}"[:200],
        evidence=(PaymentEvidence(ITEM, sha256, name[-200:]),),
        acted=_actors(work, row),
        month=row.month,
        allowance=_deductions(work, row),
    )


def _deductions(view: View, row: RecapDocument) -> tuple[PayPercent, ...]:
    rows = view.connection.execute(
        select(RecapDeduction.person_id, RecapDeduction.deduction)
        .where(RecapDeduction.document_id == row.id)
        .order_by(RecapDeduction.person_id)
    )
    return tuple(PayPercent(*one) for one in rows)


def _actors(work: Work, row: RecapDocument) -> tuple[EarlierActor, ...]:
    steps = {row.recorded_by: "mencatat tanda tangan", row.sent_by: "mengirim rekap"}
    steps |= {row.made_by: "membuat rekap"}
    people = work.connection.execute(
        select(Account.id, Account.person_id).where(
            Account.id.in_([account for account in steps if account is not None])
        )
    )
    found = {person_id: steps[account] for account, person_id in people if person_id}
    return tuple(EarlierActor(person_id, step) for person_id, step in found.items())


def _has_successor(view: View, row: RecapDocument) -> bool:
    later = exists().where(
        RecapDocument.unit_id == row.unit_id,
        RecapDocument.month == row.month,
        RecapDocument.number > row.number,
        RecapDocument.state.in_((SIGNED, BY_HAND)),
    )
    return bool(view.connection.execute(select(later)).scalar_one())


def _locked(work: Work, document_id: UUID) -> RecapDocument | None:
    return work.session.scalars(
        select(RecapDocument)
        .where(RecapDocument.id == document_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
