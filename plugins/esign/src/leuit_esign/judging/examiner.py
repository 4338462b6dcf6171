"""The asker's side: files are examined one after another, and every file gets an answer."""

from typing import TYPE_CHECKING

from leuit.limited_process import SECONDS, LimitedProcess

if TYPE_CHECKING:
    from leuit_esign.rules import Examination

    from .instructions import Instructions

WORKER = "leuit_esign.judging.worker"


class Examiner(LimitedProcess):
    """The process that examines, kept warm."""

    def __init__(self, seconds: float = SECONDS) -> None:
        super().__init__(WORKER, seconds)

    def examine(self, instructions: "Instructions") -> "Examination":
        """Examine one file; what goes wrong is the examination's `failure`, never an exception."""
        # Late: a cold start has the process started before these are imported.
        from leuit_esign.rules import Examination

        from .instructions import examination_from_line

        line, failure = self.ask(instructions.to_line())
        if failure:
            return Examination(failure=failure)
        try:
            return examination_from_line(line)
        except ValueError:
            return Examination(failure="crashed")


def examine_file(instructions: "Instructions", seconds: float = SECONDS) -> "Examination":
    """Examine one file in a process that ends with it."""
    with Examiner(seconds) as examiner:
        return examiner.examine(instructions)
