"""Instruments for programs: which there are, their editions, and rows by code."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.regulations import Edition, editions
from leuit.values import NotFoundError, _
from leuit.web import Request, Response, cursor_after, cursor_page, wrong_cursor
from leuit.work import View
from leuit_archives.service.instrument import Instrument
from leuit_archives.service.instruments import (
    INSTRUMENTS,
    instrument_named,
    size_of,
    standing,
)

from .values import told


@attrs.frozen
class EditionAnswer:
    """An edition that was activated: from `effective_from` up to the day before `until`, null while
    nothing follows it. `count` is how many rows it has.
    """

    id: UUID
    title: str
    legal_basis: str
    source: str
    confidence: str
    effective_from: dt.date
    until: dt.date | None
    sha256: str
    count: int


@attrs.frozen
class InstrumentAnswer:
    """An instrument: `name` is its word in addresses, `columns` those of its file; `held` is the
    edition of today, or null.
    """

    name: str
    title: str
    columns: list[str]
    held: EditionAnswer | None


@attrs.frozen
class InstrumentsAnswer:
    """All instruments."""

    items: list[InstrumentAnswer]


@attrs.frozen
class EditionsAnswer:
    """The activated editions of an instrument, the earliest first."""

    items: list[EditionAnswer]


@attrs.frozen
class RowsQuery:
    """`limit` rows (1 to 200) after `cursor`, of one `edition` or of that of today.

    `code` narrows to that key and, where keys are codes, to those below it.
    """

    edition: UUID | None = None
    code: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class RowsAnswer:
    """A page of rows in the order of the edition, each by the names of its fields; `next` is the
    cursor of the one after, or null.
    """

    edition: UUID
    items: list[dict[str, Any]]
    next: str | None


def list_instruments(request: Request) -> Response:
    """Every instrument with the edition that holds today."""
    with request.read() as view:
        stands = [standing(view, one, view.today) for one in INSTRUMENTS.values()]
    return told(
        InstrumentsAnswer(
            [
                InstrumentAnswer(
                    one.instrument.name,
                    str(one.instrument.title),
                    list(one.instrument.columns),
                    _told(one.held) if one.held else None,
                )
                for one in stands
            ]
        )
    )


def list_editions(request: Request) -> Response:
    """The activated editions of one instrument."""
    instrument = instrument_named(str(request.params["name"]))
    with request.read() as view:
        found = [_told(one) for one in editions(view, instrument.regulation)]
    return told(EditionsAnswer(found))


def list_rows(request: Request) -> Response:
    """Rows of one edition."""
    instrument = instrument_named(str(request.params["name"]))
    query = request.decode_query(RowsQuery)
    cursor, limit = cursor_page(request, 1)
    start = _start_in(cursor[0]) if cursor else 0
    with request.read() as view:
        held = _edition(view, instrument, query.edition)
        rows = [
            row
            for row in instrument.rows(view, held)
            if not query.code or _is_within(instrument.key(row), query.code)
        ]
    shown = [attrs.asdict(row) for row in rows[start : start + limit]]
    more = cursor_after(str(start + limit)) if len(rows) > start + limit else None
    return told(RowsAnswer(held.id, shown, more))


def _edition(view: View, instrument: Instrument[Any], wanted: UUID | None) -> Edition:
    """An activated edition, or that of today; drafts are no matter of programs."""
    if wanted is None:
        held = standing(view, instrument, view.today).held
        if held is None:
            raise NotFoundError(_("Belum ada edisi yang berlaku hari ini."))
        return held
    for one in editions(view, instrument.regulation):
        if one.id == wanted:
            return one
    raise NotFoundError(_("Edisi itu bukan dari instrumen ini."))


def _is_within(key: str, code: str) -> bool:
    return key == code or key.startswith(f"{code}.")


def _told(held: Edition) -> EditionAnswer:
    return EditionAnswer(
        id=held.id,
        title=held.title,
        legal_basis=held.legal_basis,
        source=held.source,
        confidence=held.confidence,
        effective_from=held.effective_from,
        until=held.until,
        sha256=held.body_sha256,
        count=size_of(held),
    )


def _start_in(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise wrong_cursor()
    return int(text)
