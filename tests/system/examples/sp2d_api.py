"""Examples of the JSON API of payments: a payment, a claim and a file of orders of the unit DIN.A.

What they ask for is well formed and mostly refused by the state of things: the matrix asks who is
let in, not what comes of it.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from leuit.identity import SYSTEM, Identity
from leuit.values import RecordRef, new_id
from leuit.work import Work
from leuit_sp2d.models import Batch, Evidence, Line, Payment, PaymentClaim
from leuit_sp2d.permissions import DRAFT, EXCHANGE, ISSUE
from tests.system.access import MINE, OPENED, ROOT, Example, Region

PDF = b"%PDF-1.7\n%an invented paper\n"
HOME = "/api/sp2d/v1"
PAYEE = {
    "payee": "CV Contoh",
    "bank": "110",
    "account": "0012345678",
    "holder": "CV CONTOH",
}


def examples(region: Region) -> dict[str, Example]:
    """Rows of DIN.A; whoever holds the right nowhere on its way up finds none of them."""
    app = region.app
    sha256 = app.blobs.put(PDF)
    with app.change(SYSTEM) as work:
        line = Line(
            unit_id=region.unit,
            year=work.today.year,
            activity="7.01.01.2.06.0002",
            activity_name="Peralatan kantor",
            account="5.1.02.01.01.0025",
            account_name="Alat tulis",
        )
        work.session.add(line)
        payment = _payment(work, region)
        work.session.add(payment)
        work.session.flush()
        evidence = Evidence(
            payment_id=payment.id,
            item="kuitansi",
            sha256=sha256,
            name="kuitansi.pdf",
            size=len(PDF),
            added_at=work.now,
        )
        claim = asked(work, region.unit)
        claim.evidence = [{"item": "kuitansi", "sha256": sha256, "name": "kuitansi.pdf"}]
        batch = Batch(
            message_id="SP2D-CONTOH",
            sha256=sha256,
            count=1,
            total=1,
            made_at=work.now,
        )
        work.session.add_all([evidence, claim, batch])
        work.session.flush()
        work.audit("sp2d.payment.drafted", RecordRef("sp2d.payment", str(payment.id)))
        year = work.today.year
        ids = {
            "payment_id": payment.id,
            "evidence_id": evidence.id,
            "claim_id": claim.id,
            "number": 0,
            "batch_id": batch.id,
        }
        line_id = line.id
    body = _body(region.unit, line_id, year)
    step: dict[str, Any] = {"step": "spp", "version": 99}
    one, desk = f"{HOME}/payments/{{payment_id:uuid}}", f"{HOME}/claims/{{claim_id:uuid}}"
    file = ("kuitansi.pdf", PDF)
    return {
        f"GET {HOME}/payments": Example(),
        f"POST {HOME}/payments": Example(
            json=body,
            unit=MINE,
            person=True,
            shape_first="a claim is checked as a whole before it is written down",
        ),
        f"GET {one}": Example(params=ids, unit=MINE),
        f"PUT {one}": Example(
            params=ids,
            json=body | {"version": 9},
            unit=MINE,
            person=True,
            shape_first="a claim is checked as a whole before it is written down",
        ),
        f"POST {one}/evidence": Example(
            params=ids, form={"item": "kuitansi"}, file=file, unit=MINE, person=True
        ),
        f"GET {one}/evidence/{{evidence_id:uuid}}": Example(params=ids, unit=MINE),
        f"DELETE {one}/evidence/{{evidence_id:uuid}}": Example(params=ids, unit=MINE, person=True),
        f"POST {one}/steps": Example(
            params=ids, json=step, unit=MINE, needs="sp2d.payment.request"
        ),
        f"POST {one}/return": Example(
            params=ids,
            json=step | {"reasons": [{"code": "lain"}]},
            unit=MINE,
            needs="sp2d.payment.request",
        ),
        f"POST {one}/refuse": Example(
            params=ids,
            json=step | {"reasons": [{"code": "lain"}]},
            unit=MINE,
            needs="sp2d.payment.request",
        ),
        f"POST {one}/cancel": Example(params=ids, json={"version": 9}, unit=MINE, person=True),
        f"POST {one}/void": Example(
            params=ids,
            json={"version": 9, "reasons": [{"code": "lain"}], "password": "x"},
            unit=MINE,
            needs=ISSUE,
            shape_first="the password is asked for before the row is looked at",
        ),
        f"POST {one}/repeat": Example(
            params=ids,
            json={"version": 9, "bank": "110", "account": "1", "holder": "X", "password": "x"},
            unit=MINE,
            needs=ISSUE,
            shape_first="the password is asked for before the row is looked at",
        ),
        f"POST {one}/refunds": Example(
            params=ids,
            json={"number": "STS/1", "dated": f"{dt.date(year, 1, 1)}", "lines": []},
            unit=MINE,
            needs=EXCHANGE,
        ),
        f"GET {HOME}/budget/lines/{{line_id:uuid}}/movements": Example(
            params={"line_id": line_id}, unit=MINE
        ),
        f"POST {HOME}/release": Example(json={"payments": [], "password": "x"}),
        f"GET {HOME}/registers/{{kind}}": Example(params={"kind": "spm"}),
        f"GET {HOME}/budget/{{unit_id:uuid}}/{{year:int}}": Example(
            params={"unit_id": region.unit, "year": year}, unit=MINE
        ),
        f"GET {HOME}/ledger-check": Example(unit=ROOT),
        f"GET {HOME}/bank/waiting": Example(unit=ROOT),
        f"POST {HOME}/bank/orders": Example(
            json={"orders": [str(new_id())], "password": "x"},
            unit=ROOT,
            shape_first="the password is asked for before the files are looked at",
        ),
        f"GET {HOME}/bank/orders/{{batch_id:uuid}}": Example(params=ids, unit=ROOT),
        f"POST {HOME}/bank/statements": Example(
            file=("rk.xml", b"<x/>"),
            unit=ROOT,
            shape_first="a file that is no statement is told first",
        ),
        f"GET {HOME}/claims": Example(),
        f"POST {HOME}/claims": Example(
            json={**PAYEE, "unit": str(region.unit), "kind": "LS_BJ", "purpose": "x", "amount": 1},
            unit=MINE,
            person=True,
        ),
        f"GET {desk}": Example(params=ids, unit=MINE),
        f"GET {desk}/evidence/{{number:int}}": Example(params=ids, unit=MINE),
        f"POST {desk}/evidence": Example(
            params=ids, form={"item": "kuitansi"}, file=file, private=True
        ),
        f"POST {desk}/take": Example(
            params=ids,
            json=body | {"version": 9},
            unit=MINE,
            needs=DRAFT,
            person=True,
            shape_first="a claim is checked as a whole before it is written down",
        ),
        f"POST {desk}/refuse": Example(
            params=ids,
            json={"version": 9, "code": "lain"},
            unit=MINE,
            needs=DRAFT,
            person=True,
        ),
    }


def _payment(work: Work, region: Region) -> Payment:
    owner: Identity = region.office.staff(OPENED)
    assert owner.person_id is not None
    return Payment(
        unit_id=region.unit,
        year=work.today.year,
        kind="LS_BJ",
        purpose="Alat tulis",
        basis="SP/1",
        gross=1_000_000,
        net=1_000_000,
        state="spp",
        since=work.now,
        created_by=owner.person_id,
        created_at=work.now,
        **PAYEE,
    )


def asked(work: Work, unit: UUID) -> PaymentClaim:
    """A claim of another service that waits on the desk of a unit."""
    return PaymentClaim(
        asked_key="uji:1",
        key="1",
        ref_kind="uji",
        ref_id="1",
        unit_id=unit,
        kind="LS_BJ",
        purpose="Alat tulis",
        basis="SP/1",
        amount=1_000_000,
        at=work.now,
        **PAYEE,
    )


def _body(unit: UUID, line: UUID, year: int) -> dict[str, Any]:
    return {
        **PAYEE,
        "unit": str(unit),
        "year": year,
        "kind": "LS_BJ",
        "purpose": "Alat tulis",
        "basis": "SP/2",
        "invoice": "INV/2",
        "invoice_date": f"{dt.date(year, 1, 1)}",
        "lines": [{"line": str(line), "amount": 1_000_000}],
    }
