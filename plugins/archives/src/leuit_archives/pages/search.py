"""The page of the search: one box, filters, results with what was met, page by page."""

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from leuit.builtin.search import MOST_QUERY
from leuit.values import Text, _, one_line
from leuit.web import Request, Response, page
from leuit_archives.service.search import Wanted, search, units
from leuit_archives.service.search_sources import SOURCES

YEARS_BACK = 30
GRADES: dict[int, Text] = {
    1: _("Biasa"),
    2: _("Terbatas"),
    3: _("Rahasia"),
    4: _("Sangat Rahasia"),
}


def show_search(request: Request) -> Response:
    """Results for the question in the address; without one, how to ask."""
    wanted = _wanted(request)
    with request.read() as view:
        results = search(view, wanted)
        known = units(view)
        year = view.today.year
    return page(
        request,
        "archives/search.html",
        wanted=wanted,
        results=results,
        units=known,
        kinds=[(source.kind, source.title) for source in SOURCES],
        grades=GRADES,
        years=range(year, year - YEARS_BACK, -1),
        first=_address(request, after=""),
        following=_address(request, after=results.after),
        better=_address(request, q=results.suggestion, after=""),
        unfiltered=f"{request.path}?{urlencode({'q': wanted.text})}",
    )


def _wanted(request: Request) -> Wanted:
    """The question and filters of an address; a filter that makes no sense is none."""

    def text(name: str, longest: int = 80) -> str:
        return one_line(request.query.get(name, ""))[:longest]

    year, grade = text("year", 4), text("grade", 1)
    return Wanted(
        text=text("q", MOST_QUERY),
        year=int(year) if _is_number(year, dt.MINYEAR, dt.MAXYEAR) else None,
        unit_id=_id(text("unit")),
        kind=text("kind", 40),
        grade=int(grade) if _is_number(grade, min(GRADES), max(GRADES)) else None,
        code=text("code", 60),
        after=text("after", 40),
    )


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text) <= most


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _address(request: Request, **changed: str) -> str:
    """This page with other values; empty ones are left out."""
    kept = {name: value for name, value in request.query.multi_items() if name not in changed}
    told = {name: value for name, value in (kept | changed).items() if value}
    return f"{request.path}?{urlencode(told)}"
