"""No wheel or sdist of the core without its browser files.

hatchling leaves missing `artifacts` out without a word; a server built so would answer 404 for
htmx and the icons. An editable install is exempt: there `make` fetches the files into the source
tree later.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REQUIRED = ("htmx.min.js", "icons.svg")


class VendoredAssetsHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 hatchling's signature
        if version == "editable":
            return
        folder = Path(self.root, "src", "leuit", "web", "static", "vendor")
        missing = [name for name in REQUIRED if not (folder / name).is_file()]
        if missing:
            raise RuntimeError(
                f"browser files missing in {folder}: {', '.join(missing)}; run `make assets` first"
            )
