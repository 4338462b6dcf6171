"""TPP base amounts by program: listed, tried by a file, stored."""

import datetime as dt
from typing import Literal

import attrs

from leuit.values import one_line
from leuit.web import Request, Response, Upload, json_answer
from leuit.work import Work
from leuit_sp2d.service.tpp_import import (
    ReceivedBases,
    listed_bases,
    receive_bases,
    store_bases,
    try_bases,
)

from .once import prepared
from .paging import next_place, page_by_place
from .reports import CountsAnswer, ReportAnswer, refused_by_row, told, told_at


@attrs.frozen
class BasesQuery:
    """`limit` amounts (1 to 200) after `cursor`; `text` is a part of a name, or a NIP."""

    text: str = ""
    cursor: str = ""
    limit: int = 50


@attrs.frozen
class BaseAnswer:
    """What a person's whole TPP of a month is since a day, in rupiah, by which decree."""

    name: str
    nip: str
    amount: int
    valid_from: dt.date
    decree: str


@attrs.frozen
class BasesAnswer:
    """A page by name, the latest amount of each first; `count` is that of all pages."""

    items: list[BaseAnswer]
    count: int
    next: str | None


@attrs.frozen
class BasesForm:
    """Amounts by a CSV or XLSX of nip, nama, nominal, berlaku_sejak and dasar_keputusan.

    A row that says otherwise than what is recorded for the same day is refused, unless `replace`
    is true. `digest` is that of the report that was read.
    """

    file: Upload
    replace: Literal["false", "true"] = "false"
    digest: str = ""


@attrs.frozen
class BasesStoredAnswer:
    """What was stored."""

    counts: CountsAnswer


def list_bases(request: Request) -> Response:
    """Base amounts; what others earn is personal data, so the reading is noted."""
    query = request.decode_query(BasesQuery)
    start, limit = page_by_place(request)
    with request.read() as view:
        rows, count = listed_bases(view, one_line(query.text)[:80], limit, start)
    more = next_place(start, limit, count)
    return json_answer(BasesAnswer([BaseAnswer(**attrs.asdict(row)) for row in rows], count, more))


def try_import(request: Request) -> Response:
    """What storing the file would do to each person."""
    received = _received(request, request.decode_form(BasesForm))
    with request.read() as view:
        report = try_bases(view, received)
    return json_answer(ReportAnswer(**told(report)))


def import_bases(request: Request) -> Response:
    """Store the amounts."""
    sent = request.decode_form(BasesForm)

    def act(work: Work, received: ReceivedBases) -> BasesStoredAnswer:
        with refused_by_row():
            report = store_bases(work, received, digest=sent.digest or None)
        return BasesStoredAnswer(CountsAnswer(**report.counts))

    return prepared(request, lambda: _received(request, sent), act)


def _received(request: Request, sent: BasesForm) -> ReceivedBases:
    replace = sent.replace == "true"
    with told_at("file"):
        return receive_bases(request.app, sent.file.data, sent.file.filename, replace=replace)
