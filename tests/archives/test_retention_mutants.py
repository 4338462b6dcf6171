"""Seeded mistakes in the rules of the lawful end: a comparison with the law catches each of them.

A mutant is one text of one module replaced by another, compiled as a module of its own that nobody
imports. The text must occur just once, so a change that moves it is told rather than passed over.
"""

import datetime as dt
import itertools
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from leuit_archives.rules import appraisal, disposal, lifecycle, reapplication, retention
from tests.archives import oracle_retention as law
from tests.archives.test_appraisal_rules import agree, compare_refusals, compare_verdicts
from tests.archives.test_appraisal_rules import fixed_cases as appraisal_cases
from tests.archives.test_retention_rules import fixed_cases, rule

pytestmark = pytest.mark.ci

SOURCES = {
    "retention": retention,
    "disposal": disposal,
    "lifecycle": lifecycle,
    "appraisal": appraisal,
    "reapplication": reapplication,
}


@attrs.frozen
class Mutant:
    """One change: `name` says what breaks, `old` in the module becomes `new`."""

    name: str
    module: str
    old: str
    new: str


MUTANTS = (
    Mutant(
        "the first date counts for dan",
        "retention",
        "else (max(known), ())",
        "else (min(known), ())",
    ),
    Mutant(
        "the later date counts for atau", "retention", "(min(known), ()) if", "(max(known), ()) if"
    ),
    Mutant(
        "dan is content with one date",
        "retention",
        "if missing else (max",
        "if not known else (max",
    ),
    Mutant(
        "a calendar year is a year short",
        "retention",
        "day.year + years + 1, 1, 1",
        "day.year + years, 1, 1",
    ),
    Mutant("a leap day moves into March", "retention", "years, day=28)", "years, month=3, day=1)"),
    Mutant(
        "calendar years are dates", "retention", 'if counting == "year":', 'if counting == "never":'
    ),
    Mutant(
        "the shortest period wins",
        "retention",
        "return max(known) if known and",
        "return min(known) if known and",
    ),
    Mutant("one known code is enough", "retention", "and len(known) == len(days) else", "else"),
    Mutant(
        "an own event is passed over", "retention", "    if own is not None:\n", "    if False:\n"
    ),
    Mutant("an own event shortens", "retention", "max(ends_on, over(own", "min(ends_on, over(own"),
    Mutant(
        "the inactive period waits for nothing",
        "retention",
        "if inactive is None or lacks_later:",
        "if inactive is None:",
    ),
    Mutant(
        "closing replaces an event",
        "retention",
        "    if not kinds:\n",
        "    if not kinds or not events:\n",
    ),
    Mutant(
        "the active period is not kept",
        "retention",
        "over(begun, active + inactive,",
        "over(begun, inactive,",
    ),
    Mutant(
        "an open file is due", "retention", "if known and closed_on else []", "if known else []"
    ),
    Mutant("ten years are the head's", "disposal", "years >= ANRI_FROM", "years > ANRI_FROM"),
    Mutant(
        "a mixed list stays one",
        "disposal",
        "authority_of(one, kind), [])",
        "authority_of(0, kind), [])",
    ),
    Mutant("a hold is overlooked", "disposal", "    if one.held:\n", "    if False:\n"),
    Mutant(
        "a vital record is listed", "disposal", 'if one.vital and kind == "destroy":', "if False:"
    ),
    Mutant("legacy is listed", "disposal", "    if one.legacy:\n", "    if False:\n"),
    Mutant(
        "a condition is no condition",
        "disposal",
        "    if one.final_action == APPRAISE:\n",
        "    if False:\n",
    ),
    Mutant(
        "any final action will do", "disposal", "elif one.final_action != wanted:", "elif False:"
    ),
    Mutant(
        "what still counts is listed", "disposal", "    elif not one.over:\n", "    elif False:\n"
    ),
    Mutant("what waits is listed", "disposal", "    elif one.waits:\n", "    elif False:\n"),
    Mutant("an open rule is listed", "disposal", "    if one.years is None:\n", "    if False:\n"),
    Mutant(
        "two proposals may share",
        "disposal",
        "elif one.state in {TO_DESTROY, TO_HAND_OVER}:",
        "elif False:",
    ),
    Mutant(
        "active files are listed", "disposal", "    if one.state == ACTIVE:\n", "    if False:\n"
    ),
    Mutant(
        "half is enough",
        "disposal",
        '2 * count["agree"] > members',
        '2 * count["agree"] >= members - 1',
    ),
    Mutant("two make a committee", "disposal", "size >= 3 and", "size >= 1 and"),
    Mutant("an even number is a committee", "disposal", "and size % 2 == 1", "and size % 2 <= 1"),
    Mutant("silence agrees", "disposal", "if len(opinions) != members:", "if False:"),
    Mutant("a hold stops nothing", "lifecycle", "if held and move in ENDING:", "if False:"),
    Mutant(
        "a hold stops no execution",
        "lifecycle",
        '"propose_hand_over", "destroy", ',
        '"propose_hand_over", ',
    ),
    Mutant(
        "active files are proposed",
        "lifecycle",
        '(INACTIVE, "propose_destroy")',
        '(ACTIVE, "propose_destroy")',
    ),
    Mutant(
        "what is signed is undone",
        "lifecycle",
        "APPRAISED, APPROVED, DETERMINED}",
        "APPRAISED, APPROVED, DETERMINED, SIGNED}",
    ),
    Mutant(
        "steps are skipped",
        "lifecycle",
        "if found.before == state else",
        "if found.before <= state else",
    ),
    Mutant(
        "deleting comes before signing",
        "lifecycle",
        'DisposalStep("execute", 6, SIGNED,',
        'DisposalStep("execute", 6, DETERMINED,',
    ),
    Mutant(
        "a decision without an extension ends nothing",
        "appraisal",
        "if decision in (DESTROY, KEEP) else",
        "if decision == KEEP else",
    ),
    Mutant(
        "an extension shortens",
        "appraisal",
        "ends_on = max(ends_on, until)",
        "ends_on = until",
    ),
    Mutant(
        "added years do not count for the authority",
        "appraisal",
        "found.years + added",
        "found.years + 0",
    ),
    Mutant("the first decision holds", "appraisal", "_in_force(done[-1],", "_in_force(done[0],"),
    Mutant(
        "a schedule that keeps is overruled",
        "appraisal",
        "in_time and final in (APPRAISE, DESTROY) else",
        "in_time else",
    ),
    Mutant(
        "a decision before its time destroys",
        "appraisal",
        "ends_on is not None and last.decided_on >= ends_on",
        "ends_on is not None",
    ),
    Mutant(
        "the day of the end is too early",
        "appraisal",
        "last.decided_on >= ends_on",
        "last.decided_on > ends_on",
    ),
    Mutant(
        "a correction adds up",
        "appraisal",
        "added += max(one.years - last, 0)",
        "added += one.years",
    ),
    Mutant(
        "a correction forgets the longest",
        "appraisal",
        "last = max(one.years, last)",
        "last = one.years",
    ),
    Mutant(
        "the last extension wins",
        "appraisal",
        "until = end if until is None else max(until, end)",
        "until = end",
    ),
    Mutant(
        "the due day stays", "appraisal", "AT_THE_END[final], ends_on", "AT_THE_END[final], due_on"
    ),
    Mutant("a running extension may end", "appraisal", 'yield "runs"', "yield from ()"),
    Mutant(
        "a shorter extension corrects",
        "appraisal",
        "asked.years, counting) > ends_on",
        "asked.years, counting) >= ends_on.replace(year=1)",
    ),
    Mutant(
        "an extension to the same day is one",
        "appraisal",
        "asked.years, counting) > ends_on",
        "asked.years, counting) >= ends_on",
    ),
    Mutant("musnah corrects", "appraisal", "return asked.decision == KEEP", "return True"),
    Mutant(
        "what still runs is decided", "appraisal", "elif one.appraised != EXTEND:", "elif False:"
    ),
    Mutant("an old paper decides", "appraisal", "if asked.decided_on < ends_on:", "if False:"),
    Mutant("what waits is decided", "appraisal", "elif one.waits or", "elif False or"),
    Mutant(
        "an open rule is decided", "appraisal", "    if one.years is None:\n", "    if False:\n"
    ),
    Mutant("held files are decided", "appraisal", "    if one.held:\n", "    if False:\n"),
    Mutant(
        "vital files are destroyed",
        "appraisal",
        "if one.vital and asked.decision == DESTROY:",
        "if False:",
    ),
    Mutant(
        "an unconditional rule is overruled",
        "appraisal",
        "if not (one.final_action == APPRAISE or one.appraised or again):",
        "if False:",
    ),
    Mutant(
        "what a committee sends back is refused",
        "appraisal",
        "one.appraised or again)",
        "one.appraised)",
    ),
    Mutant(
        "a proposed file is decided",
        "appraisal",
        "in {TO_DESTROY, TO_HAND_OVER}",
        "in {TO_DESTROY}",
    ),
    Mutant(
        "shorter is longer", "reapplication", "if never_shorter(before, after) else", "if True else"
    ),
    Mutant("held files change", "reapplication", "if held or is_decided", "if is_decided"),
    Mutant("decided files change", "reapplication", "if held or is_decided(before)", "if held"),
    Mutant(
        "what is not understood is applied",
        "reapplication",
        'if after.years is None or after.next_step == "decide":',
        "if False:",
    ),
    Mutant("keeping is given up", "retention", "or harsher or looser)", "or harsher)"),
    Mutant("destruction is no change", "retention", "or harsher or looser)", "or looser)"),
)


