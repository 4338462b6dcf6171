"""Examples of the desks beside the chain of payments: claims, LPJ, papers, receipts of taxes."""

from uuid import UUID

from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import RecordRef, new_id
from leuit.work import Work
from leuit_sp2d.models import (
    Act,
    Deduction,
    Line,
    Lpj,
    LpjEvidence,
    Paper,
    Payment,
    PaymentClaim,
    Receipt,
)
from leuit_sp2d.permissions import DRAFT, ORDER
from leuit_sp2d.rules.chain import TEST, VERIFY
from tests.system.access import MINE, OPENED, Example, Region

API = "/api/sp2d/v1"
PDF = b"%PDF-1.7\n%an invented paper\n"
FILE = ("kuitansi.pdf", PDF)


def examples(region: Region) -> dict[str, Example]:
    """Beside the payments of the unit DIN.A that `sp2d.examples` made."""
    sha256 = region.app.blobs.put(PDF)
    with region.app.change(SYSTEM) as work:
        paper = work.session.scalars(
            select(Paper)
            .join(Payment, Payment.id == Paper.payment_id)
            .where(Payment.state == TEST, Paper.unit_id == region.unit, Paper.kind == "SPM")
            .limit(1)
        ).one()
        cut = work.session.scalars(
            select(Deduction.id).where(Deduction.payment_id == paper.payment_id).limit(1)
        ).one()
        act = _sent_back(work, paper.payment_id)
        lpj, evidence = _lpj(work, region, sha256)
        claim = work.session.scalars(select(PaymentClaim).limit(1)).one()
        claim.evidence = [{"item": "kuitansi", "sha256": sha256, "name": "kuitansi.pdf"}]
        work.audit("sp2d.lpj.drafted", RecordRef("sp2d.lpj", str(lpj)))
        paid = {"payment_id": paper.payment_id, "deduction_id": cut}
        shown = {"payment_id": paper.payment_id, "paper_id": paper.id, "act_id": act}
        code = paper.code
    account, desk = "/sp2d/accounts/{lpj_id}", "/sp2d/claims/{claim_id}"
    one = {"lpj_id": lpj, "evidence_id": evidence}
    asked = {"claim_id": claim.id, "number": 0}
    stale = {"version": "99"}
    return {
        "GET /sp2d/release": Example(),
        "POST /sp2d/release": Example(form={}),
        "GET /sp2d/payments/{payment_id}/taxes/{deduction_id}": Example(params=paid, unit=MINE),
        "POST /sp2d/payments/{payment_id}/taxes/{deduction_id}": Example(
            params=paid, form={}, unit=MINE, person=True
        ),
        "GET /sp2d/payments/{payment_id}/papers/{paper_id}": Example(params=shown, unit=MINE),
        "POST /sp2d/payments/{payment_id}/papers/{paper_id}/sign": Example(
            params=shown, form={"round": "99"}, unit=MINE, needs=ORDER, person=True
        ),
        "POST /api/sp2d/v1/payments/{payment_id:uuid}/papers/{paper_id:uuid}/sign": Example(
            params=shown, json={"round": 99}, unit=MINE, needs=ORDER, person=True
        ),
        "GET /sp2d/payments/{payment_id}/returns/{act_id}": Example(params=shown, unit=MINE),
        f"GET {API}/payments/{{payment_id:uuid}}/papers/{{paper_id:uuid}}": Example(
            params=shown, unit=MINE
        ),
        f"GET {API}/payments/{{payment_id:uuid}}/returns/{{act_id:uuid}}": Example(
            params=shown, unit=MINE
        ),
        f"PUT {API}/payments/{{payment_id:uuid}}/deductions/{{deduction_id:uuid}}/receipt": Example(
            params=paid, json={}, unit=MINE, person=True
        ),
        "GET /sp2d/check": Example(),
        "GET /sp2d/check/{code}": Example(params={"code": code}),
        "GET /sp2d/accounts": Example(),
        "GET /sp2d/accounts/new": Example(),
        "POST /sp2d/accounts/new": Example(form={"unit": str(region.unit)}, unit=MINE),
        f"GET {account}": Example(params=one, unit=MINE),
        f"GET {account}/edit": Example(params=one, unit=MINE),
        f"POST {account}/edit": Example(params=one, form=stale, unit=MINE),
        f"POST {account}/submit": Example(params=one, form=stale, private=True),
        f"POST {account}/drop": Example(params=one, form=stale, private=True),
        f"POST {account}/decide": Example(params=one, form=stale, unit=MINE, person=True),
        f"POST {account}/evidence": Example(params=one, form=stale, file=FILE, private=True),
        f"GET {account}/evidence/{{evidence_id}}": Example(params=one, unit=MINE),
        f"POST {account}/evidence/{{evidence_id}}/remove": Example(
            params=one, form=stale, private=True
        ),
        **_accounts_by_program(region, one),
        "GET /sp2d/claims": Example(),
        "GET /sp2d/claims/new": Example(),
        "POST /sp2d/claims/new": Example(form={"unit": str(region.unit)}),
        f"GET {desk}": Example(params=asked, unit=MINE),
        f"POST {desk}/refuse": Example(
            params=asked, form=stale, unit=MINE, needs=DRAFT, person=True
        ),
        f"POST {desk}/evidence": Example(params=asked, form={}, file=FILE, private=True),
        f"GET {desk}/evidence/{{number}}": Example(params=asked, unit=MINE),
    }


