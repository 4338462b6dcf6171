"""What a reader may do with a letter: give a disposition, hand one on, report, or let it be."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import attrs

from leuit.work import View
from leuit_archives.models import Addressee, Disposition, Letter, Receiver
from leuit_archives.models.letters import TO
from leuit_archives.rules.disposition import OPEN, Instruction

from .disposition_rules import disposition_rules
from .letter_course import Part, branches_of
from .posts import Post, acting_posts, title_of
from .receivers import receivers


@attrs.frozen(kw_only=True)
class LetterTurn:
    """A post of the reader's that the letter, or a disposition of it, came to.

    `kind` says whose `row` it is; `is_open` whether something is still wanted of him. `title` is
    how he acts there; `receivers` and `instructions` are what he may choose of. `sheet` is the
    disposition that he got.
    """

    kind: Literal["addressee", "receiver"]
    row: Addressee | Receiver
    position_id: UUID
    title: str
    is_open: bool
    receivers: Sequence[Post]
    instructions: Sequence[Instruction]
    sheet: Disposition | None = None


def turns_of(view: View, letter: Letter, course: Sequence[Part]) -> list[LetterTurn]:
    """One for each post of the reader's, as an addressee first; none of a destroyed letter."""
    if letter.ended_at is not None:
        return []
    posts = acting_posts(view)
    rules = disposition_rules(view)

    def turn(
        row: Addressee | Receiver, post: UUID, is_open: bool, sheet: Disposition | None = None
    ) -> LetterTurn:
        return LetterTurn(
            kind="addressee" if sheet is None else "receiver",
            row=row,
            position_id=post,
            title=title_of(view, post),
            is_open=is_open,
            receivers=receivers(view, post, letter, rules),
            instructions=rules.instructions,
            sheet=sheet,
        )

    found: list[LetterTurn] = []
    for part in course:
        row = part.addressee
        if row.position_id in posts and row.position_id and row.delivered_at and row.part == TO:
            found.append(turn(row, row.position_id, row.settled_at is None))
    for branch in branches_of(course):
        got = branch.receiver
        if got.position_id in posts and got.state in OPEN:
            sheet = view.session.get_one(Disposition, got.disposition_id)
            found.append(turn(got, got.position_id, True, sheet))
    return found
