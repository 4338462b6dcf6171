"""Where a signature stands on a page: boxes in points, and the usual places for them.

Points are 1/72 inch, counted from the bottom left corner of the page as it is shown; 60 mm are
170.08 points (60 * 72 / 25.4).
"""

from collections.abc import Sequence

import attrs

POINTS_PER_MM = 72 / 25.4
WIDTH, HEIGHT = 160.0, 70.0
"""Of the block with QR, position and name, as it is in use (points)."""
MARGIN = 56.0
NUMBER_HEIGHT = 18.0
"""Of the line on which the number is printed (points)."""
LEAST = {"sign": (90.0, 40.0), "number": (60.0, 10.0)}
"""Width and height by purpose below which nobody could read what stands there (points)."""
_ROUNDED = 0.5
"""By which a box may be smaller since somebody typed it in tenths of a millimetre (points)."""


@attrs.frozen
class Place:
    """A box on a page: pages count from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@attrs.frozen
class Sheet:
    """A page's size in points as it is shown: its crop box, turned clockwise by `rotate` degrees.

    `left` and `bottom` are the crop box's corner in the page's own space (ISO 32000-1 8.3.2.3).
    """

    width: float
    height: float
    rotate: int = 0
    left: float = 0.0
    bottom: float = 0.0


PRESETS: dict[str, tuple[float, float]] = {
    "bottom_right": (1.0, 0.0),
    "bottom_middle": (0.5, 0.0),
    "bottom_left": (0.0, 0.0),
    "middle_right": (1.0, 0.4),
    "top_right": (1.0, 1.0),
    "top_left": (0.0, 1.0),
}
"""Usual places: how far to the right and how far up between the margins, from 0 to 1."""


def preset(name: str, page: int, sheet: Sheet) -> Place:
    """The usual box of that name on a page; smaller where the page is too small for it."""
    across, up = PRESETS[name]
    margin = min(MARGIN, sheet.width / 10, sheet.height / 10)
    least_width, least_height = _least("sign", sheet)
    width = max(min(WIDTH, sheet.width - 2 * margin), least_width)
    height = max(min(HEIGHT, sheet.height - 2 * margin), least_height)
    left = margin + across * (sheet.width - 2 * margin - width)
    bottom = margin + up * (sheet.height - 2 * margin - height)
    left = min(max(left, 0.0), sheet.width - width)
    bottom = min(max(bottom, 0.0), sheet.height - height)
    return Place(page, left, bottom, left + width, bottom + height)


def around(mark: Place, sheet: Sheet, purpose: str = "sign") -> Place:
    """The box whose top left corner is that of a mark in the text, moved to lie on the page.

    That of a number has its middle at the mark's: it is one line with the text around it.
    """
    width, height = min(WIDTH, sheet.width), min(HEIGHT, sheet.height)
    bottom = mark.top - height
    if purpose == "number":
        height = min(NUMBER_HEIGHT, sheet.height)
        bottom = (mark.top + mark.bottom - height) / 2
    left = min(max(mark.left, 0.0), sheet.width - width)
    bottom = min(max(bottom, 0.0), sheet.height - height)
    return Place(mark.page, left, bottom, left + width, bottom + height)


def onto_page(place: Place, sheet: Sheet) -> Place:
    """A box as it is shown, in the page's own space, where annotations are placed."""
    return _boxed(
        place,
        [_turned(x, y, sheet) for x, y in ((place.left, place.bottom), (place.right, place.top))],
        sheet.left,
        sheet.bottom,
    )


def as_shown(place: Place, sheet: Sheet) -> Place:
    """A box in the page's own space, as it is shown: the way back from `onto_page`."""
    turned = sheet.rotate % 180 == 90
    width, height = (sheet.height, sheet.width) if turned else (sheet.width, sheet.height)
    back = Sheet(width, height, (360 - sheet.rotate) % 360)
    corners = ((place.left, place.bottom), (place.right, place.top))
    return _boxed(
        place, [_turned(x - sheet.left, y - sheet.bottom, back) for x, y in corners], 0.0, 0.0
    )


def _turned(x: float, y: float, sheet: Sheet) -> tuple[float, float]:
    """A point of the shown page in the page before it was turned."""
    match sheet.rotate % 360:
        case 90:
            return sheet.height - y, x
        case 180:
            return sheet.width - x, sheet.height - y
        case 270:
            return y, sheet.width - x
        case _:
            return x, y


def _boxed(place: Place, corners: list[tuple[float, float]], left: float, bottom: float) -> Place:
    across, up = [x for x, _y in corners], [y for _x, y in corners]
    return Place(
        place.page, left + min(across), bottom + min(up), left + max(across), bottom + max(up)
    )


def fault_of(place: Place, sheets: Sequence[Sheet], purpose: str = "sign") -> str:
    """What is wrong with a box: `page`, `outside`, `small`, `small_number`; empty for nothing.

    A box that leaves the page is a listed cause of error 500 of a provider. `purpose` is `sign`
    or `number`.
    """
    if not 0 <= place.page < len(sheets):
        return "page"
    sheet = sheets[place.page]
    width, height = _least(purpose, sheet)
    if place.width < width - _ROUNDED or place.height < height - _ROUNDED:
        return "small_number" if purpose == "number" else "small"
    inside = (
        place.left >= 0
        and place.bottom >= 0
        and place.right <= sheet.width
        and place.top <= sheet.height
    )
    return "" if inside else "outside"


def _least(purpose: str, sheet: Sheet) -> tuple[float, float]:
    """The least size of a box; on a page that is smaller still, the page's own."""
    width, height = LEAST[purpose]
    return min(width, sheet.width), min(height, sheet.height)


def below(box: Place, others: Sequence[Place]) -> Place:
    """The lower part of a box that ends below all others which reach into it, maybe without height.

    Meant for a strip at the bottom of a page.
    """
    tops = [other.bottom for other in others if overlaps(box, other)]
    return attrs.evolve(box, top=max(box.bottom, min([box.top, *tops])))


def overlaps(one: Place, other: Place) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        one.page == other.page
        and one.left < other.right
        and other.left < one.right
        and one.bottom < other.top
        and other.bottom < one.top
    )
