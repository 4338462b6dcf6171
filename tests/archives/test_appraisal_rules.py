"""Appraisals as rules: on every day what the law's text says, and nothing runs shorter by them."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules import appraisal, reapplication
from leuit_archives.rules.appraisal import DECISIONS, Appraisal, appraised, fits, refusals
from leuit_archives.rules.disposal import Candidate
from leuit_archives.rules.lifecycle import INACTIVE, STATES
from leuit_archives.rules.retention import HeldRule, Retention, counting_of, retention_of
from tests.archives import oracle_retention as law
from tests.archives.test_retention_rules import DAYS, EVENTS, RULES, rule

DECIDED = st.builds(
    lambda decision, years, day: Appraisal(
        decision, years if decision == "diperpanjang" else 0, day
    ),
    st.sampled_from(["musnah", "permanen", "diperpanjang", "diperpanjang"]),
    st.integers(1, 6),
    st.dates(dt.date(2019, 1, 1), dt.date(2032, 12, 31)),
)
CONDITIONAL = rule(final_action="dinilai_kembali")
CLOSED = dt.date(2018, 2, 28)
"""2 + 3 years after it the conditional rule is over: on 28 February 2023."""


def stands(
    rules: Sequence[HeldRule], events: dict[str, dt.date], decisions: Sequence[Appraisal]
) -> Retention:
    """Where an inactive file stands."""
    found = retention_of(rules, events, CLOSED, INACTIVE)
    return appraised(found, decisions, counting_of(rules))


def days_around(found: Retention) -> list[dt.date]:
    """The day on which it ends, and the one before."""
    if found.ends_on is None:
        return []
    return [found.ends_on, found.ends_on - dt.timedelta(days=1)]


def agree(
    module: Any,
    rules: Sequence[HeldRule],
    events: dict[str, dt.date],
    decisions: Sequence[Appraisal],
    day: dt.date,
) -> None:
    """The rules of a module say of some days what the law's text says of each."""
    base = retention_of(rules, events, CLOSED, INACTIVE)
    found = module.appraised(base, decisions, counting_of(rules))
    if any(one.active_years is None or one.inactive_years is None for one in rules):
        assert found.next_step == "decide"
        return
    for one in [day, *days_around(found), *days_around(base)]:
        told = law.end_of(rules, events, CLOSED, one, decisions)
        over = found.ends_on is not None and found.ends_on <= one
        assert over == (told != "kept")
        if over:
            assert found.next_step == told
            assert found.due_on == found.ends_on
    assert found.years == law.years_in_all(rules, decisions)


def fixed_cases() -> list[tuple[list[HeldRule], list[Appraisal]]]:
    """The same each time: rules of every end, with decisions before, on and after their end."""
    ends = dt.date(2023, 2, 28)
    days = (ends - dt.timedelta(days=1), ends, dt.date(2024, 2, 29), dt.date(2026, 8, 1))
    one_each = [
        Appraisal(decision, years, day)
        for decision, years in (("musnah", 0), ("permanen", 0), ("diperpanjang", 2))
        for day in days
    ]
    longer = [Appraisal("diperpanjang", years, dt.date(2024, 6, 1)) for years in (1, 5)]
    early = Appraisal("diperpanjang", 1, dt.date(2020, 1, 1))
    some = [*one_each, *longer, early]
    corrected = [Appraisal("diperpanjang", years, dt.date(2024, 6, 1)) for years in (5, 1, 3)]
    sequences = [[], [*corrected], *([one] for one in some)]
    sequences += [list(two) for two in itertools.permutations(some, 2)]
    finals = ("dinilai_kembali", "musnah", "permanen")
    return [
        ([rule(final_action=final, counting=counting)], decisions)
        for final in finals
        for counting in ("date", "year")
        for decisions in sequences
    ]


@given(
    st.lists(RULES, min_size=1, max_size=2),
    EVENTS,
    st.lists(DECIDED, max_size=4),
    st.one_of(DAYS, st.dates(dt.date(2022, 1, 1), dt.date(2038, 1, 1))),
)
def test_decisions_are_those_of_the_law(
    rules: list[HeldRule], events: dict[str, dt.date], decisions: list[Appraisal], day: dt.date
) -> None:
    """On any day kept, to be appraised, or to end as decided; and by how many years."""
    agree(appraisal, rules, events, decisions, day)


@given(st.lists(RULES, min_size=1, max_size=2), EVENTS, st.lists(DECIDED, max_size=3), DECIDED)
def test_a_later_decision_shortens_nothing(
    rules: list[HeldRule],
    events: dict[str, dt.date],
    decisions: list[Appraisal],
    more: Appraisal,
) -> None:
    """No end comes nearer and no years get fewer, whatever is added, in whatever order."""
    before, after = stands(rules, events, decisions), stands(rules, events, [*decisions, more])
    if before.ends_on is not None:
        assert after.ends_on is not None
        assert after.ends_on >= before.ends_on
    else:
        assert after.ends_on is None
    assert (after.years or 0) >= (before.years or 0)


def candidate(decisions: Sequence[Appraisal], today: dt.date, **changes: Any) -> Candidate:
    """The conditional file as a list would judge it on a day."""
    found = stands([CONDITIONAL], {}, decisions)
    assert found.ends_on is not None
    plain = Candidate(
        final_action=found.final_action,
        over=found.ends_on <= today,
        years=found.years,
        appraised=found.appraised,
    )
    return attrs.evolve(plain, **changes)


