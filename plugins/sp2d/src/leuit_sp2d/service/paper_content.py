"""What a paper says, written down when it is issued: it never changes with what comes later.

The SPP is read from claim and budget. The SPM takes over what the SPP says, and the SP2D what the
SPM says, since a claim does not change while it is on its way; each adds what is new at its step.
So issuing costs few statements, on which others wait.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import bindparam, or_, select

from leuit.contracts import bank_name
from leuit.identity import Person, Unit
from leuit.storage import Prepared
from leuit.work import View, Work, converter
from leuit_sp2d.documents import Coded, Payee, Reference, SppLine
from leuit_sp2d.models import STANDING, Act, Deduction, Line, Paper, Payment, PaymentLine, Spd
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP
from leuit_sp2d.settings import PaymentSettings

from .acts import DONE
from .current_dpa import CurrentDpa
from .regulation import rules_on
from .signatories import Signatory, holders, reader

STEPS = {"SPP": SPP, "SPM": SPM, "SP2D": SP2D}
"""The step at which a paper is issued, by its kind."""

_BEFORE = {"SPM": "SPP", "SP2D": "SPM"}
_KINDS = {
    "LS_BJ": "LS Barang dan Jasa",
    "LS_GAJI": "LS Gaji dan Tunjangan",
    "UP": "Uang Persediaan",
    "GU": "Ganti Uang",
}


@attrs.frozen
class HeldBack:
    """A deduction of the claim and how its amount came about; `reduces` the transfer or not."""

    title: str
    amount: int
    reduces: bool
    how: str
    billing_id: str


@attrs.frozen(kw_only=True)
class PaperContent:
    """All that is printed, as it stood at `at`.

    `signers` are by the step at which they acted; `follows` is the SPP of an SPM and the SPM of an
    SP2D. `deductions` and `stamp_duty`, that of the statement beside it (SPTJM), are told from the
    SPM on; the RKUD on the SP2D.
    """

    at: dt.datetime
    kind: str
    unit: str
    skpd: str
    dpa: Reference
    stage: str
    spds: tuple[Reference, ...]
    payee: Payee
    purpose: str
    net: int
    lines: tuple[SppLine, ...]
    signers: Mapping[str, Signatory]
    deductions: tuple[HeldBack, ...] = ()
    follows: Reference | None = None
    stamp_duty: int = 0
    rkud_bank: str = ""
    rkud_account: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        told: dict[str, Any] = converter.unstructure(self)
        return told


def content_of(paper: Paper) -> PaperContent:
    """What an issued paper says."""
    return converter.structure(paper.content, PaperContent)


def paper_content(work: Work, payment: Payment, kind: str, dpa: CurrentDpa) -> dict[str, Any]:
    """What a paper that is issued now says, as JSON values of a `PaperContent`."""
    if kind == "SPP":
        return _request(work, payment, dpa).plain()
    asked = {"payment": payment.id, "kind": _BEFORE[kind]}
    [before] = _FOLLOWED.rows(work.connection, asked)
    me = reader(work)
    assert me is not None  # he has taken a duty as a person
    step = STEPS[kind]
    said = {
        "at": work.now,
        "skpd": dpa.skpd_code,
        "dpa": Reference(dpa.number, dpa.dated),
        "stage": dpa.stage,
        "follows": Reference(before.number, before.dated),
        **(_ordered(work, payment) if kind == "SPM" else _paid_from(work)),
    }
    signers = {**before.content["signers"], step: me.at_step(step, payment.unit_id)}
    told: dict[str, Any] = converter.unstructure({**said, "signers": signers})
    return {**before.content, **told}


def _ordered(work: Work, payment: Payment) -> dict[str, Any]:
    """What is new on an SPM."""
    return {
        "spds": _spds(work, payment),
        "deductions": _deductions(work, payment.id),
        "stamp_duty": rules_on(work).figures.stamp_duty,
    }


def _paid_from(work: Work) -> dict[str, Any]:
    """What is new on an SP2D: the account that pays."""
    settings: PaymentSettings = work.app.vocabulary.settings["sp2d"]
    bank = bank_name(settings.rkud_bank) or settings.rkud_bank
    return {"rkud_bank": bank, "rkud_account": settings.rkud_account}


_FOLLOWED = Prepared(
    select(Paper.number, Paper.dated, Paper.content).where(
        Paper.payment_id == bindparam("payment"),
        Paper.kind == bindparam("kind"),
        Paper.state == STANDING,
    )
)


def _request(work: Work, payment: Payment, dpa: CurrentDpa) -> PaperContent:
    rows = work.connection.execute(
        select(
            Line.account,
            Line.account_name,
            Line.activity,
            Line.activity_name,
            Line.unreleased,
            Line.free,
            Line.reserved,
            Line.spent,
            PaymentLine.amount,
        )
        .join(PaymentLine, PaymentLine.line_id == Line.id)
        .where(PaymentLine.payment_id == payment.id)
        .order_by(Line.activity, Line.account)
    ).all()
    unit = work.connection.execute(select(Unit.name).where(Unit.id == payment.unit_id)).scalar_one()
    return PaperContent(
        at=work.now,
        kind=_KINDS[payment.kind],
        unit=unit,
        skpd=dpa.skpd_code,
        dpa=Reference(dpa.number, dpa.dated),
        stage=dpa.stage,
        spds=_spds(work, payment),
        payee=Payee(
            payment.payee,
            bank_name(payment.bank) or payment.bank,
            payment.account,
            payment.holder,
            payment.npwp,
        ),
        purpose=payment.purpose,
        net=payment.net,
        lines=tuple(
            SppLine(
                Coded(row.account, row.account_name),
                row.amount,
                Coded(row.activity, row.activity_name),
                ceiling=row.unreleased + row.free + row.reserved + row.spent,
                released=row.free + row.reserved + row.spent,
                spent_before=row.reserved + row.spent,
            )
            for row in rows
        )
        or (SppLine(Coded("", _KINDS[payment.kind]), payment.gross),),
        signers=_askers(work, payment),
    )


def _askers(work: Work, payment: Payment) -> dict[str, Signatory]:
    """PPTK of this round and treasurer, who acts now; they are two people, ever."""
    treasurer = work.identity.person_id
    submitted = select(Act.person_id).where(
        Act.payment_id == payment.id,
        Act.round == payment.round,
        Act.step == DRAFT,
        Act.what == DONE,
    )
    both = holders(work, or_(Person.id == treasurer, Person.id.in_(submitted)), work.today)
    steps = {person_id: SPP if person_id == treasurer else DRAFT for person_id in both}
    return {
        step: both[person_id].at_step(step, payment.unit_id) for person_id, step in steps.items()
    }


def _spds(view: View, payment: Payment) -> tuple[Reference, ...]:
    rows = view.connection.execute(
        select(Spd.number, Spd.dated)
        .where(Spd.unit_id == payment.unit_id, Spd.year == payment.year)
        .order_by(Spd.dated, Spd.number)
    )
    return tuple(Reference(row.number, row.dated) for row in rows)


def _deductions(view: View, payment_id: UUID) -> tuple[HeldBack, ...]:
    rows = view.connection.execute(
        select(
            Deduction.title,
            Deduction.amount,
            Deduction.reduces,
            Deduction.how,
            Deduction.billing_id,
        )
        .where(Deduction.payment_id == payment_id)
        .order_by(Deduction.place)
    )
    return tuple(HeldBack(*row) for row in rows)