def changed(mutant: Mutant) -> ModuleType:
    """The module with that change; LookupError where its text is gone or stands twice."""
    original = SOURCES[mutant.module]
    source = Path(str(original.__file__)).read_text(encoding="utf-8")
    if source.count(mutant.old) != 1:
        raise LookupError(f"{mutant.name}: {mutant.old!r} must stand in the module exactly once.")
    module = ModuleType(original.__name__)
    module.__package__ = original.__package__
    text = source.replace(mutant.old, mutant.new)
    exec(compile(text, f"<mutant {mutant.name}>", "exec", dont_inherit=True), module.__dict__)
    return module


def compare_retention(module: Any) -> None:
    """Both deadlines of all fixed cases, on the days around what the true rules tell."""
    for rules, events, closed_on, day in fixed_cases():
        true = retention.retention_of(rules, events, closed_on)
        found = module.retention_of(rules, events, closed_on)
        days = {day}
        for one in (true.inactive_from, true.ends_on, found.inactive_from, found.ends_on):
            if one is not None:
                days |= {one, one - dt.timedelta(days=1)}
        for one in days:
            inactive = found.inactive_from is not None and found.inactive_from <= one
            over = found.ends_on is not None and found.ends_on <= one
            assert inactive != law.is_active(rules, events, closed_on, one)
            assert over != law.is_kept(rules, events, closed_on, one)
    mixed = [rule(2, 3), rule(5, 5)]
    for rules in (mixed, mixed[::-1]):
        found = module.retention_of(rules, {}, dt.date(2020, 1, 1))
        assert not law.is_kept(rules, {}, dt.date(2020, 1, 1), found.ends_on)
        assert law.is_kept(rules, {}, dt.date(2020, 1, 1), found.ends_on - dt.timedelta(days=1))
    assert module.retention_of([rule()], {}, None).inactive_from is None
    gone = {"pensiun": dt.date(2020, 1, 1)}
    assert module.retention_of([rule(active_trigger="pensiun")], gone, None).inactive_from is None
    for before, after in (
        (rule(), rule(1, 3)),
        (rule(final_action="permanen"), rule()),
        (rule(final_action="permanen"), rule(final_action="dinilai_kembali")),
        (rule(final_action="dinilai_kembali"), rule()),
        (rule(inactive_years=None), rule()),
    ):
        told = [module.retention_of([one], {}, dt.date(2020, 1, 1)) for one in (before, after)]
        assert not module.never_shorter(*told)
    waits = [rule(active_trigger="pensiun"), rule()]
    assert module.retention_of(waits, {}, dt.date(2020, 1, 1)).ends_on is None