def _accounts_by_program(region: Region, one: dict[str, UUID]) -> dict[str, Example]:
    account = f"{API}/accounts/{{lpj_id:uuid}}"
    file = f"{account}/evidence/{{evidence_id:uuid}}"
    receipt = {"line": str(new_id()), "amount": 1, "number": "K/2", "dated": "2026-10-05"}
    written = {"purpose": "Belanja kantor", "receipts": [receipt]}
    stale = {"version": 99}
    reasons = [{"code": "lain"}]
    return {
        f"GET {API}/accounts": Example(),
        f"POST {API}/accounts": Example(
            json={**written, "unit": str(region.unit)}, unit=MINE, person=True
        ),
        f"GET {account}": Example(params=one, unit=MINE),
        f"PUT {account}": Example(params=one, json=written | stale, private=True),
        f"POST {account}/submit": Example(params=one, json=stale, private=True),
        f"POST {account}/drop": Example(params=one, json=stale, private=True),
        f"POST {account}/approve": Example(params=one, json=stale, unit=MINE, person=True),
        f"POST {account}/return": Example(
            params=one, json=stale | {"reasons": reasons}, unit=MINE, person=True
        ),
        f"POST {account}/evidence": Example(
            params=one, form={"version": "99"}, file=FILE, private=True
        ),
        f"GET {file}": Example(params=one, unit=MINE),
        f"DELETE {file}": Example(params=one, query={"version": "99"}, private=True),
    }


def _sent_back(work: Work, payment_id: UUID) -> UUID:
    """As if the payment had been sent back once, so that there is a letter."""
    act = Act(
        payment_id=payment_id,
        round=1,
        step=VERIFY,
        what="returned",
        person_id=work.session.scalars(
            select(Act.person_id).where(Act.payment_id == payment_id, Act.step == VERIFY)
        ).first(),
        acted_as="PPK-SKPD",
        reasons=[{"code": "lain", "title": "Alasan lain", "item": "", "remark": "contoh"}],
        answers={},
        purpose="Belanja contoh",
        gross=1_000_000,
        version=1,
        at=work.now,
    )
    work.session.add(act)
    work.session.flush()
    return act.id


def _lpj(work: Work, region: Region, sha256: str) -> tuple[UUID, UUID]:
    """A draft of somebody who is none of the callers, with a file."""
    owner = region.office.staff(OPENED)
    assert owner.person_id is not None
    line = work.session.scalars(select(Line.id).where(Line.unit_id == region.unit).limit(1)).one()
    lpj = Lpj(
        unit_id=region.unit,
        year=work.today.year,
        value=1,
        purpose="Belanja kantor",
        total=50_000,
        state="draft",
        since=work.now,
        created_by=owner.person_id,
        created_at=work.now,
    )
    work.session.add(lpj)
    work.session.flush()
    receipt = Receipt(
        lpj_id=lpj.id, place=0, line_id=line, amount=50_000, number="K/1", dated=work.today
    )
    evidence = LpjEvidence(
        lpj_id=lpj.id, sha256=sha256, name="kuitansi.pdf", size=len(PDF), added_at=work.now
    )
    work.session.add_all([receipt, evidence])
    work.session.flush()
    return lpj.id, evidence.id
