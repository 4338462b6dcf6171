"""The treasurer's desk in Chromium, on a phone and on a desk, checked by axe.

Pictures are kept in build/screenshots/treasurer/.
"""

import datetime as dt

import pytest
from playwright.sync_api import expect

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.work import Leuit
from leuit_sp2d.rules.chain import SPP
from leuit_sp2d.service.payments import deductions_of
from tests.sp2d.float_office import float_claim, paid, receipt, written
from tests.sp2d.test_tax_on_payments import receipt as recorded
from tests.sp2d.test_tax_on_payments import taxed_claim
from tests.sp2d.test_tpp_browser import SIZES, seen
from tests.sp2d.treasury import Treasury, treasury
from tests.support import browser as support
from tests.system.browser_office import served
from tests.system.test_browser import unrolled

pytestmark = pytest.mark.ci


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """A treasury with a float, an LPJ, and two taxes that were not passed on."""
    made = treasury(app)
    paid(made, float_claim(made))
    written(made, receipt(made.line, 12_345_678))
    payment_id = paid(made, taxed_claim(made))
    with app.read(SYSTEM) as view:
        ppn, _pph = deductions_of(view, payment_id)
    recorded(made, payment_id, ppn.id, "123456789012345", dt.date(2026, 9, 1), "")
    return made


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_the_desk_in_the_browser(office: Treasury, host: Host, size: tuple[int, int]) -> None:
    """What is urgent is seen at once, nothing scrolls sideways, and a tax is one tap away."""
    with (
        served(office.app, host) as address,
        support.chromium() as browser,
        seen(browser, address, office.app, office.people[SPP], size) as page,
    ):
        page.goto("/sp2d/accounts")
        expect(page.get_by_text("Kedaluwarsa", exact=True)).to_be_visible()
        with unrolled(page):
            support.screenshot(page, "treasurer/accounts")
            assert support.axe_violations(page) == []
        assert not support.scrolls_sideways(page)
        page.get_by_role("link", name="PPN").click()
        expect(page.locator("h1")).to_have_text("Bukti setor pajak")
