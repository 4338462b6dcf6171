"""The demonstration's float and salary: a UP that the invented bank has paid together with a bill,
an LPJ that waits for PPK-SKPD, and the salary of the month that waits for Kuasa BUD.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import attrs

from leuit.identity import Identity
from leuit.values import _, local_day
from leuit.work import Leuit
from leuit_sp2d.models import Line
from leuit_sp2d.rules.chain import SP2D, SPP
from leuit_sp2d.rules.salary import Salary
from leuit_sp2d.service.claims import Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.evidence import store_evidence
from leuit_sp2d.service.instructions import instructions_of
from leuit_sp2d.service.lpj import SpentReceipt, draft_lpj
from leuit_sp2d.service.lpj_files import add_lpj_evidence
from leuit_sp2d.service.lpj_steps import submit_lpj
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.statements import read_bank_statement

from .budget import MEETING, PAPER, SALARY
from .paper import evidence_pdf

FLOAT = 50_000_000
OPENING = 900_000_000
SPENT = (
    (MEETING, 2_450_000, "KW-014", "Konsumsi rapat mingguan"),
    (PAPER, 1_875_000, "NOTA-0921", "Kertas dan map"),
)
ROLL = 312_500_000
CUTS = (
    ("IWP", "Iuran wajib pegawai", 21_000_000, True),
    ("BPJS1", "BPJS Kesehatan 1 persen", 2_625_000, True),
    ("BPJS4", "BPJS Kesehatan 4 persen", 10_500_000, False),
)
"""Invented sums as a salary roll would bring them; nothing is computed from another."""


def float_claim(line: Line) -> Claim:
    """The claim of the float."""
    purpose = _("Uang persediaan tahun %s") % line.year
    return attrs.evolve(_claim(line, "UP", purpose), basis="Keputusan bupati", amount=FLOAT)


def salary_claim(app: Leuit, line: Line) -> Claim:
    """The claim of the ordinary salary of this month."""
    month = f"{local_day(app.clock.now(), app.zone):%Y-%m}"
    return attrs.evolve(
        _claim(line, "LS_GAJI", _("Gaji induk bulan ini")),
        lines=(ClaimedLine(line.id, ROLL),),
        deductions=tuple(ClaimedDeduction(*cut) for cut in CUTS),
        salary=Salary(month, "induk"),
    )


def fill_float(
    app: Leuit,
    office: Mapping[str, Identity],
    lines: Mapping[str, Line],
    walk: Callable[[Claim, int, int], UUID],
    bills: Sequence[UUID],
) -> None:
    """Pay the float and some bills, account for a part of it, and bring a salary to Kuasa BUD.

    `walk` writes a claim down under a number and takes so many of its steps.
    """
    float_id = walk(float_claim(lines[PAPER]), 101, 6)
    _pay(app, office[SP2D], [float_id, *bills])
    _account(app, office[SPP], lines)
    walk(salary_claim(app, lines[SALARY]), 102, 5)


def _pay(app: Leuit, delegate: Identity, payments: Sequence[UUID]) -> None:
    """Send their orders, and read the statement with which the invented bank answers."""
    from leuit_sp2d.bank.answering import answer_orders  # late: its forms take long to import

    with app.read(delegate) as view:
        orders = [instructions_of(view, payment_id)[-1].id for payment_id in payments]
    batch = send_orders(app, delegate, orders)
    statement = answer_orders(app.blobs.get(batch.sha256), app.clock.now(), opening=OPENING)
    read_bank_statement(app, delegate, "rekening-koran-contoh.xml", statement)


def _account(app: Leuit, treasurer: Identity, lines: Mapping[str, Line]) -> None:
    with app.change(treasurer) as work:
        receipts = tuple(
            SpentReceipt(lines[line].id, amount, number, work.today, note)
            for line, amount, number, note in SPENT
        )
        lpj = draft_lpj(work, lines[PAPER].unit_id, _("Belanja kantor minggu ini"), receipts)
    data = evidence_pdf(_("Bukti pengeluaran"), lpj.purpose, lpj.number, 103, app.clock.now())
    stored = store_evidence(app, "bukti-lpj.pdf", data)
    with app.change(treasurer) as work:
        add_lpj_evidence(work, lpj.id, lpj.version, stored)
        submit_lpj(work, lpj.id, lpj.version)


def _claim(line: Line, kind: str, purpose: str) -> Claim:
    """A claim to the account of the treasurer."""
    return Claim(
        kind=kind,
        unit_id=line.unit_id,
        year=line.year,
        purpose=purpose,
        basis="",
        payee="Bendahara Pengeluaran Diskominfo SP",
        bank="110",
        account="0066550044",
        holder="BENDAHARA DISKOMINFO SP CONTOH",
        lines=(),
    )
