"""Disposal: who approves, what may not be on a list, how a committee decides, what follows what."""

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.disposal import (
    EXCLUSIONS,
    OPINIONS,
    Candidate,
    Opinion,
    authority_of,
    decided,
    exclusions,
    is_committee,
    split_by_authority,
)
from leuit_archives.rules.lifecycle import (
    DISPOSAL_STATES,
    DISPOSAL_STEPS,
    ENDING,
    MOVES,
    STATES,
    advanced,
    may_undo,
    moved,
)
from leuit_archives.rules.retention import HeldRule, retention_of
from tests.archives.oracle_retention import authority, may_be_listed

CANDIDATES = st.builds(
    Candidate,
    state=st.sampled_from(["inactive", "inactive", *STATES]),
    final_action=st.sampled_from(["musnah", "musnah", "permanen", "dinilai_kembali", ""]),
    over=st.booleans(),
    waits=st.booleans(),
    years=st.one_of(st.none(), st.integers(0, 40)),
    held=st.booleans(),
    legacy=st.booleans(),
    unverified=st.booleans(),
    vital=st.booleans(),
)
FITTING = Candidate()


@given(CANDIDATES)
def test_the_checklist_is_that_of_the_law(one: Candidate) -> None:
    """A list holds just what each sentence of the checklist allows, and every reason has a code."""
    found = exclusions(one, confirmed=True)
    assert (found == []) == may_be_listed(one)
    assert set(found) <= set(EXCLUSIONS)
    assert set(exclusions(one)) - set(found) <= {"unverified_edition"}


@pytest.mark.parametrize(
    "changes,reason",
    [
        ({"state": "active"}, "active"),
        ({"state": "to_destroy"}, "in_proposal"),
        ({"state": "destroyed"}, "ended"),
        ({"years": None}, "open_rule"),
        ({"waits": True, "over": False}, "event"),
        ({"over": False}, "period"),
        ({"final_action": "permanen"}, "final_action"),
        ({"final_action": ""}, "final_action"),
        ({"final_action": "dinilai_kembali"}, "conditional"),
        ({"legacy": True}, "legacy_unverified"),
        ({"unverified": True}, "unverified_edition"),
        ({"held": True}, "hold"),
        ({"vital": True}, "vital"),
    ],
)
def test_each_exclusion_has_its_code(changes: dict[str, Any], reason: str) -> None:
    """AR-26 and AR-27 among them: legacy is refused, a conditional rule is on no list."""
    assert exclusions(attrs.evolve(FITTING, **changes)) == [reason]


def test_permanent_records_are_handed_over() -> None:
    """The same list with the other final action; a vital record may be handed over."""
    kept = attrs.evolve(FITTING, final_action="permanen", vital=True)
    assert exclusions(kept, "hand_over") == []
    assert exclusions(FITTING, "hand_over") == ["final_action"]
    assert authority_of(2, "hand_over") == "institution"


@pytest.mark.parametrize("years,who", [(8, "head"), (9, "head"), (10, "anri"), (14, "anri")])
def test_ten_years_and_more_go_to_anri(years: int, who: str) -> None:
    """AR-22 and AR-23: a sum of 8 or 9 is the Bupati's, of 10 or 14 that of Kepala ANRI."""
    assert authority_of(years) == who


def test_both_periods_count_together() -> None:
    """AR-22: 000.1.2.3 with 5 + 3 years has a sum of 8."""
    one = HeldRule("000.1.2.3", 5, "", 3, "", "musnah")
    assert retention_of([one], {}, dt.date(2020, 1, 1)).years == 8


def test_a_mixed_list_is_split() -> None:
    """AR-24: a list with sums of 5 and 10 becomes two proposals."""
    assert split_by_authority([5, 10]) == {"head": [0], "anri": [1]}


@given(st.lists(st.integers(0, 40), max_size=9))
def test_each_part_has_its_own_authority(years: list[int]) -> None:
    """Every place is in one part, and each part is approved by whom its longest retention names."""
    parts = split_by_authority(years)
    assert sorted(place for part in parts.values() for place in part) == list(range(len(years)))
    names = {"anri": "Kepala ANRI", "head": "Bupati"}
    for who, places in parts.items():
        assert authority([years[place] for place in places]) == names[who]


@given(st.lists(st.sampled_from(sorted(OPINIONS)), min_size=3, max_size=9))
def test_a_committee_decides_by_more_than_half(opinions: list[Opinion]) -> None:
    """Destruction needs more than half of all members, whatever the others say."""
    if not is_committee(len(opinions)):
        return
    found = decided(opinions, len(opinions))
    assert (found == "agree") == (opinions.count("agree") > len(opinions) // 2)
    assert found in opinions


def test_all_members_must_have_spoken() -> None:
    """Two of three decide nothing; a committee is odd and at least three."""
    with pytest.raises(ValueError, match="spoken"):
        decided(["agree", "agree"], 3)
    assert [size for size in range(8) if is_committee(size)] == [3, 5, 7]


def test_a_hold_stops_every_way_to_an_end() -> None:
    """From no state does any move under a hold lead into a proposal or an end."""
    for state in STATES:
        for _before, move in MOVES:
            after = moved(state, move, held=True)
            assert after is None or (move not in ENDING and after in {"active", "inactive"})
            assert moved(state, move, held=False) == MOVES.get((state, move))


def test_only_an_inactive_file_ends_and_only_through_a_proposal() -> None:
    """No move leads out of an end, and none from active to an end."""
    ends = {"destroyed", "handed_over"}
    assert {before for (before, _move), after in MOVES.items() if after in ends} == {
        "to_destroy",
        "to_hand_over",
    }
    assert not any(before in ends for before, _move in MOVES)
    assert moved("active", "propose_destroy", held=False) is None
    assert moved("to_destroy", "take_back", held=False) is None


def test_a_disposal_goes_one_way() -> None:
    """Each step from one state only; undone up to step 5, the determination, and no further."""
    state = "proposed"
    passed = [state]
    for step in DISPOSAL_STEPS:
        for other in DISPOSAL_STEPS:
            if other != step:
                assert advanced(state, other.key) is None
        state = advanced(state, step.key) or ""
        passed.append(state)
    assert {*passed, "undone"} == set(DISPOSAL_STATES)
    assert [one for one in passed if may_undo(one)] == passed[:4]
    assert passed.index("signed") < passed.index("running")
