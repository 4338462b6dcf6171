"""Handing in a claim: by another service through the port `request_payment`, or by a person.

Accepting is rows in the caller's unit of work. All faults are told at once, by the path of the
request's field. Whoever acted on the claim before, and whoever hands it in, takes no step of its
payment.
"""

from uuid import UUID

import attrs
from sqlalchemy import Select, insert, select
from sqlalchemy.exc import IntegrityError

from leuit.contracts import EarlierActor, PaymentEvidence, PaymentPayee, PaymentRequest
from leuit.identity import Identity, people_in, subtree
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    _,
    new_id,
    one_line,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_sp2d.models import OPEN, ClaimActor, ClaimAllowance, PaymentClaim
from leuit_sp2d.permissions import CLAIM
from leuit_sp2d.rules.tpp import last_day

from .claim_checks import checked_request
from .evidence import MOST as MOST_FILES
from .evidence import store_evidence
from .people import actor_of
from .regulation import rules_on
from .telling import KIND, claim_ref

BY_HAND = "claim"
"""The step of a person who handed a claim in himself, and of all who acted before."""

_LATER = PaymentPayee("", "", "", "")
"""Of an allowance: its payee is given when it is taken up."""


def request_payment(work: Work, request: PaymentRequest) -> RecordRef:
    """The provider of the port; the same key of the same kind of record gives the first answer."""
    asked_key = f"{request.ref.kind}:{request.key}"
    known = _known(work, asked_key)
    if known is None:
        try:
            with work.session.begin_nested():
                return claim_ref(_store(work, new_id(), asked_key, request))
        except IntegrityError:
            known = _known(work, asked_key)
            if known is None:
                raise
    return claim_ref(known)


def hand_in(work: Work, request: PaymentRequest, claim_id: UUID | None = None) -> PaymentClaim:
    """A claim by a person for one of his units; the same `claim_id` again gives the first one.

    The request's key and reference are made here: the claim is its own record.
    """
    actor = actor_of(work)
    if claim_id is not None and (known := work.session.get(PaymentClaim, claim_id)) is not None:
        if known.handed_by != actor.person_id:
            raise ConflictError(_("Klaim dengan pengenal itu sudah ada."))
        return known
    work.require(CLAIM, request.unit_id)
    _require_own_people(work, request)
    made = claim_id or new_id()
    own = attrs.evolve(
        request,
        key=str(made),
        ref=RecordRef(KIND, str(made), one_line(request.purpose)[:120]),
        acted=(EarlierActor(actor.person_id, BY_HAND),),
    )
    try:
        with work.session.begin_nested():
            return _store(work, made, f"{KIND}:{made}", own)
    except IntegrityError:
        known = work.session.get(PaymentClaim, made)  # the same form came twice at once
        if known is None or known.handed_by != actor.person_id:
            raise
        work.audit("sp2d.claim.handed_in", claim_ref(known), repeated=True)
        return known


def receive_claim_file(
    app: Leuit, identity: Identity, claim_id: UUID, name: str, data: bytes
) -> StoredFile:
    """As `store_evidence`, for a claim that the asker handed in: of others nothing is stored."""
    with app.read(identity) as view:
        query = _own(view, claim_id, view.identity.person_id)
        if view.session.scalars(query).one_or_none() is None:
            raise unknown_claim()
    return store_evidence(app, name, data)


