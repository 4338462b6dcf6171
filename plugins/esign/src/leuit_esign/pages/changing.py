"""Changing a document from its page: what is refused is told on that page."""

from collections.abc import Callable
from typing import Any

from leuit.values import ConflictError, InvalidInputError
from leuit.web import Request, Response, redirect
from leuit.work import Work

from .documents import id_of

Show = Callable[[Request, dict[str, str]], Response]


def changed(
    request: Request, act: Callable[[Work], Any], notice: str, show: Show, field: str = ""
) -> Response:
    """Act in a unit of work and come back to the document's page with a notice.

    `show` draws the page with what was refused; what names no field is told at `field`.
    """
    try:
        with request.change() as work:
            act(work)
    except InvalidInputError as error:
        return show(request, faults_of(error, field))
    except ConflictError as error:
        return show(request, {"": str(error)})
    return redirect(f"/esign/documents/{id_of(request)}", notice)


def faults_of(error: InvalidInputError, field: str = "") -> dict[str, str]:
    """Sentences by field; the whole one at `field` when the error names none."""
    if not error.fields:
        return {field: str(error)}
    return {fault.path: fault.sentence() for fault in error.fields}
