"""The service and its oracle side by side: each request is asked of both, then all is compared.

People beside the six of the treasury: `many` has every office of the SKPD, `bud` both of the BUD,
`second` is another PPTK, `keeper` keeps the budget alone, and `stranger` works elsewhere.
"""

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.identity import SYSTEM, Identity
from leuit.values import ConflictError, ManualClock, new_id
from leuit.work import Leuit, Number
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import (
    Act,
    Duty,
    Instruction,
    Line,
    Paper,
    Payment,
)
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, send_back, take_step
from leuit_sp2d.service.claims import Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.evidence import add_evidence, store_evidence
from leuit_sp2d.service.instructions import instruct_again
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.payments import cancel, draft, revise
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.reversing import record_refund, void_sp2d
from leuit_sp2d.service.statements import Reading, read_bank_statement
from leuit_sp2d.settings import PaymentSettings
from tests.sp2d.course_budget import MILLION
from tests.sp2d.course_float import FloatCourse
from tests.sp2d.course_people import RIGHTS, everybody
from tests.sp2d.oracle import STEPS, Book
from tests.sp2d.oracle_records import REQUIRED, Claimed, Slip
from tests.sp2d.treasury import PDF, SKPD_CODE, WARNINGS_ANSWERED, YEAR, Treasury
from tests.sp2d.wishes import PAYEES, TOKENS, Wish, salary_of


