"""Any chain and any order of acts: a literal account of who may do what, beside the service.

The account is written from the rules of the issue, not from the code: steps of the smallest number
that is not done are open; each position acts for itself; the sekda signs for the bupati while a
mandate holds; one refusal, a recall or the deadline ends everything; numbers leave no gap.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit.values import LeuitError, ManualClock, RecordRef
from leuit.work import Leuit, Number
from leuit_esign.models import FOR_NUMBER, Mandate
from leuit_esign.providers import Provider, SignOrder
from leuit_esign.providers.lokal import certificate
from leuit_esign.providers.lokal import sign as lokal
from leuit_esign.service import acting
from leuit_esign.service.acting import give_paraf, pass_on, refuse, sign_step
from leuit_esign.service.chain import NewStep, add_step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.mandates import NewMandate, end_mandate, give_mandate
from leuit_esign.service.numbering import NUMBERING
from leuit_esign.service.passing import recall
from leuit_esign.service.places import add_preset, close_placing
from leuit_esign.service.sending import SendOptions, send, set_options
from leuit_esign.service.turn import step_of
from tests.esign.conftest import Judge
from tests.esign.course import run_watch
from tests.esign.letters import letter
from tests.esign.test_chain import PEOPLE, SECRET, SINCE, Office, office

__all__ = ["office"]  # the fixture of the chain's tests

LABELS = ("bupati", "sekda", "kadis")
DAY = dt.timedelta(days=1)

_STEP = st.tuples(st.sampled_from(LABELS), st.sampled_from(["paraf", "sign"]), st.integers(1, 3))
_CHAIN = st.lists(_STEP, min_size=1, max_size=4).filter(
    lambda steps: any(kind == "sign" for _label, kind, _number in steps)
)
_WHO = st.sampled_from(LABELS)
_ACT = st.one_of(
    st.tuples(st.sampled_from(["do", "do", "do", "paraf", "sign", "refuse", "crash"]), _WHO),
    st.tuples(st.just("hand"), _WHO, _WHO),
    st.tuples(st.just("hand"), _WHO, _WHO),
    st.tuples(st.sampled_from(["recall", "expire", "give", "end", "again"])),
)


@attrs.define
class Account:
    """What must be true of one letter: its steps as (label, kind, number), and what was done."""

    steps: list[list[Any]]
    done: set[int] = attrs.field(factory=set)
    refused: bool = False
    ended: str = ""
    mandate: bool = False

    def open(self) -> list[int]:
        """The steps whose turn it is."""
        left = [number for number, _step in enumerate(self.steps) if number not in self.done]
        if self.ended or not left:
            return []
        turn = min(self.steps[number][2] for number in left)
        return [number for number in left if self.steps[number][2] == turn]

    def turn_of(self, who: str) -> int | None:
        """The first open step that is somebody's."""
        for number in self.open():
            label, kind, _number = self.steps[number]
            stands_for = self.mandate and who == "sekda" and label == "bupati" and kind == "sign"
            if label == who or stands_for:
                return number
        return None

    def state(self) -> str:
        """How the letter stands."""
        return self.ended or ("done" if len(self.done) == len(self.steps) else "running")


