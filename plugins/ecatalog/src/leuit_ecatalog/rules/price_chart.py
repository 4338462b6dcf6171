"""A price history as a step line and one sentence, for people who do not read charts.

The line is drawn in a box of 100 high from zero at the bottom; a price holds until the next one, so
that the steps are upright. Only the newest points are drawn: the table beside it has all.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final, Literal

import attrs

WIDTH: Final = 300
HEIGHT: Final = 100
MOST: Final = 60
Direction = Literal["same", "up", "down"]


@attrs.frozen
class Point:
    """A price and the instant from which it held."""

    at: dt.datetime
    amount: int


@attrs.frozen
class Chart:
    """A drawn history: `line` is the path of the steps, `top` the end of the scale, `latest` where
    the present price stands; `direction` and `percent` compare it with the first one drawn.
    """

    line: str
    top: int
    latest: float
    direction: Direction
    percent: int
    first: Point
    last: Point


def chart_of(points: Sequence[Point], now: dt.datetime) -> Chart | None:
    """The chart of points in the order of time; None without any."""
    if not points:
        return None
    drawn = list(points)[-MOST:]
    first, last = drawn[0], drawn[-1]
    top = _round_up(max(point.amount for point in drawn))
    span = max((now - first.at).total_seconds(), 1.0)
    steps: list[str] = []
    for number, point in enumerate(drawn):
        across = min(max((point.at - first.at).total_seconds() / span, 0.0), 1.0) * WIDTH
        up = HEIGHT - point.amount * HEIGHT / top
        steps.append(f"H{across:.0f}V{up:.1f}" if number else f"M0 {up:.1f}")
    latest = HEIGHT - last.amount * HEIGHT / top
    line = "".join([*steps, f"H{WIDTH}"])
    change = round((last.amount - first.amount) * 100 / first.amount)
    direction: Direction = (
        "same" if last.amount == first.amount else "up" if last.amount > first.amount else "down"
    )
    return Chart(line, top, latest, direction, abs(change), first, last)


def _round_up(amount: int) -> int:
    """The next round number of one or two leading digits, as the end of a scale."""
    unit = int("1" + "0" * max(len(str(amount)) - 2, 0))
    return -(-amount // unit) * unit
