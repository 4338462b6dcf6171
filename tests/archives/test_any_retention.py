"""Any sequence of editions, closings, events, nights and decisions: no retention shrinks by itself.

Hypothesis acts on a real archive; beside it stands what the law's text says of each dossier, walked
through the calendar. What is stored agrees with it on every day that matters, and between two acts
nothing ends sooner or is destroyed in place of kept, unless somebody named just that dossier.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, ClassVar
from uuid import UUID

import attrs
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from leuit.builtin.regulations import require_edition
from leuit.identity import SYSTEM
from leuit.values import LeuitError
from leuit.work import Leuit, View, Work
from leuit_archives.models import Hold, Retention
from leuit_archives.rules.appraisal import Appraisal
from leuit_archives.service import reapplying, reckoning
from leuit_archives.service.dossier_rules import Own, rules_of
from leuit_archives.service.events import Happened, record_event
from leuit_archives.service.holds import end_hold
from leuit_archives.service.moving import standings
from leuit_archives.service.reapplying import reapply
from leuit_archives.service.reapplying_all import (
    begin_survey,
    confirm,
    find_reapplication,
    items_of,
    shorten,
)
from leuit_archives.service.reckoning import RECKON
from leuit_archives.service.transfers import due_for_transfer, take_back
from tests.archives import oracle_retention as law
from tests.archives.archive_room import put_in_force
from tests.archives.ending import Ending, ending
from tests.archives.keepers import table

EVENT = "tahun_anggaran_berakhir"
CODES = ("000.1", "000.1.3")
FIRST_DAY = dt.date(2026, 1, 2)
TODAY = dt.date(2026, 10, 5)
WORDS = {
    "musnah": "Musnah",
    "permanen": "Permanen",
    "dinilai_kembali": '"Musnah, kecuali yang bernilai sejarah"',
}


@attrs.frozen
class Row:
    """What an edition says of a code."""

    active_years: int
    inactive_years: int
    final_action: str
    active_trigger: str = ""
    inactive_trigger: str = ""
    counting: str = "date"


@attrs.define
class Told:
    """A dossier as the law's text sees it: by the edition of its day, or one applied anew."""

    code: str
    edition: int
    closed_on: dt.date
    applied: int | None = None
    event: dt.date | None = None
    decisions: list[Appraisal] = attrs.field(factory=list)
    held: int = 0


ROWS = st.builds(
    Row,
    st.integers(0, 6),
    st.integers(0, 8),
    st.sampled_from(sorted(WORDS)),
    st.sampled_from(["", "", "", EVENT]),
)
EDITIONS = st.fixed_dictionaries({"000.1": ROWS, "000.1.3": st.one_of(st.none(), ROWS, ROWS, ROWS)})
WHICH = st.integers(0, 2)
PAST = st.dates(dt.date(2010, 1, 5), dt.date(2024, 1, 1))
LATELY = st.dates(dt.date(2012, 1, 1), TODAY)
OPENING: Mapping[str, Row | None] = {
    "000.1": Row(1, 1, "dinilai_kembali"),
    "000.1.3": Row(2, 3, "musnah"),
}


@contextmanager
def refusable() -> Iterator[None]:
    """A step that may be refused; anything else than a refusal is an error."""
    with suppress(LeuitError):
        yield


