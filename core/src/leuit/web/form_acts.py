"""What all pages with forms share: show, read, act, and put a refusal where it belongs."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from starlette.responses import Response

from leuit.values import ConflictError, InvalidInputError, NotFoundError, _

from .answers import redirect
from .forms import FormPage
from .request import Request

Act = Callable[[dict[str, Any]], tuple[str, str]]


def run_form(
    request: Request, form: FormPage, act: Act, template: str = "form_page.html", **context: Any
) -> Response:
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
    return form.answer(request, template, **context)


def parse_id(text: str) -> UUID:
    """An id out of an address; NotFoundError for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(_("Halaman itu tidak ada.")) from None


def version_of(values: Mapping[str, Any]) -> int:
    """The version that a form carried along; InvalidInputError for a page of long ago."""
    text = str(values.get("version") or "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInputError(_("Muat ulang halaman, lalu ulangi perubahan Anda."))
    return int(text)
