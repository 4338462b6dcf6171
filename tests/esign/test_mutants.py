"""Every seeded mutant of the rule is killed: the oracle's comparison sees one changed place.

The files are fixed, so a mutant is killed by the same file every time.
"""

from functools import cache
from types import ModuleType

import pytest

from leuit_esign.rules import Examination, verdict
from tests.esign import oracle
from tests.esign.mutants import MUTANTS, SOURCE, Mutant, examinations, mutated


@cache
def expected() -> list[tuple[Examination, bool, str, list[str]]]:
    """The files with the oracle's words, worked out once for all mutants."""
    return [
        (
            file,
            ask,
            oracle.word_of_file(file, ask_status=ask),
            []
            if file.failure
            else [oracle.word_of_signature(found, ask_status=ask) for found in file.findings],
        )
        for file, ask in examinations()
    ]


def difference(rule: ModuleType) -> str:
    """The first file whose words, or whose signatures' words, are not the oracle's; else empty."""
    for file, ask, word, words in expected():
        told = rule.judge(file, ask_status=ask)
        if (told.word, [signature.word for signature in told.signatures]) != (word, words):
            return f"{file}, {ask}: {told.word} where the rule says {word}"
    return ""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(mutant: Mutant) -> None:
    """The changed place gives some file, or some signature, another word than the oracle's."""
    assert difference(mutated(mutant)), f"{mutant.name} survives {len(expected())} files"


def test_the_unchanged_copy_survives() -> None:
    """A copy without any change agrees on every file, so it is the change that kills."""
    assert difference(mutated(Mutant("nothing", "def judge(", "def judge("))) == ""


def test_a_mutant_whose_place_is_gone_is_told() -> None:
    """A text that the source does not hold, or holds twice, is an error and no quiet success."""
    for old in ("no such text", "finding"):
        with pytest.raises(LookupError, match="exactly once"):
            mutated(Mutant("lost", old, ""))


def test_there_are_enough_mutants() -> None:
    """At least twenty, no two alike, over some thousands of files; the real rule stays whole."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20
    assert len({(mutant.old, mutant.new) for mutant in MUTANTS}) == len(MUTANTS)
    assert len(expected()) > 3000
    before = SOURCE.read_bytes()
    assert mutated(MUTANTS[0]).judge is not verdict.judge
    assert SOURCE.read_bytes() == before
