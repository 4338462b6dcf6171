"""The versions of a letter out, and what one has against the one before it."""

from sqlalchemy import select

from leuit.identity import Person
from leuit.web import Request, Response, page
from leuit_archives.rules.version_difference import differences
from leuit_archives.service.draft_content import from_plain, told
from leuit_archives.service.outgoing import find_outgoing, versions_of

from .moments import when
from .outgoing_words import LABELS, id_of, path_of


def show_versions(request: Request) -> Response:
    """All versions; the one that the address names, or the newest, beside its forerunner."""
    letter_id = id_of(request)
    with request.read() as view:
        letter, draft = find_outgoing(view, letter_id)
        rows = versions_of(view, letter_id)
        ids = {row.saved_by for row in rows}
        people = select(Person.id, Person.name).where(Person.id.in_(ids))
        names = {row.id: row.name for row in view.session.execute(people)}
        asked = request.query.get("n", "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
        chosen = next((row for row in rows if row.number == number), rows[0])
        before = next((row for row in rows if row.number == chosen.number - 1), None)
        changed = (
            differences(
                told(view, from_plain(before.content)), told(view, from_plain(chosen.content))
            )
            if before
            else ()
        )
    return page(
        request,
        "archives/outgoing_versions.html",
        letter=letter,
        path=path_of(letter_id),
        chosen=chosen,
        latest=draft.latest,
        first=before is None,
        changed=changed,
        labels=LABELS,
        rows=[
            {"row": row, "who": names[row.saved_by], "when": when(request, row.saved_at)}
            for row in rows
        ],
    )
