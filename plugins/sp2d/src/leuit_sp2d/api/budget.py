"""DPA and SPD by program: a file or a share is tried, which changes nothing, then stored.

Beside the key of a request the number of a document keeps it single: the same content under it is
answered as stored before, another is refused.
"""

import datetime as dt
from typing import Annotated
from uuid import UUID

import attrs
import msgspec

from leuit.web import Request, Response, Upload, json_answer
from leuit.work import Work
from leuit_sp2d.service.dpa import DpaHead
from leuit_sp2d.service.dpa_import import ReceivedDpa, StoredDpa, receive_dpa, store_dpa, try_dpa
from leuit_sp2d.service.spd import IssuedSpd, SpdHead, store_spd, try_spd
from leuit_sp2d.service.spd_request import Share, SpdRequest, parse_percent, read_spd

from .bounds import Year
from .once import changed, prepared
from .reports import CountsAnswer, ReportAnswer, refused_by_row, told, told_at

Quarter = Annotated[int, msgspec.Meta(ge=1, le=4)]


@attrs.frozen
class DpaForm:
    """The whole budget of an SKPD: sub_kegiatan, nama_sub_kegiatan, rekening, nama_rekening, pagu.

    CSV or XLSX; a line that it does not name becomes zero. `stage` is M, P or P.04; `digest` is
    that of the report that was read.
    """

    unit: UUID
    year: int
    stage: str
    number: str
    dated: dt.date
    skpd_code: str
    file: Upload
    digest: str = ""


@attrs.frozen
class SpdForm:
    """What is released of each line, by a CSV or XLSX of sub_kegiatan, rekening and nilai.

    `quarter` is 1 to 4; `digest` is that of the report that was read.
    """

    unit: UUID
    year: int
    quarter: int
    number: str
    dated: dt.date
    file: Upload
    digest: str = ""


@attrs.frozen
class SpdShareBody:
    """A share of the ceiling of every line, in `percent` as text (25 or 12,5), above 0 to 100.

    It is never more than what a line has left; `digest` is that of the report that was read.
    """

    unit: UUID
    year: Year
    quarter: Quarter
    number: str
    dated: dt.date
    percent: str
    digest: str = ""


@attrs.frozen
class DpaReportAnswer(ReportAnswer):
    """A report with the ceilings `before` and by the file, and what is drawn back of SPDs."""

    before: int
    total: int
    drawn: int


@attrs.frozen
class SpdReportAnswer(ReportAnswer):
    """A report with the sum that would be released."""

    total: int


@attrs.frozen
class DpaStoredAnswer:
    """The edition, counted by `sequence` in unit and year; `known_before` changed nothing."""

    id: UUID
    sequence: int
    known_before: bool
    counts: CountsAnswer | None


@attrs.frozen
class SpdIssuedAnswer:
    """The SPD; `known_before` changed nothing."""

    id: UUID
    known_before: bool
    counts: CountsAnswer | None


def try_import(request: Request) -> Response:
    """What storing a DPA would do to each line."""
    received = _received(request, request.decode_form(DpaForm))
    with request.read() as view:
        plan = try_dpa(view, received)
    if isinstance(plan, StoredDpa):
        return json_answer(DpaReportAnswer(**told(None, plan.id), before=0, total=0, drawn=0))
    return json_answer(
        DpaReportAnswer(**told(plan.report), before=plan.before, total=plan.total, drawn=plan.drawn)
    )


def import_dpa(request: Request) -> Response:
    """Store an edition of a DPA."""
    sent = request.decode_form(DpaForm)

    def act(work: Work, received: ReceivedDpa) -> DpaStoredAnswer:
        with refused_by_row():
            stored = store_dpa(work, received, digest=sent.digest or None)
        counts = CountsAnswer(**stored.report.counts) if stored.report else None
        return DpaStoredAnswer(stored.id, stored.sequence, stored.is_repeated, counts)

    return prepared(request, lambda: _received(request, sent), act)


def try_release(request: Request) -> Response:
    """What an SPD by a file would release of each line."""
    sent = request.decode_form(SpdForm)
    return _tried(request, _head(sent), _rows(sent))


def release(request: Request) -> Response:
    """Issue an SPD by a file."""
    sent = request.decode_form(SpdForm)
    return _issued(request, _head(sent), _rows(sent), sent.digest)


def try_share(request: Request) -> Response:
    """What an SPD of a share would release of each line."""
    sent = request.decode(SpdShareBody)
    return _tried(request, _head(sent), _share(sent))


def release_share(request: Request) -> Response:
    """Issue an SPD of a share of every line."""
    sent = request.decode(SpdShareBody)
    return _issued(request, _head(sent), _share(sent), sent.digest)


def _received(request: Request, sent: DpaForm) -> ReceivedDpa:
    head = DpaHead(sent.unit, sent.year, sent.stage, sent.number, sent.dated, sent.skpd_code)
    with told_at("file"):
        return receive_dpa(request.app, head, sent.file.data, sent.file.filename)


def _rows(sent: SpdForm) -> SpdRequest:
    with told_at("file"):
        return read_spd(sent.file.data)


def _share(sent: SpdShareBody) -> SpdRequest:
    with told_at("percent"):
        return Share(parse_percent(sent.percent))


def _head(sent: SpdForm | SpdShareBody) -> SpdHead:
    return SpdHead(sent.unit, sent.year, sent.quarter, sent.number, sent.dated)


def _tried(request: Request, head: SpdHead, asked: SpdRequest) -> Response:
    with request.read() as view:
        plan = try_spd(view, head, asked)
    if isinstance(plan, IssuedSpd):
        return json_answer(SpdReportAnswer(**told(None, plan.id), total=0))
    return json_answer(SpdReportAnswer(**told(plan.report), total=plan.total))


def _issued(request: Request, head: SpdHead, asked: SpdRequest, digest: str) -> Response:
    def act(work: Work) -> SpdIssuedAnswer:
        with refused_by_row():
            issued = store_spd(work, head, asked, digest=digest or None)
        counts = CountsAnswer(**issued.report.counts) if issued.report else None
        return SpdIssuedAnswer(issued.id, issued.is_repeated, counts)

    return changed(request, act)
