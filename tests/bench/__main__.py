"""Runs the benchmarks, prints a table and writes `build/bench.json`.

With `--full` only those that have a larger size (`FULL`) run, in that size: hours, by hand.
"""

import argparse
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

AREAS = {
    "adms": "adms_upload",
    "unit_month": "unit_month",
    "waiting": "waiting",
    "esign": "esign",
    "days": "p8_days",
    "sp2d_issue": "sp2d_issue",
    "sp2d_growth": "sp2d_growth",
    "search": "search",
    "archives_import": "archives_import",
    "retention_run": "retention_run",
    "ecatalog_search": "ecatalog_search",
}
COLUMNS = ("name", "engine", "value", "baseline", "ratio", "goal", "holds")


def main() -> None:
    """Measure the chosen areas; the exit status says whether every goal holds."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=main.__doc__)
    parser.add_argument("--area", choices=sorted(AREAS), action="append")
    parser.add_argument("--output", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--full", action="store_true")
    chosen = parser.parse_args()
    lines: list[dict[str, Any]] = []
    for area in chosen.area or AREAS:
        started = time.monotonic()
        module = importlib.import_module(f"tests.bench.{AREAS[area]}")
        size: dict[str, int] = getattr(module, "FULL", {})
        if chosen.full and not size:
            continue
        lines += module.measure(**(size if chosen.full else {}))
        sys.stderr.write(f"{area}: {time.monotonic() - started:.0f} s\n")
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text(json.dumps(lines, indent=2) + "\n")
    _print(lines)
    sys.exit(0 if all(line["holds"] for line in lines) else 1)


def _print(lines: list[dict[str, Any]]) -> None:
    texts = [[str(line[column]) for column in COLUMNS] for line in lines]
    widths = [
        max(len(row[number]) for row in [list(COLUMNS), *texts]) for number in range(len(COLUMNS))
    ]
    for row in [list(COLUMNS), *texts]:
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


if __name__ == "__main__":
    main()
