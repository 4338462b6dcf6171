"""What the pages of payments share: ids of addresses, versions, one way to change and answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from leuit.values import (
    InvalidInputError,
    LeuitError,
    NotFoundError,
    PermissionDeniedError,
    TooManyRequestsError,
)
from leuit.web import Request, Response, parse_id, redirect
from leuit.work import Work


def id_in(request: Request, name: str) -> UUID:
    """An id of the address; NotFoundError for anything that is none."""
    return parse_id(str(request.params[name]))


def version_in(request: Request, name: str = "version") -> int:
    """The version of the row that the page showed; -1 where it is missing, so it is stale."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def changed(
    request: Request,
    change: Callable[[Work], Any],
    path: str,
    told: str,
    again: Callable[[dict[str, str]], Response],
) -> Response:
    """Change in one unit of work, then go on; a refusal is shown on the page it came from."""
    try:
        with request.change() as work:
            change(work)
    except (NotFoundError, TooManyRequestsError, PermissionDeniedError):
        raise
    except LeuitError as error:
        if error.status >= 500:
            raise
        return again(faults_of(error))
    return redirect(path, told)


def faults_of(error: LeuitError) -> dict[str, str]:
    """The faults of an error by field; one without fields stands at the top."""
    if isinstance(error, InvalidInputError) and error.fields:
        faults: dict[str, str] = {}
        for fault in error.fields:
            faults.setdefault(fault.path, fault.sentence())
        return faults
    return {"": str(error)}
