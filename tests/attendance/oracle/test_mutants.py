"""Every seeded mutant of the engine is killed: the oracle's comparison sees one changed place.

The worlds are those of the samples and a fixed draw of the strategies, so a mutant is killed by the
same world every time on one version of Hypothesis.
"""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from leuit_attendance import rules
from tests.attendance.oracle.borders import border_worlds
from tests.attendance.oracle.mutants import FOLDER, MUTANTS, Mutant, mutated
from tests.attendance.oracle.samples import sample_worlds
from tests.attendance.oracle.worlds import World, answer, difference, expected, worlds

DRAWN = 200
"""Worlds drawn beside those of the samples and the borders."""


@cache
def corpus() -> list[tuple[World, dict[str, Any]]]:
    """The worlds with the oracle's answers, worked out once for all mutants."""
    found: list[World] = [*sample_worlds().values(), *border_worlds()]

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(worlds())
    def draw(world: World) -> None:
        found.append(world)

    draw()
    return [(world, expected(world)) for world in found]


def killed_by(mutant: Mutant) -> str:
    """The first difference that betrays the mutant, empty when it survives every world."""
    copy = mutated(mutant)
    for number, (world, wanted) in enumerate(corpus()):
        if found := difference(wanted, answer(copy, world)):
            return f"world {number}: {found}"
    return ""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(mutant: Mutant) -> None:
    """The changed place makes some answer differ from the oracle's."""
    assert killed_by(mutant), f"{mutant.name} survives {len(corpus())} worlds"


def test_the_unchanged_copy_survives() -> None:
    """A copy without any change agrees in every world, so it is the change that kills."""
    same = Mutant("nothing", "day", "def judge_days(", "def judge_days(")
    assert killed_by(same) == ""


def test_there_are_enough_mutants_of_every_file() -> None:
    """At least 25, each of its own, over every file of the engine; and the real rules are whole."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 25
    assert len({(mutant.file, mutant.old, mutant.new) for mutant in MUTANTS}) == len(MUTANTS)
    engine = {"day", "matching", "lateness", "resolution", "month"}
    assert engine <= {mutant.file for mutant in MUTANTS}
    assert rules.__file__ == str(FOLDER / "__init__.py")