def add_claim_file(work: Work, claim_id: UUID, item: str, file: StoredFile) -> PaymentEvidence:
    """Attach a stored file to an open claim that one handed in; the same file twice is one."""
    actor = actor_of(work)
    query = _own(work, claim_id, actor.person_id).with_for_update()
    claim = work.session.scalars(query).one_or_none()
    if claim is None:
        raise unknown_claim()
    if claim.state != OPEN:
        raise ConflictError(
            _("Klaim itu tidak lagi menunggu: sudah diambil, ditolak atau digantikan."),
            advice=_("Lampirkan pada pembayarannya, atau pada klaim yang menggantikannya."),
        )
    if item not in {one.code for one in rules_on(work).figures.items_of(claim.kind)}:
        sentence = _("Pilih dokumen dari daftar periksa.")
        raise InvalidInputError(sentence, fields=[FieldError("item", sentence, "unknown_item")])
    added = PaymentEvidence(item, file.sha256, file.name)
    kept = [one for one in claim.evidence if (one["item"], one["sha256"]) == (item, file.sha256)]
    if kept:
        return PaymentEvidence(**kept[0])
    if len(claim.evidence) >= MOST_FILES:
        raise InvalidInputError(_("Lampiran sebuah klaim sudah terlalu banyak."))
    register_file(work, file)
    claim.evidence = [*claim.evidence, attrs.asdict(added)]
    claim.version += 1
    work.session.flush()
    work.audit("sp2d.claim.evidence", claim_ref(claim), item=item, sha256=file.sha256)
    return added


def _own(view: View, claim_id: UUID, person_id: UUID | None) -> Select[PaymentClaim]:
    return select(PaymentClaim).where(
        PaymentClaim.id == claim_id,
        PaymentClaim.handed_by == person_id,
        PaymentClaim.unit_id.in_(view.units(CLAIM)),
    )


def unknown_claim() -> NotFoundError:
    """The refusal of a claim that is not there for the asker."""
    return NotFoundError(_("Klaim itu tidak ada."), advice=_("Mulai dari daftar klaim."))


def _require_own_people(view: View, request: PaymentRequest) -> None:
    """By hand only people are claimed for who had their post in the unit, or below it, on the first
    or the last day of the month: whoever hands a claim in sees what each of them gets.
    """
    if request.month is None or not request.allowance:
        return
    found: set[UUID] = set()
    for day in (request.month, last_day(request.month)):
        inside = people_in(subtree(request.unit_id, day), day)
        found |= set(view.connection.execute(inside).scalars())
    faults = [
        FieldError(
            f"allowance[{number}].person_id",
            _("Orang itu tidak bertugas di unit ini pada bulan itu."),
            "other_unit",
        )
        for number, one in enumerate(request.allowance)
        if one.person_id not in found
    ]
    if faults:
        raise InvalidInputError(_("Klaim pembayaran belum dapat diterima."), fields=faults)


def _known(work: Work, asked_key: str) -> PaymentClaim | None:
    return work.session.scalars(
        select(PaymentClaim).where(PaymentClaim.asked_key == asked_key)
    ).one_or_none()


def _store(work: Work, claim_id: UUID, asked_key: str, request: PaymentRequest) -> PaymentClaim:
    request = checked_request(work, request)
    payee = request.payee or _LATER
    claim = PaymentClaim(
        id=claim_id,
        asked_key=asked_key,
        key=request.key,
        ref_kind=request.ref.kind,
        ref_id=request.ref.id,
        ref_label=request.ref.label[:300],
        unit_id=request.unit_id,
        kind=request.kind,
        purpose=request.purpose,
        basis=request.basis,
        payee=payee.name,
        npwp=payee.npwp,
        bank=payee.bank,
        account=payee.account,
        holder=payee.holder,
        amount=request.amount,
        lines=[attrs.asdict(one) for one in request.shares],
        evidence=[attrs.asdict(one) for one in request.evidence],
        due=request.due,
        month=request.month,
        handed_by=work.identity.person_id,
        at=work.now,
    )
    work.session.add(claim)
    work.session.flush()
    if request.acted:
        # Who acted at two steps of the caller's is kept apart once.
        steps = {one.person_id: one.step[:40] for one in reversed(request.acted)}
        work.connection.execute(
            insert(ClaimActor),
            [
                {"claim_id": claim.id, "person_id": person_id, "step": step}
                for person_id, step in steps.items()
            ],
        )
    if request.allowance:
        work.connection.execute(
            insert(ClaimAllowance),
            [{"claim_id": claim.id, **attrs.asdict(one)} for one in request.allowance],
        )
    work.audit(
        "sp2d.claim.handed_in",
        claim_ref(claim),
        asked_by=str(request.ref),
        amount=claim.amount,
        kind=claim.kind,
        people=len(request.allowance),
    )
    return claim
