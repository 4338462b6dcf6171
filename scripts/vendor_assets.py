"""Browser files of the product: htmx and one sprite of icons.

They go into `core/src/leuit/web/static/vendor/`, git-ignored, and from there into the wheel. The
sprite holds the Lucide icons named in `icons.txt` as `<symbol id="NAME">`, so a page says
`<use href=".../icons.svg#NAME">`. Licences go along.
"""

import re
from pathlib import Path

from npm import ROOT, PackageError, fetch, take

TARGET = ROOT / "core" / "src" / "leuit" / "web" / "static" / "vendor"
ICON_NAMES = Path(__file__).with_name("icons.txt")
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
)
INSIDE_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def sprite(icons: dict[str, bytes]) -> str:
    symbols = []
    for name, content in sorted(icons.items()):
        inside = INSIDE_SVG.search(content.decode())
        if inside is None:
            raise PackageError(f"icon {name} is not an SVG file")
        shapes = re.sub(r"\s*\n\s*", "", inside[1]).replace(" />", "/>").strip()
        symbols.append(SYMBOL.format(name=name, shapes=shapes))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def main() -> None:
    htmx = take(fetch("htmx.org"), "dist/htmx.min.js", "LICENSE")
    words = [line.split("#")[0].strip() for line in ICON_NAMES.read_text().splitlines()]
    names = [word for word in words if word]
    lucide = take(fetch("lucide-static"), "LICENSE", *(f"icons/{name}.svg" for name in names))
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "icons.svg").write_text(sprite({n: lucide[f"icons/{n}.svg"] for n in names}))
    (TARGET / "LICENSE.htmx.txt").write_bytes(htmx["LICENSE"])
    (TARGET / "LICENSE.lucide.txt").write_bytes(lucide["LICENSE"])
    # Last: make takes this file for the sign that all are there.
    (TARGET / "htmx.min.js").write_bytes(htmx["dist/htmx.min.js"])


if __name__ == "__main__":
    main()
