"""Seeded defects of payments, and the last request of a life once more."""

from contextlib import AbstractContextManager

from tests.sp2d.course import World
from tests.support.seeded import Mutant
from tests.support.seeded import planted as planted_in

__all__ = ["Mutant", "again", "planted"]


def planted(mutant: Mutant) -> AbstractContextManager[None]:
    """The service of payments with that change; afterwards it is whole again."""
    return planted_in(mutant, "leuit_sp2d")


def again(made: World) -> None:
    """The last request once more, then the comparison."""
    assert made.again is not None
    made.again()
    made.check()
