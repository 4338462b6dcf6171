"""Claims on the desk for programs: handed in, taken up as a payment, refused."""

import datetime as dt
from typing import Literal
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.contracts import PaymentPayee, PaymentRequest, PaymentShare, PayPercent
from leuit.identity import Unit
from leuit.values import InvalidInputError, RecordRef
from leuit.web import Request, Response, Upload, file_answer, json_answer
from leuit.work import StoredFile, View, Work
from leuit_sp2d.models import PaymentClaim
from leuit_sp2d.service.allowance_list import draw_list
from leuit_sp2d.service.allowances import DrawnList, priced, salary_of
from leuit_sp2d.service.claim_checks import field_of
from leuit_sp2d.service.claim_desk import (
    claims,
    find_claim,
    read_claim,
    read_claim_file,
    refuse_claim,
    take_claim,
)
from leuit_sp2d.service.claim_intake import add_claim_file, hand_in, receive_claim_file
from leuit_sp2d.service.telling import KIND

from .bounds import Amount, Deduction, Remark, Version
from .claimed import PaymentBody, claim_of_body, told_where_sent
from .once import changed, prepared
from .paging import cut, page_by_id
from .values import PaymentAnswer, answer_of


@attrs.frozen
class ClaimsQuery:
    """`limit` claims (1 to 200) after `cursor`, of a state where it is given."""

    state: Literal["", "open", "taken", "refused", "replaced"] = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class ClaimListed:
    """A claim in the list."""

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


@attrs.frozen
class ClaimsAnswer:
    """A page of claims, the newest first; `next` is the cursor of the one after, or null."""

    items: list[ClaimListed]
    next: str | None


@attrs.frozen
class ShareBody:
    """How much of the amount a budget account (kode rekening) shall bear."""

    account: str
    amount: Amount


@attrs.frozen
class PercentBody:
    """What is cut from a person's allowance: 1/100 percent of the whole, 0 to 10000."""

    person: UUID
    deduction: Deduction


@attrs.frozen
class ClaimBody:
    """A claim handed in by a person: what for, to whom, how much.

    `kind` is LS_BJ or LS_GAJI; `shares` sum to the amount or are left out. A claim for TPP is
    LS_GAJI with `month` (its first day) and `allowance`, each person once; payee, account, amount
    and shares are left out then, and required without. Whoever hands it in takes no step of its
    payment.
    """

    unit: UUID
    kind: str
    purpose: str
    payee: str = ""
    bank: str = ""
    account: str = ""
    holder: str = ""
    amount: Amount | None = None
    month: dt.date | None = None
    allowance: list[PercentBody] = attrs.field(factory=list)
    basis: str = ""
    npwp: str = ""
    shares: list[ShareBody] = attrs.field(factory=list)
    due: dt.date | None = None


@attrs.frozen
class ClaimEvidenceForm:
    """A PDF, PNG or JPEG (at most 20 MB) that proves an `item` of the checklist."""

    item: str
    file: Upload


@attrs.frozen
class TakeBody(PaymentBody):
    """The payment as which the claim is taken up, and the version of the claim that was read."""

    version: Version = attrs.field(kw_only=True)


@attrs.frozen
class RefusalBody:
    """The version that was read, and a coded reason of the edition."""

    version: Version
    code: str
    remark: Remark = ""


@attrs.frozen
class ShareAnswer:
    """How much a budget account shall bear."""

    account: str
    amount: int


@attrs.frozen
class ClaimFileAnswer:
    """A file of the claim."""

    item: str
    sha256: str
    name: str


@attrs.frozen
class PercentAnswer:
    """A person of an allowance: `deduction` in 1/100 percent, base and what is paid in rupiah.

    Both are null while he has no base amount. `paid_by` is another claim that pays him already.
    """

    person: UUID
    name: str
    nip: str
    deduction: int
    base: int | None
    amount: int | None
    paid_by: UUID | None


@attrs.frozen
class ClaimAnswer:
    """A claim: `open`, `taken` up as the payment of `payment_id`, or `refused` for a reason.

    One for an allowance may be `replaced` by a newer one of its unit and month, `replaced_by`, that
    was taken up; it is open again when that one is refused.

    `ref` is the record that it came from. One for an `allowance` has a `month` and no payee; its
    amounts follow the base amounts of the day until it is taken up, and `amount` is null till then.
    """

    id: UUID
    ref: str
    ref_label: str
    unit_id: UUID
    unit: str
    kind: str
    purpose: str
    basis: str
    payee: str
    npwp: str
    bank: str
    account: str
    holder: str
    amount: int | None
    month: dt.date | None
    allowance: list[PercentAnswer]
    lines: list[ShareAnswer]
    evidence: list[ClaimFileAnswer]
    due: dt.date | None
    state: str
    payment_id: UUID | None
    replaced_by: UUID | None
    reason_code: str
    reason: str
    at: dt.datetime
    decided_at: dt.datetime | None
    version: int


