"""The pages on which the budget is read: units, one unit's year, one line and its ledger."""

from typing import Any

from leuit.web import PAGE_SIZE, Listing, Request, Response, local, page, page_number
from leuit_sp2d.inbox import path_of
from leuit_sp2d.permissions import BUDGET, RELEASE, TPP
from leuit_sp2d.service.budget_lines import parse_year
from leuit_sp2d.service.budget_papers import dpas, spds
from leuit_sp2d.service.budget_view import (
    Movement,
    activities_of,
    budget_years,
    line_of,
    movements_of,
    page_of_lines,
    totals_of,
    unit_of,
    units_of_year,
)

from .budget_words import CAUSE_WORDS, POCKET_WORDS, spd_path, year_path
from .common import id_in


def show_units(request: Request) -> Response:
    """Every unit that the reader may see, with the money of one year."""
    with request.read() as view:
        years = budget_years(view)
        asked = request.query.get("year", "")
        year = parse_year(asked) if asked else (years[0] if years else view.today.year)
        units = units_of_year(view, year)
        may_tpp = view.allows_on_root(TPP)
    start = (page_number(request) - 1) * PAGE_SIZE
    return page(
        request,
        "sp2d/budget_units.html",
        year=year,
        years=sorted({*years, year}, reverse=True),
        listing=Listing.of(request, units[start : start + PAGE_SIZE], len(units)),
        may_import=request.may(BUDGET),
        may_tpp=may_tpp,
        path_of=year_path,
    )


def show_year(request: Request) -> Response:
    """A unit's year: editions of the DPA, SPDs, and every line with what is left."""
    unit_id, year = id_in(request, "unit_id"), parse_year(request.params["year"])
    activity = request.query.get("activity", "")[:20]
    start = (page_number(request) - 1) * PAGE_SIZE
    with request.read() as view:
        unit = unit_of(view, unit_id)
        rows, count = page_of_lines(view, unit_id, year, activity, start, PAGE_SIZE)
        shown: dict[str, Any] = {
            "unit": unit,
            "totals": totals_of(view, unit_id, year),
            "activities": activities_of(view, unit_id, year),
            "editions": sorted(
                dpas(view, unit_id, year), key=lambda one: one.sequence, reverse=True
            ),
            "spds": sorted(
                spds(view, unit_id, year), key=lambda one: (one.quarter, one.issued_at, one.id)
            ),
            "may_import": request.may(BUDGET) and view.allows(BUDGET, unit_id),
            "may_release": request.may(RELEASE) and view.allows(RELEASE, unit_id),
        }
    return page(
        request,
        "sp2d/budget_year.html",
        year=year,
        activity=activity,
        listing=Listing.of(request, rows, count),
        here=year_path(unit_id, year),
        spd_path=spd_path,
        **shown,
    )


def show_line(request: Request) -> Response:
    """One line: where its money lies, and every movement that brought it there."""
    line_id = id_in(request, "line_id")
    with request.read() as view:
        line = line_of(view, line_id)
        movements = movements_of(view, line_id)
    start = (page_number(request) - 1) * PAGE_SIZE
    rows = [_shown(request, move, line) for move in movements[start : start + PAGE_SIZE]]
    return page(
        request,
        "sp2d/budget_line.html",
        line=line,
        listing=Listing.of(request, rows, len(movements)),
        back=year_path(line.unit_id, line.year),
    )


def _shown(request: Request, move: Movement, line: Any) -> dict[str, Any]:
    entry, document = move.entry, move.document
    path = ""
    if document.id is not None:
        paths = {"dpa": year_path(line.unit_id, line.year), "spd": spd_path(document.id)}
        path = paths.get(document.kind, path_of(document.id))
    return {
        "at": local(request, entry.at),
        "source": POCKET_WORDS[entry.from_pocket],
        "target": POCKET_WORDS[entry.to_pocket],
        "amount": entry.amount,
        "cause": CAUSE_WORDS.get(document.kind, document.kind),
        "number": document.number,
        "path": path,
        "reverses": entry.reverses_id is not None,
        "after": move.after,
    }
