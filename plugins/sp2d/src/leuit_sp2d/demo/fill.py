"""What `leuit demo` does for payments; each step only does what is not there yet."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import SYSTEM, Identity
from leuit.plugins import CommandContext, DemoAccount, DemoPlan
from leuit.values import _
from leuit.work import Leuit
from leuit_sp2d.models import Line, Payment
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.rules.regulation import COMPARING
from leuit_sp2d.rules.tax_example import EXAMPLE as TAXES_TODAY
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import FIT, Decision, send_back, take_step
from leuit_sp2d.service.checks import machine_checks, warnings
from leuit_sp2d.service.claims import Claim, ClaimedLine
from leuit_sp2d.service.evidence import add_evidence, store_evidence
from leuit_sp2d.service.payments import draft
from leuit_sp2d.service.regulation import rules_kind
from leuit_sp2d.service.tax_edition import tax_kind
from leuit_sp2d.service.taxed import with_taxes

from .budget import INTERNET, LAPTOP, MEETING, PAPER, SALARY, SERVICE, fund
from .cast import BUDGET, accounts, cast_member, hire
from .float import fill_float
from .paper import evidence_pdf
from .tpp import grant_tpp, hand_recap_over

_ORDER = (DRAFT, SPP, VERIFY, SPM, TEST, SP2D)


@attrs.frozen
class _Bill:
    """A claim of the demonstration: what, of which line, price without PPN, and how far it came.

    One that is `paid` goes to the invented bank together with the float.
    """

    purpose: str
    payee: str
    account: str
    npwp: str
    line: str
    object: Any
    price: int
    done: int
    returned: bool = False
    paid: bool = False


BILLS = (
    _Bill(
        "Langganan internet kantor",
        "PT Contoh Jaringan Banten",
        "1100223344",
        "023456783401000",
        INTERNET,
        "jasa",
        18_000_000,
        6,
    ),
    _Bill(
        "Laptop layanan kecamatan",
        "CV Contoh Komputer Rangkas",
        "0088114417",
        "031245673401000",
        LAPTOP,
        "barang",
        87_000_000,
        4,
    ),
    _Bill(
        "Alat tulis kantor triwulan ini",
        "Toko Contoh Alat Tulis",
        "7700112233",
        "745612341401000",
        PAPER,
        "barang",
        9_500_000,
        5,
    ),
    _Bill(
        "Konsumsi rapat koordinasi SPBE",
        "Dapur Contoh Multatuli",
        "5500667788",
        "856231451401000",
        MEETING,
        "jasa",
        3_600_000,
        2,
    ),
    _Bill(
        "Perawatan server ruang data",
        "CV Contoh Perawatan",
        "4400998877",
        "016345274401000",
        SERVICE,
        "jasa",
        12_000_000,
        3,
    ),
    _Bill(
        "Kertas dan tinta cetak",
        "Toko Contoh Alat Tulis",
        "7700112233",
        "745612341401000",
        PAPER,
        "barang",
        5_250_000,
        2,
        returned=True,
    ),
    # Paid to another account than the laptops of the same firm: the verifier is asked about it.
    _Bill(
        "Printer layanan kecamatan",
        "CV Contoh Komputer Rangkas",
        "0088114002",
        "031245673401000",
        LAPTOP,
        "barang",
        21_000_000,
        6,
        paid=True,
    ),
)


def fill(context: CommandContext, _plan: DemoPlan) -> Iterable[DemoAccount]:
    """People, rules, a budget, and payments that wait for each of the people."""
    text = _("Pembayaran")
    context.progress(0, 3, text)
    office = hire(context)
    _enact(context)
    context.progress(1, 3, text)
    lines = fund(context, office)
    grant_tpp(context, office[BUDGET])
    with context.app.read(context.identity) as view:
        is_empty = view.session.scalars(select(Payment.id).limit(1)).first() is None
    context.progress(2, 3, text)
    if is_empty:
        walked = [
            _walk(context.app, office, lines[bill.line], bill, number)
            for number, bill in enumerate(BILLS, start=1)
        ]
        fill_float(
            context.app,
            office,
            lines,
            lambda claim, number, done: _walked(context.app, office, claim, number, done),
            [one for one, bill in zip(walked, BILLS, strict=True) if bill.paid],
        )
        if context.host.state("attendance").state == "active":
            hand_recap_over(context.app, lines[SALARY].unit_id)
    context.progress(3, 3, text)
    return accounts()


def _enact(context: CommandContext) -> None:
    with context.app.read(context.identity) as view:
        drafter, activator = cast_member(view, "personnel"), cast_member(view, "regent")
        first = dt.date(view.today.year, 1, 1)
    for kind, figures, confidence in (
        (rules_kind(), EXAMPLE, "unverified"),
        (tax_kind(), TAXES_TODAY, "secondary"),
    ):
        wanted = Draft(
            title=_("Contoh: %s") % kind.title,
            legal_basis=_("Data contoh; PP 12/2019 dan aturan pajak yang lazim dipakai"),
            confidence=confidence,
            effective_from=first,
            body=kind.unstructure(figures),
            source=_("Data contoh"),
        )
        enact_edition(context.app, kind.name, wanted, drafter=drafter, activator=activator)


def _walk(app: Leuit, office: Mapping[str, Identity], line: Line, bill: _Bill, number: int) -> UUID:
    """Write the claim down, attach its documents, and take its steps up to `done`."""
    with app.read(office[DRAFT]) as view:
        claim, taxable = _claim(view.today, line, bill, number)
        claim = with_taxes(view, claim, taxable)
    payment_id = _walked(app, office, claim, number, bill.done)
    if bill.returned:
        with app.change(office[VERIFY]) as work:
            send_back(
                work,
                payment_id,
                Decision(VERIFY, _version(app, payment_id)),
                [
                    Reason(
                        "tidak_lengkap", "", item="kuitansi", remark=_("Kuitansi belum bermeterai.")
                    )
                ],
            )
    return payment_id


def _walked(
    app: Leuit, office: Mapping[str, Identity], claim: Claim, number: int, done: int
) -> UUID:
    """The claim written down, with its documents, after `done` of its steps."""
    with app.change(office[DRAFT]) as work:
        payment_id = draft(work, claim).id
    for item in EXAMPLE.items_of(claim.kind):
        if not item.is_document or (claim.kind != "LS_BJ" and not item.required):
            continue
        data = evidence_pdf(item.title, claim.purpose, claim.payee, number, app.clock.now())
        stored = store_evidence(app, f"{item.code}-{number}.pdf", data)
        with app.change(office[DRAFT]) as work:
            add_evidence(work, payment_id, item.code, stored)
    for key in _ORDER[:done]:
        _step(app, office[key], payment_id, key)
    return payment_id


def _claim(today: dt.date, line: Line, bill: _Bill, number: int) -> tuple[Claim, Taxable]:
    charges = bill.object != "jasa" or bill.price > 5_000_000
    gross = bill.price + (bill.price * 11 // 100 if charges else 0)
    claim = Claim(
        kind="LS_BJ",
        unit_id=line.unit_id,
        year=line.year,
        purpose=bill.purpose,
        basis=f"SP/{number:03d}/DISKOMINFO/{line.year}",
        payee=bill.payee,
        bank="110",
        account=bill.account,
        holder=bill.payee.upper(),
        lines=(ClaimedLine(line.id, gross),),
        npwp=bill.npwp,
        invoice=f"INV/{number:03d}/{line.year}",
        invoice_date=today - dt.timedelta(days=3),
    )
    return claim, Taxable(object=bill.object, price=bill.price, charges_ppn=charges)


def _step(app: Leuit, person: Identity, payment_id: UUID, key: str) -> None:
    with app.read(SYSTEM) as view:
        payment = view.session.get_one(Payment, payment_id)
        answers = {item.code: FIT for item in EXAMPLE.checklist}
        if key in COMPARING:
            answers |= {one.answer: FIT for one in warnings(machine_checks(view, payment))}
    decision = Decision(
        key,
        payment.version,
        answers if key in COMPARING else {},
        statement=key == SPM,
    )
    with app.change(person) as work:
        take_step(work, payment_id, decision)


def _version(app: Leuit, payment_id: UUID) -> int:
    with app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).version
