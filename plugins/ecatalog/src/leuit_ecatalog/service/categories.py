"""The order of the catalogue as it stands: the tree of categories, one category, the kecamatan."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.values import NotFoundError, RecordRef, StaleEditError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Attribute, Category, District, Product
from leuit_ecatalog.permissions import ARRANGE

HIDDEN, OPENED = "ecatalog.category.hidden", "ecatalog.category.opened"


@attrs.frozen
class CategoryRow:
    """A category in the tree, with how many products hang on it, whatever their state."""

    id: UUID
    code: str
    level: int
    name: str
    kind: str
    hidden: bool
    products: int


def category_rows(view: View, below: str = "") -> list[CategoryRow]:
    """All categories by code, or those below a code; products are counted at level 3."""
    counts = (
        select(Product.category_id, func.count().label("number"))
        .group_by(Product.category_id)
        .subquery()
    )
    query = (
        select(
            Category.id,
            Category.code,
            Category.level,
            Category.name,
            Category.kind,
            Category.hidden,
            func.coalesce(counts.c.number, 0),
        )
        .outerjoin(counts, counts.c.category_id == Category.id)
        .order_by(Category.code)
    )
    if below:
        query = query.where(Category.code.startswith(f"{below}.", autoescape=True))
    return [CategoryRow(*row) for row in view.connection.execute(query)]


def find_category(view: View, category_id: UUID) -> Category:
    """A category by its id; NotFoundError where there is none."""
    found = view.session.get(Category, category_id)
    if found is None:
        raise NotFoundError(_("Kategori itu tidak ada."), advice=_("Pilih dari daftar."))
    return found


def attributes_of(view: View, category_id: UUID) -> Sequence[Attribute]:
    """The attributes of a category in their order."""
    query = select(Attribute).where(Attribute.category_id == category_id).order_by(Attribute.place)
    return view.session.scalars(query).all()


def districts(view: View) -> list[tuple[str, str]]:
    """The kecamatan by name: code and name."""
    query = select(District.code, District.name).order_by(District.name)
    return [(row.code, row.name) for row in view.connection.execute(query)]


def hide_category(work: Work, category_id: UUID, version: int, *, hidden: bool) -> Category:
    """Close a category to new products, or open it again; what is in it stays.

    Raises StaleEditError for another version, PermissionDeniedError.
    """
    work.require_on_root(ARRANGE)
    found = find_category(work, category_id)
    work.session.refresh(found, with_for_update=True)
    if found.version != version:
        raise StaleEditError(
            _("Kategori itu baru saja diubah orang lain."), advice=_("Muat ulang halaman.")
        )
    if found.hidden != hidden:
        found.hidden = hidden
        found.version += 1
        ref = RecordRef("ecatalog.category", str(found.id), found.path)
        work.audit(HIDDEN if hidden else OPENED, ref)
    return found
