"""A progress bar on a terminal; silence elsewhere, so that output stays clean for programs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def progress_on(stream: TextIO) -> Iterator[Callable[[int, int, str], None]]:
    """A function of (done, total, text) that draws a bar on `stream` if it is a terminal."""
    if not stream.isatty():
        yield lambda _done, _total, _text: None
        return
    from rich.console import Console  # late: only people at terminals need it
    from rich.progress import Progress

    with Progress(console=Console(file=stream), transient=True) as bar:
        tasks: dict[str, object] = {}

        def report(done: int, total: int, text: str) -> None:
            if text not in tasks:
                tasks[text] = bar.add_task(text, total=total)
            bar.update(tasks[text], completed=done, total=total)  # type: ignore[arg-type]  # a TaskID

        yield report
