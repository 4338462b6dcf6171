"""Running plugins' code so that neither an error nor a delay of one stops the others."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from leuit.values import SetupError, _

Result = TypeVar("Result")
AT_ONCE = 4


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


def together(
    seconds: float, calls: Mapping[str, Callable[[], Result]]
) -> dict[str, Result | Exception]:
    """Call functions side by side; by name what each returned, or why it did not.

    One that is not done after so many seconds of waiting for it has a TimeoutError; it runs on to
    its end, which nobody waits for.
    """
    if not calls:
        return {}
    pool = ThreadPoolExecutor(min(AT_ONCE, len(calls)), thread_name_prefix="part")
    outcome: dict[str, Result | Exception] = {}
    try:
        futures = {name: pool.submit(call) for name, call in calls.items()}
        for name, future in futures.items():
            try:
                outcome[name] = future.result(timeout=seconds)
            except Exception as error:  # noqa: BLE001 -- handed to the caller, who tells it
                outcome[name] = error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return outcome
