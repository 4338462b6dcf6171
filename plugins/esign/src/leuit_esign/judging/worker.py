"""The process that examines: `python -m leuit_esign.judging.worker BYTES-OF-MEMORY`."""

from leuit.limited_process import serve_lines

from .examine import examine
from .instructions import Instructions, examination_to_line


def answer(line: str) -> str:
    """A line of instructions in, a line with the examination out."""
    return examination_to_line(examine(Instructions.from_line(line)))


if __name__ == "__main__":
    serve_lines(answer)
