"""The course of a letter as it is shown: addressees, dispositions below them, what came of each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from leuit.values import Text, _
from leuit.web import Request
from leuit.work import View
from leuit_archives.models.dispositions import ACTED, CANCELLED, DONE, NEW, SEEN
from leuit_archives.models.letters import COPY
from leuit_archives.service.letter_course import Branch, Part, Sheet
from leuit_archives.service.posts import acting_posts

from .moments import when, when_day

RECEIVED: Mapping[str, tuple[Text, str]] = {
    NEW: (_("Belum dibaca"), "tunggu"),
    SEEN: (_("Dibaca"), "nila"),
    ACTED: (_("Ditindaklanjuti"), "nila"),
    DONE: (_("Selesai"), "daun"),
    CANCELLED: (_("Ditarik kembali"), "abu"),
}


def shown_course(request: Request, view: View, course: Sequence[Part]) -> list[dict[str, Any]]:
    """Addressees with what is below them; `recall` where a disposition may be taken back."""
    posts = acting_posts(view)

    def sheet_shown(sheet: Sheet) -> dict[str, Any]:
        one = sheet.disposition
        return {
            "title": f"{one.acted_as} · {sheet.giver}",
            "meta": when(request, one.created_at),
            "words": [*(told["text"] for told in one.instructions)],
            "note": one.note,
            "due": when_day(request, one.due_at),
            "branches": [
                branch_shown(branch, mine=one.position_id in posts) for branch in sheet.branches
            ],
        }

    def branch_shown(branch: Branch, *, mine: bool) -> dict[str, Any]:
        got = branch.receiver
        return {
            "id": got.id,
            "title": got.title,
            "chip": RECEIVED[got.state],
            "coordinator": got.coordinator,
            "meta": _told(request, branch),
            "report": got.report,
            "file": got.report_name,
            "recall": mine and got.state == NEW,
            "sheets": [sheet_shown(sheet) for sheet in branch.sheets],
        }

    return [
        {
            "title": part.addressee.name,
            "is_copy": part.addressee.part == COPY,
            "chip": _of_part(part),
            "meta": _told_part(request, part),
            "outcome": part.addressee.outcome,
            "sheets": [sheet_shown(sheet) for sheet in part.sheets],
        }
        for part in course
    ]


def _of_part(part: Part) -> tuple[Text, str]:
    one = part.addressee
    if one.delivered_at is None:
        return _("Belum diteruskan"), "abu"
    if one.settled_at is not None:
        return _("Ditindaklanjuti"), "daun"
    return (_("Dibaca"), "nila") if one.read_at else (_("Belum dibaca"), "tunggu")


def _told_part(request: Request, part: Part) -> str:
    one = part.addressee
    if one.settled_at is not None:
        return _by(part.settled_by, request, one.settled_at)
    return _by(part.read_by, request, one.read_at) if one.read_at else ""


def _told(request: Request, branch: Branch) -> str:
    got = branch.receiver
    if got.ended_at is not None:
        return _by(branch.ended_by, request, got.ended_at)
    return _by(branch.read_by, request, got.read_at) if got.read_at else ""


def _by(name: str, request: Request, moment: dt.datetime) -> str:
    return f"{name} · {when(request, moment)}" if name else when(request, moment)
