"""Running a plugin's start-up code so that neither an error nor a delay stops the others."""

import threading
from collections.abc import Callable
from typing import TypeVar

from leuit.values import SetupError, _

Result = TypeVar("Result")


def within(seconds: float, function: Callable[[], Result]) -> Result:
    """Call a function in a thread of its own; raise SetupError when it takes too long.

    Whatever it raises is raised here. A thread that does not end is left behind as a daemon: it
    cannot be stopped, but it no longer holds anything up.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001 -- handed to the caller below
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True, name="plugin-start")
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise SetupError(_("belum selesai setelah %(seconds)s detik"), seconds=f"{seconds:g}")
    return results[0]
