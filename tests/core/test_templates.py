"""The look keeps its budgets and its promises: weight, policy, icons, contrast, no dead rules."""

import datetime as dt
import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from leuit.plugins import Host
from leuit.web import environment_of

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "core" / "src" / "leuit" / "web"
STATIC = WEB / "static"
PAGES = sorted(
    path
    for pattern in ("core/src/**/templates/**/*.html", "plugins/*/src/**/templates/**/*.html")
    for path in ROOT.glob(pattern)
)
# Classes that a macro puts together from a word it is given.
COMPOSED = {
    "button": ("primary", "danger", "home", "wide"),
    "chip": ("nila", "daun", "tunggu", "bata", "solid"),
    "icon": ("16", "24"),
    "input": ("short", "medium"),
    "notice": ("daun", "tunggu", "bata"),
    "tile": ("nila", "daun", "tunggu", "bata"),
    "timeline": ("done", "now"),
    "tone": ("daun", "tunggu", "bata"),
    "verdict": ("nila", "daun", "tunggu", "bata"),
}
# Words and numbers of a day, of which the strip makes its classes.
STRIP = {"cuti", "dinas", "absen", "libur", "kosong", *(f"{a}{n}" for a in "tp" for n in "1234")}
# Text on ground, in both schemes: WCAG 1.4.3.
TEXTS = [
    ("text", "bg"),
    ("text", "surface"),
    ("muted", "bg"),
    ("muted", "surface"),
    ("muted", "inset"),
    ("nila", "bg"),
    ("nila", "surface"),
    ("nila", "nila-soft"),
    ("button-text", "button"),
    ("button-text", "button-hover"),
    ("tarum-text", "tarum"),
    ("tarum-muted", "tarum"),
    ("tarum-text", "tarum-card"),
    ("tarum-muted", "tarum-card"),
    ("padi-text", "padi"),
    ("padi-text", "padi-hover"),
    ("daun", "daun-soft"),
    ("tunggu", "tunggu-soft"),
    ("bata", "bata-soft"),
    ("bata", "surface"),
    ("bata", "bg"),
    ("bata-text", "bata"),
    ("abu", "abu-soft"),
    ("muted", "abu-soft"),
    ("text", "nila-soft"),
    ("text", "daun-soft"),
    ("text", "tunggu-soft"),
    ("text", "bata-soft"),
    ("text", "cuti"),
    ("text", "dinas"),
    ("tk-text", "tk"),
    ("surface", "text"),
    ("surface", "daun"),
    ("surface", "nila"),
    ("surface", "tunggu"),
    ("surface", "bata"),
    ("surface", "abu"),
    ("nila", "daun-soft"),
    ("nila", "tunggu-soft"),
    ("nila", "bata-soft"),
]
# Borders of controls and cells of the strip on what surrounds them: WCAG 1.4.11.
SHAPES = [
    ("edge", "surface"),
    ("edge", "bg"),
    ("nila", "surface"),
    *[(lateness, "hadir") for lateness in ("tl1", "tl2", "tl3", "tl4", "tk")],
]


