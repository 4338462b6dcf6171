"""Payments for programs: found, written down, mended, with their files."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.builtin.regulations import edition
from leuit.values import FieldError, InvalidInputError, _
from leuit.web import (
    Request,
    Response,
    Upload,
    cursor_after,
    cursor_page,
    file_answer,
    json_answer,
    wrong_cursor,
)
from leuit.work import View, Work
from leuit_sp2d.rules.tax_rules import Object
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.service.claims import Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.evidence import (
    add_evidence,
    read_evidence,
    remove_evidence,
    store_evidence,
)
from leuit_sp2d.service.listing import Filter, payments
from leuit_sp2d.service.payments import draft, find_payment, ref_of, revise
from leuit_sp2d.service.tax_edition import TAXES
from leuit_sp2d.service.taxed import OTHER, with_taxes

from .bounds import Amount, Version, Year
from .once import changed, prepared
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
class ClaimedLineBody:
    """A budget line, by its id, and what it shall bear."""

    line: UUID
    amount: Amount


@attrs.frozen
class OtherDeductionBody:
    """A deduction that is no tax; one that does not reduce the transfer is told only."""

    title: str
    amount: Amount
    reduces: bool = True


@attrs.frozen
class TaxableBody:
    """What the taxes follow from: `price` without PPN, of an honorarium or rent of land the gross.

    `undivided` is the whole price where this is a part of a purchase; `exempt` names the exemptions
    of the edition that the treasurer states.
    """

    object: Object
    price: Amount
    charges_ppn: bool
    luxury: bool = False
    umkm: bool = False
    qualification: str = ""
    golongan: str = ""
    exempt: list[str] = attrs.field(factory=list)
    undivided: Amount | None = None


@attrs.frozen
class PaymentBody:
    """A claim of a payee: what for, to whom, from which budget lines.

    `kind` is LS_BJ (goods and services, with `taxable`, `basis`, `invoice` and `invoice_date`) or
    LS_GAJI. `bank` is the bank's three-digit code. The lines sum to the gross: for goods and
    services to the price with its PPN.
    """

    unit: UUID
    year: Year
    kind: str
    purpose: str
    payee: str
    bank: str
    account: str
    holder: str
    lines: list[ClaimedLineBody]
    basis: str = ""
    npwp: str = ""
    invoice: str = ""
    invoice_date: dt.date | None = None
    taxable: TaxableBody | None = None
    deductions: list[OtherDeductionBody] = attrs.field(factory=list)


@attrs.frozen
class RevisionBody(PaymentBody):
    """The whole claim anew, and the version that was read."""

    version: Version = attrs.field(kw_only=True)


@attrs.frozen
class EvidenceForm:
    """A PDF, PNG or JPEG (at most 20 MB) that proves an `item` of the checklist."""

    item: str
    file: Upload


def list_payments(request: Request) -> Response:
    """The payments that the asker may see."""
    query = request.decode_query(PaymentsQuery)
    cursor, limit = cursor_page(request, 1)
    wanted = Filter(query.year or None, query.unit, query.state, query.kind, query.text[:100])
    with request.read() as view:
        rows = payments(view, wanted, 0, limit + 1, before=id_of(cursor[0]) if cursor else None)
    more = cursor_after(str(rows[limit - 1].id)) if len(rows) > limit else None
    return json_answer(
        PaymentsAnswer([PaymentListed(**attrs.asdict(row)) for row in rows[:limit]], more)
    )


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
    return changed(
        request, lambda work: answer_of(work, draft(work, claim_of_body(work, sent))), 201
    )


def mend(request: Request) -> Response:
    """Change a claim that is not on its way."""
    sent = request.decode(RevisionBody)

    def act(work: Work) -> PaymentAnswer:
        payment_id = request.params["payment_id"]
        return answer_of(work, revise(work, payment_id, claim_of_body(work, sent), sent.version))

    return changed(request, act)


def attach(request: Request) -> Response:
    """Attach a file to an item of the checklist."""
    sent = request.decode_form(EvidenceForm)
    return prepared(
        request,
        lambda: store_evidence(request.app, sent.file.filename, sent.file.data),
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


def claim_of_body(view: View, sent: PaymentBody) -> Claim:
    """The claim with the taxes of the day."""
    claim = Claim(
        kind=sent.kind,
        unit_id=sent.unit,
        year=sent.year,
        purpose=sent.purpose,
        basis=sent.basis,
        payee=sent.payee,
        bank=sent.bank,
        account=sent.account,
        holder=sent.holder,
        lines=tuple(ClaimedLine(one.line, one.amount) for one in sent.lines),
        npwp=sent.npwp,
        invoice=sent.invoice,
        invoice_date=sent.invoice_date,
        deductions=tuple(
            ClaimedDeduction(OTHER, one.title, one.amount, one.reduces) for one in sent.deductions
        ),
    )
    if sent.kind != "LS_BJ" or edition(view, TAXES, view.today) is None:
        if sent.taxable is not None and sent.kind != "LS_BJ":
            raise _taxable(_("Pajak dihitung untuk LS barang dan jasa saja."), "not_here")
        return claim
    if sent.taxable is None:
        raise _taxable(_("Isi untuk menghitung pajaknya."), "required")
    values = attrs.asdict(sent.taxable, recurse=False) | {"exempt": frozenset(sent.taxable.exempt)}
    try:
        return with_taxes(view, claim, Taxable(has_npwp=bool(sent.npwp), **values))
    except InvalidInputError as error:
        raise _placed(error) from error


def id_of(text: str) -> UUID:
    """The id in a cursor; a refusal for a cursor that no page gave."""
    try:
        return UUID(text)
    except ValueError:
        raise wrong_cursor() from None


def _taxable(sentence: str, code: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError("taxable", sentence, code)])


def _placed(error: InvalidInputError) -> InvalidInputError:
    """The same refusal with the faults of the tax words where they stand in the body."""
    names = {field.name for field in attrs.fields(TaxableBody)}
    error.fields = tuple(
        attrs.evolve(one, path=f"taxable.{one.path}")
        if one.path.partition("[")[0] in names
        else one
        for one in error.fields
    )
    return error