def compare_disposal(module: Any) -> None:
    """The checklist over all combinations, the authority of lists, and how a committee decides."""
    for state, final, over, waits, years, held, legacy, vital in itertools.product(
        ("inactive", "active", "to_destroy", "destroyed"),
        ("musnah", "permanen", "dinilai_kembali", ""),
        *[(True, False)] * 2,
        (None, 5),
        *[(True, False)] * 3,
    ):
        one = module.Candidate(state, final, over, waits, years, held, legacy, False, vital)
        found = module.exclusions(one)
        assert (found == []) == law.may_be_listed(one)
        assert ("conditional" in found) == (final == "dinilai_kembali")
        assert [code for code in found if code in STATE_CODES.values()] == [
            code for told, code in STATE_CODES.items() if told == state
        ]
    names = {"anri": "Kepala ANRI", "head": "Bupati"}
    for years_of in ([5], [9, 3], [10], [14, 10], [5, 10]):
        for who, places in module.split_by_authority(years_of).items():
            assert law.authority([years_of[place] for place in places]) == names[who]
            assert {law.authority([years_of[place]]) for place in places} == {names[who]}
    assert [size for size in range(8) if module.is_committee(size)] == [3, 5, 7]
    assert module.decided(["agree", "refuse", "again"], 3) != "agree"
    assert module.decided(["agree", "agree", "refuse"], 3) == "agree"
    with pytest.raises(ValueError, match="spoken"):
        module.decided(["agree", "agree"], 3)