@attrs.define
class Walk:
    """One letter and its account, side by side."""

    office: Office
    clock: ManualClock
    monkeypatch: pytest.MonkeyPatch
    document_id: UUID
    account: Account
    files: list[bytes] = attrs.field(factory=list)
    mandate_id: UUID | None = None

    def act(self, what: str, *who: str) -> None:
        """Do something, or be refused it, as the account says."""
        if what in ("give", "end"):
            self._mandate(give=what == "give")
        elif what == "recall":
            self._expect(not self.account.ended and self.account.state() == "running", self._recall)
            self._end("recalled")
        elif what == "expire":
            self.clock.advance(DAY)
            run_watch(self.office)
            self._end("expired")
        elif what == "again":
            run_watch(self.office)
        else:
            self._step(what, *who)

    def _step(self, what: str, who: str, to: str = "") -> None:
        number = self.account.turn_of(who)
        kind = self.account.steps[number][1] if number is not None else "sign"
        if what == "do":
            what = kind
        if what == "hand":
            self._hand(number, who, to)
            return
        allowed = number is not None and what in ("refuse", kind)
        if what == "crash":
            if number is not None and kind == "sign":
                self._crash(who)
            return
        call = {"paraf": self._paraf, "sign": self._sign, "refuse": self._refuse}[what]
        self._expect(allowed, lambda: call(who))
        if allowed and number is not None:
            if what == "refuse":
                self._end("refused")
            else:
                self.account.done.add(number)

    def _hand(self, number: int | None, who: str, to: str) -> None:
        """A paraf goes to anybody, a signature to the bupati above."""
        allowed = False
        if number is not None:
            label, kind, _number = self.account.steps[number]
            allowed = to != label and (kind == "paraf" or to == "bupati")
        self._expect(allowed, lambda: self._pass(who, to))
        if allowed and number is not None:
            self.account.steps[number][0] = to

    def _mandate(self, *, give: bool) -> None:
        with self.office.app.change(self.office.who["bupati"]) as work:
            if give and not self.account.mandate:
                wanted = NewMandate("Bupati", "Sekretaris Daerah", "SK", work.today)
                self.mandate_id = give_mandate(work, wanted).id
                self.account.mandate = True
            elif not give and self.account.mandate and self.mandate_id is not None:
                end_mandate(work, self.mandate_id)
                self.account.mandate = False

    def _expect(self, allowed: bool, call: Any) -> None:
        if allowed:
            call()
            return
        with pytest.raises(LeuitError):
            call()

    def _end(self, how: str) -> None:
        if self.account.state() == "running":
            self.account.ended = how

    def _paraf(self, who: str) -> None:
        with self.office.app.change(self.office.who[who]) as work:
            give_paraf(work, self.document_id)

    def _sign(self, who: str) -> None:
        sign_step(self.office.app, self.office.who[who], self.document_id, SECRET)

    def _refuse(self, who: str) -> None:
        with self.office.app.change(self.office.who[who]) as work:
            refuse(work, self.document_id, "Keliru")

    def _pass(self, who: str, to: str) -> None:
        with self.office.app.change(self.office.who[who]) as work:
            pass_on(work, self.document_id, PEOPLE[to], "Tolong")

    def _recall(self) -> None:
        with self.office.app.change(self.office.maker) as work:
            recall(work, self.document_id, self.office.document(self.document_id).version, "x")

    def _crash(self, who: str) -> None:
        """The process dies after the provider has answered; a while later all is as before."""

        def dies(leuit: Leuit, order: SignOrder) -> bytes:
            lokal(leuit, order)
            raise KeyboardInterrupt

        provider = Provider("uji", "Uji", ("B-B",), dies, certificate)
        with self.monkeypatch.context() as patched:
            patched.setattr(acting, "chosen_provider", lambda _app: provider)
            with pytest.raises(KeyboardInterrupt):
                self._sign(who)
        self.clock.advance(dt.timedelta(minutes=3))

    def check(self) -> None:
        """The stored letter is as the account says, and its file only ever grew."""
        document = self.office.document(self.document_id)
        assert document.state == self.account.state()
        pdf = self.office.pdf(self.document_id)
        if self.files:
            assert pdf.startswith(self.files[-1])
        signed = sum(self.account.steps[number][1] == "sign" for number in self.account.done)
        assert pdf.count(b"/ByteRange") == signed
        if not self.files or pdf != self.files[-1]:
            self.files.append(pdf)
        for label in LABELS:
            turn = self.account.turn_of(label) is not None
            assert (self.document_id in self.office.waits_for(label)) == turn, label
            with self.office.app.read(self.office.who[label]) as view:
                assert (step_of(view, document) is not None) == turn, label