@attrs.define
class World(FloatCourse):
    """One installation and its book; `begin` gives every course a unit and two lines of its own."""

    sent: list[tuple[bytes, list[str]]] = attrs.field(factory=list)
    salaries: int = 0

    def begin(self) -> None:
        """Two lines with 100 million, of which 60 are released; no payment."""
        self.courses += 1
        self.keys, self.lpjs, self.sent, self.crash_after = [], [], [], 0
        self.end()
        with self.office.app.read(SYSTEM) as view:
            rows = view.session.execute(
                select(Paper.kind, func.max(Paper.value)).group_by(Paper.kind)
            )
            last = {kind: value for kind, value in rows}  # noqa: C416  # rows are no pairs to mypy
        self.book = Book(RIGHTS, last_numbers=last)
        self.open_unit()
        self.again = None

    def end(self) -> None:
        """What still waits for the bank is sent, so that a course begins without orders."""
        with contextlib.suppress(ConflictError):  # when nothing waits
            send_orders(self.office.app, self.people["sp2d"])

    # ------------------------------------------------------------------------------------ requests

    def draft(self, who: str, wish: Wish, *, documents: bool = True) -> None:
        """A new claim, with its documents or without."""
        key = new_id()
        claim, claimed = self.claim(wish)
        book, app = self.book, self.office.app

        def call() -> None:
            with app.change(self.people[who]) as work:
                draft(work, claim, key=key)

        def asked() -> None:
            self.ask(
                book.against_draft(who, key, claimed),
                call,
                lambda: book.after_draft(who, key, claimed),
            )

        self.twice(asked)
        if key in book.slips:
            self.keys.append(key)
            if documents:
                self.document(key)

    def document(self, key: UUID) -> None:
        """All required files, by whoever wrote the claim."""
        slip = self.book.slips[key]
        if slip.state != "draft":
            return
        writer = next(who for who, step in slip.duty.items() if step == "draft")
        with self.office.app.change(self.people[writer]) as work:
            for item in sorted(REQUIRED[slip.claimed.kind]):
                add_evidence(work, key, item, self.files[item])
        slip.documents |= REQUIRED[slip.claimed.kind]

    def revise(self, who: str, key: UUID, wish: Wish, behind: int) -> None:
        """Another claim in the place of the first."""
        claim, claimed = self.claim(wish)
        version = self.book.slips[key].version - behind

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                revise(work, key, claim, version)

        self.twice(
            lambda: self.ask(
                self.book.against_revise(who, key, version, claimed, claim),
                call,
                lambda: self.book.after_revise(who, key, version, claimed, claim),
            )
        )

    def cancel(self, who: str, key: UUID, behind: int) -> None:
        """Give it up."""
        version = self.book.slips[key].version - behind

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                cancel(work, key, version, "uji")

        self.twice(
            lambda: self.ask(
                self.book.against_cancel(who, key, version),
                call,
                lambda: self.book.after_cancel(who, key, version),
            )
        )

    def step(
        self, who: str, key: UUID, step: str, behind: int, *, fits: bool = True, sptjm: bool = True
    ) -> None:
        """Do a step."""
        version = self.book.slips[key].version - behind
        items = EXAMPLE.items_of(self.book.slips[key].claimed.kind)
        answers = {item.code: "ok" for item in items} | WARNINGS_ANSWERED
        if not fits:
            answers[items[-1].code] = "tanpa meterai"
        decision = Decision(step, version, answers, statement=sptjm)

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                take_step(work, key, decision)

        self.twice(
            lambda: self.ask(
                self.book.against_step(who, key, step, version, fits=fits, statement=sptjm),
                call,
                lambda: self.book.after_step(who, key, step, version),
            )
        )

    def walk(self, key: UUID, count: int) -> None:
        """So many steps by those whose turn it is."""
        for _step in range(count):
            state = self.book.slips[key].state
            if state in STEPS:
                self.step(self.free(key, state), key, state, 0)

    def free(self, key: UUID, step: str) -> str:
        """Somebody with the right who has no other step of the payment."""
        duty = self.book.slips[key].duty
        return next(
            who for who, rights in RIGHTS.items() if step in rights and duty.get(who, step) == step
        )

    def back(self, who: str, key: UUID, step: str, behind: int, *, coded: bool = True) -> None:
        """Send it back."""
        version = self.book.slips[key].version - behind
        decision = Decision(step, version)

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                send_back(work, key, decision, _reasons(coded=coded))

        self.twice(
            lambda: self.ask(
                self.book.against_back(who, key, step, version, coded=coded),
                call,
                lambda: self.book.after_back(who, key, step, version),
            )
        )

    def refuse(self, who: str, key: UUID, step: str, behind: int, *, coded: bool = True) -> None:
        """End it."""
        version = self.book.slips[key].version - behind

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                refuse(work, key, Decision(step, version), _reasons(coded=coded))

        self.twice(
            lambda: self.ask(
                self.book.against_refuse(who, key, step, version, coded=coded),
                call,
                lambda: self.book.after_refuse(who, key, step, version),
            )
        )

    def void(self, who: str, key: UUID, behind: int, *, coded: bool = True) -> None:
        """Take the SP2D back."""
        version = self.book.slips[key].version - behind

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                void_sp2d(work, key, version, _reasons(coded=coded))

        self.twice(
            lambda: self.ask(
                self.book.against_void(who, key, version, coded=coded),
                call,
                lambda: self.book.after_void(who, key, version),
            )
        )

    def repeat(self, who: str, key: UUID, behind: int, *, sound: bool = True) -> None:
        """Pay a returned SP2D again."""
        version = self.book.slips[key].version - behind
        bank = "110" if sound else "999"

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                instruct_again(work, key, version, bank=bank, account="777", holder="CV CONTOH")

        self.twice(
            lambda: self.ask(
                self.book.against_again(who, key, version, sound=sound),
                call,
                lambda: self.book.after_again(who, key, version),
            )
        )

    def send(self, who: str) -> None:
        """A file of all orders that wait for the bank."""
        names = tuple(one.name for one in self.book.waiting())
        with self.office.app.read(SYSTEM) as view:
            chosen = view.session.scalars(
                select(Instruction.id).where(Instruction.end_to_end.in_(names))
            ).all()

        def asked() -> None:
            batch = self.ask(
                self.book.against_send(who, names),
                lambda: send_orders(self.office.app, self.people[who], chosen),
                lambda: self.book.after_send(who, names),
            )
            if batch is not None:
                file = self.office.app.blobs.get(batch.sha256), list(names)
                self.sent += [file] if file not in self.sent else []
                assert batch.count == len(names)

        self.twice(asked)

    def statement(self, who: str, batch: int, returned: int, *, later: bool) -> None:
        """The bank tells of a file: all paid, those of the bits of `returned` come back.

        `later` is another day's statement; else it bears the name of the one before.
        """
        if not self.sent:
            return
        if later:
            self.clock.advance(dt.timedelta(minutes=1))
        place = batch % len(self.sent)
        data, names = self.sent[place]
        back = [name for bit, name in enumerate(names) if returned >> bit & 1]
        at = self.clock.now()
        file = answer_orders(data, at, returned=dict.fromkeys(back, "AC04"), opening=10**12)
        mark = (self.courses, place, at)
        bookings = [
            *((name, "paid", (*mark, bit)) for bit, name in enumerate(names)),
            *((name, "returned", None) for name in back),
        ]
        told: list[tuple[int, int, int, int]] = []

        def asked() -> None:
            reading = self.ask(
                self.book.against_statement(who, mark, tuple(back)),
                lambda: read_bank_statement(self.office.app, self.people[who], "rk.xml", file),
                lambda: told.append(self.book.after_statement(mark, tuple(back), bookings)),
            )
            if reading is not None:
                assert _counts(reading) == told[-1]

        self.twice(asked)

    def refund(
        self, who: str, key: UUID, number: str, parts: tuple[int, int], *, dated: bool
    ) -> None:
        """A payee pays back so many million of each line, by an STS."""
        amounts = {
            line: part * MILLION for line, part in zip(self.lines, parts, strict=True) if part
        }
        number = f"{number}/{self.courses}" if number else ""
        day = dt.date(YEAR, 10, 5) if dated else dt.date(YEAR, 10, 4)

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                record_refund(work, key, number, day, amounts)

        self.twice(
            lambda: self.ask(
                self.book.against_refund(who, key, number, amounts, dated=dated),
                call,
                lambda: self.book.after_refund(key, number, amounts),
            )
        )

    def claim(self, wish: Wish) -> tuple[Claim, Claimed]:
        """The claim for the service and what the oracle sees of it."""
        payee, npwp, bank, account = PAYEES[wish.payee]
        lines = {
            line: amount * MILLION
            for line, amount in zip(self.lines, wish.amounts, strict=True)
            if amount
        }
        gross = sum(lines.values())
        kept = {"tenth": gross // 10, "all": gross, "told": gross // 10}.get(wish.kept, 0)
        number = f"INV/{self.courses:05d}/{wish.invoice}"
        spelled = number if wish.payee % 2 else number.replace("/", " - ").lower()
        is_goods, is_direct = wish.kind == "LS_BJ", wish.kind in ("LS_BJ", "LS_GAJI")
        named = lines if is_direct or wish.fault == "year" else {}
        lpj = self.lpjs[wish.lpj % len(self.lpjs)] if self.lpjs else UUID(int=0)
        self.salaries += 1
        claim = Claim(
            kind="LS_LAIN" if wish.fault == "kind" else wish.kind,
            unit_id=self.unit,
            year=YEAR,
            purpose="" if wish.fault == "purpose" else "Belanja contoh",
            basis="SP/1/2026",
            payee=payee,
            bank="999" if wish.fault == "bank" else bank,
            account=account,
            holder="CONTOH",
            lines=tuple(
                ClaimedLine(self.office.line if wish.fault == "year" else line, amount)
                for line, amount in named.items()
            ),
            npwp=npwp,
            invoice=spelled if is_goods else "",
            invoice_date=dt.date(YEAR, 10, 1) if is_goods else None,
            deductions=(ClaimedDeduction("PPN", "PPN", kept, reduces=wish.kept != "told"),)
            if kept
            else (),
            salary=salary_of(self.salaries) if wish.kind == "LS_GAJI" else None,
            amount=gross if wish.kind == "UP" else 0,
            lpj_id=lpj if wish.kind == "GU" else None,
        )
        if wish.fault == "year":
            claim = attrs.evolve(claim, year=YEAR - 1)
        faulty = bool(wish.fault) or (kept > 0 and not is_direct)
        if wish.kind == "UP":
            return claim, Claimed("UP", {}, 0, None, faulty, amount=gross)
        if wish.kind == "GU":
            told = self.book.accounts.get(lpj)
            spent = dict(told.lines) if told else {}
            return claim, Claimed("GU", spent, 0, None, faulty, lpj=lpj)
        bill = (number, *TOKENS[wish.payee]) if is_goods else None
        taken = 0 if wish.kept == "told" else kept
        return claim, Claimed(wish.kind, lines, taken, bill, faulty)

    # --------------------------------------------------------------------------------- comparison

    def check(self) -> None:
        """What is stored is what the oracle says, to the rupiah and to the number."""
        book = self.book
        with self.office.app.read(SYSTEM) as view:
            assert check_ledger(view).disagreements == ()
            for line_id, budget in book.budgets.items():
                line = view.session.get_one(Line, line_id)
                stored = (line.unreleased, line.free, line.reserved, line.spent)
                assert stored == book.pockets(line_id)
                assert line.reserved + line.spent <= line.released == budget.released
                assert line.released <= line.ceiling == budget.ceiling
            for key, slip in book.slips.items():
                _same_payment(view, key, slip, self.people)
            self.check_float(view)
            papers = view.session.scalars(
                select(Paper).where(Paper.payment_id.in_(self.keys)).order_by(Paper.id)
            ).all()
            chosen = select(Number).where(Number.id.in_([one.number_id for one in papers]))
            numbers = {one.id: one for one in view.session.scalars(chosen)}
            for paper, known in zip(papers, book.papers, strict=True):
                assert (paper.kind, paper.value, paper.payment_id) == (
                    known.kind,
                    known.value,
                    known.payment,
                )
                assert paper.number == known.number(SKPD_CODE, 10, YEAR)
                assert (paper.state == "standing") == known.standing
                assert bool(paper.void_reason) != known.standing
                number = numbers.pop(paper.number_id)  # each number is of one paper
                assert (number.value, number.state) == (known.value, known.number_state())
            count = select(func.count()).select_from(Payment)
            assert view.session.scalar(count.where(Payment.id.in_(self.keys))) == len(book.slips)


def check_numbers(app: Leuit) -> None:
    """Numbers of each kind run from 1 without a gap, each on one paper, voided ones too."""
    with app.read(SYSTEM) as view:
        papers = view.connection.execute(select(Paper.kind, Paper.value, Paper.number_id)).all()
        numbers = view.connection.execute(select(Number.id)).scalars().all()
    for kind in ("SPP", "SPM", "SP2D"):
        values = sorted(paper.value for paper in papers if paper.kind == kind)
        assert values == list(range(1, len(values) + 1))
    assert sorted(paper.number_id for paper in papers) == sorted(numbers)


def _same_payment(view: Any, key: UUID, slip: Slip, people: Mapping[str, Identity]) -> None:
    payment = view.session.get_one(Payment, key)
    assert (payment.state, payment.version, payment.round) == (slip.state, slip.version, slip.round)
    assert (payment.gross, payment.net) == (slip.claimed.gross(), slip.claimed.net())
    ids = {who: identity.person_id for who, identity in people.items()}
    duties = view.session.scalars(select(Duty).where(Duty.payment_id == key)).all()
    assert {one.person_id: one.step for one in duties} == {
        ids[who]: step for who, step in slip.duty.items()
    }
    acts = view.session.scalars(select(Act).where(Act.payment_id == key).order_by(Act.id)).all()
    assert [(act.step, act.what, act.person_id) for act in acts] == [
        (step, what, ids.get(who)) for step, what, who in slip.acts
    ]
    orders = view.session.scalars(
        select(Instruction).where(Instruction.payment_id == key).order_by(Instruction.id)
    ).all()
    assert [(one.end_to_end, one.amount, one.state) for one in orders] == [
        (one.name, one.amount, one.state) for one in slip.transfers
    ]
    assert sum(one.state in ("waiting", "sent", "paid") for one in orders) <= 1
    assert (slip.state == "paid") == any(one.state == "paid" for one in orders)


def world(office: Treasury, clock: ManualClock) -> World:
    """The treasury with more people, files of all items, and the bank's account in its settings."""
    app = office.app
    vocabulary = app.vocabulary
    bank = PaymentSettings("Kas Umum Daerah Contoh", "110", "0010010010")
    app.vocabulary = attrs.evolve(vocabulary, settings={**vocabulary.settings, "sp2d": bank})
    people = everybody(office)
    items = {item.code for item in EXAMPLE.checklist}
    files = {code: store_evidence(app, f"{code}.pdf", PDF + code.encode()) for code in items}
    return World(office, clock, people, files)


def _reasons(*, coded: bool) -> Sequence[Reason]:
    return [Reason("salah_hitung" if coded else "karangan", "", remark="keliru")]


def _counts(reading: Reading) -> tuple[int, int, int, int]:
    return reading.paid, reading.returned, reading.repeated, len(reading.unknown)