def compare_lifecycle(module: Any) -> None:
    """What the picture of states in the domain notes allows, and the order of the checklist."""
    for state in module.STATES:
        for move in ("propose_destroy", "propose_hand_over", "destroy", "hand_over"):
            assert module.moved(state, move, held=True) is None
    free = {
        (state, move, module.moved(state, move, held=False))
        for state, move in itertools.product(module.STATES, {move for _s, move in module.MOVES})
    }
    assert {one for one in free if one[2]} == {
        ("active", "transfer", "inactive"),
        ("inactive", "take_back", "active"),
        ("inactive", "propose_destroy", "to_destroy"),
        ("inactive", "propose_hand_over", "to_hand_over"),
        ("to_destroy", "let_go", "inactive"),
        ("to_hand_over", "let_go", "inactive"),
        ("to_destroy", "destroy", "destroyed"),
        ("to_hand_over", "hand_over", "handed_over"),
    }
    state, passed = "proposed", ["proposed"]
    for step in ("appraise", "approve", "determine", "sign", "execute", "finish"):
        others = {one.key for one in module.DISPOSAL_STEPS} - {step}
        assert not any(module.advanced(state, other) for other in others)
        state = module.advanced(state, step)
        passed.append(state)
    undoable = [one for one in passed if module.may_undo(one)]
    assert undoable == ["proposed", "appraised", "approved", "determined"]


def compare_appraisal(module: Any) -> None:
    """Decisions in every order on rules of every end, and what may be recorded at all."""
    for rules, decisions in appraisal_cases():
        agree(module, rules, {}, decisions, dt.date(2026, 8, 1))
    compare_refusals(module)


def compare_reapplication(module: Any) -> None:
    """The verdicts of the law on what runs, is held, is decided, and is not understood."""
    compare_verdicts(module)


STATE_CODES = {"active": "active", "to_destroy": "in_proposal", "destroyed": "ended"}
COMPARISONS = {
    "retention": compare_retention,
    "disposal": compare_disposal,
    "lifecycle": compare_lifecycle,
    "appraisal": compare_appraisal,
    "reapplication": compare_reapplication,
}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_caught(mutant: Mutant) -> None:
    """With the mistake some day, list or step is judged otherwise than by the law."""
    module = changed(mutant)
    try:
        COMPARISONS[mutant.module](module)
    except (AssertionError, AttributeError, TypeError, pytest.fail.Exception):
        return
    pytest.fail(f"{mutant.name} survives")


def test_the_unchanged_rules_pass() -> None:
    """So it is the change that is caught."""
    for name, compare in COMPARISONS.items():
        compare(SOURCES[name])


def test_a_mutant_whose_place_is_gone_is_told() -> None:
    """A text that the source lacks is an error and no quiet success."""
    with pytest.raises(LookupError, match="exactly once"):
        changed(Mutant("lost", "retention", "no such text", ""))
