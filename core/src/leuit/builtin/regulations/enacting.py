"""An edition put in force at one go, by the two people that it takes."""

from leuit.identity import Identity
from leuit.work import Leuit

from .decisions import activate, propose
from .drafting import Draft, draft_edition
from .lookup import edition


def enact_edition(
    app: Leuit, kind: str, draft: Draft, *, drafter: Identity, activator: Identity
) -> None:
    """Have one person draft and propose it, and another activate it, as on the pages.

    For demonstrations; nothing happens when an edition of the kind holds on that day already.
    """
    with app.read(drafter) as view:
        if edition(view, kind, draft.effective_from) is not None:
            return
    with app.change(drafter) as work:
        row = draft_edition(work, kind, draft)
        propose(work, row.id, row.version)
        written, version = row.id, row.version
    with app.change(activator) as work:
        activate(work, written, version)
