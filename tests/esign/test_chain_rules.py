"""The order of steps, held beside a naive telling of the same rule."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from leuit_esign.rules import Link, opened, state_of


class Chain(RuleBasedStateMachine):
    """Any chain, acted on in any order by those whose step is open.

    The model knows only who has acted: everything else is worked out from scratch.
    """

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.done: set[int] = set()
        self.refused: set[int] = set()

    @initialize(numbers=st.lists(st.integers(1, 5), min_size=1, max_size=8))
    def begin(self, numbers: list[int]) -> None:
        """Steps with their numbers."""
        self.links = opened([Link(number) for number in numbers])

    def turn(self) -> set[int]:
        """Whose turn it is: the unfinished steps of the lowest unfinished number."""
        if self.refused:
            return set()
        left = [index for index in range(len(self.links)) if index not in self.done]
        lowest = min((self.links[index].number for index in left), default=0)
        return {index for index in left if self.links[index].number == lowest}

    @precondition(lambda self: self.turn())
    @rule(data=st.data(), refuses=st.booleans())
    def act(self, data: Any, refuses: bool) -> None:
        """Somebody decides his step."""
        index = data.draw(st.sampled_from(sorted(self.turn())))
        (self.refused if refuses else self.done).add(index)
        state = "refused" if refuses else "done"
        self.links[index] = attrs.evolve(self.links[index], state=state)
        self.links = opened(self.links)

    @rule()
    def look_again(self) -> None:
        """Working out whose turn it is once more changes nothing."""
        assert opened(self.links) == self.links

    @invariant()
    def the_states_are_those_of_the_model(self) -> None:
        """Open is whose turn it is, done and refused who has acted, waiting all others."""
        turn = self.turn()
        for index, link in enumerate(self.links):
            wanted = (
                "done"
                if index in self.done
                else "refused"
                if index in self.refused
                else "open"
                if index in turn
                else "waiting"
            )
            assert link.state == wanted

    @invariant()
    def the_chain_ends_when_it_must(self) -> None:
        """Refused by one, done by all, else running with somebody's turn."""
        if not self.links:
            return
        if self.refused:
            assert state_of(self.links) == "refused"
        elif len(self.done) == len(self.links):
            assert state_of(self.links) == "done"
        else:
            assert state_of(self.links) == "running"
            assert self.turn()


TestChain = Chain.TestCase
TestChain.__doc__ = "No step acts out of turn, none twice, and every chain can be finished."
