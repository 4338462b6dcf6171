"""Questions that the forms of this part share: units, their kinds, and days."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.identity import Unit
from leuit.web import Choice, Field
from leuit.work import View

from .shown import unit_tree
from .units import KINDS


def unit_choices(view: View, permission: str) -> Sequence[Choice]:
    """The units of today on which the reader holds a permission, below one another."""
    allowed = set(view.session.execute(view.units(permission)).scalars())
    lines = [line for line in unit_tree(view) if line.id in allowed]
    return [Choice(str(line.id), f"{'– ' * line.depth}{line.short}") for line in lines]


def kind_choices() -> Sequence[Choice]:
    """The kinds of units."""
    return [Choice(kind, kind.replace("_", " ").capitalize()) for kind in KINDS]


def day_field(label: str, hint: str = "", *, required: bool = True, name: str = "on") -> Field:
    """A question for a date."""
    return Field(name, label, "date", hint=hint, required=required, width="medium")


def unit_name(view: View, unit_id: UUID) -> str:
    """The abbreviation of a unit."""
    return view.session.execute(select(Unit.short).where(Unit.id == unit_id)).scalar_one()
