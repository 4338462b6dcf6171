"""The site through Chromium: one walk for every run, then every page at each size and colour.

Pictures are kept in build/screenshots/system/. A page fails on a console error, a violation of its
content security policy, a request to another site, or a finding of axe.
"""

import contextlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from leuit.identity import Identity
from leuit.plugins import Host
from leuit.web import all_routes
from tests.support import browser as support
from tests.system.browser_office import PASSWORD, Site
from tests.system.browser_pages import OWN_PAGES, PAGES, PRODUCT_PAGES, PUBLIC_PAGES, SHOP_PAGES
from tests.system.letters_in_states import Letters

KILO = 1024
BUDGET = {"stylesheet": 12 * KILO, "document": 15 * KILO}
FIRST_PAGE, WITH_PICTURES, OWN_SCRIPT = 60 * KILO, 100 * KILO, 8 * KILO
NARROW = (320, 700)
TOGETHER = 8
SIZES = (support.PHONE, support.DESK)
NO_PAGE = {
    "/ecatalog/orders/export",
    "/ecatalog/purchases/export",
    "/ecatalog/purchases/{purchase_id}/file",
    "/ecatalog/shop/offers",  # a vendor's own: tests.ecatalog.test_buying_browser opens them
    "/ecatalog/shop/offers/{purchase_id}",
    "/ecatalog/shop/offers/{purchase_id}/decline",
    "/ecatalog/shop/orders",  # as above: tests.ecatalog.test_order_browser opens them
    "/ecatalog/shop/orders/{purchase_id}",
    "/ecatalog/shop/orders/{purchase_id}/refuse",
    "/ecatalog/shop/orders/{purchase_id}/deliver",
    "/ecatalog/shop/orders/{purchase_id}/bill",
    "/ecatalog/shop/orders/{purchase_id}/bill/files/{item}",
    "/ecatalog/shop/orders/{purchase_id}/documents/{document_id}/file",
    "/ecatalog/purchases/{purchase_id}/documents/{document_id}/file",
    "/ecatalog/purchases/{purchase_id}/deliveries/{delivery_id}/file",
    "/ecatalog/purchases/{purchase_id}/bill/files/{item}",
    "/ecatalog/purchases/{purchase_id}/payment/file",
    "/archives/import/{import_id:uuid}/rows",
    "/archives/records/{record_id}/files/{place}",
    "/ecatalog/shop/papers/files/{document_id}",
    "/ecatalog/shop/products/export",
    "/ecatalog/pictures/{picture_id:uuid}/{size}",
    "/ecatalog/vendors/{vendor_id}/papers/{document_id}",
    "/ecatalog/sanctions/{sanction_id}/file",
    "/healthz",
    "/readyz",
    "/api/openapi.json",
    "/attendance/units/{code}/month.xlsx",
    "/attendance/recaps/{recap_id}/draft",
    "/attendance/recaps/{recap_id}/signed",
    "/esign/documents/{document_id}/pages/{page}",
    "/esign/documents/{document_id}/pdf",
    "/regulations/{edition_id:uuid}/source",
    "/sp2d/payments/{payment_id}/evidence/{evidence_id}",
    "/sp2d/bank/orders/{batch_id}",
    "/sp2d/payments/{payment_id}/papers/{paper_id}",
    "/sp2d/payments/{payment_id}/returns/{act_id}",
    "/sp2d/accounts/{lpj_id}/evidence/{evidence_id}",
    "/sp2d/claims/{claim_id}/evidence/{number}",
    "/archives/letters/new/{file_id}/pages/{page}",
    "/archives/letters/{letter_id}/files/{place}",
    "/archives/letters/{letter_id}/files/{place}/pages/{page}",
    "/archives/letters/{letter_id}/reports/{receiver_id}",
    "/archives/letters/{letter_id}/disposition.pdf",
    "/archives/outgoing/{outgoing_id}/pages/{page}",
    "/archives/outgoing/{outgoing_id}/pdf",
    "/archives/outgoing/{outgoing_id}/files/{file_id}",
    "/archives/dossiers/{dossier_id}/bag",
    "/archives/dossiers/{dossier_id}/list",
    "/archives/lists/dossiers",
    "/archives/lists/letters/{direction}",
    "/archives/dossiers/{dossier_id}/events/{event_id}/file",
    "/archives/appraisals/{appraisal_id}/file",
    "/archives/transfers/{transfer_id}/minutes.pdf",
    "/archives/transfers/{transfer_id}/signed",
    "/archives/disposals/{disposal_id}/paper.pdf",
    "/archives/disposals/{disposal_id}/papers/{step}",
}
"""GET routes that answer with a file or a line."""


@contextlib.contextmanager
def unrolled(page: Page) -> Iterator[None]:
    """The window as high as the page with all its pictures: the bar of phones lies at its end."""
    size = page.viewport_size
    assert size is not None
    page.evaluate(
        """() => Promise.all([...document.images].map(image => {
            image.loading = "eager"
            return image.decode().catch(() => null)
        }))"""
    )
    tall: int = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
    yield
    page.set_viewport_size(size)