class Kept(RuleBasedStateMachine):
    """Dossiers of one life in an archive that stays; editions follow each other day by day."""

    end: ClassVar[Ending]
    editions: ClassVar[list[Mapping[str, Row | None]]]

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[UUID, Told] = {}
        self.before: dict[UUID, Retention] = {}
        self.named: set[UUID] = set()
        self.holds: list[tuple[UUID, UUID]] = []
        self.edition = self._put(OPENING)

    def _put(self, rows: Mapping[str, Row | None]) -> int:
        """Put an edition in force; each begins a day after the one before, all before today."""
        number = len(self.editions)
        lines = []
        for code, row in rows.items():
            if row is not None:
                after = " setelah tahun anggaran berakhir" if row.active_trigger else ""
                lines.append(
                    f"{code},Uji,{row.active_years} Tahun{after},{row.inactive_years} Tahun,"
                    f"{WORDS[row.final_action]}"
                )
        heading = "code,title,raw_active,raw_inactive,raw_final_action"
        since = FIRST_DAY + dt.timedelta(days=number)
        put_in_force(self.end.app, "retention", table(*lines, heading=heading), since)
        self.editions.append(rows)
        return number

    def _one(self, which: int) -> UUID | None:
        ids = list(self.told)
        return ids[which] if which < len(ids) else None

    @rule(code=st.sampled_from(CODES), closed=PAST)
    def keep(self, code: str, closed: dt.date) -> None:
        if len(self.told) < 3:
            made = self.end.dossier(code, records=1, closed=closed, inactive=False)
            self.told[made] = Told(code, self.edition, closed)
            self.named.add(made)

    @rule(rows=EDITIONS)
    def activate(self, rows: dict[str, Row | None]) -> None:
        if FIRST_DAY + dt.timedelta(days=len(self.editions)) < TODAY:
            self.edition = self._put(rows)

    @rule(which=WHICH, day=LATELY)
    def happen(self, which: int, day: dt.date) -> None:
        if one := self._one(which):
            with self.end.app.change(self.end.room.archivist) as work:
                record_event(work, one, Happened(EVENT, day, "LKPD"))
            self.told[one].event = day
            self.named.add(one)

    @rule(which=WHICH)
    def transfer(self, which: int) -> None:
        if one := self._one(which):
            with self.end.app.read(SYSTEM) as view:
                due = {found.id for found in due_for_transfer(view, self.end.room.unit)}
            if one in due:
                self.end.transferred(one)

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        if one := self._one(which):
            with refusable(), self.end.app.change(self.end.who["proposer"]) as work:
                take_back(work, one, "Masih dipakai")

    @rule()
    def night(self) -> None:
        with self.end.app.change(SYSTEM) as work:
            work.enqueue(RECKON, {})
        self.end.work_off(bytes_too=False)

    @rule(which=WHICH)
    def reapply(self, which: int) -> None:
        if one := self._one(which):
            with refusable():
                with self.end.app.change(self.end.who["proposer"]) as work:
                    reapply(work, one)
                self.told[one].applied = self.edition

    def _surveyed(self) -> UUID:
        with self.end.app.change(self.end.who["proposer"]) as work:
            run = begin_survey(work, self.end.root).id
        self.end.work_off(bytes_too=False)
        return run

    @rule()
    def reapply_all(self) -> None:
        run = self._surveyed()
        with self.end.app.change(self.end.who["proposer"]) as work:
            confirm(work, run, find_reapplication(work, run).version)
        self.end.work_off(bytes_too=False)
        with self.end.app.read(SYSTEM) as view:
            found = items_of(view, find_reapplication(view, run), "longer", 9_999)
        for item in found:
            if item.dossier.id in self.told and item.item.outcome == "applied":
                self.told[item.dossier.id].applied = self.edition

    @rule(which=WHICH)
    def shorten(self, which: int) -> None:
        if one := self._one(which):
            run = self._surveyed()
            with refusable():
                with self.end.app.change(self.end.who["proposer"]) as work:
                    shorten(work, run, [one], "Keputusan")
                self.told[one].applied = self.edition
                self.named.add(one)

    @rule(
        which=WHICH,
        decision=st.sampled_from(["musnah", "permanen", "diperpanjang"]),
        years=st.integers(1, 9),
        day=st.one_of(st.none(), st.none(), LATELY),
    )
    def appraise(self, which: int, decision: str, years: int, day: dt.date | None) -> None:
        if one := self._one(which):
            added = years if decision == "diperpanjang" else None
            with refusable():
                self.end.appraised(one, decision=decision, years=added, dated=day)
                self._check_decision(one, decision)
                made = Appraisal(decision, added or 0, day or TODAY)
                self.told[one].decisions.append(made)
                if decision == "musnah" or self.before[one].final_action == "permanen":
                    self.named.add(one)

    def _check_decision(self, one: UUID, decision: str) -> None:
        """It was taken on a file that is inactive and free, over or only kept the longer by it."""
        told, before = self.told[one], self.before[one]
        assert before.state == "inactive"
        assert not told.held
        if decision == "musnah":
            assert self._law(one, TODAY) != "kept"

    @rule(which=WHICH)
    def hold(self, which: int) -> None:
        if one := self._one(which):
            with refusable():
                held = self.end.hold("1/Pdt/2026", one)
                self.told[one].held += 1
                self.holds.append((held.id, one))

    @rule()
    def end_a_hold(self) -> None:
        if self.holds:
            hold, one = self.holds.pop()
            with self.end.app.change(self.end.who["legal"]) as work:
                end_hold(work, hold, work.session.get_one(Hold, hold).version, "Putus")
            self.told[one].held -= 1

    @rule(which=WHICH, kind=st.sampled_from(["destroy", "hand_over"]))
    def propose(self, which: int, kind: str) -> None:
        """What gets on a list may end so by the law's text today, and is free."""
        if one := self._one(which):
            with refusable():
                [made] = self.end.proposed(one, kind=kind)
                assert not self.told[one].held
                assert self._law(one, TODAY) == kind
                [item] = self.end.items(made)
                rows = [self._row(one)]
                assert item.years == law.years_in_all(rows, self.told[one].decisions)
                who = {"Kepala ANRI": "anri", "Bupati": "head"}[law.authority([item.years])]
                assert self.end.disposal(made).authority == (
                    who if kind == "destroy" else "institution"
                )

    def _row(self, one: UUID) -> Row | None:
        told = self.told[one]
        return self.editions[told.edition if told.applied is None else told.applied][told.code]

    def _law(self, one: UUID, day: dt.date) -> str:
        told, row = self.told[one], self._row(one)
        if row is None:
            return "kept"
        events = {EVENT: told.event} if told.event else {}
        return law.end_of([row], events, told.closed_on, day, told.decisions)

    @invariant()
    def nothing_shrinks_by_itself(self) -> None:
        """What is stored is what the law says, and no act shortens what it did not name."""
        for one in self.told:
            now = self.end.retention(one)
            self._agrees(one, now)
            if one in self.before and one not in self.named:
                old = self.before[one]
                assert not_sooner(old.ends_on, now.ends_on)
                assert not_sooner(old.inactive_from, now.inactive_from)
                assert now.years is None or (old.years is not None and now.years >= old.years)
                assert now.final_action != "musnah" or old.final_action == "musnah"
                assert old.final_action != "permanen" or now.final_action == "permanen"
            self.before[one] = now
        self.named.clear()

    def _agrees(self, one: UUID, now: Retention) -> None:
        days = {TODAY}
        if now.ends_on is not None:
            days |= {now.ends_on, now.ends_on - dt.timedelta(days=1)}
        for day in days:
            told = self._law(one, day)
            assert (now.ends_on is not None and now.ends_on <= day) == (told != "kept")
            if told != "kept" and now.state == "inactive":
                assert (now.next_step, now.due_on) == (told, now.ends_on)


