"""A float in the tested treasury: given and paid by the bank, spent, accounted for."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.organisation import unit_by_code
from leuit.identity import SYSTEM, Unit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Lpj
from leuit_sp2d.rules.chain import BANK, SP2D, SPP, VERIFY
from leuit_sp2d.rules.salary import Salary
from leuit_sp2d.service.claims import Claim, ClaimedLine
from leuit_sp2d.service.evidence import store_evidence
from leuit_sp2d.service.lpj import SpentReceipt, draft_lpj
from leuit_sp2d.service.lpj_files import add_lpj_evidence
from leuit_sp2d.service.lpj_steps import approve_lpj, submit_lpj
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.statements import read_bank_statement
from tests.sp2d.treasury import PDF, YEAR, Treasury, walked

FLOAT = 100_000_000
SPENT_ON = dt.date(2026, 10, 5)
TREASURER: dict[str, Any] = {
    "payee": "Bendahara Pengeluaran Contoh",
    "bank": "110",
    "account": "0077001122",
    "holder": "BENDAHARA CONTOH",
}


def float_claim(office: Treasury, amount: int = FLOAT, **changes: Any) -> Claim:
    """A claim of the float."""
    plain = Claim(
        kind="UP",
        unit_id=office.unit,
        year=YEAR,
        purpose="Uang persediaan tahun 2026",
        basis="",
        lines=(),
        amount=amount,
        **TREASURER,
    )
    return attrs.evolve(plain, **changes)


def refill_claim(office: Treasury, lpj_id: UUID, **changes: Any) -> Claim:
    """A claim that refills an LPJ."""
    return float_claim(office, 0, kind="GU", purpose="Ganti uang", lpj_id=lpj_id, **changes)


def salary_claim(office: Treasury, **changes: Any) -> Claim:
    """A claim of the ordinary salary of October."""
    plain = float_claim(
        office,
        0,
        kind="LS_GAJI",
        purpose="Gaji induk Oktober",
        lines=(ClaimedLine(office.line, 40_000_000),),
        salary=Salary("2026-10", "induk"),
    )
    return attrs.evolve(plain, **changes)


def paid(office: Treasury, wanted: Claim) -> UUID:
    """A payment that the bank has paid."""
    payment_id = walked(office, BANK, wanted)
    batch = send_orders(office.app, office.people[SP2D])
    orders = office.app.blobs.get(batch.sha256)
    at = office.app.clock.now()
    statement = answer_orders(orders, at, opening=900_000_000)
    read_bank_statement(office.app, office.people[SP2D], "rk.xml", statement)
    return payment_id


def receipt(line_id: UUID, amount: int, number: str = "KW-01") -> SpentReceipt:
    """A receipt of today."""
    return SpentReceipt(line_id, amount, number, SPENT_ON)


def written(office: Treasury, *receipts: SpentReceipt, files: bool = True) -> Lpj:
    """An LPJ of the treasurer, with evidence."""
    with office.app.change(office.people[SPP]) as work:
        lpj = draft_lpj(work, office.unit, "Belanja kantor", receipts)
    if files:
        stored = store_evidence(office.app, "bukti.pdf", PDF + str(lpj.value).encode())
        with office.app.change(office.people[SPP]) as work:
            add_lpj_evidence(work, lpj.id, lpj.version, stored)
    return lpj


def submitted(office: Treasury, *receipts: SpentReceipt) -> Lpj:
    """An LPJ that waits for approval."""
    lpj = written(office, *receipts)
    with office.app.change(office.people[SPP]) as work:
        return submit_lpj(work, lpj.id, lpj.version)


def approved(office: Treasury, amount: int, number: str = "KW-01") -> Lpj:
    """An approved LPJ of one receipt on the first line."""
    lpj = submitted(office, receipt(office.line, amount, number))
    with office.app.change(office.people[VERIFY]) as work:
        return approve_lpj(work, lpj.id, lpj.version)


def unit_code(office: Treasury) -> str:
    """The code of the tested unit."""
    with office.app.read(SYSTEM) as view:
        code: str = view.session.get_one(Unit, office.unit).code
        assert unit_by_code(view, code) is not None
        return code
