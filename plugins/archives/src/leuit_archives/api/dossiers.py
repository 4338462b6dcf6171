"""Dossiers for programs: found, read with their contents, closed and opened again."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, _
from leuit.web import Request, Response, cursor_after, cursor_page, wrong_cursor
from leuit.work import Work
from leuit_archives.service.dossiers import close_dossier, reopen_dossier
from leuit_archives.service.record_access import find_dossier
from leuit_archives.service.record_listing import DossierFilter, contents, dossiers

from .records import RecordsAnswer
from .values import (
    DossierAnswer,
    changed,
    dossier_answer,
    id_of,
    lines_of,
    told,
    told_dossiers,
)


@attrs.frozen
class DossiersQuery:
    """`limit` dossiers (1 to 200) after `cursor`; the others narrow the list where they are given.

    `code` is the beginning of one, `text` is looked for in the title.
    """

    year: int = 0
    code: str = ""
    text: str = ""
    unit: UUID | None = None
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class ContentsQuery:
    """`limit` records (1 to 200) of a dossier after `cursor`, in the order of their places."""

    cursor: str = ""
    limit: int = 50


@attrs.frozen
class DossiersAnswer:
    """A page of dossiers, the newest first; `next` is the cursor of the one after, or null."""

    items: list[DossierAnswer]
    next: str | None


@attrs.frozen
class CloseBody:
    """The day as of which the dossier is complete; the version that was read."""

    version: int
    on: dt.date


@attrs.frozen
class ReopenBody:
    """Why a closed dossier is opened again; the version that was read."""

    version: int
    reason: str


def list_dossiers(request: Request) -> Response:
    """The dossiers of the units whose records the asker may read."""
    query = request.decode_query(DossiersQuery)
    cursor, limit = cursor_page(request, 1)
    if not 0 <= query.year <= 9999:
        sentence = _("Tahun itu tidak dikenal.")
        raise InvalidInputError(sentence, fields=[FieldError("year", sentence, "out_of_range")])
    wanted = DossierFilter(query.year or None, query.code[:40], query.text[:100], query.unit)
    with request.read() as view:
        found = dossiers(view, wanted, limit + 1, after=id_of(cursor[0]) if cursor else None)
        lines = told_dossiers(view, found[:limit])
    more = cursor_after(str(lines[-1].id)) if len(found) > limit else None
    return told(DossiersAnswer(lines, more))


def show(request: Request) -> Response:
    """One dossier."""
    with request.read() as view:
        answer = dossier_answer(view, request.params["dossier_id"])
    return told(answer)


def list_contents(request: Request) -> Response:
    """What lies in a dossier, as far as the asker may read it."""
    cursor, limit = cursor_page(request, 1)
    behind = _number_in(cursor[0]) if cursor else 0
    with request.read() as view:
        dossier = find_dossier(view, request.params["dossier_id"])
        found = contents(view, dossier.id, limit + 1, skip=behind)
        lines = lines_of(view, found[:limit])
    more = cursor_after(str(behind + limit)) if len(found) > limit else None
    return told(RecordsAnswer(lines, more))


def close(request: Request) -> Response:
    """Close a dossier as of a day."""
    sent = request.decode(CloseBody)
    dossier_id: UUID = request.params["dossier_id"]

    def act(work: Work) -> DossierAnswer:
        close_dossier(work, dossier_id, sent.version, sent.on)
        return dossier_answer(work, dossier_id)

    return changed(request, act)


def reopen(request: Request) -> Response:
    """Open a closed dossier again, with the reason."""
    sent = request.decode(ReopenBody)
    dossier_id: UUID = request.params["dossier_id"]

    def act(work: Work) -> DossierAnswer:
        reopen_dossier(work, dossier_id, sent.version, sent.reason)
        return dossier_answer(work, dossier_id)

    return changed(request, act)


def _number_in(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise wrong_cursor()
    return int(text)
