"""Pages of regulations: the list, one edition, its steps."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs

from leuit.plugins import MEGABYTE, Route
from leuit.storage import Blob
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    _,
    format_date,
    format_time,
)
from leuit.web import Listing, Request, Response, file_answer, local, page, page_number, redirect
from leuit.work import View, Work

from .body import ordered, warnings_of
from .decisions import activate, propose, withdraw
from .draft_pages import create, new, revise, show_revise
from .figures import Words, figure_tables
from .kinds import kinds
from .lookup import spans
from .models import RegulationEdition
from .register import ACTIVATE, DRAFT, READ, find, listed, names, sees_drafts
from .words import CONFIDENCE, STATUS

PAGE_SIZE = 50
MARKS = {"confidence": dict(CONFIDENCE), "status": dict(STATUS)}
DAY = dt.timedelta(days=1)


@attrs.frozen
class Row:
    """An edition in the list; `last` is the last day on which it holds."""

    edition: RegulationEdition
    kind_title: str
    last: dt.date | None
    holds: bool


@attrs.frozen
class Step:
    """Something that happened to an edition, as the timeline draws it."""

    title: str
    meta: str
    remark: str = ""
    state: str = "done"


def show_list(request: Request) -> Response:
    """Editions by kind, newest effect first, with what holds today."""
    kind, status = request.query.get("kind", ""), request.query.get("status", "")
    with request.read() as view:
        rows, total = listed(
            view,
            kind=kind,
            status=status,
            offset=(page_number(request) - 1) * PAGE_SIZE,
            limit=PAGE_SIZE,
        )
        held = spans(view)
        may_draft = view.allows_on_root(DRAFT)
        today = view.today
    titles = {name: value.title for name, value in kinds(request.app).items()}
    shown = [
        Row(
            row,
            titles.get(row.kind, row.kind),
            _last(row, held),
            _holds(held.get(row.id), today),
        )
        for row in rows
    ]
    return page(
        request,
        "regulations/list.html",
        listing=Listing.of(request, shown, total),
        titles=titles,
        marks=MARKS,
        kind=kind,
        chosen_status=status,
        may_draft=may_draft and bool(titles),
    )


def show(request: Request) -> Response:
    """One edition: its figures, where they come from, who did what, and what may be done next."""
    with request.read() as view:
        row = find(view, request.params["edition_id"])
        held = spans(view)
        context: dict[str, Any] = {
            "may_draft": view.allows_on_root(DRAFT),
            "may_activate": view.allows_on_root(ACTIVATE),
            "document": _document(view, row),
            "steps": _steps(request, view, row),
            "holds": _holds(held.get(row.id), view.today),
            "superseded": row.status == "active" and row.id not in held,
        }
    kind = kinds(request.app).get(row.kind)
    body = ordered(row.body, kind)
    return page(
        request,
        "regulations/edition.html",
        edition=row,
        kind_title=kind.title if kind else row.kind,
        shown_at=kind.shown_at.format(id=row.id) if kind else "",
        tables=figure_tables(body, Words(kind.labels, kind.words) if kind else Words()),
        warnings=warnings_of(body, kind),
        last=_last(row, held),
        mine=str(request.identity.account_id) in row.authors,
        marks=MARKS,
        **context,
    )


def source(request: Request) -> Response:
    """The stored document from which the figures were read."""
    with request.read() as view:
        document = _document(view, find(view, request.params["edition_id"]))
    if document is None:
        raise NotFoundError(_("Edisi ini tidak menyimpan naskah sumber."))
    return file_answer(request.app.blobs.get(document.sha256), document.name, document.media_type)


def propose_one(request: Request) -> Response:
    """Hand a draft on."""
    return _step(
        request,
        propose,
        _("Naskah sudah diajukan. Orang lain perlu memeriksa dan mengaktifkannya."),
    )


def activate_one(request: Request) -> Response:
    """Put a proposal in force."""
    return _step(
        request,
        activate,
        _("Edisi sudah aktif. Hitungan yang terkena akan diperbarui."),
    )


def withdraw_one(request: Request) -> Response:
    """Give up a draft or a proposal."""
    reason = request.form.get("reason", "")
    return _step(
        request,
        lambda work, edition_id, version: withdraw(work, edition_id, version, reason),
        _("Naskah sudah ditarik."),
    )


def routes() -> list[Route]:
    """All pages of regulations."""
    one = "/{edition_id:uuid}"
    post: dict[str, Any] = {"methods": ("POST",)}
    upload: dict[str, Any] = {**post, "max_body": 10 * MEGABYTE}
    return [
        Route("/", show_list, READ, name="regulations"),
        Route("/new", new, DRAFT, name="regulation_new"),
        Route("/new", create, DRAFT, name="regulation_create", **upload),
        Route(one, show, READ, name="regulation"),
        Route(one + "/source", source, READ, name="regulation_source"),
        Route(one + "/edit", show_revise, DRAFT, name="regulation_edit"),
        Route(one + "/edit", revise, DRAFT, name="regulation_revise", **upload),
        Route(one + "/propose", propose_one, DRAFT, name="regulation_propose", **post),
        Route(one + "/activate", activate_one, ACTIVATE, name="regulation_activate", **post),
        Route(one + "/withdraw", withdraw_one, READ, name="regulation_withdraw", **post),
    ]


def _step(request: Request, act: Callable[[Work, UUID, int], object], done: str) -> Response:
    edition_id: UUID = request.params["edition_id"]
    path = f"/regulations/{edition_id}"
    text = request.form.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    try:
        with request.change() as work:
            act(work, edition_id, version)
    except InvalidInputError as error:
        faults = " ".join(fault.sentence() for fault in error.fields)
        return redirect(path, f"{error.sentence()} {faults}".strip(), "bata")
    except ConflictError as error:
        return redirect(path, str(error), "bata")
    return redirect(path, done)


def _holds(span: tuple[dt.date, dt.date | None] | None, day: dt.date) -> bool:
    return span is not None and span[0] <= day and (span[1] is None or day < span[1])


def _last(
    row: RegulationEdition, held: dict[UUID, tuple[dt.date, dt.date | None]]
) -> dt.date | None:
    until = held[row.id][1] if row.id in held else row.effective_to
    return until - DAY if until else None


def _document(view: View, row: RegulationEdition) -> Blob | None:
    return view.session.get(Blob, row.source_sha256) if row.source_sha256 else None


def _steps(request: Request, view: View, row: RegulationEdition) -> list[Step]:
    """What happened, oldest first; who only reads sees the decisions, not each typing."""
    called = names(view, {UUID(revision["by"]) for revision in row.revisions if revision["by"]})
    inside = sees_drafts(view)
    steps = []
    for revision in row.revisions:
        changes = revision["changes"]
        status = next((c["after"] for c in changes if c["path"] == "status"), "")
        written = [c for c in changes if c["path"] != "status"]
        if written and not inside:
            continue
        who = called.get(UUID(revision["by"]), "–") if revision["by"] else _("Sistem")
        at = local(request, dt.datetime.fromisoformat(revision["at"]))
        steps.append(
            Step(
                _("Disusun") if revision["version"] == 1 else _TITLES[status or "draft"],
                f"{who}, {format_date(at, 'medium')} {format_time(at)}",
                row.withdrawn_reason if status == "withdrawn" else _told(written),
            )
        )
    return steps


def _told(changes: list[dict[str, Any]]) -> str:
    to = _("menjadi")
    lines = [f"{c['path']}: {_shown(c['before'])} {to} {_shown(c['after'])}" for c in changes[:10]]
    return "; ".join(lines + (["…"] if len(changes) > len(lines) else []))


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)


_TITLES = {
    "draft": _("Diubah"),
    "proposed": _("Diajukan"),
    "active": _("Diaktifkan"),
    "withdrawn": _("Ditarik"),
}
