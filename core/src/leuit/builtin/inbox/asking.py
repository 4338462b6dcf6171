"""Asking the sources: side by side, each with a view of its own and a limit of time."""

import functools
from typing import Any, Literal

import attrs
import structlog

from leuit.plugins import InboxSource, Task
from leuit.web import Request, sources_for

Kind = Literal["mine", "others", "done"]
log = structlog.get_logger("leuit.inbox")


@attrs.frozen
class Wanted:
    """What is asked for: at most `limit` tasks of a kind of one source (or all, if empty), and
    whether to count what waits for others too.
    """

    kind: Kind
    limit: int
    source: str = ""
    count_others: bool = True


@attrs.frozen
class Answers:
    """Tasks with their sources in the order asked for, cut at the limit; numbers by source; and the
    sources that failed or were late, of which there is nothing in the rest.
    """

    tasks: list[tuple[InboxSource, Task]]
    counts: dict[str, int]
    others: dict[str, int]
    missing: list[InboxSource]


@attrs.frozen
class _Answer:
    tasks: tuple[Task, ...]
    count: int
    others: int


def ask(request: Request, wanted: Wanted, milliseconds: int) -> Answers:
    """Ask every source that the reader may use; a bad one is told to the log and left out."""
    sources = sources_for(request)
    heard = request.host.parts.together(
        milliseconds / 1000,
        {source.id: functools.partial(_asked, request, source, wanted) for source in sources},
    )
    answers = Answers([], {}, {}, [])
    for source in sources:
        answer = heard[source.id]
        if isinstance(answer, Exception):
            _tell(request, source, answer)
            answers.missing.append(source)
        else:
            answers.tasks.extend((source, task) for task in answer.tasks)
            answers.counts[source.id] = answer.count
            answers.others[source.id] = answer.others
    if wanted.kind == "done":
        answers.tasks.sort(key=lambda pair: pair[1].since, reverse=True)
    else:
        answers.tasks.sort(key=lambda pair: _urgency(pair[1]))
    del answers.tasks[wanted.limit :]
    return answers


def _asked(request: Request, source: InboxSource, wanted: Wanted) -> _Answer:
    with request.read() as view:
        tasks: tuple[Any, ...] = ()  # of a plugin, which may return anything
        if wanted.source in ("", source.id):
            tasks = tuple(getattr(source, wanted.kind)(view, wanted.limit))
        if strange := [task for task in tasks if not isinstance(task, Task)]:
            raise TypeError(f"{source.id} returned {strange[0]!r} as a task")
        # All of them came: what is counted is what is shown.
        whole = len(tasks) if 0 < len(tasks) < wanted.limit else None
        count = whole if wanted.kind == "mine" else None
        others = whole if wanted.kind == "others" else None if wanted.count_others else 0
        return _Answer(
            tasks,
            int(source.count(view)) if count is None else count,
            int(source.count_others(view)) if others is None else others,
        )


def _urgency(task: Task) -> tuple[bool, float, float]:
    due = task.due.timestamp() if task.due else 0.0
    return task.due is None, due, task.since.timestamp()


def _tell(request: Request, source: InboxSource, error: Exception) -> None:
    if isinstance(error, TimeoutError):
        log.warning("tasks_late", source=source.id, request_id=request.request_id)
    else:
        log.error("tasks_failed", source=source.id, exc_info=error)
