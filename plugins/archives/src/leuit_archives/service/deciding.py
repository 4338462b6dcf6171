"""Posts for which a reader decides today: he holds them, and nobody stands in for him."""

from uuid import UUID

from leuit.identity import decided_by, holders_of_held
from leuit.work import View

_HELD = holders_of_held()
_KEPT = "archives.deciding"


def deciding_posts(view: View) -> frozenset[UUID]:
    """Their ids; asked once in a view."""
    if _KEPT not in view.kept:
        person_id = view.identity.person_id
        posts: dict[UUID, str] = {}
        if person_id is not None:
            asked = {"person_id": person_id, "on": view.today}
            posts = decided_by(person_id, view.connection.execute(_HELD, asked).all())
        view.kept[_KEPT] = frozenset(posts)
    found: frozenset[UUID] = view.kept[_KEPT]
    return found
