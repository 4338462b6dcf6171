"""LPJs of floats by program: written with receipts and evidence, submitted, approved, sent back."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import Unit
from leuit.web import (
    Request,
    Response,
    Upload,
    file_answer,
    json_answer,
)
from leuit.work import StoredFile, View, Work
from leuit_sp2d.models import Lpj
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.lpj import (
    SpentReceipt,
    draft_lpj,
    drop_lpj,
    evidence_of,
    find_lpj,
    receipts_of,
    revise_lpj,
)
from leuit_sp2d.service.lpj_files import (
    add_lpj_evidence,
    read_lpj_evidence,
    receive_lpj_evidence,
    remove_lpj_evidence,
)
from leuit_sp2d.service.lpj_listing import lpjs, refill_of
from leuit_sp2d.service.lpj_steps import approve_lpj, return_lpj, submit_lpj

from .bounds import Amount, Note, Version
from .once import changed, prepared
from .paging import cut, page_by_id
from .steps import ReasonBody
from .values import ReasonAnswer


@attrs.frozen
class AccountsQuery:
    """`limit` LPJs (1 to 200) after `cursor`."""

    cursor: str = ""
    limit: int = 50


@attrs.frozen
class AccountListed:
    """An LPJ in the list; `refill` is the payment (GU) that refills it."""

    id: UUID
    number: str
    unit: str
    purpose: str
    total: int
    state: str
    since: dt.datetime
    refill: UUID | None


@attrs.frozen
class AccountsAnswer:
    """A page of LPJs, the newest first; `next` is the cursor of the one after, or null."""

    items: list[AccountListed]
    next: str | None


@attrs.frozen
class ReceiptBody:
    """What was paid out of the float on a day, and the budget line that shall bear it."""

    line: UUID
    amount: Amount
    number: str
    dated: dt.date
    note: str = ""


@attrs.frozen
class AccountBody:
    """What was spent of the float of this year, in 1 to 200 receipts; its writer submits it."""

    unit: UUID
    purpose: str
    receipts: list[ReceiptBody]


@attrs.frozen
class AccountRevisionBody:
    """The whole LPJ anew, and the version that was read."""

    version: Version
    purpose: str
    receipts: list[ReceiptBody]


@attrs.frozen
class AccountVersionBody:
    """The version that was read."""

    version: Version


@attrs.frozen
class AccountVersionQuery:
    """The version that was read."""

    version: int


@attrs.frozen
class ApprovalBody:
    """The version that was read, and a word beside the approval."""

    version: Version
    note: Note = ""


@attrs.frozen
class AccountReturnBody:
    """Why the LPJ goes back to its writer."""

    version: Version
    reasons: list[ReasonBody]
    note: Note = ""


@attrs.frozen
class AccountEvidenceForm:
    """A PDF, PNG or JPEG (at most 20 MB) that proves receipts, and the version that was read."""

    version: int
    file: Upload


@attrs.frozen
class ReceiptAnswer:
    """A receipt and the budget line that bears it."""

    line: UUID
    amount: int
    number: str
    dated: dt.date
    note: str


@attrs.frozen
class AccountFileAnswer:
    """A file of the LPJ; `size` in bytes."""

    id: UUID
    name: str
    sha256: str
    size: int
    added_at: dt.datetime


@attrs.frozen
class AccountAnswer:
    """An LPJ as it stands: draft, submitted, returned, approved or dropped.

    Reasons and note are those of the last decision. An approved one is refilled by the payment
    `refill`, once there is one.
    """

    id: UUID
    unit_id: UUID
    unit: str
    year: int
    number: str
    purpose: str
    total: int
    state: str
    since: dt.datetime
    version: int
    created_by: UUID
    created_at: dt.datetime
    decided_by: UUID | None
    decided_at: dt.datetime | None
    reasons: list[ReasonAnswer]
    note: str
    receipts: list[ReceiptAnswer]
    evidence: list[AccountFileAnswer]
    refill: UUID | None


def list_accounts(request: Request) -> Response:
    """The LPJs that the asker may see."""
    request.decode_query(AccountsQuery)
    before, limit = page_by_id(request)
    with request.read() as view:
        rows = lpjs(view, 0, limit + 1, before=before)
    shown, more = cut(rows, limit)
    items = [
        AccountListed(
            row.id,
            row.number,
            row.unit,
            row.purpose,
            row.total,
            row.state,
            row.since,
            row.refill_id,
        )
        for row in shown
    ]
    return json_answer(AccountsAnswer(items, more))


def show(request: Request) -> Response:
    """One LPJ."""
    with request.read() as view:
        answer = _answer(view, find_lpj(view, request.params["lpj_id"]))
    return json_answer(answer)


def create(request: Request) -> Response:
    """Write an LPJ down."""
    sent = request.decode(AccountBody)
    spent = _receipts(sent.receipts)
    return changed(
        request,
        lambda work: _told(work, draft_lpj(work, sent.unit, sent.purpose, spent)),
        201,
    )


def mend(request: Request) -> Response:
    """Change an LPJ that is with its writer."""
    sent = request.decode(AccountRevisionBody)
    spent, lpj_id = _receipts(sent.receipts), request.params["lpj_id"]
    return changed(
        request,
        lambda work: _told(work, revise_lpj(work, lpj_id, sent.purpose, spent, sent.version)),
    )


def submit(request: Request) -> Response:
    """Send it to PPK-SKPD."""
    sent, lpj_id = request.decode(AccountVersionBody), request.params["lpj_id"]
    return changed(request, lambda work: _told(work, submit_lpj(work, lpj_id, sent.version)))


def drop(request: Request) -> Response:
    """Give it up; its receipts may be accounted for by another."""
    sent, lpj_id = request.decode(AccountVersionBody), request.params["lpj_id"]
    return changed(request, lambda work: _told(work, drop_lpj(work, lpj_id, sent.version)))


def approve(request: Request) -> Response:
    """Approve it; GU may refill it from now on."""
    sent, lpj_id = request.decode(ApprovalBody), request.params["lpj_id"]
    return changed(
        request, lambda work: _told(work, approve_lpj(work, lpj_id, sent.version, sent.note))
    )


def give_back(request: Request) -> Response:
    """Send it back to its writer."""
    sent, lpj_id = request.decode(AccountReturnBody), request.params["lpj_id"]
    reasons = [Reason(one.code, "", remark=one.remark) for one in sent.reasons]
    return changed(
        request,
        lambda work: _told(work, return_lpj(work, lpj_id, sent.version, reasons, sent.note)),
    )


def attach(request: Request) -> Response:
    """Attach a file of evidence."""
    sent, lpj_id = request.decode_form(AccountEvidenceForm), request.params["lpj_id"]

    def act(work: Work, stored: StoredFile) -> AccountAnswer:
        add_lpj_evidence(work, lpj_id, sent.version, stored)
        return _told(work, find_lpj(work, lpj_id))

    return prepared(
        request,
        lambda: receive_lpj_evidence(
            request.app, request.identity, lpj_id, sent.file.filename, sent.file.data
        ),
        act,
    )


def detach(request: Request) -> Response:
    """Take a file off."""
    sent, lpj_id = request.decode_query(AccountVersionQuery), request.params["lpj_id"]

    def act(work: Work) -> AccountAnswer:
        remove_lpj_evidence(work, lpj_id, request.params["evidence_id"], sent.version)
        return _told(work, find_lpj(work, lpj_id))

    return changed(request, act)


def download(request: Request) -> Response:
    """A file of the evidence, as it was given."""
    with request.read() as view:
        found = read_lpj_evidence(view, request.params["lpj_id"], request.params["evidence_id"])
    data = request.app.blobs.get(found.sha256)
    return file_answer(data, found.name, "application/octet-stream")


def _receipts(sent: list[ReceiptBody]) -> tuple[SpentReceipt, ...]:
    return tuple(
        SpentReceipt(one.line, one.amount, one.number, one.dated, one.note) for one in sent
    )


def _told(work: Work, lpj: Lpj) -> AccountAnswer:
    work.session.flush()
    return _answer(work, lpj)


def _answer(view: View, lpj: Lpj) -> AccountAnswer:
    unit: str = view.connection.execute(
        select(Unit.name).where(Unit.id == lpj.unit_id)
    ).scalar_one()
    own = ("unit", "reasons", "receipts", "evidence", "refill")
    return AccountAnswer(
        **_same(AccountAnswer, lpj, own),
        unit=unit,
        reasons=[ReasonAnswer(**reason) for reason in lpj.reasons or []],
        receipts=[
            ReceiptAnswer(one.line_id, one.amount, one.number, one.dated, one.note)
            for one in receipts_of(view, lpj.id)
        ],
        evidence=[
            AccountFileAnswer(**_same(AccountFileAnswer, one)) for one in evidence_of(view, lpj.id)
        ],
        refill=refill_of(view, lpj.id),
    )


def _same(kind: type, row: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    names = (field.name for field in attrs.fields(kind))
    return {name: getattr(row, name) for name in names if name not in without}
