"""The home page: today's action and the cards of the plugins."""

import datetime as dt
import functools

import attrs
import structlog

from leuit.builtin.inbox import top_tasks
from leuit.plugins import CardContent, HomeCard
from leuit.values import _
from leuit.web import Request, Response, page

log = structlog.get_logger("leuit.home")


@attrs.frozen
class ShownCard:
    """A card with its content, as the template draws it."""

    id: str
    title: str
    hero: bool
    content: CardContent


def show(request: Request) -> Response:
    """Greeting, tasks and cards; what fails or is late is left out, and the page stays."""
    cards = sorted(
        (
            card
            for _owner, card in request.host.merged.cards.values()
            if request.opens(card.permission)
        ),
        key=lambda card: (not card.hero, card.priority, card.id),
    )
    drawn = _drawn(request, cards)
    tasks = top_tasks(request)
    return page(
        attrs.evolve(request, counted=tasks.counts),
        "home.html",
        greeting=greeting(request.now),
        cards=drawn,
        tasks=tasks,
    )


def greeting(now: dt.datetime) -> str:
    """Good morning until 11, good day until 15, good afternoon until 18, then good evening."""
    if now.hour < 11:
        return _("Selamat pagi")
    if now.hour < 15:
        return _("Selamat siang")
    return _("Selamat sore") if now.hour < 18 else _("Selamat malam")


def _drawn(request: Request, cards: list[HomeCard]) -> list[ShownCard]:
    seconds = request.app.settings.server.card_milliseconds / 1000
    contents = request.host.parts.together(
        seconds, {f"card.{card.id}": functools.partial(_content, request, card) for card in cards}
    )
    shown = []
    for card in cards:
        content = contents[f"card.{card.id}"]
        if isinstance(content, TimeoutError):
            log.warning("card_late", card=card.id, request_id=request.request_id)
        elif isinstance(content, Exception):
            log.error("card_failed", card=card.id, exc_info=content)
        elif content is not None:
            shown.append(ShownCard(card.id, card.title, card.hero, content))
    return shown


def _content(request: Request, card: HomeCard) -> CardContent | None:
    with request.read() as view:
        return card.render(view)
