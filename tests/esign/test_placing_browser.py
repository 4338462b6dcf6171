"""Placing signatures in Chromium, with scripts: by the keyboard alone, and by dragging."""

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from leuit.plugins import Host
from tests.esign.letters import letter
from tests.esign.room import Desk, looks_right, opened
from tests.esign.test_chain import Office, office
from tests.system.test_browser_jobs import MANNERS, Manner

__all__ = ["office"]  # the fixture of the services' tests

pytestmark = pytest.mark.ci
WITH_SCRIPTS = [manner for manner in MANNERS if manner.scripts]
SAVED = "Tempat tanda tangan disimpan."
MM = 595 / 210
"""Points in a millimetre, as near as the width of the test's sheet says."""


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@attrs.frozen
class Placing:
    """The maker at the page of a letter with two places."""

    desk: Desk

    def values(self, field: str) -> tuple[float, float]:
        """Millimetres from the left and from the top, as the fields say."""
        box = self.desk.main.locator("fieldset.esign-box", has_text=f"Hapus {field}")
        left, top = (
            box.locator(f"input[name^={side}-]").input_value().replace(",", ".")
            for side in ("left", "top")
        )
        return float(left), float(top)

    def fields(self) -> list[str]:
        """The places that there are."""
        return self.desk.main.locator(".esign-box legend").all_inner_texts()

    def tab_to(self, what: str) -> None:
        """Press Tab until the focus is on the element that a selector names."""
        for _press in range(80):
            self.desk.page.keyboard.press("Tab")
            if self.desk.page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"no Tab leads to {what}")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.desk.page.keyboard.press(key)

    def save(self, key: str = "Enter") -> None:
        """Press a key that sends the form, and wait for the page that comes."""
        with self.desk.page.expect_navigation():
            self.desk.page.keyboard.press(key)
        assert SAVED in self.desk.text


@pytest.fixture(params=WITH_SCRIPTS, ids=str)
def placing(
    office: Office, host: Host, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Placing]:
    """The maker's page, on a phone and on a desk."""
    manner: Manner = request.param
    with opened(office, host, manner) as room, room.desk("maker") as desk:
        desk.bring("Undangan rapat", letter("Undangan rapat"), tmp_path)
        desk.put("bottom_left")
        desk.put("bottom_right")
        desk.go(desk.page.url)
        yield Placing(desk)


def test_a_place_is_moved_by_the_keyboard_alone(placing: Placing) -> None:
    """Tab reaches the box, arrows move it by 1 and 10 mm, the fields follow, Enter saves it."""
    left, top = placing.values("TTE1")
    other = placing.values("TTE2")
    placing.tab_to("[data-place]")
    label = placing.desk.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Tempat TTE1: geser dengan tombol panah")
    placing.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown")
    assert placing.values("TTE1") == pytest.approx((left + 3, top + 1), abs=0.11)
    placing.press("ArrowUp", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowLeft")
    moved = placing.values("TTE1")
    assert moved == pytest.approx((left + 12, top - 20), abs=0.11)
    placing.save()
    assert placing.values("TTE1") == moved
    assert placing.values("TTE2") == other
    placing.tab_to("[data-place]")
    placing.press(*["Shift+ArrowLeft"] * 20)
    assert placing.values("TTE1") == (0, moved[1])


def test_enter_in_a_field_saves_and_removes_nothing(placing: Placing) -> None:
    """What is typed moves the box at once; Enter keeps every place."""
    placing.tab_to("input[name^=top-]")
    placing.press("Control+a", *"100,5")
    box = placing.desk.page.locator("[data-place] rect").first
    assert float(box.get_attribute("y") or "") == pytest.approx(100.5 * MM, abs=0.5)
    placing.save()
    assert placing.values("TTE1")[1] == 100.5
    assert placing.fields() == ["TTE1", "TTE2"]
    placing.desk.send("Hapus TTE1", "Tempat tanda tangan dihapus.")
    assert placing.fields() == ["TTE2"]


def test_forms_are_in_reach_beside_a_long_letter(
    office: Office, host: Host, tmp_path: Path
) -> None:
    """On a desk the last button comes into view while the first page is still read."""
    with opened(office, host, MANNERS[2]) as room, room.desk("maker") as desk:
        desk.bring("Laporan", letter("Laporan", pages=6), tmp_path)
        for spot in ("bottom_left", "bottom_right", "top_left"):
            desk.put(spot)
        desk.main.get_by_role("button", name="Pilih penanda tangan").scroll_into_view_if_needed()
        first = desk.page.locator("#hal-1").bounding_box()
        assert first is not None
        assert first["y"] + first["height"] > 0
        looks_right(desk.page, "long-letter", whole=False)


def test_a_place_is_dragged(placing: Placing) -> None:
    """The box goes where the mouse takes it, stays on the page, and is saved by the button."""
    desk, (left, top) = placing.desk, placing.values("TTE1")
    place = desk.page.locator("[data-place]").first
    place.scroll_into_view_if_needed()
    at, sheet = place.bounding_box(), desk.page.locator(".esign-paper").bounding_box()
    assert at is not None
    assert sheet is not None
    pixels = sheet["width"] / 210  # in a millimetre
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    mouse = desk.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 40 * pixels, y - 30 * pixels, steps=5)
    mouse.up()
    mouse.move(x, y)
    moved = placing.values("TTE1")
    assert moved == pytest.approx((left + 40, top - 30), abs=1)
    desk.send("Simpan tempat", SAVED)
    assert placing.values("TTE1") == moved
    place.scroll_into_view_if_needed()
    at = place.bounding_box()
    assert at is not None
    mouse.move(at["x"] + 5, at["y"] + 5)
    mouse.down()
    mouse.move(0, at["y"] + 5, steps=5)
    mouse.up()
    assert placing.values("TTE1") == (0, moved[1])
