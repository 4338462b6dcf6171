"""The most urgent tasks, for the home page."""

import attrs

from leuit.plugins import Tone
from leuit.web import Request

from .asking import Wanted, ask
from .groups import near_words

SHOWN = 3


@attrs.frozen
class TopTask:
    """A task in short; the chip says when it is due, or what is exceptional."""

    title: str
    meta: str
    path: str
    icon: str
    tile: Tone
    chip: str
    tone: Tone


@attrs.frozen
class TopTasks:
    """The first tasks, how many there are in all, and services whose tasks are missing."""

    tasks: list[TopTask]
    counts: dict[str, int]
    missing: list[str]

    @property
    def total(self) -> int:
        """All tasks that wait for the reader."""
        return sum(self.counts.values())


def top_tasks(request: Request) -> TopTasks:
    """The reader's most urgent tasks; a source has as long as a card of the home page."""
    answers = ask(
        request,
        Wanted("mine", SHOWN, count_others=False),
        request.app.settings.server.card_milliseconds,
    )
    now = request.now
    tasks = []
    for source, task in answers.tasks:
        chip, tone = task.chip, task.tone
        if task.due is not None:
            chip = near_words(task.due, now)
            today = task.due.astimezone(now.tzinfo).date() == now.date()
            tone = "bata" if task.due < now else "tunggu" if today else "abu"
        tasks.append(
            TopTask(task.title, task.meta, task.path, source.icon, source.tile, chip, tone)
        )
    return TopTasks(tasks, answers.counts, [source.label for source in answers.missing])
