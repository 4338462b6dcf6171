"""Any sequence of steps: nothing held is destroyed, nothing without its approvals, nothing sooner.

Hypothesis takes steps in any order by any of the people; most are refused. Whatever gets through,
what was destroyed has its committee, the right authority, its papers and two executors. Holds name
dossiers or records, or ask by words; records are corrected, and editions follow each other.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from leuit.identity import SYSTEM
from leuit.values import LeuitError
from leuit.work import Leuit
from leuit_archives.models import Disposal, Dossier, Hold
from leuit_archives.rules.disposal import authority_of, is_committee
from leuit_archives.service.appraisals import told_appraisals
from leuit_archives.service.committee import GivenOpinion, give_opinions, members_of, papers_of
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.disposals import undo
from leuit_archives.service.events import Happened, record_event
from leuit_archives.service.executing import confirm_execution
from leuit_archives.service.holds import HoldQuestion, begin_hold, end_hold
from leuit_archives.service.reapplying import reapply
from leuit_archives.service.reckoning import RECKON
from leuit_archives.service.transfers import take_back
from tests.archives.archive_room import put_in_force
from tests.archives.ending import SCHEDULE, Ending, ending
from tests.archives.keepers import table

WHO = st.sampled_from(
    ["proposer", "first_member", "second_member", "keeper", "executor", "witness", "legal"]
)
STEPS = st.sampled_from(["appraise", "approve", "determine", "sign"])
WHICH = st.integers(0, 1)
DOSSIER = st.integers(0, 3)
CONDITIONAL = 2
"""The place of the dossier that ends by an appraisal alone."""
YOUNG = 3
"""The place of one whose periods are not over."""
FIRST_DAY, TODAY = dt.date(2026, 1, 2), dt.date(2026, 10, 5)
HEADING = "code,title,raw_active,raw_inactive,raw_final_action"


@contextmanager
def refusable() -> Iterator[None]:
    """A step that may be refused; anything else than a refusal is an error."""
    with suppress(LeuitError):
        yield


class Lives(RuleBasedStateMachine):
    """Lives in an archive that stays; each has four dossiers of its own, one conditional, one not
    due. Editions go on from life to life.
    """

    end: ClassVar[Ending]
    editions: ClassVar[Iterator[int]]

    def __init__(self) -> None:
        super().__init__()
        self._put(SCHEDULE)
        self.dossiers = [self.end.dossier(records=1), self.end.dossier("900", records=1)]
        self.dossiers.append(self.end.dossier("000.1", records=1))
        self.disposals: list[UUID] = []
        young = self.end.dossier("000.1.3", records=1, closed=dt.date(2023, 5, 17))
        self.dossiers.append(young)
        self.holds: dict[UUID, set[UUID]] = {}
        self.gone: set[UUID] = set()

    def _put(self, schedule: bytes) -> None:
        """Put an edition in force, a day after the one before."""
        since = FIRST_DAY + dt.timedelta(days=next(self.editions))
        if since < TODAY:
            put_in_force(self.end.app, "retention", schedule, since)

    def _one(self, which: int) -> UUID | None:
        return self.disposals[-1 - which] if which < len(self.disposals) else None

    @rule(which=DOSSIER)
    def propose(self, which: int) -> None:
        with refusable():
            self.disposals += self.end.proposed(self.dossiers[which])

    @rule()
    def propose_both(self) -> None:
        with refusable():
            self.disposals += self.end.proposed(*self.dossiers[:CONDITIONAL])

    @rule(which=WHICH)
    def name_committee(self, which: int) -> None:
        if one := self._one(which):
            with refusable():
                self.end.committee_named(one)

    @rule(which=WHICH, who=WHO, opinion=st.sampled_from(["agree", "agree", "refuse", "again"]))
    def opine(self, which: int, who: str, opinion: str) -> None:
        if one := self._one(which):
            with refusable(), self.end.app.change(self.end.who[who]) as work:
                give_opinions(work, one, {1: GivenOpinion(opinion, "Alasan")})

    @rule(which=WHICH)
    def all_agree(self, which: int) -> None:
        if one := self._one(which):
            with refusable():
                self.end.opined(one)

    @rule(
        which=WHICH,
        step=STEPS,
        who=st.sampled_from(["keeper", "keeper", "proposer", "executor"]),
        authority=st.sampled_from(["", "", "head", "anri"]),
    )
    def take(self, which: int, step: str, who: str, authority: str) -> None:
        if one := self._one(which):
            options = {"authority": authority} if step == "approve" and authority else {}
            with refusable():
                self.end.step(one, step, who=self.end.who[who], **options)

    @rule(which=WHICH)
    def through(self, which: int) -> None:
        if one := self._one(which):
            with refusable():
                self.end.through(one, "sign")

    @rule(which=WHICH, who=WHO)
    def confirm(self, which: int, who: str) -> None:
        if one := self._one(which):
            with refusable(), self.end.app.change(self.end.who[who]) as work:
                version = work.session.get_one(Disposal, one).version
                confirm_execution(work, one, version)

    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        if one := self._one(which):
            with refusable(), self.end.app.change(self.end.who["keeper"]) as work:
                undo(work, one, work.session.get_one(Disposal, one).version, "Salah")

    @rule(which=DOSSIER)
    def hold(self, which: int) -> None:
        with refusable():
            held = self.end.hold("1/Pdt/2026", self.dossiers[which])
            self.holds[held.id] = {self.dossiers[which]}

    @rule(which=DOSSIER)
    def hold_a_record(self, which: int) -> None:
        [record] = self.end.records_of(self.dossiers[which])
        with refusable():
            held = self.end.hold("2/Pdt/2026", records=[record.id])
            self.holds[held.id] = {self.dossiers[which]}

    @rule(which=DOSSIER)
    def hold_by_a_question(self, which: int) -> None:
        """By the words of one dossier's record, as they are now."""
        words = self.end.records_of(self.dossiers[which])[0].title
        with self.end.app.change(self.end.who["legal"]) as work:
            question = HoldQuestion(unit_id=self.end.root, words=words)
            hold = begin_hold(work, "3/Pdt/2026", "Perkara berjalan", question).id
        self.holds[hold] = {
            one
            for one in self.dossiers
            if any(words.lower() in found.title.lower() for found in self.end.records_of(one))
        }

    @rule()
    def end_a_hold(self) -> None:
        for one in list(self.holds)[:1]:
            with refusable():
                with self.end.app.change(self.end.who["legal"]) as work:
                    end_hold(work, one, work.session.get_one(Hold, one).version, "Putus")
                self.holds.pop(one)

    @rule(
        which=DOSSIER,
        wanted=st.sampled_from(
            [Correction(title="Lain"), Correction(code="000.1.2"), Correction(number="7")]
        ),
    )
    def correct(self, which: int, wanted: Correction) -> None:
        """A title that a hold knows stays, so that what the question fits stays held."""
        [record] = self.end.records_of(self.dossiers[which])
        with refusable(), self.end.app.change(self.end.room.archivist) as work:
            correct_record(work, record.id, record.version, wanted, "Salah")

    @rule(years=st.integers(0, 9), final=st.sampled_from(["Musnah", "Permanen"]))
    def activate(self, years: int, final: str) -> None:
        """An edition changes nothing by itself, as long as nobody applies it."""
        rows = [
            f"{code},Uji,{years} Tahun,{years} Tahun,{final}"
            for code in ("000.1", "000.1.2", "000.1.3", "900")
        ]
        self._put(table(*rows, heading=HEADING))

    @rule(which=DOSSIER)
    def reapply(self, which: int) -> None:
        with refusable(), self.end.app.change(self.end.who["proposer"]) as work:
            reapply(work, self.dossiers[which])

    @rule()
    def night(self) -> None:
        with self.end.app.change(SYSTEM) as work:
            work.enqueue(RECKON, {})
        self.end.work_off(bytes_too=False)

    @rule(
        which=DOSSIER,
        decision=st.sampled_from(["musnah", "musnah", "permanen", "diperpanjang"]),
        who=st.sampled_from(["first_member", "second_member", "executor", "proposer"]),
    )
    def appraise(self, which: int, decision: str, who: str) -> None:
        years = 2 if decision == "diperpanjang" else None
        with refusable():
            self.end.appraised(self.dossiers[which], decision=decision, years=years, who=who)

    @rule(which=DOSSIER)
    def take_back(self, which: int) -> None:
        with refusable(), self.end.app.change(self.end.who["proposer"]) as work:
            take_back(work, self.dossiers[which], "Masih dipakai")

    @rule(which=DOSSIER)
    def tell_an_event(self, which: int) -> None:
        with refusable(), self.end.app.change(self.end.room.archivist) as work:
            told = Happened("pensiun", dt.date(2020, 1, 1), "SK")
            record_event(work, self.dossiers[which], told)

    @rule()
    def work_off(self) -> None:
        self.end.work_off()

    @invariant()
    def what_is_gone_went_lawfully(self) -> None:
        now = {one for one in self.dossiers if self.end.state(one) == "destroyed"}
        for dossier in now - self.gone:
            assert not [one for one, held in self.holds.items() if dossier in held]
            self._check(dossier)
        for dossier in set(self.dossiers) - now:
            assert all(self.end.app.blobs.exists(one) for one in files_of(self.end, dossier))
        assert self.gone <= now
        self.gone = now

    def _check(self, dossier: UUID) -> None:
        [disposal] = [
            one
            for one in self.disposals
            for item in self.end.items(one)
            if item.dossier_id == dossier and item.outcome == "destroyed"
        ]
        years = self.end.retention(dossier).years
        assert years is not None
        with self.end.app.read(SYSTEM) as view:
            row = view.session.get_one(Disposal, disposal)
            papers = papers_of(view, row)
            members = {one.person_id for one in members_of(view, row)}
            assert self.end.retention(dossier).ends_on <= view.today  # type: ignore[operator]  # it was due
            decided = told_appraisals(view, view.session.get_one(Dossier, dossier))
        if dossier == self.dossiers[CONDITIONAL]:
            assert decided[0][0].decision == "musnah"
        assert row.authority == authority_of(years)
        assert {"committee", "appraise", "approve", "determine", "sign"} <= set(papers)
        assert is_committee(len(members))
        executors = {row.first_by, row.second_by}
        assert len(executors - {None}) == 2
        appraisers = {one.decided_by for one, _who in decided}
        assert not executors & (members | appraisers | {row.proposed_by})
        assert row.proposed_by not in appraisers