def picture(page: Page, name: str) -> None:
    """A picture of the whole page."""
    with unrolled(page):
        support.screenshot(page, f"system/{name}")


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as a document."""
    with unrolled(page):
        found = support.axe_violations(page)
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    if page.locator("html").get_attribute("lang") != "id":
        found.append("lang is not id")
    return found


def test_walk_from_the_sign_in_to_a_day_and_out_again(browser: Browser, office: Site) -> None:
    """At 360 px somebody signs in by password, opens a day to its reasons, and signs out."""
    with office.page(browser, size=support.PHONE) as page:
        page.goto("/attendance/me")
        assert page.url.endswith("/sign-in?next=/attendance/me")
        page.get_by_label("NIP, email, atau nama akun").fill(office.member.login)
        page.get_by_label("Kata sandi").fill("bukan ini")
        page.get_by_role("button", name="Masuk").click()
        page.get_by_text("tidak cocok").first.wait_for()
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("heading", name="Absensi saya", level=1).wait_for()
        assert not support.scrolls_sideways(page)
        picture(page, "walk-month")
        page.get_by_role("link", name="Selasa, 13 Oktober 2026").click()
        page.get_by_role("heading", name="Mengapa demikian").wait_for()
        assert "terlambat 61 menit" in page.locator("main").inner_text()
        picture(page, "walk-day")
        page.get_by_label("Pintasan").get_by_role("link", name="Beranda").click()
        page.get_by_role("heading", level=1).filter(has_text="Budi Contoh").wait_for()
        picture(page, "walk-home")
        page.locator("details.who summary").click()
        page.get_by_role("button", name="Keluar").click()
        page.get_by_text("Anda sudah keluar").wait_for()
        page.goto("/")
        assert urlsplit(page.url).path == "/sign-in"


def test_every_page_has_an_example(host: Host) -> None:
    """The list of pages that the browser opens is that of the routes."""
    routes = {
        path
        for _owner, path, route in all_routes(host)
        if route.kind == "page" and "GET" in route.methods
    }
    assert sorted(routes - set(PAGES) - NO_PAGE) == []
    assert sorted(set(PAGES) - routes) == []


@pytest.mark.ci
@pytest.mark.parametrize(
    "size, dark",
    [(support.PHONE, False), (support.DESK, False), (support.PHONE, True)],
    ids=["360-light", "1280-light", "360-dark"],  # colours do not depend on the width
)
def test_every_page_is_clean(
    browser: Browser, office: Site, size: tuple[int, int], dark: bool
) -> None:
    """No finding of axe, one h1, Indonesian, no sideways scroll at this width or at 320 px."""
    wrong: list[str] = []
    for whose, pages in _shared(office).items():
        who = _callers(office)[whose]
        with office.page(browser, who, size=size, dark=dark) as page:
            for name, address in pages.items():
                answer = page.goto(address)
                assert answer is not None
                faults = [] if answer.status == 200 else [f"status {answer.status}"]
                faults += faults_of(page)
                picture(page, f"{'dark/' if dark else ''}{_file(name)}")
                for width in (size, NARROW):
                    page.set_viewport_size({"width": width[0], "height": width[1]})
                    if support.scrolls_sideways(page):
                        faults.append(f"scrolls sideways at {width[0]}")
                page.set_viewport_size({"width": size[0], "height": size[1]})
                wrong += [f"{name}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)


@pytest.mark.ci
def test_every_page_keeps_the_weight_budget(browser: Browser, office: Site) -> None:
    """HTML, style, script and the whole first visit weigh no more than DESIGN section 7 allows."""
    wrong: list[str] = []
    for whose, pages in _shared(office).items():
        who = _callers(office)[whose]
        names = sorted(pages)
        for some in (names[at : at + TOGETHER] for at in range(0, len(names), TOGETHER)):
            weights: dict[str, support.Weight] = {}
            with (
                contextlib.ExitStack() as opened
            ):  # each page is given its quiet while the others load
                for name in some:
                    page = opened.enter_context(office.page(browser, who, size=support.PHONE))
                    weights[name] = opened.enter_context(support.weigh(page))
                    page.goto(pages[name])
            for name, weight in weights.items():
                wrong += [f"{name}: {over}" for over in _too_heavy(weight)]
    assert not wrong, "\n".join(wrong)


def _too_heavy(weight: support.Weight) -> list[str]:
    found = {kind: weight.kinds.get(kind, 0) for kind in BUDGET}
    over = [f"{kind} {n}" for kind, n in found.items() if n > BUDGET[kind]]
    own = sum(n for path, n in weight.by_path.items() if path.endswith("leuit.js"))
    limit = WITH_PICTURES if weight.kinds.get("image", 0) > 10 * KILO else FIRST_PAGE
    if own > OWN_SCRIPT or weight.total > limit:
        over.append(f"{weight.total} together\n{weight.report()}")
    return over


@pytest.mark.ci
def test_focus_is_seen_wherever_it_goes(browser: Browser, office: Site) -> None:
    """By the Tab key alone: the skip link first, then each control with an outline of 3 px."""
    for address in ("/", "/attendance/units/CONTOH/month", "/attendance/absences/new"):
        with office.page(browser, office.admin, size=support.DESK) as page:
            page.goto(address)
            page.keyboard.press("Tab")
            assert page.evaluate("() => document.activeElement.className") == "skip-link"
            seen = 0
            for _step in range(60):
                page.keyboard.press("Tab")
                found = page.evaluate(FOCUS)
                if found is None:
                    break
                seen += 1
                assert found["width"] >= 2, f"{address}: {found}"
            assert seen > 8


FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at);
    const drawn = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    return {width: drawn, what: at.outerHTML.slice(0, 120)};
}"""


