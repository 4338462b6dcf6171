"""Payments in each state through Chromium: whatever became of one, its page is clean.

Pictures are kept in build/screenshots/system/states/.
"""

import pytest
from playwright.sync_api import Browser, Page

from leuit_sp2d.rules.chain import BANK, DRAFT, PAID, RETUR, SPP, TEST
from tests.support import browser as support
from tests.system.browser_office import Site
from tests.system.examples.sp2d import STATES
from tests.system.test_browser import NARROW, SIZES, faults_of, picture

pytestmark = pytest.mark.ci
BUTTONS = {DRAFT: "Ajukan SPP", SPP: "Terbitkan SPP", TEST: "Lanjut"}
ON_A_DESK = BUTTONS | {TEST: "Lanjut ke ringkasan"}
FORMS = {
    BANK: ("void", "Batalkan SP2D"),
    RETUR: ("repeat", "Buat perintah bayar baru"),
    PAID: ("refund", "Catat pengembalian"),
}
BROKEN = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.children.length === 0 && /^-?Rp[0-9.]+$/.test(one.textContent.trim()))
    .filter(one => one.getClientRects().length > 0)
    .filter(one => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
    })
    .map(one => one.textContent.trim())"""
"""Amounts that stand on more than one line."""

COUNTED = """() => [...document.querySelectorAll('.sp2d-list *')]
    .filter(one => getComputedStyle(one).counterIncrement === 'sp2d-done 1').length"""
"""What the style sheet counts at the head of the checklist."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_payments_in_each_state(
    browser: Browser, office: Site, size: tuple[int, int], dark: bool
) -> None:
    """As it stands, and with what was pressed on it refused: no finding, no amount in two lines."""
    wrong: list[str] = []
    with office.page(browser, office.admin, size=size, dark=dark) as page:
        for state in STATES:
            address = f"/sp2d/payments/{office.ids[state]}"
            page.goto(address)
            wrong += _looked_at(page, state, dark)
            if state == TEST:
                page.locator("input[value=wrong]").first.check()
                page.get_by_role("button", name="Kembalikan", exact=True).click()
                page.get_by_role("heading", name="Kembalikan pembayaran").wait_for()
                wrong += _looked_at(page, "return", dark)
            if state in FORMS:
                form, button = FORMS[state]
                page.goto(f"{address}/{form}")
                page.get_by_role("button", name=button, exact=True).click()
                page.locator(".error-summary").wait_for()
                wrong += _looked_at(page, f"{state}-refused", dark)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_the_usual_empty_and_refused_pages(
    browser: Browser, office: Site, size: tuple[int, int]
) -> None:
    """Filters that find nothing, forms sent empty, and addresses of nothing say what to do next."""
    empty = {
        "sp2d-empty": ("/sp2d?q=tidakada", 200),
        "sp2d-empty-register": ("/sp2d/registers/spm?year=2025", 200),
        "sp2d-no-register": ("/sp2d/registers/faktur", 404),
        "sp2d-no-payment": (f"/sp2d/payments/{office.ids['unit_id']}", 404),
        "sp2d-no-year": (f"/sp2d/budget/{office.ids['unit_id']}/2024", 200),
    }
    wrong: list[str] = []
    with office.page(browser, office.admin, size=size) as page:
        for name, (address, status) in empty.items():
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == status, name
            wrong += _looked_at(page, name, dark=False)
        for name, address in {
            "sp2d-refused-claim": f"/sp2d/payments/new?kind=LS_BJ&unit={office.ids['unit_id']}",
            "sp2d-refused-dpa": "/sp2d/budget/import",
            "sp2d-refused-statement": "/sp2d/bank",
        }.items():
            page.goto(address)
            page.locator("main form button").last.click()
            page.locator(".error-summary").wait_for()
            assert page.title().startswith("Kesalahan:"), name
            wrong += _looked_at(page, name, dark=False)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", sorted(BUTTONS))
def test_a_phone_has_the_actions_in_reach(browser: Browser, office: Site, state: str) -> None:
    """Without scrolling the step's own action is in view; a desk has no such bar."""
    address = f"/sp2d/payments/{office.ids[state]}"
    for size, shown, names in (
        (support.PHONE, True, BUTTONS),
        (support.DESK, False, ON_A_DESK),
    ):
        with office.page(browser, office.admin, size=size) as page:
            page.goto(address)
            bar = page.locator("nav.action-bar")
            assert bar.is_visible() is shown
            action = page.get_by_role("button", name=names[state], exact=True)
            assert action.count() == 1
            if shown:
                box = action.bounding_box()
                assert box is not None
                assert box["y"] + box["height"] <= size[1]
                assert box["height"] >= 44


def test_answers_are_counted_as_they_are_given(browser: Browser, office: Site) -> None:
    """The checklist's head counts checks that passed and answers given, without a script."""
    with office.page(browser, office.admin, size=support.PHONE) as page:
        page.goto(f"/sp2d/payments/{office.ids[TEST]}")
        passed = page.locator(".sp2d-machine:not(.sp2d-wrong, .sp2d-warning)").count()
        answers = page.locator("input[type=radio][value=ok]")
        asked = answers.count()
        total = page.locator(".sp2d-machine").count() + asked
        assert f"dari {total} selesai" in page.locator(".sp2d-count").inner_text()
        for number in range(asked):
            assert page.evaluate(COUNTED) == passed + number
            answers.nth(number).check()
        page.locator("input[type=radio][value=wrong]").first.check()
        assert page.evaluate(COUNTED) == passed + asked


def _looked_at(page: Page, name: str, dark: bool) -> list[str]:
    picture(page, f"states/payment-{name}{'-dark' if dark else ''}")
    found = faults_of(page)
    size = page.viewport_size
    assert size is not None
    for width in (size["width"], NARROW[0]):
        page.set_viewport_size({"width": width, "height": size["height"]})
        if support.scrolls_sideways(page):
            found.append(f"scrolls sideways at {width}")
        broken: list[str] = page.evaluate(BROKEN)
        found += [f"{amount} is broken at {width}" for amount in broken]
    page.set_viewport_size(size)
    return [f"{name}: {fault}" for fault in found]
