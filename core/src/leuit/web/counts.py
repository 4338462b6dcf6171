"""How many tasks wait for the asker, by inbox source: the counts in the menu of every page.

Counting must not be felt: one read connection for all sources, and whoever has not answered after
the time allowed (`count_milliseconds`) is left out of this page.
"""

import functools

import structlog

from leuit.plugins import InboxSource

from .request import Request

log = structlog.get_logger("leuit.web")


def sources_for(request: Request) -> list[InboxSource]:
    """The inbox sources whose permission the asker holds, in the order of their names."""
    if not request.identity.signed_in:
        return []
    return [
        source
        for _name, (_owner, source) in sorted(request.host.merged.inbox.items())
        if request.opens(source.permission)
    ]


def counts_for(request: Request) -> dict[str, int]:
    """The number of tasks by source; a page that has counted already keeps them in `counted`."""
    if request.counted is not None:
        return dict(request.counted)
    sources = sources_for(request)
    if not sources:
        return {}
    found: dict[str, int] = {}
    outcome = request.host.parts.together(
        request.app.settings.server.count_milliseconds / 1000,
        {"counts": functools.partial(_count, request, sources, found)},
    )
    counts = dict(found)
    if outcome["counts"] is not None:
        late = [source.id for source in sources if source.id not in counts]
        log.warning("counts_late", sources=late, request_id=request.request_id)
    return counts


def _count(request: Request, sources: list[InboxSource], found: dict[str, int]) -> None:
    """Ask one source after another; the view of one that fails is not used again."""
    left = sources
    while left:
        try:
            with request.read() as view:
                while left:
                    found[left[0].id] = int(left[0].count(view))
                    left = left[1:]
        except Exception as error:  # a plugin's source may raise anything; it is logged
            names = [source.id for source in left[:1]]
            log.error("count_failed", sources=names, exc_info=error)
            left = left[1:]