@cache
def style() -> str:
    """The stylesheet without its comments."""
    text = (STATIC / "leuit.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def tokens(scheme: str) -> dict[str, str]:
    """Colour tokens of a scheme, as six hexadecimal digits; dark ones lie over the light ones."""
    blocks = re.findall(r":root \{([^}]*)\}", style())
    shown = blocks[:1] if scheme == "light" else blocks[:2]
    return dict(re.findall(r"--([\w-]+): #([0-9A-Fa-f]{6});", " ".join(shown)))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2 between two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def environment(host: Host) -> Environment:
    """The templates of the core and of every installed plugin."""
    return environment_of(host)


def draw(environment: Environment, template: str, macro: str, *values: object) -> str:
    """What a macro makes of its arguments."""
    drawn: Markup = getattr(environment.get_template(template).module, macro)(*values)
    return str(drawn)


def test_style_and_script_keep_their_weight() -> None:
    """Packed, the stylesheet stays within 12 kB and the sprite within 4; the script within 8."""
    assert len(gzip.compress((STATIC / "leuit.css").read_bytes(), 9)) <= 12_000
    assert (STATIC / "leuit.js").stat().st_size <= 8_000
    assert len(gzip.compress((STATIC / "icons.svg").read_bytes(), 9)) <= 4_000


def test_style_stays_on_the_floor() -> None:
    """Nothing that Chrome 109 does not know: no nesting, color-mix, light-dark or popover."""
    assert not re.search(r"color-mix|light-dark|popover|@layer|@scope", style())
    blocks = re.sub(r"@media[^{]*\{|@supports[^{]*\{", "", style())
    depth = deepest = 0
    for mark in re.findall(r"[{}]", blocks):
        depth = depth + 1 if mark == "{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    assert deepest == 1
    assert style().count("{") == style().count("}")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_need_no_exception_from_the_policy(path: Path) -> None:
    """No style attribute, no inline script or style, no inline handler in any template.

    A block of data (JSON-LD) is no script: no browser runs it, so no policy stops it. It is written
    by `tojson` alone, which lets no tag through.
    """
    text = re.sub(
        r'<script type="application/ld\+json">\{\{ \w+ \| tojson \}\}</script>',
        "",
        path.read_text(encoding="utf-8"),
    )
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\s(on[a-z]+|hx-on[:\w-]*)\s*=\s*[\"']", text)


def test_every_icon_is_in_the_sprite(host: Host) -> None:
    """Icons named by pages and by menus exist; a missing one would be drawn as nothing."""
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    named = {item.icon for _owner, item in host.merged.menu.values()}
    for path in PAGES:
        found = re.findall(r'icon\("([\w-]+)"|sign="([\w-]+)"', path.read_text(encoding="utf-8"))
        named.update(name for pair in found for name in pair if name)
    assert named - sprite == set()


def test_every_class_of_the_style_is_used() -> None:
    """No dead rules: each class stands in a template or the script, or a macro composes it."""
    selectors = " ".join(re.findall(r"([^{}]*)\{", style()))
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))
    texts = [path.read_text(encoding="utf-8") for path in PAGES]
    texts.append((STATIC / "leuit.js").read_text(encoding="utf-8"))
    words = set(re.findall(r"[\w-]+", " ".join(texts)))
    composed = {f"{stem}-{end}" for stem, ends in COMPOSED.items() for end in ends}
    assert classes - words - composed - STRIP == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pairs, least", [(TEXTS, 4.5), (SHAPES, 3.0)], ids=["text", "shape"])
def test_colours_can_be_told_apart(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    """Text has a contrast of at least 4.5 on its ground, borders and cells of at least 3."""
    known = tokens(scheme)
    weak = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


def test_every_template_can_be_read(environment: Environment) -> None:
    """Templates of the core and of the plugins compile, and what they import exists."""
    for name in environment.list_templates():
        environment.get_template(name)


def test_the_strip_draws_one_cell_a_day(environment: Environment) -> None:
    """A cell says lateness, early leaving and kind by class; readers do not meet the strip."""
    day = {"kind": "hadir", "tl": 0, "psw": 0, "week_start": False, "date": dt.date(2026, 10, 1)}
    days = [
        day,
        day | {"tl": 1, "psw": 2},
        day | {"kind": "cuti", "week_start": True},
        day | {"kind": "absen"},
    ]
    drawn = draw(environment, "macros/day_strip.html", "day_strip", days)
    assert drawn == (
        '<span class="strip" aria-hidden="true"><i></i><i class="t1 p2"></i>'
        '<i class="w cuti">C</i><i class="absen">×</i></span>'
    )


def test_bars_start_from_zero(environment: Environment) -> None:
    """Bars are as high as their share of the scale; their numbers stand in a table beside."""
    bars = [
        {"label": "1", "value": 2, "highlight": False, "show_label": True},
        {"label": "2", "value": 8, "highlight": True, "show_label": False},
        {"label": "3", "value": 0, "highlight": False, "show_label": False},
    ]
    drawn = draw(environment, "macros/chart.html", "bar_chart", "Delapan", bars, 8, "Orang")
    heights = re.findall(r'y="([\d.]+)" width="14" height="([\d.]+)"( class="high")?', drawn)
    assert heights == [("75.0", "25.0", ""), ("0.0", "100.0", ' class="high"')]
    assert re.findall(r'<td class="number">(\d+)</td>', drawn) == ["2", "8", "0"]


def test_zero_is_a_dash(environment: Environment) -> None:
    """A number cell shows zero as an en dash, and any other number with its label for phones."""
    zero = draw(environment, "macros/table.html", "number", "TL", 0)
    assert zero == '<td role="cell" class="number zero" data-label="TL">–</td>'
    three = draw(environment, "macros/table.html", "number", "TL", 3)
    assert three == '<td role="cell" class="number" data-label="TL">3</td>'
