"""The order of a document's steps: paraf and signatures, one after another or side by side.

Steps with one number form a group, whose members may act in any order; a group opens when every
step before it is done. One refusal ends the chain.
"""

from collections.abc import Sequence
from typing import Literal

import attrs

StepState = Literal["waiting", "open", "done", "refused"]
ChainState = Literal["running", "done", "refused"]


@attrs.frozen
class Link:
    """One step: its place in the order, and how it stands."""

    number: int
    state: StepState = "waiting"


def state_of(links: Sequence[Link]) -> ChainState:
    """How the chain stands: refused by anybody, done by all, or running."""
    if any(link.state == "refused" for link in links):
        return "refused"
    return "done" if all(link.state == "done" for link in links) else "running"


def opened(links: Sequence[Link]) -> list[Link]:
    """The same steps with those open whose turn it is; a chain that has ended has none open."""
    if state_of(links) != "running":
        return [
            attrs.evolve(link, state="waiting") if link.state == "open" else link for link in links
        ]
    turn = min(link.number for link in links if link.state != "done")
    return [
        attrs.evolve(link, state="open" if link.number == turn else "waiting")
        if link.state != "done"
        else link
        for link in links
    ]
