"""The treasury in which payments are tested: an SKPD, the BUD, six people, a budget and rules."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import DEFINITIF, SYSTEM, Account, Assignment, Grant, Identity, Person, Position
from leuit.testing import cast
from leuit.values import RecordRef
from leuit.work import Leuit, Work
from leuit_sp2d.models import FREE, OUTSIDE, UNRELEASED, Dpa, DpaLine, Line, Payment, Spd, SpdLine
from leuit_sp2d.rules.chain import DRAFT as FIRST
from leuit_sp2d.rules.chain import SP2D, SPM, SPP, STEPS, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.rules.tax_example import EXAMPLE as TAXES_TODAY
from leuit_sp2d.service.chain import Decision, take_step
from leuit_sp2d.service.claims import Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.evidence import add_evidence, store_evidence
from leuit_sp2d.service.ledger import Cause, Move, post
from leuit_sp2d.service.payments import draft
from leuit_sp2d.service.regulation import rules_kind
from leuit_sp2d.service.tax_edition import tax_kind
from leuit_sp2d.settings import PaymentSettings

SINCE = dt.date(2020, 1, 1)
YEAR = 2026
PDF = b"%PDF-1.7\n%an invented paper\n"
ROLES = {
    FIRST: "sp2d.pptk",
    SPP: "sp2d.treasurer",
    VERIFY: "sp2d.verifier",
    SPM: "sp2d.budget_user",
    TEST: "sp2d.bud_verifier",
    SP2D: "sp2d.bud_delegate",
}
ACCOUNT = "5.1.02.01.01.0024"
OTHER_ACCOUNT = "5.2.02.10.01.0003"
ACTIVITY = "7.01.01.2.06.0002"
WARNINGS_ANSWERED = {
    f"warning.{code}": "ok" for code in ("split", "owner", "account", "retur", "digits")
}
"""What somebody says who finds nothing wrong, whatever the machine asks him about."""

RKUD = PaymentSettings("RKUD KABUPATEN CONTOH", "110", "0099887766")
SKPD_CODE = "7.01.0.00.0.00.06.0000"


@attrs.frozen
class Treasury:
    """Who acts at which step, the unit, and its two budget lines with 100 million each released."""

    app: Leuit
    people: Mapping[str, Identity]
    unit: UUID
    sibling: UUID
    line: UUID
    other_line: UUID
    stranger: Identity
    keeper: Identity
    administrator: Identity
    regent: Identity


def treasury(app: Leuit) -> Treasury:
    """Store it all in an empty installation."""
    app.vocabulary = attrs.evolve(
        app.vocabulary, settings={**app.vocabulary.settings, "sp2d": RKUD}
    )
    made = cast(app)
    with app.change(SYSTEM) as work:
        people = {
            step: _person(work, f"{step.title()} Contoh", made.unit, made.regency, role)
            for step, role in ROLES.items()
        }
        keeper = _person(work, "Anggaran Contoh", made.unit, made.regency, "sp2d.budget_keeper")
        work.session.add_all(
            [
                Dpa(
                    unit_id=made.unit,
                    year=YEAR,
                    sequence=1,
                    stage="M",
                    number="DPA/1/2026",
                    dated=dt.date(YEAR, 1, 5),
                    skpd_code=SKPD_CODE,
                    file_sha256="0" * 64,
                    total=200_000_000,
                    imported_at=work.now,
                ),
                Spd(
                    unit_id=made.unit,
                    year=YEAR,
                    quarter=1,
                    number="SPD/1/2026",
                    dated=dt.date(YEAR, 1, 5),
                    total=200_000_000,
                    issued_at=work.now,
                ),
            ]
        )
        work.session.flush()
        line = budget_line(work, made.unit, ACTIVITY, ACCOUNT, 100_000_000, 100_000_000)
        other = budget_line(work, made.unit, ACTIVITY, OTHER_ACCOUNT, 100_000_000, 100_000_000)
        work.audit("core.unit.created", RecordRef("core.unit", str(made.unit), "contoh"))
    put_rules_in_force(app, made.administrator, made.regent)
    return Treasury(
        app,
        people,
        made.unit,
        made.sibling,
        line,
        other,
        made.other_head,
        keeper,
        made.administrator,
        made.regent,
    )


def put_rules_in_force(app: Leuit, drafter: Identity, activator: Identity) -> None:
    """The example's rules and taxes from the start of the year on."""
    with app.change(SYSTEM) as work:
        work.session.add(
            Grant(
                role="core.regulation_activator",
                unit_id=work.session.scalars(
                    select(Grant.unit_id).where(Grant.role == "core.administrator").limit(1)
                ).one(),
                account_id=activator.account_id,
                valid_from=SINCE,
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    for kind, figures in ((rules_kind(), EXAMPLE), (tax_kind(), TAXES_TODAY)):
        made = Draft(
            title="Contoh",
            legal_basis="Contoh",
            confidence="unverified",
            effective_from=dt.date(YEAR, 1, 1),
            body=kind.unstructure(figures),
            source="Data contoh",
        )
        enact_edition(app, kind.name, made, drafter=drafter, activator=activator)


def claim(office: Treasury, amount: int = 11_100_000, **changes: Any) -> Claim:
    """A claim for goods of `amount` on the first line, with its taxes as deductions."""
    plain = Claim(
        kind="LS_BJ",
        unit_id=office.unit,
        year=YEAR,
        purpose="Belanja alat tulis kantor",
        basis="SP/12/2026",
        payee="CV Contoh Rangkas",
        bank="110",
        account="0012345678",
        holder="CV CONTOH RANGKAS",
        lines=(ClaimedLine(office.line, amount),),
        npwp="012345674901000",
        invoice="INV/001/2026",
        invoice_date=dt.date(2026, 10, 1),
    )
    return attrs.evolve(plain, **changes)


PPN = ClaimedDeduction("PPN", "PPN", 1_100_000, base=10_000_000)


def drafted(office: Treasury, wanted: Claim | None = None) -> Payment:
    """A claim written down by the PPTK, with all required documents."""
    app, pptk = office.app, office.people[FIRST]
    with app.change(pptk) as work:
        payment = draft(work, wanted or claim(office))
        items = [item.code for item in EXAMPLE.items_of(payment.kind) if item.required]
    for item in items:
        file = store_evidence(app, f"{item}.pdf", PDF + item.encode())
        with app.change(pptk) as work:
            add_evidence(work, payment.id, item, file)
    return payment


def step(office: Treasury, payment_id: UUID, key: str, **changes: Any) -> Payment:
    """The right person takes a step, with everything that the step wants."""
    with office.app.read(SYSTEM) as view:
        version = view.session.get_one(Payment, payment_id).version
    decision = attrs.evolve(decided(key, version), **changes)
    with office.app.change(office.people[key]) as work:
        return take_step(work, payment_id, decision)


def decided(key: str, version: int) -> Decision:
    """A decision that has all answers."""
    answers = {item.code: "ok" for item in EXAMPLE.checklist} | WARNINGS_ANSWERED
    return Decision(key, version, answers if key in (VERIFY, TEST) else {}, statement=key == SPM)


def walked(office: Treasury, until: str, wanted: Claim | None = None) -> UUID:
    """A payment that waits for the step `until`; `bank` when its SP2D is issued."""
    payment = drafted(office, wanted)
    for one in STEPS:
        if one.key == until:
            break
        step(office, payment.id, one.key)
    return payment.id


def steps_before(until: str) -> Sequence[str]:
    """The keys of the steps before one."""
    keys = [one.key for one in STEPS]
    return keys[: keys.index(until)]


def state_of(office: Treasury, payment_id: UUID) -> str:
    """The state in which a payment is stored."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).state


def pockets(office: Treasury, line_id: UUID) -> tuple[int, int, int, int]:
    """What a line holds: unreleased, free, reserved, spent."""
    with office.app.read(SYSTEM) as view:
        line = view.session.get_one(Line, line_id)
        return line.unreleased, line.free, line.reserved, line.spent


def budget_line(
    work: Work, unit: UUID, activity: str, account: str, ceiling: int, released: int
) -> UUID:
    """One more line of the DPA and of the SPD of a unit, with its entries."""
    line = Line(
        unit_id=unit,
        year=YEAR,
        activity=activity,
        activity_name="Penyediaan peralatan kantor",
        account=account,
        account_name="Alat tulis",
        unreleased=0,
        free=0,
        reserved=0,
        spent=0,
    )
    work.session.add(line)
    work.session.flush()
    dpa = work.session.scalars(select(Dpa.id).where(Dpa.unit_id == unit)).one()
    work.session.add(DpaLine(dpa_id=dpa, line_id=line.id, amount=ceiling))
    post(work, [Move(line.id, OUTSIDE, UNRELEASED, ceiling)], Cause("dpa", dpa))
    if released:
        spd = work.session.scalars(select(Spd.id).where(Spd.unit_id == unit)).one()
        work.session.add(SpdLine(spd_id=spd, line_id=line.id, amount=released))
        post(work, [Move(line.id, UNRELEASED, FREE, released)], Cause("spd", spd))
    return line.id


def _person(work: Work, name: str, unit: UUID, regency: UUID, role: str) -> Identity:
    person = Person(name=name)
    position = Position(unit_id=unit, title=f"Jabatan {name}")
    work.session.add_all([person, position])
    work.session.flush()
    work.session.add(
        Assignment(person_id=person.id, position_id=position.id, kind=DEFINITIF, valid_from=SINCE)
    )
    login = name.split(maxsplit=1)[0].lower() + ".sp2d"
    account = Account(login=login, person_id=person.id, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    over = (
        regency
        if role in ("sp2d.bud_verifier", "sp2d.bud_delegate", "sp2d.budget_keeper")
        else unit
    )
    work.session.add(Grant(role=role, unit_id=over, account_id=account.id, valid_from=SINCE))
    return Identity("person", name, account_id=account.id, person_id=person.id, login=login)
