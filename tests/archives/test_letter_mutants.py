"""Every seeded mutant of letters and dispositions is killed by one fixed course."""

import importlib
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from leuit.values import LeuitError
from leuit.work import Leuit
from tests.archives.letter_office import LetterOffice, letter_office
from tests.archives.mutants_letters import MUTANTS, live
from tests.support.seeded import Mutant, planted

PACKAGE = "leuit_archives"
pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """A fresh office: what a mutant has spoilt is nobody else's."""
    return letter_office(app)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(office: LetterOffice, mutant: Mutant, engine: str) -> None:
    """The changed place gives some act another answer, or leaves another state."""
    try:
        with planted(mutant, PACKAGE):
            live(office)
    except (AssertionError, LeuitError, SQLAlchemyError) as error:
        assert "exactly once" not in str(error), error
        return
    pytest.fail(f"{mutant.name} survives")


def test_the_unchanged_copy_survives(office: LetterOffice) -> None:
    """Copies without any change pass the whole course, so it is the change that kills."""
    for name in sorted({mutant.module for mutant in MUTANTS}):
        module = importlib.import_module(f"{PACKAGE}.{name}")
        source = Path(str(module.__file__)).read_text("utf-8")
        first = source[: source.index("\n\n")]
        with planted(Mutant("nothing", name, first, first), PACKAGE):
            pass
    with planted(
        Mutant("nothing", "rules.disposition", "def require_open(", "def require_open("), PACKAGE
    ):
        live(office)


def test_there_are_enough_mutants() -> None:
    """At least twelve, no two alike, in every module that decides who may do what."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12
    assert len({(mutant.module, mutant.old, mutant.new) for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant.module for mutant in MUTANTS}) >= 7
