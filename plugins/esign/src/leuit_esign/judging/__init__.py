"""Examining signed PDFs in a process of its own, which a hostile file may only harm itself.

`examiner` is the side of the asker; `worker` is what runs in the process, the only place where
pyHanko's validation is imported. They speak JSON, a line each way.
"""

from .examiner import Examiner, examine_file
from .instructions import Instructions

__all__ = ["Examiner", "Instructions", "examine_file"]
