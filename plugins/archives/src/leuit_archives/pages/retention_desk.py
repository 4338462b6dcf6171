"""The archivist's desk: piles with their counts, a chart of what comes, and the pile itself."""

from typing import Any, cast

from leuit.values import _
from leuit.web import PAGE_SIZE, Request, Response, page
from leuit_archives.models import Retention
from leuit_archives.permissions import MANAGE_HOLDS, PROPOSE, REAPPRAISE, TRANSFER
from leuit_archives.rules.final_actions import FINAL_ACTIONS
from leuit_archives.rules.lifecycle import STATES
from leuit_archives.rules.retention import STEPS
from leuit_archives.rules.triggers import TRIGGERS
from leuit_archives.service.official_lists import BY_RETENTION
from leuit_archives.service.record_access import signature_of
from leuit_archives.service.retention_desk import (
    PILES,
    Pile,
    Piled,
    due_by_year,
    pile,
    pile_counts,
    unfiled_count,
)

from .asked import cursor_in, next_page

HOME = "/archives/desk"


def show_desk(request: Request) -> Response:
    """What is due, waits or is held, of the units whose records the reader may read."""
    asked = request.query.get("pile", "")
    name = cast("Pile", asked if asked in PILES else "transfer")
    with request.read() as view:
        found = pile(view, name, PAGE_SIZE + 1, after=cursor_in(request))
        counts, unfiled, years = pile_counts(view), unfiled_count(view), due_by_year(view)
        rights = {
            "transfer": view.allows_anywhere(TRANSFER),
            "propose": view.allows_anywhere(PROPOSE),
            "appraise": view.allows_anywhere(REAPPRAISE),
            "hold": view.allows_anywhere(MANAGE_HOLDS),
        }
    late = years[0].count
    top = max([one.count for one in years] + [1])
    return page(
        request,
        "archives/retention_desk.html",
        pile=name,
        piles=[(key, title, counts[key]) for key, title in PILES.items()],
        unfiled=unfiled,
        lists=[(key, one.title) for key, one in BY_RETENTION.items()],
        rows=[row_of(one) for one in found[:PAGE_SIZE]],
        more=next_page(request, found, PAGE_SIZE, lambda one: str(one.dossier.id)),
        caption=_("%s berkas sudah lewat waktunya.") % late
        if late
        else _("Tidak ada berkas yang lewat waktunya."),
        bars=[
            {
                "label": one.label,
                "value": one.count,
                "highlight": one.late,
                "show_label": place % 2 == 0,
            }
            for place, one in enumerate(years)
        ],
        top=top + top % 2,
        rights=rights,
        home=HOME,
    )


def next_word(kept: Retention) -> str:
    """What comes next in words; of what lies on a list or has ended, its state."""
    return str(STEPS.get(kept.next_step) or STATES[kept.state])  # type: ignore[call-overload]  # stored from the same words


def row_of(one: Piled) -> dict[str, Any]:
    """A dossier as lists of the lawful end show it."""
    kept = one.retention
    waits = [str(TRIGGERS[kind]) for kind in kept.waits_for.split(",") if kind]
    return {
        "dossier": one.dossier,
        "number": signature_of(one.dossier),
        "unit": one.unit,
        "step": next_word(kept),
        "due_on": kept.due_on,
        "waits": ", ".join(waits),
        "final": FINAL_ACTIONS[kept.final_action],
    }
