"""Categories to choose from when a product is begun: those that are open, in their groups."""

from uuid import UUID

import attrs
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from leuit.work import View
from leuit_ecatalog.models import Category


@attrs.frozen
class CategoryGroup:
    """A category of the second level and the open ones below it, by id and name."""

    name: str
    path: str
    choices: tuple[tuple[UUID, str], ...]


def category_groups(view: View, text: str = "") -> list[CategoryGroup]:
    """The groups in the order of their codes; with `text` only what has it in its path."""
    parent = aliased(Category)
    query = (
        select(Category.id, Category.name, parent.name, parent.path)
        .join(parent, parent.id == Category.parent_id)
        .where(Category.level == 3, Category.hidden.is_(False))
        .order_by(Category.code)
    )
    for word in text.lower().split():
        plain = word.replace("%", "").replace("_", "")
        query = query.where(func.lower(Category.path).like(f"%{plain}%"))
    groups: dict[str, tuple[str, list[tuple[UUID, str]]]] = {}
    for id_, name, group, path in view.session.execute(query):
        groups.setdefault(path, (group, []))[1].append((id_, name))
    return [CategoryGroup(name, path, tuple(choices)) for path, (name, choices) in groups.items()]
