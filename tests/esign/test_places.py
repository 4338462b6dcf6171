"""Where signatures stand: boxes on pages, whatever their size and turn."""

from hypothesis import given
from hypothesis import strategies as st

from leuit_esign.rules import (
    NUMBER_HEIGHT,
    PRESETS,
    Place,
    Sheet,
    around,
    as_shown,
    fault_of,
    onto_page,
    overlaps,
    preset,
)
from leuit_esign.rules.place import HEIGHT, POINTS_PER_MM

SIZES = st.floats(36, 14_400, allow_nan=False)
SHEETS = st.builds(
    Sheet,
    SIZES,
    SIZES,
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-500, 500),
    st.floats(-500, 500),
)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Place, Sheet]:
    """A sheet and a box that lies on it as it is shown."""
    sheet = draw(SHEETS)
    left = draw(st.floats(0, sheet.width - 12))
    bottom = draw(st.floats(0, sheet.height - 12))
    right = draw(st.floats(left + 12, sheet.width)) if left + 12 < sheet.width else sheet.width
    top = draw(st.floats(bottom + 12, sheet.height)) if bottom + 12 < sheet.height else sheet.height
    return Place(0, left, bottom, right, top), sheet


@given(boxes())
def test_shown_and_own_space_lead_to_each_other(boxed: tuple[Place, Sheet]) -> None:
    """A box goes to the page's own space and comes back, with its area kept."""
    place, sheet = boxed
    inner = onto_page(place, sheet)
    back = as_shown(inner, sheet)
    for one, other in (
        (back.left, place.left),
        (back.bottom, place.bottom),
        (back.right, place.right),
        (back.top, place.top),
        (inner.width * inner.height, place.width * place.height),
    ):
        assert abs(one - other) <= 1e-6 * max(1.0, abs(other))


@given(boxes())
def test_the_own_space_of_a_page_is_its_crop_box(boxed: tuple[Place, Sheet]) -> None:
    """A box that is seen on the page lies inside its crop box."""
    place, sheet = boxed
    inner = onto_page(place, sheet)
    turned = sheet.rotate % 180 == 90
    width, height = (sheet.height, sheet.width) if turned else (sheet.width, sheet.height)
    slack = 1e-6
    assert sheet.left - slack <= inner.left <= inner.right <= sheet.left + width + slack
    assert sheet.bottom - slack <= inner.bottom <= inner.top <= sheet.bottom + height + slack


def test_corners_of_a_turned_page() -> None:
    """By hand, as ISO 32000-1 turns a page clockwise: what is seen bottom left was elsewhere.

    A page of 100 by 200 points: turned by 90 the reader sees 200 by 100, and its bottom left corner
    is the page's own bottom right.
    """
    seen = Place(0, 0, 0, 20, 10)
    assert onto_page(seen, Sheet(100, 200)) == Place(0, 0, 0, 20, 10)
    assert onto_page(seen, Sheet(200, 100, 90)) == Place(0, 90, 0, 100, 20)
    assert onto_page(seen, Sheet(100, 200, 180)) == Place(0, 80, 190, 100, 200)
    assert onto_page(seen, Sheet(200, 100, 270)) == Place(0, 0, 180, 10, 200)
    assert onto_page(seen, Sheet(100, 200, 0, 5, 7)) == Place(0, 5, 7, 25, 17)


@given(st.sampled_from(sorted(PRESETS)), SHEETS)
def test_usual_places_lie_on_every_page(name: str, sheet: Sheet) -> None:
    """However small or large the page is."""
    assert fault_of(preset(name, 0, sheet), [sheet]) == ""


@given(boxes())
def test_a_mark_gets_a_box_on_its_page(boxed: tuple[Place, Sheet]) -> None:
    """The box begins at the mark, or is moved just so far that it lies on the page."""
    mark, sheet = boxed
    box = around(mark, sheet)
    assert fault_of(box, [sheet]) == ""
    if mark.left + box.width <= sheet.width and box.height == HEIGHT <= mark.top:
        assert abs(box.left - mark.left) < 1e-9
        assert abs(box.bottom - (mark.top - HEIGHT)) < 1e-9


@given(boxes())
def test_the_line_of_a_number_is_that_of_its_mark(boxed: tuple[Place, Sheet]) -> None:
    """The number is printed in the middle of its box, so that it stands beside its mark."""
    mark, sheet = boxed
    box = around(mark, sheet, "number")
    assert fault_of(box, [sheet], "number") == ""
    middle = (mark.top + mark.bottom) / 2
    if NUMBER_HEIGHT / 2 <= middle <= sheet.height - NUMBER_HEIGHT / 2:
        assert abs((box.top + box.bottom) / 2 - middle) < 1e-6


def test_a_box_typed_in_millimetres_is_not_refused_for_rounding() -> None:
    """90 by 40 points are 31.75 by 14.11 mm; shown and saved as 31.7 by 14.1 they stay."""
    box = Place(0, 0, 0, 31.7 * POINTS_PER_MM, 14.1 * POINTS_PER_MM)
    assert fault_of(box, [Sheet(595, 842)]) == ""


def test_what_is_wrong_with_a_box() -> None:
    """ES-15: on A4 a box may end at the edge and no further; too small and no page are told."""
    a4 = [Sheet(595, 842)]
    assert fault_of(Place(0, 500, 0, 595, 70), a4) == ""
    assert fault_of(Place(0, 500, 0, 596, 70), a4) == "outside"
    assert fault_of(Place(0, -0.1, 0, 90, 70), a4) == "outside"
    assert fault_of(Place(0, 0, 0, 89, 40), a4) == "small"
    assert fault_of(Place(0, 0, 0, 90, 39), a4) == "small"
    assert fault_of(Place(0, 0, 0, 90, 40), a4) == ""
    assert fault_of(Place(0, 0, 0, 60, 9), a4, "number") == "small_number"
    assert fault_of(Place(0, 0, 0, 60, 10), a4, "number") == ""
    assert fault_of(Place(1, 0, 0, 60, 70), a4) == "page"
    assert fault_of(Place(-1, 0, 0, 60, 70), a4) == "page"


def test_millimetres() -> None:
    """ES-17: 60 mm are 170.08 points."""
    assert round(60 * POINTS_PER_MM, 2) == 170.08


def test_boxes_that_touch_do_not_overlap() -> None:
    """They share points, not an edge, and only on one page."""
    box = Place(0, 0, 0, 10, 10)
    assert not overlaps(box, Place(0, 10, 0, 20, 10))
    assert not overlaps(box, Place(1, 0, 0, 10, 10))
    assert overlaps(box, Place(0, 9, 9, 20, 20))
