"""How much of a box on a page is free, so that what is printed there covers nothing.

Looked for on the drawn page: text, lines, pictures and scans are all ink there, and what is only
in the file but not seen takes no room.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .characters import opened

INK = 40
"""Of 256 greys, by which a point differs from the paper; dust and yellowed paper differ by less."""
_DARK = 160
_APART = 2.0
"""Points between what is printed and what stands there."""


def free_parts(path: Path, boxes: Sequence[Sequence[float]]) -> list[tuple[float, float] | None]:
    """The highest free part of each box (page, left, bottom, right, top, as shown) from side to
    side, as its bottom and top; None for a page that is too dark to be read on.
    """
    with opened(path) as pdf:
        if pdf.get_formtype():
            pdf.init_forms()
        return [_free_part(pdf[int(box[0])], *box[1:]) for box in boxes]


def _free_part(
    page: Any, left: float, bottom: float, right: float, top: float
) -> tuple[float, float] | None:
    across, up = page.get_size()
    cut = (left, bottom, max(0.0, across - right), max(0.0, up - top))
    strip = page.render(scale=1, crop=cut, grayscale=True).to_pil()
    counts = strip.histogram()
    paper = counts.index(max(counts))
    if paper < _DARK:
        return None
    ink = strip.point([255 if abs(grey - paper) > INK else 0 for grey in range(256)])
    # Rows of the picture go down from the top of the box, a point each.
    marked = [ink.crop((0, row, ink.width, row + 1)).getbbox() for row in range(ink.height)]
    first, last = _longest_run([one is None for one in marked])
    high = top if first == 0 else top - first - _APART
    low = bottom if last == len(marked) else top - last + _APART
    return (low, high) if low < high else (low, low)


def _longest_run(free: Sequence[bool]) -> tuple[int, int]:
    """Where the longest run of true values begins, and where it has ended."""
    best, start = (0, 0), 0
    for at, is_free in enumerate([*free, False]):
        if not is_free:
            if at - start > best[1] - best[0]:
                best = (start, at)
            start = at + 1
    return best