def list_claims(request: Request) -> Response:
    """The claims of the units whose payments the asker may see."""
    query = request.decode_query(ClaimsQuery)
    before, limit = page_by_id(request)
    with request.read() as view:
        rows = claims(view, query.state, limit + 1, before=before)
    shown, more = cut(rows, limit)
    return json_answer(ClaimsAnswer([ClaimListed(**attrs.asdict(row)) for row in shown], more))


def show(request: Request) -> Response:
    """One claim."""
    with request.read() as view:
        answer = _answer(view, read_claim(view, request.params["claim_id"]))
    return json_answer(answer)


def create(request: Request) -> Response:
    """Hand a claim in."""
    sent = request.decode(ClaimBody)
    asked = PaymentRequest(
        key="",
        ref=RecordRef(KIND, ""),
        unit_id=sent.unit,
        kind=sent.kind,  # type: ignore[arg-type]  # the service refuses other words
        purpose=sent.purpose,
        basis=sent.basis,
        payee=_payee(sent),
        amount=sent.amount,
        month=sent.month,
        allowance=tuple(PayPercent(one.person, one.deduction) for one in sent.allowance),
        shares=tuple(PaymentShare(one.account, one.amount) for one in sent.shares),
        due=sent.due,
    )

    def act(work: Work) -> ClaimAnswer:
        try:
            return _answer(work, hand_in(work, asked))
        except InvalidInputError as error:
            error.fields = tuple(attrs.evolve(one, path=field_of(one.path)) for one in error.fields)
            raise

    return changed(request, act, 201)


def _payee(sent: ClaimBody) -> PaymentPayee | None:
    """Who is paid; of an allowance nobody, but what was told nevertheless is told to be wrong."""
    told = (sent.payee, sent.bank, sent.account, sent.holder, sent.npwp)
    return None if sent.allowance and not any(told) else PaymentPayee(*told)


def attach(request: Request) -> Response:
    """Attach a file to an open claim that the asker handed in."""
    sent = request.decode_form(ClaimEvidenceForm)
    claim_id = request.params["claim_id"]

    def act(work: Work, stored: StoredFile) -> ClaimAnswer:
        add_claim_file(work, claim_id, sent.item, stored)
        return _answer(work, find_claim(work, claim_id))

    return prepared(
        request,
        lambda: receive_claim_file(
            request.app, request.identity, claim_id, sent.file.filename, sent.file.data
        ),
        act,
    )


def download(request: Request) -> Response:
    """A file of a claim as it was given, by its place in the claim's `evidence` from 0."""
    with request.read() as view:
        found = read_claim_file(view, request.params["claim_id"], request.params["number"])
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.name, "application/octet-stream")


def take(request: Request) -> Response:
    """Take a claim up as a draft payment; its address is that of the payment."""
    sent = request.decode(TakeBody)
    claim_id: UUID = request.params["claim_id"]

    def act(work: Work, drawn: DrawnList | None) -> PaymentAnswer:
        month = find_claim(work, claim_id).month
        claim = claim_of_body(work, sent, salary=salary_of(month) if month else None)
        with told_where_sent(sent):
            payment = take_claim(work, claim_id, sent.version, claim, drawn=drawn)
        return answer_of(work, payment)

    return prepared(request, lambda: draw_list(request.app, request.identity, claim_id), act)


def refuse(request: Request) -> Response:
    """Refuse a claim."""
    sent = request.decode(RefusalBody)

    def act(work: Work) -> ClaimAnswer:
        claim_id = request.params["claim_id"]
        return _answer(work, refuse_claim(work, claim_id, sent.version, sent.code, sent.remark))

    return changed(request, act)


def _answer(view: View, claim: PaymentClaim) -> ClaimAnswer:
    own = ("ref", "unit", "lines", "evidence", "allowance")
    names = [field.name for field in attrs.fields(ClaimAnswer) if field.name not in own]
    return ClaimAnswer(
        **{name: getattr(claim, name) for name in names},
        ref=f"{claim.ref_kind}:{claim.ref_id}",
        unit=view.connection.execute(
            select(Unit.name).where(Unit.id == claim.unit_id)
        ).scalar_one(),
        allowance=[
            PercentAnswer(
                one.person_id,
                one.name,
                one.nip,
                one.deduction,
                one.base,
                one.amount,
                one.elsewhere,
            )
            for one in priced(view, claim).people
        ],
        lines=[ShareAnswer(**one) for one in claim.lines],
        evidence=[ClaimFileAnswer(**one) for one in claim.evidence],
    )
