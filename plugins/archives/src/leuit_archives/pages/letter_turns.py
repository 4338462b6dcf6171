"""What a reader may do with a letter: give a disposition, hand one on, report, or let it be."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from leuit.values import new_id
from leuit.web import Request, local
from leuit.work import View
from leuit_archives.models import Disposition, Letter
from leuit_archives.models.letters import TO
from leuit_archives.rules.disposition import OPEN
from leuit_archives.service.disposition_rules import disposition_rules
from leuit_archives.service.letter_course import Part, branches_of
from leuit_archives.service.posts import acting_posts, title_of
from leuit_archives.service.receivers import receivers


def turns_of(
    request: Request, view: View, letter: Letter, course: Sequence[Part]
) -> list[dict[str, Any]]:
    """One entry for each post of the reader's that the letter, or a disposition, came to; each has
    a key of its own, so that what is sent twice is given once.

    `kind` is addressee or receiver; `open` says whether something is still wanted of him.
    """
    posts = acting_posts(view)
    rules = disposition_rules(view)

    def offered(post: UUID) -> dict[str, Any]:
        return {
            "title": title_of(view, post),
            "key": new_id(),
            "receivers": receivers(view, post, letter, rules),
            "instructions": rules.instructions,
        }

    found: list[dict[str, Any]] = []
    for part in course:
        row = part.addressee
        if row.position_id in posts and row.position_id and row.delivered_at and row.part == TO:
            turn = {"kind": "addressee", "row": row, "open": row.settled_at is None}
            found.append(turn | offered(row.position_id))
    for branch in branches_of(course):
        got = branch.receiver
        if got.position_id in posts and got.state in OPEN:
            sheet = view.session.get_one(Disposition, got.disposition_id)
            turn = {"kind": "receiver", "row": got, "open": True, "sheet": sheet}
            turn["due"] = local(request, sheet.due_at) if sheet.due_at else None
            found.append(turn | offered(got.position_id))
    return found
