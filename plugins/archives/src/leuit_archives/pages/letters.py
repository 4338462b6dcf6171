"""The start page of letters with its tiles, the list behind each, and the agenda of units."""

from typing import Any
from uuid import UUID

from leuit.values import NotFoundError, Text, _, format_date
from leuit.web import (
    PAGE_SIZE,
    Listing,
    Request,
    Response,
    local,
    page,
    page_number,
)
from leuit.work import View
from leuit_archives.models.letters import IN, OUT, REGISTERED, SENT
from leuit_archives.permissions import REGISTER
from leuit_archives.service.letter_levels import urgency_levels
from leuit_archives.service.letter_list import (
    LetterFilter,
    ListedLetter,
    agenda_units,
    count_letters,
    letters,
)
from leuit_archives.service.letter_tiles import Tile, Turn
from leuit_archives.service.letter_tiles_out import ALL_TILES, OUT_TILES

from .asked import kept_query, unit_in, year_in

HOME = "/archives/letters"
OUTGOING = "/archives/outgoing"
LETTERS = "/archives/letters/{id}"
YEARS = 10
STATES: dict[str, tuple[Text, str]] = {
    REGISTERED: (_("Belum diteruskan"), "tunggu"),
    SENT: (_("Diteruskan"), "daun"),
    "draft": (_("Konsep"), "abu"),
    "review": (_("Menunggu paraf"), "tunggu"),
    "signing": (_("Menunggu tanda tangan"), "tunggu"),
    "signed": (_("Belum dikirim"), "tunggu"),
    "void": (_("Batal"), "bata"),
}
DIRECTIONS: dict[str, Text] = {IN: _("Surat masuk"), OUT: _("Surat keluar")}


def show_home(request: Request) -> Response:
    """The tiles with what waits, and the way to the agenda."""
    with request.read() as view:
        tiles = [{"tile": tile, "count": tile.count(view)} for tile in ALL_TILES]
    return page(
        request, "archives/letters_home.html", tiles=tiles, may_register=request.may(REGISTER)
    )


def show_tile(request: Request) -> Response:
    """The list behind a tile."""
    tile = _tile_named(request.params["name"])
    with request.read() as view:
        total = tile.count(view)
        start = (page_number(request) - 1) * PAGE_SIZE
        urgent = urgent_words(view)
        rows = [
            shown_turn(request, one, urgent)
            | ({"path": f"{OUTGOING}/{one.letter_id}"} if tile in OUT_TILES else {})
            for one in tile.rows(view, min(start, total), PAGE_SIZE)
        ]
    return page(
        request,
        "archives/letters_tile.html",
        tile=tile,
        tiles=ALL_TILES,
        listing=Listing.of(request, rows, total),
    )


def show_agenda(request: Request) -> Response:
    """Letters in and out that the reader may see."""
    wanted = _filter_in(request)
    with request.read() as view:
        total = count_letters(view, wanted)
        start = (page_number(request) - 1) * PAGE_SIZE
        found = letters(view, wanted, start, PAGE_SIZE)
        units = agenda_units(view)
        urgent = urgent_words(view)
        year = view.today.year
    return page(
        request,
        "archives/letters_agenda.html",
        listing=Listing.of(request, [_listed(one, urgent) for one in found], total),
        wanted=wanted,
        units=units,
        years=range(year, year - YEARS, -1),
        directions=DIRECTIONS,
        states=STATES,
        may_register=request.may(REGISTER),
        lists="/archives/lists/letters/",
        query=kept_query(request),
    )


def _filter_in(request: Request) -> LetterFilter:
    """The filter of the address; what is no value of a field does not narrow the list."""
    query = request.query
    direction = query.get("direction", "")
    state = query.get("state", "")
    return LetterFilter(
        direction=direction if direction in DIRECTIONS else "",
        year=year_in(request),
        unit_id=unit_in(request),
        state=state if state in STATES else "",
        text=query.get("q", "")[:100],
    )


def path_of(letter_id: UUID) -> str:
    """The address of a letter's page."""
    return f"{HOME}/{letter_id}"


def urgent_words(view: View) -> dict[str, tuple[str, str]]:
    """Levels of urgency above the lowest: what the chip says, and its tone."""
    levels = list(urgency_levels(view, view.today))[1:]
    return {
        level.code: (level.name, "bata" if level is levels[-1] else "tunggu") for level in levels
    }


def shown_turn(request: Request, one: Turn, urgent: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """A row of a tile's list."""
    return {
        "row": one,
        "path": path_of(one.letter_id),
        "since": local(request, one.since),
        "due": local(request, one.due) if one.due else None,
        "over": one.due is not None and one.due < request.app.clock.now(),
        "urgent": urgent.get(one.urgency),
    }


def _listed(one: ListedLetter, urgent: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "row": one,
        # What is not sent yet has no addressee who would read it at the usual page.
        "path": f"{OUTGOING}/{one.id}"
        if one.direction == OUT and one.state != SENT
        else path_of(one.id),
        "chip": STATES[one.state],
        "dated": format_date(one.dated, "short") if one.dated else "–",
        "urgent": urgent.get(one.urgency),
        "direction": DIRECTIONS[one.direction],
    }


def _tile_named(name: str) -> Tile:
    for tile in ALL_TILES:
        if tile.name == name:
            return tile
    raise NotFoundError(_("Halaman itu tidak ada."))
