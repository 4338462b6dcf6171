"""A desk for the JSON writes of payments: who may call each, and a call that is done there.

What an operation is called on is made when it is first called; later calls are about the same.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, select

from leuit.builtin.core.tokens import create_token
from leuit.contracts import PaymentPayee, PaymentRequest
from leuit.identity import SYSTEM, Account, Identity, SignInAttempt
from leuit.values import RecordRef, new_id
from leuit.work import Leuit
from leuit_sp2d.models import Deduction, Instruction, Lpj, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, PAID, RETUR, SP2D, SPP, VERIFY
from leuit_sp2d.service.claim_intake import hand_in
from tests.sp2d.float_office import (
    SPENT_ON,
    TREASURER,
    float_claim,
    paid,
    receipt,
    submitted,
    written,
)
from tests.sp2d.programs import PASSWORD, body, with_passwords
from tests.sp2d.treasury import PDF, YEAR, claim, walked
from tests.system.examples import sp2d

HOME = "/api/sp2d/v1"
ONE = "/payments/{payment_id}"
ACCOUNT = "/accounts/{lpj_id}"
CLAIM = "/claims/{claim_id}"
KEEPER = "keeper"


@attrs.frozen
class Call:
    """What a request names: values of its path and query, and its body."""

    body: Any = None
    path: Mapping[str, Any] = attrs.field(factory=dict)
    query: Mapping[str, Any] = attrs.field(factory=dict)


class PaymentDesk:
    """The treasury of a served office, and a call for each write."""

    def __init__(self, app: Leuit, unit: UUID, home: UUID) -> None:
        with app.read(SYSTEM) as view:
            account = view.session.scalars(select(Account).where(Account.login == "admin")).one()
        admin = Identity("person", "Administrator", account_id=account.id, login=account.login)
        self.app = app
        self.office = sp2d.founded(app, unit, home, admin, admin)
        with_passwords(self.office)
        paid(self.office, float_claim(self.office))
        self.made = sp2d.in_each_state(self.office)
        self.calls: dict[str, Call] = {}

    def headers(self, label: str) -> dict[str, str]:
        """The token of who may call an operation; of the others the PPTK reads."""
        who, _make = KNOWN.get(_short(label), (DRAFT, None))
        person = self.office.keeper if who == KEEPER else self.office.people[who]
        return {"Authorization": f"Bearer {create_token(self.app, person.login, 'uji', 30)}"}

    def to_known(self, case: Any) -> None:
        """Let a case be the call that is done; wrong passwords of other cases are forgotten."""
        label = _short(case.operation.label)
        if label not in KNOWN:
            return
        with self.app.change(SYSTEM) as work:
            work.session.execute(delete(SignInAttempt))
            work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
        if label not in self.calls:
            self.calls[label] = KNOWN[label][1](self)
        call = self.calls[label]
        if call.path:
            case.path_parameters = {name: str(value) for name, value in call.path.items()}
        if call.query:
            case.query = dict(call.query)
        if call.body is not None:
            case.body = call.body

    def walked(self, until: str) -> UUID:
        """A payment of its own that waits for a step."""
        invoice = f"INV/{new_id()}"
        return walked(self.office, until, claim(self.office, 1_000, invoice=invoice))

    def on(self, payment_id: UUID, **told: Any) -> Call:
        """A call about a payment as it stands."""
        with self.app.read(SYSTEM) as view:
            version = view.session.get_one(Payment, payment_id).version
        return Call(told | {"version": version}, {"payment_id": payment_id})

    def about(self, lpj: Lpj, **told: Any) -> Call:
        """A call about an LPJ as it stands."""
        with self.app.read(SYSTEM) as view:
            version = view.session.get_one(Lpj, lpj.id).version
        return Call(told | {"version": version}, {"lpj_id": lpj.id})

    def first(self, query: Any) -> Any:
        """The first row of a query."""
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(query.limit(1)).one()


def writes() -> set[str]:
    """The operations of which a call is known to be done."""
    return {f"{label.replace(' ', f' {HOME}', 1)}" for label in KNOWN}


def _short(label: str) -> str:
    return label.replace(HOME, "", 1)


def _bill(desk: PaymentDesk, **changes: Any) -> dict[str, Any]:
    return body(desk.office, invoice=f"INV/{new_id()}", **changes)


def _mended(desk: PaymentDesk) -> Call:
    call = desk.on(desk.walked(DRAFT))
    return attrs.evolve(call, body=_bill(desk) | call.body)


def _repeated(desk: PaymentDesk) -> Call:
    told = {"bank": "110", "account": "0099", "holder": "CV CONTOH", "password": PASSWORD}
    return desk.on(desk.made.by_state[RETUR], **told)


def _refunded(desk: PaymentDesk) -> Call:
    lines = [{"line": str(desk.office.line), "amount": 1}]
    told = {"number": "STS/1", "dated": f"{SPENT_ON}", "lines": lines}
    return Call(told, {"payment_id": desk.made.by_state[PAID]})


def _taxed(desk: PaymentDesk) -> Call:
    cut = desk.first(select(Deduction).where(Deduction.payment_id == desk.made.by_state[BANK]))
    told = {"billing_id": "012345678901234", "billing_date": f"{SPENT_ON}"}
    return Call(told, {"payment_id": cut.payment_id, "deduction_id": cut.id})


def _released(desk: PaymentDesk) -> Call:
    payment_id = desk.walked(SP2D)
    version = desk.on(payment_id).body["version"]
    payments = [{"payment": str(payment_id), "version": version}]
    return Call({"payments": payments, "password": PASSWORD})


def _sent(desk: PaymentDesk) -> Call:
    payment_id = desk.walked(BANK)
    order = desk.first(select(Instruction.id).where(Instruction.payment_id == payment_id))
    return Call({"orders": [str(order)], "password": PASSWORD})


def _dpa(desk: PaymentDesk) -> Call:
    told = {
        "unit": str(desk.office.unit),
        "year": f"{YEAR}",
        "stage": "P",
        "number": "DPA/9/2026",
        "dated": f"{YEAR}-01-05",
        "skpd_code": sp2d.SKPD_CODE,
    }
    return Call(told | {"file": sp2d.LATER_DPA})


def _spd(desk: PaymentDesk, number: str, **told: Any) -> Call:
    head = {"unit": str(desk.office.unit), "year": YEAR, "quarter": 2, "number": number}
    return Call(head | {"dated": f"{YEAR}-01-05"} | told)


def _base(_desk: PaymentDesk) -> Call:
    return Call({"file": b"\n".join(sp2d.TPP.splitlines()[:2]) + b"\n"})


def _asked(desk: PaymentDesk) -> dict[str, Any]:
    told = {"unit": str(desk.office.unit), "kind": "LS_BJ", "purpose": "Alat tulis"}
    return told | {"amount": 11_100_000} | TREASURER


def _handed(desk: PaymentDesk, **told: Any) -> Call:
    asked = PaymentRequest(
        key="",
        ref=RecordRef("sp2d.claim", ""),
        unit_id=desk.office.unit,
        kind="LS_BJ",
        purpose="Alat tulis",
        basis="SP/1",
        payee=PaymentPayee(*(TREASURER[name] for name in ("payee", "bank", "account", "holder"))),
        amount=11_100_000,
    )
    with desk.app.change(desk.office.people[SPP]) as work:
        made = hand_in(work, asked)
    return Call(told | {"version": made.version}, {"claim_id": made.id})


def _taken(desk: PaymentDesk) -> Call:
    call = _handed(desk)
    return attrs.evolve(call, body=_bill(desk) | call.body)


def _filed(desk: PaymentDesk) -> Call:
    return Call({"item": "kuitansi", "file": PDF}, _handed(desk).path)


def _spent(desk: PaymentDesk) -> dict[str, Any]:
    told = {"line": str(desk.office.line), "amount": 7, "dated": f"{SPENT_ON}"}
    return {"purpose": "Belanja", "receipts": [told | {"number": f"K/{new_id()}"}]}


def _written(desk: PaymentDesk, *, files: bool = True) -> Lpj:
    return written(desk.office, receipt(desk.office.line, 5, f"K/{new_id()}"), files=files)


def _submitted(desk: PaymentDesk) -> Lpj:
    return submitted(desk.office, receipt(desk.office.line, 5, f"K/{new_id()}"))


def _proved(desk: PaymentDesk) -> Call:
    call = desk.about(_written(desk, files=False))
    return Call({"version": f"{call.body['version']}", "file": PDF}, call.path)


_REASONS = [{"code": "lain"}]
_SPD_ROWS = b"sub_kegiatan,rekening,nilai\n7.01.01.2.06.0002,5.1.02.01.01.0024,1000\n"

KNOWN: Mapping[str, tuple[str, Callable[[PaymentDesk], Call]]] = {
    "POST /payments": (DRAFT, lambda desk: Call(_bill(desk))),
    f"PUT {ONE}": (DRAFT, _mended),
    f"POST {ONE}/evidence": (
        DRAFT,
        lambda desk: Call({"item": "kuitansi", "file": PDF}, {"payment_id": desk.walked(DRAFT)}),
    ),
    f"DELETE {ONE}/evidence/{{evidence_id}}": (
        DRAFT,
        lambda desk: Call(
            path={"payment_id": desk.made.by_state[DRAFT], "evidence_id": desk.made.evidence}
        ),
    ),
    f"POST {ONE}/steps": (SPP, lambda desk: desk.on(desk.walked(SPP), step=SPP)),
    f"POST {ONE}/return": (
        VERIFY,
        lambda desk: desk.on(desk.walked(VERIFY), step=VERIFY, reasons=_REASONS),
    ),
    f"POST {ONE}/cancel": (DRAFT, lambda desk: desk.on(desk.walked(DRAFT))),
    f"POST {ONE}/void": (
        SP2D,
        lambda desk: desk.on(desk.walked(BANK), reasons=_REASONS, password=PASSWORD),
    ),
    f"POST {ONE}/repeat": (SP2D, _repeated),
    f"POST {ONE}/refunds": (SP2D, _refunded),
    f"PUT {ONE}/deductions/{{deduction_id}}/receipt": (SPP, _taxed),
    "POST /release": (SP2D, _released),
    "POST /bank/orders": (SP2D, _sent),
    "POST /bank/statements": (SP2D, lambda desk: Call({"file": desk.made.statement})),
    "POST /budget/dpa/try": (KEEPER, _dpa),
    "POST /budget/dpa": (KEEPER, _dpa),
    "POST /budget/spd/try": (KEEPER, lambda desk: _spd(desk, "SPD/7", file=_SPD_ROWS)),
    "POST /budget/spd": (KEEPER, lambda desk: _spd(desk, "SPD/7", file=_SPD_ROWS)),
    "POST /budget/spd/share/try": (KEEPER, lambda desk: _spd(desk, "SPD/8", percent="1")),
    "POST /budget/spd/share": (KEEPER, lambda desk: _spd(desk, "SPD/8", percent="1")),
    "POST /tpp/bases/try": (KEEPER, _base),
    "POST /tpp/bases": (KEEPER, _base),
    "POST /claims": (SPP, lambda desk: Call(_asked(desk))),
    f"POST {CLAIM}/evidence": (SPP, _filed),
    f"POST {CLAIM}/take": (DRAFT, _taken),
    f"POST {CLAIM}/refuse": (DRAFT, lambda desk: _handed(desk, code="lain")),
    "POST /accounts": (SPP, lambda desk: Call(_spent(desk) | {"unit": str(desk.office.unit)})),
    f"PUT {ACCOUNT}": (SPP, lambda desk: desk.about(_written(desk), **_spent(desk))),
    f"POST {ACCOUNT}/evidence": (SPP, _proved),
    f"POST {ACCOUNT}/submit": (SPP, lambda desk: desk.about(_written(desk))),
    f"POST {ACCOUNT}/drop": (SPP, lambda desk: desk.about(_written(desk))),
    f"POST {ACCOUNT}/approve": (VERIFY, lambda desk: desk.about(_submitted(desk))),
    f"POST {ACCOUNT}/return": (
        VERIFY,
        lambda desk: desk.about(_submitted(desk), reasons=_REASONS),
    ),
}
"""Who may call each write, and how its call is made."""
