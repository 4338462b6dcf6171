"""Running plugins' code so that neither an error nor a delay of one stops the others."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from leuit.values import SetupError, _

Result = TypeVar("Result")
THREADS = 4


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


class Bulkheads:
    """Threads for parts of pages, kept and named: few for each part, so that one that hangs holds
    its own few threads (and connections), and neither an error nor a delay reaches the others.
    """

    def __init__(self) -> None:
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._lock = threading.Lock()

    def together(
        self, seconds: float, calls: Mapping[str, Callable[[], Result]]
    ) -> dict[str, Result | Exception]:
        """Call functions side by side; by name what each returned, or why it did not.

        One that is not done after so many seconds of waiting for it has a TimeoutError; if it has
        begun it runs on to its end, which nobody waits for.
        """
        futures = {name: self._pool(name).submit(call) for name, call in calls.items()}
        outcome: dict[str, Result | Exception] = {}
        for name, future in futures.items():
            try:
                outcome[name] = future.result(timeout=seconds)
            except Exception as error:  # noqa: BLE001 -- handed to the caller, who tells it
                future.cancel()
                outcome[name] = error
        return outcome

    def _pool(self, name: str) -> ThreadPoolExecutor:
        with self._lock:
            pool = self._pools.get(name)
            if pool is None:
                pool = self._pools[name] = ThreadPoolExecutor(
                    THREADS, thread_name_prefix=f"part-{name}"
                )
            return pool
