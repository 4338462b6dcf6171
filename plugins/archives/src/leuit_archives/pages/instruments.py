"""The pages of instruments: where each stands, and its rows to look through."""

from typing import Any

from leuit.builtin.organisation import RowReport
from leuit.builtin.regulations import MAY_DRAFT, Edition
from leuit.builtin.report_pages import shown_row
from leuit.values import _, one_line
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number, parse_id
from leuit.work import View
from leuit_archives.rules.filing import FilingRule
from leuit_archives.rules.final_actions import FINAL_ACTIONS
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.rules.secrecy import SecrecyLevel
from leuit_archives.rules.urgency import UrgencyLevel
from leuit_archives.service import classification, schedule
from leuit_archives.service.instrument import Instrument
from leuit_archives.service.instruments import (
    INSTRUMENTS,
    difference,
    instrument_named,
    shown_edition,
    size_of,
    standing,
)

HOME = "/archives/instruments"


def show_all(request: Request) -> Response:
    """Every instrument with the edition that holds today."""
    with request.read() as view:
        rows = [standing(view, one, view.today) for one in INSTRUMENTS.values()]
        may_draft = view.allows_on_root(MAY_DRAFT)
    return page(request, "archives/instruments.html", rows=rows, may_draft=may_draft)


def show(request: Request) -> Response:
    """One instrument: the rows of its edition of today or of another one, or what that changes."""
    instrument = instrument_named(request.params["name"])
    asked = request.query.get("edition", "")
    with request.read() as view:
        stands = standing(view, instrument, view.today)
        shown = shown_edition(view, instrument, parse_id(asked)) if asked else stands.held
        if shown is not None and request.query.get("changes"):
            parts = _changes(request, difference(view, instrument, shown))
        else:
            parts = _parts(request, view, instrument, shown)
        may_draft = view.allows_on_root(MAY_DRAFT)
    return page(
        request,
        "archives/instrument.html",
        instrument=instrument,
        stands=stands,
        shown=shown,
        count=size_of(shown) if shown else 0,
        asked=asked,
        may_draft=may_draft,
        path=f"{HOME}/{instrument.name}",
        kept=f"&edition={asked}" if asked else "",
        **parts,
    )


def _changes(request: Request, changed: list[RowReport]) -> dict[str, Any]:
    start = (page_number(request) - 1) * PAGE_SIZE
    rows = [shown_row(row) for row in changed[start : start + PAGE_SIZE]]
    return {"shape": "changes", "text": "", "listing": Listing.of(request, rows, len(changed))}


def _parts(
    request: Request, view: View, instrument: Instrument[Any], held: Edition | None
) -> dict[str, Any]:
    text = one_line(request.query.get("q", ""))[:80]
    if held is None:
        return {"shape": "none", "text": text}
    if instrument is classification.INSTRUMENT:
        code = one_line(request.query.get("code", ""))[:40]
        steps = classification.trail(view, held, code) if code and not text else []
        classes = (
            classification.search(view, held, text)
            if text
            else classification.below(view, held, code if steps else "")
        )
        return {"shape": "classes", "text": text, "steps": steps, "classes": classes}
    start = (page_number(request) - 1) * PAGE_SIZE
    if instrument is schedule.INSTRUMENT:
        rules, count = schedule.listed_rules(view, held, text, start, PAGE_SIZE)
        rows = [
            {
                "code": rule.code,
                "title": rule.title,
                "active": schedule.told_period(
                    rule.active_years, rule.active_trigger, rule.raw_active
                ),
                "inactive": schedule.told_period(
                    rule.inactive_years, rule.inactive_trigger, rule.raw_inactive
                ),
                "final": FINAL_ACTIONS[rule.final_action],
                "raw": rule.raw_final_action,
            }
            for rule in rules
        ]
        return {"shape": "rules", "text": text, "listing": Listing.of(request, rows, count)}
    rows = [_told(row) for row in instrument.rows(view, held)]
    shown = rows[start : start + PAGE_SIZE]
    return {"shape": "rows", "text": "", "listing": Listing.of(request, shown, len(rows))}


def _told(row: SecrecyLevel | UrgencyLevel | LetterKind | FilingRule) -> dict[str, str]:
    """A row of a short instrument in two lines."""
    if isinstance(row, LetterKind):
        group = " · ".join(one for one in (row.group, row.subgroup, row.page_shape) if one)
        return {
            "key": row.abbreviation,
            "title": row.kind,
            "first": row.number_pattern,
            "second": group,
        }
    if isinstance(row, FilingRule):
        acts = _("otomatis") if row.automatic else _("usul")
        return {"key": row.code, "title": row.source, "first": row.title, "second": str(acts)}
    if isinstance(row, UrgencyLevel):
        target = row.target_hours_default
        hours = str(_("%s jam") % target) if target else ""
        return {"key": row.code, "title": row.name, "first": hours, "second": row.meaning}
    return {"key": row.code, "title": row.name, "first": row.readers_default, "second": row.meaning}
