"""A program that walks payments in a loop until it is killed.

Run as `python -m tests.sp2d.race_program STATE_FOLDER SEED DEATH`: it drafts, walks, sends back,
orders, reads statements and voids without end, and prints `PAYMENT VERSION` for each unit that was
acknowledged. With DEATH above zero it kills itself before that statement of its writes, else it
waits to be killed.
"""

import os
import random
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, select

from leuit.builtin import BUILTINS
from leuit.identity import SYSTEM, Account, Identity
from leuit.plugins import load
from leuit.settings import Settings
from leuit.values import ManualClock, new_id
from leuit.work import Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Instruction, Line, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, RETUR, STEPS
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import send_back, take_step
from leuit_sp2d.service.claims import Claim, ClaimedLine
from leuit_sp2d.service.evidence import add_evidence, store_evidence
from leuit_sp2d.service.instructions import instruct_again
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.payments import draft
from leuit_sp2d.service.reversing import record_refund, void_sp2d
from leuit_sp2d.service.statements import read_bank_statement
from tests.conftest import START
from tests.sp2d.treasury import PDF, YEAR, decided

REASONS = (Reason("lain", "", remark="uji"),)
KEYS = [step.key for step in STEPS]


def main() -> None:
    """Payment after payment, without end."""
    folder, seed, death = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    settings = Settings.load(folder)
    host = load(settings, BUILTINS)
    app = Leuit(settings, host.vocabulary, clock=ManualClock(START))
    chance = random.Random(seed)
    _die_at(app, death)
    _tell("begun")
    while True:
        _one(app, chance)


def people(app: Leuit) -> dict[str, Identity]:
    """The six of the treasury by their steps."""
    with app.read(SYSTEM) as view:
        accounts = view.session.scalars(select(Account).where(Account.login.like("%.sp2d"))).all()
        return {
            one.login.removesuffix(".sp2d"): Identity(
                "person",
                one.login,
                account_id=one.id,
                person_id=one.person_id,
                login=one.login,
            )
            for one in accounts
        }


def _one(app: Leuit, chance: random.Random) -> None:
    """One payment: some way along the chain, perhaps back, perhaps to the bank and returned."""
    who = people(app)
    key = _drafted(app, who[DRAFT], chance)
    turns = chance.choice([0, 0, 1])
    while (payment := _payment(app, key)).state in KEYS:
        step = payment.state
        if turns and step != DRAFT and chance.random() < 0.4:
            turns -= 1
            with app.change(who[step]) as work:
                send_back(work, key, decided(step, payment.version), REASONS)
        else:
            with app.change(who[step]) as work:
                take_step(work, key, decided(step, payment.version))
        _tell(f"{key} {payment.version + 1}")
        if chance.random() < 0.05:
            return
    _at_the_bank(app, who["sp2d"], key, chance)


def _at_the_bank(app: Leuit, kuasa: Identity, key: UUID, chance: random.Random) -> None:
    payment = _payment(app, key)
    if payment.state == BANK and chance.random() < 0.3:
        with app.change(kuasa) as work:
            void_sp2d(work, key, payment.version, REASONS)
        _tell(f"{key} {payment.version + 1}")
        return
    with app.read(SYSTEM) as view:
        waiting = view.session.scalars(
            select(Instruction.id).where(
                Instruction.payment_id == key, Instruction.state == "waiting"
            )
        ).all()
        names = view.session.scalars(
            select(Instruction.end_to_end).where(Instruction.payment_id == key)
        ).all()
    if not waiting:
        return
    data = app.blobs.get(send_orders(app, kuasa, waiting).sha256)
    returned = {names[-1]: "AC04"} if chance.random() < 0.4 else {}
    file = answer_orders(data, START, returned=returned, opening=10**12)
    read_bank_statement(app, kuasa, "rk.xml", file)
    payment = _payment(app, key)
    _tell(f"{key} {payment.version}")
    if payment.state == RETUR:
        with app.change(kuasa) as work:
            if chance.random() < 0.5:
                void_sp2d(work, key, payment.version, REASONS)
            else:
                again = {"bank": "110", "account": "9", "holder": "CV CONTOH"}
                instruct_again(work, key, payment.version, **again)
        _tell(f"{key} {payment.version + 1}")
    elif chance.random() < 0.5:
        with app.change(kuasa) as work:
            line = work.session.scalars(select(Line.id).order_by(Line.account)).first()
            assert line is not None
            record_refund(work, key, f"STS/{key}", work.today, {line: 1})


def _drafted(app: Leuit, pptk: Identity, chance: random.Random) -> UUID:
    key = new_id()
    with app.read(SYSTEM) as view:
        lines = view.session.scalars(select(Line).order_by(Line.account)).all()
        unit = lines[0].unit_id
        parts = tuple(ClaimedLine(line.id, chance.randint(2, 9_000)) for line in lines)
    wanted = Claim(
        kind="LS_BJ",
        unit_id=unit,
        year=YEAR,
        purpose="Contoh",
        basis="SP/1",
        payee="CV Contoh",
        bank="110",
        account="1",
        holder="CV CONTOH",
        lines=parts,
        invoice=str(key),
        invoice_date=START.date(),
    )
    files = {
        item.code: store_evidence(app, f"{item.code}.pdf", PDF + item.code.encode())
        for item in EXAMPLE.items_of("LS_BJ")
        if item.required
    }
    with app.change(pptk) as work:
        draft(work, wanted, key=key)
        for item, file in files.items():
            add_evidence(work, key, item, file)
    _tell(f"{key} 1")
    return key


def _payment(app: Leuit, key: UUID) -> Payment:
    with app.read(SYSTEM) as view:
        return view.session.get_one(Payment, key)


def _die_at(app: Leuit, death: int) -> None:
    if not death:
        return
    left = [death]

    def dies(*_arguments: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(app.database.writer, "before_cursor_execute", dies)


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