def not_sooner(old: dt.date | None, new: dt.date | None) -> bool:
    """No day where there was none, and none that comes earlier."""
    return new is None or (old is not None and old <= new)


def machine(end: Ending) -> type[Kept]:
    """The machine over an archive, whose editions go on from life to life."""
    return type("KeptHere", (Kept,), {"end": end, "editions": []})


@pytest.mark.ci
def test_no_retention_shrinks_by_itself(app: Leuit) -> None:
    """Over all lives, on both engines."""
    run_state_machine_as_test(
        machine(ending(app)),
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def a_life(end: Ending) -> None:
    """One life in which each kind of act gets through, judged after every step."""
    life = machine(end)()
    check = life.nothing_shrinks_by_itself
    life.keep("000.1", dt.date(2012, 5, 17))
    life.keep("000.1.3", dt.date(2012, 5, 17))
    life.keep("000.1.3", dt.date(2012, 5, 17))
    check()
    for which in (0, 1, 2):
        life.transfer(which)
        check()
    life.appraise(0, "diperpanjang", 4, None)
    check()
    life.night()
    check()
    life.activate({"000.1": Row(0, 1, "musnah"), "000.1.3": Row(1, 1, "musnah")})
    life.night()
    check()
    life.reapply(0)
    life.reapply_all()
    check()
    life.activate({"000.1": Row(3, 3, "dinilai_kembali"), "000.1.3": Row(9, 9, "permanen")})
    life.hold(1)
    life.reapply_all()
    life.night()
    check()
    assert [life.end.retention(one).years for one in life.told] == [10, 5, 18]
    life.end_a_hold()
    life.propose(1, "destroy")
    check()
    life.appraise(0, "permanen", 1, None)
    check()
    assert [life.end.state(one) for one in life.told] == ["inactive", "to_destroy", "inactive"]


def test_a_life_of_every_act_agrees(app: Leuit) -> None:
    """The acts get through at all: the invariant has something to judge."""
    a_life(ending(app))


def forgotten(_view: Any, _dossiers: Any) -> dict[UUID, list[Appraisal]]:
    """A mistake: nobody reads what people decided."""
    return {}


def longer(before: Any, after: Any, *, held: bool) -> str:
    """A mistake: every change counts as longer, whatever is held."""
    return "same" if before == after and not held else "longer"


def of_today(work: Work, owns: Sequence[Own]) -> Any:
    """A mistake: each night takes the schedule of the day in place of the one that is kept."""
    held = require_edition(work, "archives.retention", work.today)
    return rules_of(work, [attrs.evolve(own, applied=held.id) for own in owns])


def free(view: View, dossiers: Sequence[UUID], *, lock: bool = False) -> Any:
    """A mistake: holds are overlooked where another schedule is applied."""
    return [attrs.evolve(one, held=False) for one in standings(view, dossiers, lock=lock)]


MISTAKES: dict[str, tuple[Any, str, Any]] = {
    "a night forgets decisions": (reckoning, "appraisals_of", forgotten),
    "another schedule forgets decisions": (reapplying, "appraisals_of", forgotten),
    "shorter editions are applied": (reapplying, "verdict", longer),
    "the schedule of the day counts": (reckoning, "rules_of", of_today),
    "held dossiers change": (reapplying, "standings", free),
}


@pytest.mark.ci
@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_a_mistake_in_the_service_is_caught(
    app: Leuit, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With it the same life does not agree any more."""
    end = ending(app)
    module, attribute, mistake = MISTAKES[name]
    monkeypatch.setattr(module, attribute, mistake)
    with pytest.raises(AssertionError):
        a_life(end)
