"""Payments for programs: found, written down, mended, with their files."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.web import (
    Request,
    Response,
    Upload,
    file_answer,
    json_answer,
)
from leuit.work import Work
from leuit_sp2d.service.evidence import (
    add_evidence,
    read_evidence,
    receive_evidence,
    remove_evidence,
)
from leuit_sp2d.service.listing import Filter, payments
from leuit_sp2d.service.moving import ref_of
from leuit_sp2d.service.payments import draft, find_payment, revise

from .claimed import PaymentBody, RevisionBody, claim_of_body, told_where_sent
from .once import changed, prepared
from .paging import cut, page_by_id
from .values import PaymentAnswer, answer_of, evidence_answer


@attrs.frozen
class PaymentsQuery:
    """`limit` payments (1 to 200) after `cursor`; the others narrow the list where they are given.

    `text` is looked for in purpose, payee and numbers.
    """

    year: int = 0
    unit: UUID | None = None
    state: str = ""
    kind: str = ""
    text: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class PaymentListed:
    """A payment in the list."""

    id: UUID
    purpose: str
    payee: str
    unit: str
    kind: str
    state: str
    gross: int
    since: dt.datetime
    due: dt.datetime | None
    round: int
    returned_by: str
    refused_by: str


@attrs.frozen
class PaymentsAnswer:
    """A page of payments, the newest first; `next` is the cursor of the one after, or null."""

    items: list[PaymentListed]
    next: str | None


@attrs.frozen
class EvidenceForm:
    """A PDF, PNG or JPEG (at most 20 MB) that proves an `item` of the checklist."""

    item: str
    file: Upload


def list_payments(request: Request) -> Response:
    """The payments that the asker may see."""
    query = request.decode_query(PaymentsQuery)
    before, limit = page_by_id(request)
    wanted = Filter(query.year or None, query.unit, query.state, query.kind, query.text[:100])
    with request.read() as view:
        rows = payments(view, wanted, 0, limit + 1, before=before)
    shown, more = cut(rows, limit)
    return json_answer(PaymentsAnswer([PaymentListed(**attrs.asdict(row)) for row in shown], more))


def show(request: Request) -> Response:
    """One payment; the payee's account is personal data of others, so the reading is noted."""
    with request.read() as view:
        payment = find_payment(view, request.params["payment_id"])
        if payment.created_by != view.identity.person_id:
            view.note_access(ref_of(payment), fields=["payee", "npwp", "account"])
        answer = answer_of(view, payment)
    return json_answer(answer)


def create(request: Request) -> Response:
    """Write a claim down; its writer is the PPTK of the payment."""
    sent = request.decode(PaymentBody)

    def act(work: Work) -> PaymentAnswer:
        claim = claim_of_body(work, sent)
        with told_where_sent(sent):
            return answer_of(work, draft(work, claim))

    return changed(request, act, 201)


def mend(request: Request) -> Response:
    """Change a claim that is not on its way."""
    sent = request.decode(RevisionBody)

    def act(work: Work) -> PaymentAnswer:
        payment_id = request.params["payment_id"]
        claim = claim_of_body(work, sent)
        with told_where_sent(sent):
            return answer_of(work, revise(work, payment_id, claim, sent.version))

    return changed(request, act)


def attach(request: Request) -> Response:
    """Attach a file to an item of the checklist."""
    sent = request.decode_form(EvidenceForm)
    return prepared(
        request,
        lambda: receive_evidence(
            request.app,
            request.identity,
            request.params["payment_id"],
            sent.file.filename,
            sent.file.data,
        ),
        lambda work, stored: evidence_answer(
            add_evidence(work, request.params["payment_id"], sent.item, stored)
        ),
        201,
    )


def detach(request: Request) -> Response:
    """Take a file off a claim that is not on its way."""

    def act(work: Work) -> PaymentAnswer:
        payment_id = request.params["payment_id"]
        remove_evidence(work, payment_id, request.params["evidence_id"])
        work.session.flush()
        return answer_of(work, find_payment(work, payment_id))

    return changed(request, act)


def download(request: Request) -> Response:
    """A file of the evidence, as it was given."""
    with request.read() as view:
        found = read_evidence(view, request.params["payment_id"], request.params["evidence_id"])
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.name, "application/octet-stream")