def sent(office: Office, chain: list[tuple[str, str, int]]) -> UUID:
    """A letter with that chain, due in a day; numbered if the head of the unit signs it last."""
    ordered = sorted(chain, key=lambda step: step[2])
    numbered = [label for label, kind, _number in ordered if kind == "sign"][-1] == "bupati"
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    version = 1
    purposes = ["sign" for _label, kind, _number in chain if kind == "sign"]
    for purpose in [*purposes, FOR_NUMBER] if numbered else purposes:
        with office.app.change(office.maker) as work:
            spot = "bottom_left" if purpose == "sign" else "top_left"
            add_preset(work, document_id, version, spot, 0, purpose)
        version += 1
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, version)
    for label, kind, number in chain:
        version += 1
        with office.app.change(office.maker) as work:
            add_step(work, document_id, version, NewStep(PEOPLE[label], kind, number))
    with office.app.change(office.maker) as work:
        due = work.now + DAY
        pattern = "Surat" if numbered else ""
        wanted = SendOptions(due, expires=True, pattern=pattern, classification="1")
        set_options(work, document_id, version + 1, wanted)
    send(office.app, office.maker, document_id, version + 2)
    return document_id


@pytest.fixture
def numbered(office: Office) -> Office:
    """The office with a numbering that never begins anew."""
    body = {"patterns": [{"name": "Surat", "pattern": "{kode}/{urut}", "restarts": "tidak",
                          "per_unit": False}]}  # fmt: skip
    with office.app.change(SYSTEM) as work:
        seed_edition(work, NUMBERING, Draft("Uji", "Uji", "unverified", SINCE, body))
    return office


@pytest.mark.parametrize("examples", [8, pytest.param(80, marks=pytest.mark.ci)])
def test_any_course_is_as_the_rules_say(
    numbered: Office,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    verdict_of: Judge,
    examples: int,
) -> None:
    """Nobody signs out of turn or twice, files only grow, signatures stay good, numbers gapless."""
    start = clock.now()

    @settings(max_examples=examples, deadline=None)
    @given(chain=_CHAIN, acts=st.lists(_ACT, min_size=3, max_size=14), mandate=st.booleans())
    def holds(
        chain: list[tuple[str, str, int]], acts: list[tuple[str, ...]], mandate: bool
    ) -> None:
        clock.set(start)  # days that pass in a letter must not outlive the authority's lists
        first = [("give",)] if mandate else []
        follow(numbered, clock, monkeypatch, verdict_of, chain, [*first, *acts])

    holds()


def follow(
    numbered: Office,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    verdict_of: Judge,
    chain: list[tuple[str, str, int]],
    acts: Sequence[tuple[str, ...]],
) -> None:
    """One letter on its course, compared with its account after each act."""
    with numbered.app.change(SYSTEM) as work:
        work.session.execute(delete(Mandate))
        work.audit("esign.mandate.ended", RecordRef("esign.mandate", "all"))
    document_id = sent(numbered, chain)
    steps = [list(step) for step in sorted(chain, key=lambda step: step[2])]
    walk = Walk(numbered, clock, monkeypatch, document_id, Account(steps))
    walk.check()
    for what, *who in acts:
        walk.act(what, *who)
        walk.check()
    pdf = numbered.pdf(document_id)
    if b"/ByteRange" in pdf:
        assert verdict_of(pdf).word == "VALID"
    with numbered.app.read(SYSTEM) as view:
        numbers = view.session.query(Number).order_by(Number.value).all()
        own = [one.state for one in numbers if one.ref_id == str(document_id)]
    assert [number.value for number in numbers] == list(range(1, len(numbers) + 1))
    fate = {"done": "confirmed", "running": "reserved"}.get(walk.account.state(), "voided")
    assert own in ([], [fate])
