"""Papers of a payment as PDF for programs, and what proves that its taxes reached the State."""

import datetime as dt
from typing import Annotated

import attrs
import msgspec

from leuit.values import NotFoundError, _
from leuit.web import Request, Response, file_answer
from leuit.work import Work
from leuit_sp2d.service.paper_drawing import paper_pdf
from leuit_sp2d.service.papers import find_paper
from leuit_sp2d.service.payments import find_payment
from leuit_sp2d.service.return_letters import return_letter_pdf
from leuit_sp2d.service.tax_receipts import record_receipt

from .once import changed
from .values import PaymentAnswer, answer_of

PDF = "application/pdf"
Code = Annotated[str, msgspec.Meta(max_length=40)]


@attrs.frozen
class TaxReceiptBody:
    """The 15 digits of the billing id, the day it was made, and the 16 characters of the NTPN.

    An NTPN is recorded no sooner than the SP2D is issued; empty ones take off what was recorded.
    """

    billing_id: Code = ""
    billing_date: dt.date | None = None
    ntpn: Code = ""


def show_paper(request: Request) -> Response:
    """An SPP, SPM or SP2D as it was issued: signed, or marked as voided. The reading is noted."""
    paper_id = request.params["paper_id"]
    with request.read() as view:
        if find_paper(view, paper_id).payment_id != request.params["payment_id"]:
            raise NotFoundError(_("Dokumen itu tidak ada."), advice=_("Mulai dari daftar."))
    return file_answer(*paper_pdf(request.app, request.identity, paper_id), PDF)


def show_return(request: Request) -> Response:
    """The letter by which a payment went back, by the id of the act; the reading is noted."""
    payment_id, act_id = request.params["payment_id"], request.params["act_id"]
    return file_answer(*return_letter_pdf(request.app, request.identity, payment_id, act_id), PDF)


def record_tax(request: Request) -> Response:
    """Record that a deduction was passed on to the State."""
    sent = request.decode(TaxReceiptBody)
    payment_id, deduction_id = request.params["payment_id"], request.params["deduction_id"]

    def act(work: Work) -> PaymentAnswer:
        record_receipt(
            work,
            payment_id,
            deduction_id,
            billing_id=sent.billing_id,
            billing_date=sent.billing_date,
            ntpn=sent.ntpn,
        )
        work.session.flush()
        return answer_of(work, find_payment(work, payment_id))

    return changed(request, act)
