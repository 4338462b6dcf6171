"""SPP, SPM and SP2D: numbered when they are issued, voided with a reason, never renumbered.

One sequence per region, kind of document and year. The number stays reserved while the document may
still be taken back, and is confirmed when the payee has the money. What the document says is kept
as it stood at its issue; where some service signs or files documents, a job takes it there.
"""

from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.filing import FILE
from leuit.storage import Prepared
from leuit.values import ConflictError, NotFoundError, RecordRef, _, new_id, new_paper_code
from leuit.work import Number, View, Work, confirm_number, reserve_number, void_number
from leuit_sp2d.models import STANDING, VOIDED, Paper, Payment
from leuit_sp2d.rules.numbers import DOCUMENT_CODES, DocumentNumber, issue_number

from .current_dpa import current_dpa
from .paper_content import paper_content
from .payments import find_payment

SIGN = "sign_document"
"""The port by which papers are signed, before they are filed."""

GO_ON = "sp2d.paper"
"""The job that takes a paper to be signed, then to be filed."""

RESERVED = "reserved"
NUMBER_KINDS = {"LS_BJ": "LS", "LS_GAJI": "LS", "UP": "UP", "GU": "GU"}


@attrs.frozen
class IssuedPaper:
    """What a step is told of the document that it issued: `value` counts in the year's series."""

    id: UUID
    number: str
    value: int


def issue_paper(work: Work, payment: Payment, kind: str) -> IssuedPaper:
    """Give the payment its SPP, SPM or SP2D of today, with the next number.

    Raises ConflictError outside of the budget year: its books are closed for new documents.
    """
    if work.today.year != payment.year:
        raise ConflictError(
            _("Tahun anggaran %(year)s tidak berjalan hari ini."),
            advice=_("Dokumen hanya diterbitkan dalam tahun anggarannya."),
            year=payment.year,
        )
    dpa = current_dpa(work, payment.unit_id, payment.year)
    region = work.app.settings.region.code
    code = DOCUMENT_CODES[kind]
    content = paper_content(work, payment, kind, dpa)  # before the lock on the series of numbers
    paper_id = new_id()
    series = f"sp2d/{region}/{code}/{payment.year}"
    number = reserve_number(work, series, RecordRef(f"sp2d.{kind.lower()}", str(paper_id)))
    told = issue_number(
        DocumentNumber(
            region=region,
            document=code,
            value=number.value,
            kind=NUMBER_KINDS[payment.kind],
            skpd=dpa.skpd_code,
            stage=dpa.stage,
            month=work.today.month,
            year=payment.year,
        )
    )
    row = {
        "id": paper_id,
        "payment_id": payment.id,
        "unit_id": payment.unit_id,
        "year": payment.year,
        "kind": kind,
        "value": number.value,
        "number": told,
        "number_id": number.id,
        "dated": work.today,
        "amount": payment.gross,
        "net": payment.net,
        "round": payment.round,
        "content": content,
        "code": new_paper_code(),
    }
    _INSERT.run(work.connection, row)
    if work.app.has_port(SIGN) or work.app.has_port(FILE):
        work.enqueue(GO_ON, {"paper_id": str(paper_id)})
    return IssuedPaper(paper_id, told, number.value)


def paper_ref(paper: Paper) -> RecordRef:
    """How other services and the audit log name a paper."""
    return RecordRef(f"sp2d.{paper.kind.lower()}", str(paper.id), f"{paper.kind} {paper.number}")


def find_paper(view: View, paper_id: UUID) -> Paper:
    """A paper of a payment that the asker may see; NotFoundError for any other."""
    paper = view.session.get(Paper, paper_id)
    if paper is None:
        raise NotFoundError(_("Dokumen itu tidak ada."), advice=_("Mulai dari daftar."))
    find_payment(view, paper.payment_id)
    return paper


def locked_paper(work: Work, paper_id: UUID) -> Paper:
    """A paper as it is stored now, and nobody else changes it until the unit ends."""
    return work.session.get_one(Paper, paper_id, with_for_update=True, populate_existing=True)


def void_paper(work: Work, paper: Paper, reason: str) -> None:
    """Take a document back; it stays listed under its number, with the reason.

    A number that was confirmed (the bank paid, then returned the money) stays confirmed.
    """
    if work.session.get_one(Number, paper.number_id).state == RESERVED:
        void_number(work, paper.number_id, reason)
    paper.state, paper.void_reason = VOIDED, reason[:500]


def confirm_papers(work: Work, payment_id: UUID) -> None:
    """The numbers of a paid payment are in use for good."""
    for paper in standing_papers(work, payment_id).values():
        confirm_number(work, paper.number_id)


def standing_papers(view: View, payment_id: UUID) -> dict[str, Paper]:
    """The documents of a payment that hold, by kind."""
    rows = view.session.scalars(
        select(Paper).where(Paper.payment_id == payment_id, Paper.state == STANDING)
    )
    return {paper.kind: paper for paper in rows}


def papers_of(view: View, payment_id: UUID) -> list[Paper]:
    """All documents of a payment, voided ones too, in the order of their issue."""
    return list(
        view.session.scalars(select(Paper).where(Paper.payment_id == payment_id).order_by(Paper.id))
    )


_INSERT = Prepared(insert(Paper))
"""Built once: it is on the path of every document."""