def accepted(module: Any, decisions: Sequence[Appraisal], more: Appraisal) -> list[str]:
    """What stands against one more decision, recorded on its own day."""
    ends_on = stands([CONDITIONAL], {}, decisions).ends_on
    one = candidate(decisions, more.decided_on)
    found: list[str] = module.refusals(one, more, ends_on, "date")
    return found


def compare_refusals(module: Any) -> None:
    """What is recorded never shortens; each obstacle alone refuses; nothing else does."""
    day = dt.date(2024, 1, 1)
    musnah, keep = Appraisal("musnah", 0, day), Appraisal("permanen", 0, day)
    ends_on = dt.date(2023, 2, 28)
    good = candidate([], day)
    for one in (musnah, keep, Appraisal("diperpanjang", 1, day)):
        assert module.refusals(good, one, ends_on, "date") == []
    obstacles: dict[str, dict[str, Any]] = {
        "active": {"state": "active"},
        "in_proposal": {"state": "to_destroy"},
        "ended": {"state": "destroyed"},
        "open_rule": {"years": None},
        "event": {"waits": True},
        "period": {"over": False},
        "unconditional": {"final_action": "musnah"},
        "hold": {"held": True},
        "vital": {"vital": True},
    }
    for name, changes in obstacles.items():
        assert module.refusals(attrs.evolve(good, **changes), musnah, ends_on, "date") == [name]
    in_proposal = attrs.evolve(good, state="to_hand_over")
    assert module.refusals(in_proposal, musnah, ends_on, "date") == ["in_proposal"]
    assert module.refusals(attrs.evolve(good, vital=True), keep, ends_on, "date") == []
    early = attrs.evolve(musnah, decided_on=ends_on - dt.timedelta(days=1))
    assert module.refusals(good, early, ends_on, "date") == ["paper"]
    assert module.refusals(good, attrs.evolve(musnah, decided_on=ends_on), ends_on, "date") == []
    back = attrs.evolve(good, final_action="musnah")
    assert module.refusals(back, keep, ends_on, "date", again=True) == []
    running = [Appraisal("diperpanjang", 2, day)]
    later = dt.date(2024, 7, 1)
    for more, told in (
        (Appraisal("musnah", 0, later), ["runs"]),
        (Appraisal("diperpanjang", 1, later), ["runs"]),
        (Appraisal("diperpanjang", 2, later), []),
        (Appraisal("permanen", 0, later), []),
        (Appraisal("diperpanjang", 2, day), ["runs"]),
    ):
        assert accepted(module, running, more) == told
    over = Appraisal("musnah", 0, dt.date(2026, 1, 1))
    assert accepted(module, running, over) == []
    assert accepted(module, [*running, over], Appraisal("permanen", 0, over.decided_on)) == []


def test_the_fixed_cases_agree() -> None:
    """Those by which mistakes are caught are right in the first place."""
    for rules, decisions in fixed_cases():
        agree(appraisal, rules, {}, decisions, dt.date(2026, 8, 1))
    compare_refusals(appraisal)


@given(st.lists(DECIDED, max_size=3), DECIDED)
def test_what_is_accepted_keeps_at_least_as_long(done: list[Appraisal], more: Appraisal) -> None:
    """A decision that is recorded while years run moves the end on, or keeps for good."""
    if accepted(appraisal, done, more):
        return
    before, after = stands([CONDITIONAL], {}, done), stands([CONDITIONAL], {}, [*done, more])
    assert before.ends_on is not None
    assert after.ends_on is not None
    assert after.ends_on >= before.ends_on
    if before.ends_on > more.decided_on:
        assert after.final_action == "permanen" or after.ends_on > before.ends_on
    if more.decision == "musnah":
        assert after.next_step == "destroy"


@pytest.mark.parametrize("state", sorted(STATES))
def test_only_inactive_files_are_decided_on(state: str) -> None:
    """Whatever else holds."""
    one = candidate([], dt.date(2024, 1, 1), state=state)
    told = refusals(
        one, Appraisal("permanen", 0, dt.date(2024, 1, 1)), dt.date(2023, 2, 28), "date"
    )
    assert (told == []) == (state == INACTIVE)


def test_years_belong_to_extensions() -> None:
    """1 to 100 of them; of nothing else."""
    assert [years for years in range(-1, 103) if fits("diperpanjang", years)] == list(range(1, 101))
    assert not fits("diperpanjang", None)
    for decision in set(DECISIONS) - {"diperpanjang"}:
        assert fits(decision, None)
        assert not fits(decision, 1)


def test_verdicts_of_another_edition() -> None:
    """The same, longer, shorter, not understood; held and decided files are not touched."""
    compare_verdicts(reapplication)


def compare_verdicts(module: Any) -> None:
    """What a module says of one file under other rules."""
    base = stands([CONDITIONAL], {}, [])
    longer = stands([rule(5, 5, final_action="dinilai_kembali")], {}, [])
    shorter = stands([rule(1, 1, final_action="dinilai_kembali")], {}, [])
    unknown = stands([rule(inactive_years=None)], {}, [])
    kept = stands([rule(final_action="permanen")], {}, [])
    decided = stands([CONDITIONAL], {}, [Appraisal("musnah", 0, dt.date(2024, 1, 1))])
    told = {
        (base, base): "same",
        (base, longer): "longer",
        (base, shorter): "shorter",
        (base, unknown): "open",
        (base, kept): "longer",
        (kept, base): "shorter",
        (decided, longer): "fixed",
    }
    for (before, after), expected in told.items():
        assert module.verdict(before, after, held=False) == expected
        assert module.verdict(before, after, held=True) in {"same", "fixed"}
