"""What the pages of the catalogue read out of an address, and how a date or a fault is shown."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from leuit.values import ConflictError, InvalidInputError, LeuitError, format_date
from leuit.web import Request, Response, parse_id, redirect, version_of
from leuit.work import Work


def id_in(request: Request, name: str) -> UUID:
    """An id of the address; NotFoundError for anything that is none."""
    return parse_id(str(request.params[name]))


def day_told(day: dt.date | None) -> str:
    """A day as a summary shows it; empty for none."""
    return format_date(day) if day else ""


def faults_of(error: LeuitError) -> dict[str, str]:
    """The faults of an error by field; one without fields stands at the top."""
    if isinstance(error, InvalidInputError) and error.fields:
        faults: dict[str, str] = {}
        for fault in error.fields:
            faults.setdefault(fault.path, fault.sentence())
        return faults
    return {"": str(error)}


def acted(
    request: Request,
    act: Callable[[Work, int], Any],
    path: str,
    notice: str,
    refused: Callable[[dict[str, str]], Response],
) -> Response:
    """Do one act with the version that the form carried, and go on; what speaks against it is
    shown by `refused`.
    """
    try:
        version = version_of(request.form)
        with request.change() as work:
            act(work, version)
    except (InvalidInputError, ConflictError) as error:
        return refused(faults_of(error))
    return redirect(path, notice)
