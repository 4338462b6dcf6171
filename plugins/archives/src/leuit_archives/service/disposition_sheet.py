"""The printed sheet of dispositions (lembar disposisi) of a letter, as it stands now."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.documents import Letterhead, letterhead_on, render_pdf
from leuit.identity import Identity
from leuit.values import format_date, format_time, local_time
from leuit.work import Leuit, View
from leuit_archives.models import Letter
from leuit_archives.models.dispositions import CANCELLED
from leuit_archives.rules.secrecy import SECRET_FROM

from .letter_access import find_letter, ref_of
from .letter_course import Part, Sheet, course_of
from .letter_levels import grade_words

_TEMPLATE = Path(__file__).parent.parent / "documents" / "disposition.typ"
_STATES = {
    "new": "Belum dibaca",
    "read": "Dibaca",
    "acted": "Ditindaklanjuti",
    "done": "Selesai",
    "cancelled": "Ditarik kembali",
}
"""Words on paper, which is in Indonesian whoever prints it."""


def draw_sheet(app: Leuit, identity: Identity, letter_id: UUID) -> tuple[bytes, str]:
    """The PDF and its name, for whoever may read the letter; call it outside a unit of work.

    Unlike the letter it is no record: the course itself is kept, and printed again as it stands.
    """
    with app.read(identity) as view:
        letter = find_letter(view, letter_id)
        if letter.secrecy >= SECRET_FROM:
            view.note_access(ref_of(letter), fields=["dispositions"])
        letterhead = letterhead_on(view, letter.unit_id, view.today)
        values = _values(view, letter, letterhead)
        now = view.now
        agenda = letter.agenda or 0
    title = f"Lembar disposisi {letter.number}".strip()
    pdf = render_pdf(_TEMPLATE, values, title=title, now=now, author=letterhead.government)
    return pdf, f"lembar-disposisi-{agenda:04d}-{letter.year}.pdf"


def _values(view: View, letter: Letter, letterhead: Letterhead) -> dict[str, Any]:
    grades = grade_words(view, letter.received_on or view.today)
    facts = [
        ("Nomor agenda", f"{letter.agenda}/{letter.year}" if letter.agenda else "–"),
        ("Surat dari", letter.sender or "–"),
        ("Nomor surat", letter.number or "–"),
        ("Tanggal surat", format_date(letter.dated) if letter.dated else "–"),
        ("Diterima", format_date(letter.received_on) if letter.received_on else "–"),
        ("Hal", letter.subject),
    ]
    return {
        "letterhead": attrs.asdict(letterhead),
        "secret": grades.get(letter.secrecy, "") if letter.secrecy >= SECRET_FROM else "",
        "facts": facts,
        "sheets": list(_sheets(view, course_of(view, letter.id))),
    }


def _sheets(view: View, course: Sequence[Part]) -> Iterator[dict[str, Any]]:
    for part in course:
        for sheet in part.sheets:
            yield from _with_below(view, sheet, 0)


def _with_below(view: View, sheet: Sheet, depth: int) -> Iterator[dict[str, Any]]:
    one = sheet.disposition
    there = local_time(one.created_at, view.app.zone)
    due = local_time(one.due_at, view.app.zone) if one.due_at else None
    yield {
        "depth": min(depth, 4),
        "giver": f"{one.acted_as}: {sheet.giver}",
        "when": f"{format_date(there)}, {format_time(there)}",
        "words": [told["text"] for told in one.instructions],
        "note": one.note,
        "due": format_date(due) if due else "",
        "rows": [
            {
                "title": branch.receiver.title
                + (" (koordinator)" if branch.receiver.coordinator else ""),
                "state": _STATES[branch.receiver.state],
                "report": branch.receiver.report or "–",
            }
            for branch in sheet.branches
        ],
    }
    for branch in sheet.branches:
        if branch.receiver.state != CANCELLED:
            for below in branch.sheets:
                yield from _with_below(view, below, depth + 1)