def machine(end: Ending) -> type[Lives]:
    """The machine over an archive, whose editions go on from life to life."""
    return type("LivesHere", (Lives,), {"end": end, "editions": itertools.count()})


def files_of(end: Ending, dossier: UUID) -> list[str]:
    """The hashes of the files in a dossier."""
    from leuit_archives.service.record_listing import files_of as listed

    with end.app.read(SYSTEM) as view:
        return [file.sha256 for one in end.records_of(dossier) for file in listed(view, one.id)]


def lives(app: Leuit, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine(ending(app)),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.ci
def test_no_sequence_of_steps_destroys_unlawfully(app: Leuit) -> None:
    """Over all lives, on both engines."""
    lives(app, 12, 30)


def test_a_lawful_life_ends(app: Leuit) -> None:
    """The machine can get to an end at all: its invariant has something to judge."""
    end = ending(app)
    life = machine(end)()
    life.propose_both()
    life.appraise(CONDITIONAL, "musnah", "first_member")
    life.propose(CONDITIONAL)
    for which in (0, 1, 2):
        life.through(which)
        for who in ("executor", "witness"):
            life.confirm(which, who)
    life.work_off()
    life.what_is_gone_went_lawfully()
    assert len(life.gone) == 3


def test_what_is_held_or_not_due_does_not_end(app: Leuit) -> None:
    """By name of a record and by a question; a refused end of a hold lets nothing go."""
    end = ending(app)
    life = machine(end)()
    life.hold_a_record(0)
    life.hold_by_a_question(1)
    life.activate(0, "Musnah")
    life.night()
    for which in (0, 1, YOUNG):
        life.correct(which, Correction(title="Lain"))
        life.reapply(which)
        life.propose(which)
    assert life.disposals == []
    for _ in range(2):
        life.end_a_hold()
    assert life.holds == {}
    life.propose_both()
    assert len(life.disposals) == 2
    life.hold_a_record(0)
    life.hold_by_a_question(1)
    for which in (0, 1):
        life.through(which)
        for who in ("executor", "witness"):
            life.confirm(which, who)
    life.work_off()
    life.what_is_gone_went_lawfully()
    assert (len(life.holds), life.gone) == (2, set())
