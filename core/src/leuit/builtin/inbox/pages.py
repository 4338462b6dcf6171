"""The page Tugas: what waits for the reader, for others, and what is done; by service."""

from typing import Any
from urllib.parse import urlencode

import attrs

from leuit.plugins import InboxSource
from leuit.values import _
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number, sources_for

from .asking import Answers, Kind, Wanted, ask
from .groups import due_words, grouped, since_words

HOME = "/tasks"
KINDS: tuple[Kind, ...] = ("mine", "others", "done")


def show(request: Request) -> Response:
    """One tab of the inbox; whose tasks could not be had is told, and the rest is shown."""
    kind: Kind = next((one for one in KINDS if one == request.query.get("show")), KINDS[0])
    chosen = _chosen(request)
    # One more than the page shows: where it goes on, the last group has no number.
    end = PAGE_SIZE * (page_number(request) if kind != "done" else 1)
    answers = ask(
        request,
        Wanted(kind, end + 1, chosen.id if chosen else ""),
        request.app.settings.server.inbox_milliseconds,
    )
    return page(
        attrs.evolve(request, counted=answers.counts),
        "inbox/tasks.html",
        kind=kind,
        tabs=_tabs(kind, answers),
        pills=_pills(request, kind, chosen, answers),
        since_words=since_words,
        due_words=due_words,
        missing=[source.label for source in answers.missing],
        **(_done(answers) if kind == "done" else _open(request, kind, chosen, answers)),
    )


def _open(
    request: Request, kind: Kind, chosen: InboxSource | None, answers: Answers
) -> dict[str, Any]:
    numbers = answers.counts if kind == "mine" else answers.others
    total = numbers.get(chosen.id, 0) if chosen else sum(numbers.values())
    end = PAGE_SIZE * page_number(request)
    rows = answers.tasks[end - PAGE_SIZE : end]
    return {
        "listing": Listing.of(request, rows, total),
        "groups": grouped(answers.tasks, end - PAGE_SIZE, end, request.now),
    }


def _done(answers: Answers) -> dict[str, Any]:
    return {
        "tasks": answers.tasks[:PAGE_SIZE],
        "more": len(answers.tasks) > PAGE_SIZE,
    }


def _chosen(request: Request) -> InboxSource | None:
    """The source that the address asks for; none for a name that the reader has not."""
    wanted = request.query.get("source", "")
    return next((source for source in sources_for(request) if source.id == wanted), None)


def _tabs(kind: Kind, answers: Answers) -> list[dict[str, Any]]:
    words = {
        "mine": (_("Perlu tindakan Anda"), sum(answers.counts.values())),
        "others": (_("Menunggu orang lain"), sum(answers.others.values())),
        "done": (_("Selesai"), 0),
    }
    return [
        {"label": label, "count": count, "path": _path(name), "current": name == kind}
        for name, (label, count) in words.items()
    ]


def _pills(
    request: Request, kind: Kind, chosen: InboxSource | None, answers: Answers
) -> list[dict[str, Any]]:
    """Services that have something to show, and the chosen one; all of them for what is done."""
    numbers = {"mine": answers.counts, "others": answers.others}.get(kind)
    pills: list[dict[str, Any]] = []
    for source in sources_for(request):
        count = numbers.get(source.id, 0) if numbers is not None else None
        if count != 0 or source == chosen:
            path = _path(kind, source.id)
            current = source == chosen
            pills.append({"label": source.label, "count": count, "path": path, "current": current})
    every = {"label": _("Semua"), "count": None, "path": _path(kind), "current": chosen is None}
    return [every, *pills] if pills else []


def _path(kind: str, source: str = "") -> str:
    query = {"show": kind} if kind != "mine" else {}
    if source:
        query["source"] = source
    return f"{HOME}?{urlencode(query)}" if query else HOME
