"""The forms for what a reader may do with a letter, on its page."""

from collections.abc import Sequence
from typing import Any

from leuit.values import new_id
from leuit.web import Request, local
from leuit.work import View
from leuit_archives.models import Letter
from leuit_archives.service.letter_course import Part
from leuit_archives.service.letter_turns import turns_of


def shown_turns(
    request: Request, view: View, letter: Letter, course: Sequence[Part]
) -> list[dict[str, Any]]:
    """Each with a key of its own, so that what is sent twice is given once."""
    return [
        {
            "kind": one.kind,
            "row": one.row,
            "open": one.is_open,
            "title": one.title,
            "key": new_id(),
            "receivers": one.receivers,
            "instructions": one.instructions,
            "sheet": one.sheet,
            "due": local(request, one.sheet.due_at) if one.sheet and one.sheet.due_at else None,
        }
        for one in turns_of(view, letter, course)
    ]
