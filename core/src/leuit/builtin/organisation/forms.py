"""What all forms of this part share: show, read, act, and put a refusal where it belongs."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import Unit
from leuit.values import ConflictError, InvalidInputError, _
from leuit.web import Choice, Field, FormPage, Request, Response, redirect
from leuit.work import View

from .shown import unit_tree
from .units import KINDS

Act = Callable[[dict[str, Any]], tuple[str, str]]


def run_form(request: Request, form: FormPage, act: Act) -> Response:
    """Show the form (GET), or act on it: `act` returns the next address and the notice there."""
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                path, notice = act(values)
            except InvalidInputError as error:
                form.refuse(error)
            except ConflictError as error:
                form.errors[""] = str(error)
            else:
                return redirect(path, notice)
    return form.answer(request)


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


def version_of(values: dict[str, Any]) -> int:
    """The version that a form carried along; anything else is a page of long ago."""
    text = str(values.get("version") or "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInputError(_("Muat ulang halaman, lalu ulangi perubahan Anda."))
    return int(text)