@pytest.mark.ci
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_states_that_are_not_the_usual_one(
    browser: Browser, office: Site, size: tuple[int, int], scripts: bool
) -> None:
    """Empty lists, refused forms, lost addresses and missing rights say what to do next."""
    empty = {
        "empty-month": "/attendance/units/CONTOH/month?month=2026-09",
        "empty-filter": "/attendance/units/CONTOH/month?name=tidakada",
        "empty-recaps": "/attendance/units/CONTOH/recaps?month=2026-08",
        "empty-devices": "/attendance/devices?q=tidakada",
        "empty-people": "/organisation/people?q=tidakada",
        "empty-regulations": "/regulations?status=withdrawn",
        "empty-calendar": "/calendar?year=2024",
        "error-404": "/tidak/ada",
        "error-404-unit": "/attendance/units/TIDAKADA/month",
    }
    wrong: list[str] = []
    with office.page(browser, office.admin, size=size, scripts=scripts) as page:
        for name, address in empty.items():
            answer = page.goto(address)
            assert answer is not None
            assert answer.status in (200, 404), name
            assert ("error" in name) == (answer.status == 404), name
            wrong += _state(page, name, scripts)
        for name, address in {
            "refused-absence": "/attendance/absences/new",
            "refused-person": "/organisation/people/new",
            "refused-regulation": "/regulations/new",
            "refused-import": "/attendance/import",
            "refused-holiday": "/calendar/new",
        }.items():
            page.goto(address)
            page.locator("main form button").last.click()
            page.locator(".error-summary").wait_for()
            assert page.title().startswith("Kesalahan:"), name
            wrong += _state(page, name, scripts)
    with office.page(browser, office.member, size=size, scripts=scripts) as page:
        page.goto("/organisation/roles")
        assert "Anda tidak berhak" in page.locator("main").inner_text()
        wrong += _state(page, "error-403", scripts)
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def letters(office: Site) -> dict[str, tuple[Identity, str]]:
    """Letters in each state: who looks at them, and where."""
    return Letters(office.app, office.member, office.head).all()


@pytest.mark.ci
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["360", "1280"])
def test_letters_in_each_state(
    browser: Browser,
    office: Site,
    letters: dict[str, tuple[Identity, str]],
    size: tuple[int, int],
    dark: bool,
) -> None:
    """Whatever became of a letter, its page is clean, also with what was typed refused."""
    wrong: list[str] = []
    for name, (who, address) in letters.items():
        with office.page(browser, who, size=size, dark=dark) as page:
            page.goto(address)
            wrong += _letter(page, f"{name}-dark" if dark else name)
            for button in ("Tambah langkah", "Tanda tangani", "Beri paraf"):
                pressed = page.locator("main").get_by_role("button", name=button, exact=True)
                if pressed.count():
                    pressed.click()
                    page.locator(".error-summary").wait_for()
                    wrong += _letter(page, f"{name}-refused{'-dark' if dark else ''}")
    assert not wrong, "\n".join(wrong)


def _letter(page: Page, name: str) -> list[str]:
    found = _state(page, f"letter-{name}", scripts=True)
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    if support.scrolls_sideways(page):
        found.append(f"{name}: scrolls sideways at {NARROW[0]}")
    page.set_viewport_size(size)
    return found


def _state(page: Page, name: str, scripts: bool) -> list[str]:
    if not scripts:
        return []
    picture(page, f"states/{name}")
    found = faults_of(page)
    if support.scrolls_sideways(page):
        found.append("scrolls sideways")
    return [f"{name}: {fault}" for fault in found]


def _shared(office: Site) -> dict[str, dict[str, str]]:
    pages = office.pages()
    own, everybody, shop = {*OWN_PAGES, "/"}, set(PUBLIC_PAGES), {*SHOP_PAGES, *PRODUCT_PAGES}
    others = own | everybody | shop
    return {
        "nobody": {name: pages[name] for name in pages if name in everybody},
        "member": {name: pages[name] for name in pages if name in own},
        "vendor": {name: pages[name] for name in pages if name in shop},
        "admin": {name: pages[name] for name in pages if name not in others},
    }


def _callers(office: Site) -> dict[str, Identity | None]:
    return {
        "nobody": None,
        "member": office.member,
        "vendor": office.vendor,
        "admin": office.admin,
    }


def _file(name: str) -> str:
    return name.strip("/").replace("/", "-").replace("{", "").replace("}", "") or "home"
