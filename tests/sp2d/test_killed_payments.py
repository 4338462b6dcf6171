"""Killed in the middle of payments: no half-done step is ever found, nothing acknowledged is lost.

A child walks payments in a loop; it dies before a drawn statement of its own, or is killed from
outside at any moment. After each death the books are compared in full.
"""

import contextlib
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import ManualClock
from leuit.work import AuditEntry, Leuit, Number, View
from leuit_sp2d.models import Act, Batch, Duty, Entry, Instruction, Paper, Payment, PaymentLine
from leuit_sp2d.service.ledger_check import check_ledger
from tests.conftest import START
from tests.sp2d.treasury import treasury

REPOSITORY = Path(__file__).parents[2]
SEED = 20_261_005
BANK = """
[plugins.sp2d]
rkud_name = "Kas Umum Daerah Contoh"
rkud_bank = "110"
rkud_account = "0010010010"
"""
STANDING = {
    "draft": [],
    "spp": [],
    "verify": ["SPP"],
    "spm": ["SPP"],
    "test": ["SPM", "SPP"],
    "sp2d": ["SPM", "SPP"],
    "bank": ["SP2D", "SPM", "SPP"],
    "retur": ["SP2D", "SPM", "SPP"],
    "paid": ["SP2D", "SPM", "SPP"],
}
"""The papers that stand in each state (PP 12/2019 Pasal 148 and 149)."""

AFTER = {
    ("draft", "done"): "spp",
    ("spp", "done"): "verify",
    ("verify", "done"): "spm",
    ("spm", "done"): "test",
    ("test", "done"): "sp2d",
    ("sp2d", "done"): "bank",
    ("sp2d", "voided"): "draft",
    ("sp2d", "again"): "bank",
    ("bank", "paid"): "paid",
    ("bank", "retur"): "retur",
}


@pytest.mark.parametrize(
    "rounds", [1, pytest.param(10, marks=pytest.mark.ci), pytest.param(100, marks=pytest.mark.soak)]
)
def test_what_was_killed_is_whole(
    settings: Settings, database_url: str, host: Host, engine: str, rounds: int
) -> None:
    """Every payment's state fits its papers, acts, entries and orders after each kill."""
    with (settings.data / "leuit.toml").open("a", encoding="utf-8") as file:
        file.write(BANK)
    with opened(settings, host) as app:
        treasury(app)
    chance = random.Random(f"{engine} {SEED + rounds}")
    acknowledged: dict[UUID, int] = {}
    for number in range(rounds):
        death = chance.randint(20, 900) if number % 2 == 0 else 0
        lines = killed(settings, database_url, f"{engine} {number}", death, chance)
        assert lines[0] == "begun"
        for line in lines[1:]:
            key, version = line.split()
            acknowledged[UUID(key)] = int(version)
        with opened(settings, host) as app, app.read(SYSTEM) as view:
            judge(view, acknowledged)
    assert acknowledged


def killed(settings: Settings, url: str, seed: str, death: int, chance: random.Random) -> list[str]:
    """What a child acknowledged before it died by its own hand or by ours."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.sp2d.race_program", str(settings.data), seed, str(death)],
        cwd=REPOSITORY,
        env={**os.environ, "LEUIT_DATABASE": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child, child.stdout:
        count = 0 if death else chance.randint(2, 30)
        lines = [child.stdout.readline() for _line in range(count)]
        if not death:
            threading.Event().wait(chance.uniform(0, 0.05))  # anywhere in the next unit
            child.kill()
        lines += child.stdout.readlines()
    assert child.returncode == -9
    return [line.strip() for line in lines if line.endswith("\n")]


@contextlib.contextmanager
def opened(settings: Settings, host: Host) -> Iterator[Leuit]:
    """The installation as the next process finds it."""
    with contextlib.closing(Leuit(settings, host.vocabulary, clock=ManualClock(START))) as app:
        yield app


def judge(view: View, acknowledged: dict[UUID, int]) -> None:
    """Compare everything with everything."""
    assert check_ledger(view).disagreements == ()
    payments = view.session.scalars(select(Payment)).all()
    stored = {payment.id: payment.version for payment in payments}
    for key, version in acknowledged.items():
        assert stored.get(key, 0) >= version, "an acknowledged unit is lost"
    for payment in payments:
        _judge_one(view, payment)
    papers = view.session.scalars(select(Paper)).all()
    for kind in ("SPP", "SPM", "SP2D"):
        values = sorted(paper.value for paper in papers if paper.kind == kind)
        assert values == list(range(1, len(values) + 1))
    numbers = view.session.scalars(select(Number.id)).all()
    assert sorted(numbers) == sorted(paper.number_id for paper in papers)
    told = Counter(view.session.scalars(select(AuditEntry.action)))
    issued = Counter(paper.kind for paper in papers)
    assert told["sp2d.spp.issued"] == issued["SPP"]
    assert told["sp2d.spm.issued"] == issued["SPM"]
    assert told["sp2d.sp2d.issued"] == issued["SP2D"]
    for batch in view.session.scalars(select(Batch)):
        amounts = view.session.scalars(
            select(Instruction.amount).where(Instruction.batch_id == batch.id)
        ).all()
        assert (batch.count, batch.total) == (len(amounts), sum(amounts))


def _judge_one(view: View, payment: Payment) -> None:
    acts = view.session.scalars(
        select(Act).where(Act.payment_id == payment.id).order_by(Act.version)
    ).all()
    assert [act.version for act in acts] == list(range(1, payment.version))
    state = "draft"
    for act in acts:
        state = "draft" if act.what == "returned" else AFTER[act.step, act.what]
    assert payment.state == state
    sent_back = sum(act.what in ("returned", "voided") for act in acts)
    assert payment.round == 1 + sent_back
    papers = view.session.scalars(select(Paper).where(Paper.payment_id == payment.id)).all()
    assert sorted(one.kind for one in papers if one.state == "standing") == STANDING[state]
    lines = {
        one.line_id: one.amount
        for one in view.session.scalars(
            select(PaymentLine).where(PaymentLine.payment_id == payment.id)
        )
    }
    for paper in papers:
        entries = view.session.scalars(select(Entry).where(Entry.cause_id == paper.id)).all()
        forth = {one.line_id: one.amount for one in entries if one.reverses_id is None}
        back = {one.line_id: one.amount for one in entries if one.reverses_id is not None}
        assert forth == ({} if paper.kind == "SPP" else lines)
        assert back == (forth if paper.state == "voided" else {})
    duties = view.session.scalars(select(Duty).where(Duty.payment_id == payment.id)).all()
    steps = {act.step: act.person_id for act in acts if act.person_id is not None}
    assert len({one.step for one in duties}) == len(duties)
    assert {one.step: one.person_id for one in duties}.items() >= steps.items()
    orders = view.session.scalars(
        select(Instruction).where(Instruction.payment_id == payment.id)
    ).all()
    live = [one.state for one in orders if one.state in ("waiting", "sent", "paid")]
    assert len(live) == (state in ("bank", "paid"))
    assert (state == "paid") == (live == ["paid"])
