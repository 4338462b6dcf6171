"""A treasury that issues papers: with an RKUD and an SPD, without services that sign or file."""

import datetime as dt
import io
from typing import Any
from uuid import UUID

import attrs
import pypdfium2
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.models import Act, Paper, Payment, Spd
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, send_back
from leuit_sp2d.service.claims import Claim, ClaimedLine
from leuit_sp2d.service.reversing import void_sp2d
from tests.sp2d.services import with_ports
from tests.sp2d.treasury import PPN, YEAR, Treasury, claim, treasury

GROSS, NET = 11_100_000, 10_000_000
RKUD = "0011002233"
SPD = "SPD/9/2026"


def paper_office(app: Leuit) -> Treasury:
    """Store it in an empty installation."""
    made = treasury(app)
    with_ports(app)
    settings = app.vocabulary.settings
    ours = attrs.evolve(
        settings["sp2d"], rkud_name="RKUD Contoh", rkud_bank="110", rkud_account=RKUD
    )
    app.vocabulary = attrs.evolve(app.vocabulary, settings={**settings, "sp2d": ours})
    with app.change(SYSTEM) as work:
        work.session.add(
            Spd(
                unit_id=made.unit,
                year=YEAR,
                quarter=1,
                number=SPD,
                dated=dt.date(YEAR, 1, 9),
                total=200_000_000,
                issued_at=work.now,
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    return made


def two_lines(office: Treasury, **changes: Any) -> Claim:
    """A claim on two lines with one tax, of which the payee gets ten million."""
    lines = (ClaimedLine(office.line, 6_100_000), ClaimedLine(office.other_line, 5_000_000))
    wanted = claim(office, lines=lines, deductions=(PPN,))
    return attrs.evolve(wanted, **changes)


def papers(office: Treasury, payment_id: UUID) -> list[Paper]:
    """All papers of a payment, the first one first."""
    with office.app.read(SYSTEM) as view:
        query = select(Paper).where(Paper.payment_id == payment_id).order_by(Paper.id)
        return list(view.session.scalars(query))


def returned(office: Treasury, payment_id: UUID, key: str) -> UUID:
    """The person of a step sends the payment back; the id of what he did."""
    with office.app.change(office.people[key]) as work:
        version = work.session.get_one(Payment, payment_id).version
        send_back(work, payment_id, Decision(key, version), [_reason("angka keliru")])
    return _last_act(office, payment_id)


def voided(office: Treasury, payment_id: UUID, key: str) -> UUID:
    """Kuasa BUD takes the SP2D back; the id of what he did."""
    with office.app.change(office.people[key]) as work:
        version = work.session.get_one(Payment, payment_id).version
        void_sp2d(work, payment_id, version, [_reason("rekening keliru")])
    return _last_act(office, payment_id)


def text_of(pdf: bytes) -> str:
    """The words of all pages, a blank between any two."""
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def actions(office: Treasury, prefix: str = "sp2d.paper.") -> list[str]:
    """What was audited about papers, in order."""
    with office.app.read(SYSTEM) as view:
        query = select(AuditEntry.action).order_by(AuditEntry.at, AuditEntry.id)
        return [one for one in view.session.scalars(query) if one.startswith(prefix)]


def _reason(remark: str) -> Reason:
    return Reason("salah_hitung", "", remark=remark)


def _last_act(office: Treasury, payment_id: UUID) -> UUID:
    with office.app.read(SYSTEM) as view:
        return view.session.scalars(
            select(Act.id).where(Act.payment_id == payment_id).order_by(Act.id.desc()).limit(1)
        ).one()
