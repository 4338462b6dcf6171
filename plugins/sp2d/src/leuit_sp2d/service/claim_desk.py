"""The desk on which claims wait: listed, taken up as a payment, or refused with a coded reason.

A claim that is taken up becomes a draft of the PPTK with the files of the claim; whoever acted on
the claim before is bound to that, so that no step of the payment is his. The payee and the amount
stay those of the claim: what differs is shown to everybody who checks (`checks.py`). The amounts of
an allowance are fixed at taking up, and its list is attached (`allowances.py`).
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, func, insert, select

from leuit.contracts import PaymentEvidence
from leuit.identity import Unit
from leuit.storage import Blob
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    StaleEditError,
    _,
)
from leuit.work import StoredFile, View, Work, register_file
from leuit_sp2d.models import (
    OPEN,
    REFUSED,
    TAKEN,
    ClaimActor,
    Duty,
    Evidence,
    Payment,
    PaymentClaim,
)
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.permissions import READ, REQUEST
from leuit_sp2d.rules.chain import same_person

from .allowances import LIST_ITEM, DrawnList, checked_payment, fix
from .claim_intake import BY_HAND, unknown_claim
from .claims import Claim
from .moving import ref_of
from .payments import draft
from .people import actor_of
from .regulation import rules_on
from .replacing import close_older, reopen_older
from .same_request import digest_of, note_done, was_done
from .telling import claim_ref, tell_claimant, tell_refused


@attrs.frozen
class ListedClaim:
    """One claim of a list."""

    id: UUID
    purpose: str
    payee: str
    unit: str
    kind: str
    amount: int | None
    state: str
    due: dt.date | None
    at: dt.datetime
    payment_id: UUID | None


def claims(
    view: View, state: str, limit: int, *, offset: int = 0, before: UUID | None = None
) -> list[ListedClaim]:
    """Claims that the reader may see, the newest first; `before` is the last id seen."""
    query: Any = (
        select(
            PaymentClaim.id,
            PaymentClaim.purpose,
            PaymentClaim.payee,
            Unit.short,
            PaymentClaim.kind,
            PaymentClaim.amount,
            PaymentClaim.state,
            PaymentClaim.due,
            PaymentClaim.at,
            PaymentClaim.payment_id,
        )
        .join(Unit, Unit.id == PaymentClaim.unit_id)
        .where(*_readable(view, state))
    )
    if before is not None:
        query = query.where(PaymentClaim.id < before)
    rows = view.connection.execute(
        query.order_by(PaymentClaim.id.desc()).offset(offset).limit(limit)
    )
    return [ListedClaim(*row) for row in rows]


def count_claims(view: View, state: str) -> int:
    """How many there are."""
    query = select(func.count()).select_from(PaymentClaim).where(*_readable(view, state))
    return int(view.connection.execute(query).scalar_one())


def find_claim(view: View, claim_id: UUID) -> PaymentClaim:
    """A claim of a unit whose payments the reader may see; NotFoundError for any other."""
    found = view.session.scalars(_of_readers(view, claim_id)).one_or_none()
    if found is None:
        raise unknown_claim()
    return found


def is_own(view: View, claim: PaymentClaim) -> bool:
    """Whether the reader handed the claim in himself."""
    return claim.handed_by is not None and claim.handed_by == view.identity.person_id


def read_claim(view: View, claim_id: UUID) -> PaymentClaim:
    """As `find_claim`, to be shown: reading personal data of others is noted in the audit log.

    That is the payee's account, unless the reader gave it, and what people of an allowance earn.
    """
    claim = find_claim(view, claim_id)
    if claim.month is not None:
        view.note_access(claim_ref(claim), fields=["base", "deduction", "amount"])
    elif not is_own(view, claim):
        view.note_access(claim_ref(claim), fields=["payee", "npwp", "account"])
    return claim


def read_claim_file(view: View, claim_id: UUID, number: int) -> PaymentEvidence:
    """A file of a claim by its place; the reading is noted. NotFoundError where none lies."""
    claim = find_claim(view, claim_id)
    if not 0 <= number < len(claim.evidence):
        raise NotFoundError(_("Berkas itu tidak ada pada klaim ini."))
    found = PaymentEvidence(**claim.evidence[number])
    view.note_access(claim_ref(claim), fields=["evidence"], item=found.item, sha256=found.sha256)
    return found


def has_acted(view: View, claim_id: UUID) -> bool:
    """Whether the reader has acted on the claim before it came."""
    return view.identity.person_id in _actors(view, claim_id)


def require_open(claim: PaymentClaim) -> None:
    """ConflictError when a claim does not lie on the desk any more."""
    if claim.state != OPEN:
        raise ConflictError(
            _("Klaim itu tidak lagi menunggu: sudah diambil, ditolak atau digantikan."),
            advice=_("Muat ulang halaman."),
        )


def take_claim(
    work: Work,
    claim_id: UUID,
    version: int,
    claim: Claim,
    *,
    key: UUID | None = None,
    drawn: DrawnList | None = None,
) -> Payment:
    """Take a claim up as a draft payment with the claim's files.

    `claim` is what the form of a payment gives, of the unit and kind of the claim; `drawn` is the
    list of an allowance (`allowance_list.draw_list`), whose older claims of the month close as
    replaced. The same `key`, or without one the same
    request, gives the first payment while the claim is taken up by it.
    Raises SamePersonError for whoever acted on the claim before.
    """
    found = _locked(work, claim_id)
    work.require(MAY_DRAFT, found.unit_id)
    actor = actor_of(work)
    if key is not None and found.payment_id == key:
        return draft(work, claim, key=key)
    asked = digest_of(work, "take_claim", claim_id, version, claim)
    if found.payment_id is not None and found.version == version + 1 and was_done(work, asked):
        return work.session.get_one(Payment, found.payment_id)
    _require_open(found, version)
    if key is not None and work.session.get(Payment, key) is not None:
        raise ConflictError(
            _("Formulir ini sudah dipakai untuk pembayaran lain."),
            advice=_("Buka klaimnya, lalu ambil lagi."),
        )
    actors = _actors(work, claim_id)
    if actor.person_id in actors:
        raise same_person(BY_HAND)
    if (claim.unit_id, claim.kind) != (found.unit_id, found.kind):
        raise ConflictError(
            _("Unit dan jenis pembayaran mengikuti klaimnya."),
            advice=_("Tolak klaim itu bila unit atau jenisnya keliru."),
        )
    listed = checked_payment(work, found, claim, drawn) if found.month is not None else None
    payment = draft(work, claim, key=key)
    work.session.flush()
    if actors:
        work.connection.execute(
            insert(Duty),
            [
                {"payment_id": payment.id, "person_id": person_id, "step": BY_HAND}
                for person_id in sorted(actors)
            ],
        )
    work.session.add_all(_evidence(work, found, payment.id))
    if listed is not None:
        fix(work, found, listed.allowance)
        work.session.add(_list_of(work, listed.file, payment.id))
        found.list_sha256 = listed.file.sha256
    found.state, found.payment_id = TAKEN, payment.id
    _decided(work, found)
    note_done(work, asked)
    close_older(work, found)
    tell_claimant(work, payment)
    work.audit(
        "sp2d.claim.taken", claim_ref(found), payment=ref_of(payment), list=found.list_sha256
    )
    return payment


def refuse_claim(work: Work, claim_id: UUID, version: int, code: str, remark: str) -> PaymentClaim:
    """Refuse a claim for a reason of the edition; PPTK and treasurer of its unit may.

    What it had replaced is open again. The same refusal again changes nothing.
    """
    claim = _locked(work, claim_id)
    if not work.allows(REQUEST, claim.unit_id):
        work.require(MAY_DRAFT, claim.unit_id)
    actor = actor_of(work)
    again = (claim.state, claim.version, claim.reason_code, claim.decided_by)
    if again == (REFUSED, version + 1, code, actor.person_id):
        return claim
    _require_open(claim, version)
    known = rules_on(work).figures.reason(code)
    if known is None:
        sentence = _("Pilih alasan dari daftar.")
        raise InvalidInputError(sentence, fields=[FieldError("code", sentence, "unknown_reason")])
    claim.state, claim.reason_code = REFUSED, code
    claim.reason = f"{known.title}: {remark.strip()}".rstrip(": ")[:500]
    _decided(work, claim)
    tell_refused(work, claim)
    reopen_older(work, claim)
    work.audit("sp2d.claim.refused", claim_ref(claim), reason=code, remark=remark.strip()[:300])
    return claim


def _of_readers(view: View, claim_id: UUID) -> Select[PaymentClaim]:
    return select(PaymentClaim).where(
        PaymentClaim.id == claim_id, PaymentClaim.unit_id.in_(view.units(READ))
    )


def _readable(view: View, state: str) -> list[Any]:
    wanted: list[Any] = [PaymentClaim.unit_id.in_(view.units(READ))]
    return [*wanted, PaymentClaim.state == state] if state else wanted


def _locked(work: Work, claim_id: UUID) -> PaymentClaim:
    query = _of_readers(work, claim_id).with_for_update()
    found = work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise unknown_claim()
    return found


def _require_open(claim: PaymentClaim, version: int) -> None:
    require_open(claim)
    if claim.version != version:
        raise StaleEditError(
            _("Klaim ini baru saja berubah."), advice=_("Muat ulang halaman, lalu periksa lagi.")
        )


def _actors(view: View, claim_id: UUID) -> set[UUID]:
    rows = view.connection.execute(
        select(ClaimActor.person_id).where(ClaimActor.claim_id == claim_id)
    )
    return set(rows.scalars())


def _evidence(work: Work, claim: PaymentClaim, payment_id: UUID) -> Iterator[Evidence]:
    sizes: Any = dict(
        work.connection.execute(
            select(Blob.sha256, Blob.size).where(
                Blob.sha256.in_({one["sha256"] for one in claim.evidence})
            )
        ).all()
    )
    seen = set()
    for one in claim.evidence:
        if (one["item"], one["sha256"]) in seen:
            continue
        seen.add((one["item"], one["sha256"]))
        yield Evidence(
            payment_id=payment_id,
            item=one["item"],
            sha256=one["sha256"],
            name=one["name"],
            size=sizes[one["sha256"]],
            added_at=work.now,
        )


def _list_of(work: Work, file: StoredFile, payment_id: UUID) -> Evidence:
    return Evidence(
        payment_id=payment_id,
        item=LIST_ITEM,
        sha256=register_file(work, file),
        name=file.name,
        size=file.size,
        added_at=work.now,
    )


def _decided(work: Work, claim: PaymentClaim) -> None:
    claim.decided_by, claim.decided_at = work.identity.person_id, work.now
    claim.version += 1
    work.session.flush()
