"""The home page: today's action and the cards of the plugins."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from typing import Any

import attrs
import structlog

from leuit.plugins import SIGNED_IN, CardContent, HomeCard
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
    """Greeting and cards; a card that fails or is late is left out, and the page stays."""
    cards = sorted(
        (card for _owner, card in request.host.merged.cards.values() if _shown(card, request)),
        key=lambda card: (not card.hero, card.priority, card.id),
    )
    return page(request, "home.html", greeting=greeting(request.now), cards=_drawn(request, cards))


def greeting(now: dt.datetime) -> str:
    """Good morning until 11, good day until 15, good afternoon until 18, then good evening."""
    if now.hour < 11:
        return _("Selamat pagi")
    if now.hour < 15:
        return _("Selamat siang")
    return _("Selamat sore") if now.hour < 18 else _("Selamat malam")


def _shown(card: HomeCard, request: Request) -> bool:
    return card.permission == SIGNED_IN or card.permission in request.held


def _drawn(request: Request, cards: list[HomeCard]) -> list[ShownCard]:
    if not cards:
        return []
    seconds = request.app.settings.server.card_milliseconds / 1000
    pool = ThreadPoolExecutor(max_workers=min(4, len(cards)), thread_name_prefix="card")
    try:
        waiting = [(card, pool.submit(_content, request, card)) for card in cards]
        shown = []
        for card, future in waiting:
            try:
                content = future.result(timeout=seconds)
            except LateError:
                log.warning("card_late", card=card.id, request_id=request.request_id)
            except Exception as error:  # a plugin's card may raise anything; it is logged
                log.error("card_failed", card=card.id, exc_info=error)
            else:
                if content is not None:
                    shown.append(ShownCard(card.id, card.title, card.hero, content))
        return shown
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _content(request: Request, card: HomeCard) -> Any:
    with request.read() as view:
        return card.render(view)
