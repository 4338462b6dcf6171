"""Several requests that begin at one moment, for tests of what only one of them may do."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from leuit.values import LeuitError


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each call gave, or the refusal in words; any other error fails the test."""
    ready = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(place: int) -> None:
        ready.wait()
        try:
            answers[place] = calls[place]()
        except Exception as error:  # noqa: BLE001 -- a thread's error is judged by its caller
            answers[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in answers:
        if isinstance(one, Exception) and not isinstance(one, LeuitError):
            raise one
    return answers


def refused(answers: Sequence[Any]) -> list[Any]:
    """Those who were told no."""
    return [one for one in answers if isinstance(one, LeuitError)]
