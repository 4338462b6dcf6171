"""Handing an event to a listener: the job of one listener and one event."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from leuit.values import SetupError, _

from .plain_values import converter
from .vocabulary import Listener

if TYPE_CHECKING:
    from .context import JobContext


def deliver(listener: Listener) -> Callable[["JobContext"], None]:
    """The handler of a listener's jobs: it rebuilds the event and calls the listener.

    An event written by a newer version than the installed class is refused, so that the job waits
    (parked) for the upgrade instead of being misread.
    """

    def handle(context: "JobContext") -> None:
        version = context.args["version"]
        known: int = listener.event.version  # type: ignore[attr-defined]  # checked at registration
        if version > known:
            raise SetupError(
                _("Peristiwa %(name)s versi %(version)s lebih baru daripada program ini."),
                name=context.args["event"],
                version=version,
            )
        listener.handler(context, converter.structure(context.args["body"], listener.event))

    return handle
