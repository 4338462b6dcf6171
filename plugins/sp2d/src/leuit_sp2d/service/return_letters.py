"""The letter by which a payment went back, or was refused for good: drawn from the act as it was.

It names the document that came in and goes back: before there is an SPP the claim itself, then the
SPP, from the test on the SPM. It has no number of its own. Drawn again it is the same file.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.documents import letterhead_on
from leuit.identity import SYSTEM, Identity, Person, Unit
from leuit.values import NotFoundError, _, local_day
from leuit.work import Leuit, View
from leuit_sp2d.documents import Coded, Reason, Reference, ReturnLetter, draw
from leuit_sp2d.models import Act, Paper, Payment
from leuit_sp2d.rules.chain import SP2D, SPM, SPP, STEPS, TEST, VERIFY

from .acts import DONE, REFUSED, RETURNED, VOIDED
from .current_dpa import current_dpa
from .moving import ref_of
from .paper_content import content_of
from .payments import find_payment
from .signatories import holders

_CLAIM = "Pengajuan pembayaran"
_NO_NUMBER = "belum bernomor"
_DOCUMENTS = {VERIFY: "SPP", SPM: "SPP", TEST: "SPM", SP2D: "SPM"}
_SENDERS = {
    SPP: "Pejabat Pelaksana Teknis Kegiatan",
    VERIFY: "Bendahara Pengeluaran",
    SPM: "Bendahara Pengeluaran",
    TEST: "Pengguna Anggaran/Kuasa Pengguna Anggaran",
    SP2D: "Pengguna Anggaran/Kuasa Pengguna Anggaran",
}


def return_letter_pdf(
    app: Leuit, identity: Identity, payment_id: UUID, act_id: UUID
) -> tuple[bytes, str]:
    """The letter of a return, a refusal, or an SP2D taken back, and the name of its file.

    Raises NotFoundError for a payment of a unit of others, and for any other act.
    """
    with app.read(identity) as view:
        payment = find_payment(view, payment_id)
        act = _return_of(view, payment_id, act_id)
        if identity != SYSTEM:
            view.note_access(ref_of(payment), fields=["purpose"])
        letter, unit_id = _letter(view, payment, act)
        letterhead = letterhead_on(view, unit_id, letter.date)
    kind = "Penolakan" if letter.final else "Pengembalian"
    title = f"{kind} {letter.document} {letter.reference.number}"
    drawn = draw(letter, letterhead=letterhead, title=title, now=act.at)
    return drawn.pdf, f"{kind.lower()}-{letter.date:%Y-%m-%d}.pdf"


def _return_of(view: View, payment_id: UUID, act_id: UUID) -> Act:
    act = view.session.scalars(
        select(Act).where(
            Act.id == act_id,
            Act.payment_id == payment_id,
            Act.what.in_((RETURNED, REFUSED, VOIDED)),
        )
    ).one_or_none()
    if act is None:
        raise NotFoundError(_("Surat itu tidak ada."))
    return act


def _letter(view: View, payment: Payment, act: Act) -> tuple[ReturnLetter, UUID]:
    day = local_day(act.at, view.app.zone)
    received = _received(view, act)
    paper = view.session.scalars(
        select(Paper).where(
            Paper.payment_id == payment.id,
            Paper.round == act.round,
            Paper.kind == _DOCUMENTS.get(act.step, ""),
        )
    ).one_or_none()
    if paper is not None:
        content = content_of(paper)
        skpd = Coded(content.skpd, content.unit)
        document, reference = paper.kind, Reference(paper.number, paper.dated)
    else:
        code = current_dpa(view, payment.unit_id, payment.year).skpd_code
        skpd = Coded(code, view.session.get_one(Unit, payment.unit_id).name)
        document, reference = _CLAIM, Reference(_NO_NUMBER, received)
    [holder] = holders(view, Person.id == act.person_id, day).values()
    signatory = holder.at_step(act.step, payment.unit_id)
    letter = ReturnLetter(
        date=day,
        document=document,
        reference=reference,
        received_on=received,
        skpd=skpd,
        amount=act.gross,
        purpose=act.purpose,
        addressee=f"{_SENDERS[act.step]} {skpd.name}",
        reasons=tuple(
            Reason(one["code"], one["title"], one["remark"] or "–") for one in act.reasons
        ),
        signer=signatory.signer,
        final=act.what == REFUSED,
    )
    return letter, signatory.unit_id or payment.unit_id


def _received(view: View, act: Act) -> dt.date:
    """The day on which the step before was done in that round."""
    keys = [step.key for step in STEPS]
    at = view.connection.execute(
        select(Act.at).where(
            Act.payment_id == act.payment_id,
            Act.round == act.round,
            Act.step == keys[keys.index(act.step) - 1],
            Act.what == DONE,
        )
    ).scalar_one()
    return local_day(at, view.app.zone)
