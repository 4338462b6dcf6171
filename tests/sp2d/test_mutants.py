"""Every seeded mutant of payments is killed by one fixed life beside the oracle.

The life is the same every time, so a mutant dies at the same request every time.
"""

import importlib
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from leuit.values import LeuitError, ManualClock
from leuit.work import Leuit
from tests.sp2d.course import World, world
from tests.sp2d.mutants import MUTANTS, live
from tests.sp2d.seeded import Mutant, planted
from tests.sp2d.treasury import treasury

pytestmark = pytest.mark.ci


@pytest.fixture
def made(app: Leuit, clock: ManualClock) -> World:
    """A fresh treasury: what a mutant has spoilt is nobody else's."""
    return world(treasury(app), clock)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(made: World, mutant: Mutant, engine: str) -> None:
    """The changed place gives some request another answer, or some rupiah another place."""
    try:
        with planted(mutant):
            live(made)
    except (AssertionError, LeuitError, SQLAlchemyError, LookupError) as error:
        assert "exactly once" not in str(error), error
        return
    pytest.fail(f"{mutant.name} survives")


def test_the_unchanged_copy_survives(made: World) -> None:
    """A copy without any change passes the whole life, so it is the change that kills."""
    for name in sorted({mutant.module for mutant in MUTANTS}):
        source = Path(str(importlib.import_module(f"leuit_sp2d.{name}").__file__)).read_text(
            "utf-8"
        )
        first = source[: source.index("\n\n")]
        with planted(Mutant("nothing", name, first, first)):
            pass
    with planted(Mutant("nothing", "service.chain", "def take_step(", "def take_step(")):
        live(made)


@pytest.mark.parametrize("old", ["no such text", "payment"])
def test_a_mutant_whose_place_is_gone_is_told(old: str) -> None:
    """A text that the source does not hold, or holds twice, is an error and no quiet success."""
    with (
        pytest.raises(LookupError, match="exactly once"),
        planted(Mutant("lost", "service.chain", old, "")),
    ):
        pass


def test_there_are_enough_mutants() -> None:
    """At least twenty, no two alike, in all modules that move money or decide who may."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20
    assert len({(mutant.module, mutant.old, mutant.new) for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant.module for mutant in MUTANTS}) >= 10
