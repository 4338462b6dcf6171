"""The reference tables of `data` and of the demonstration, as rows and as lines of the rules."""

import csv
import io
from functools import cache
from pathlib import Path

from leuit_archives.rules.classification import ClassLine
from leuit_archives.rules.schedule import ScheduleLine, read_line
from tests.archives.keepers import sample

DATA = Path(__file__).parent / "data"
BROADCASTER, PROVINCE = "jra_contoh.csv", "jra_daerah_contoh.csv"


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a file by column, as text."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def classification() -> tuple[ClassLine, ...]:
    """Every code of Permendagri 83/2022 part B."""
    return tuple(
        ClassLine(row["code"], row["name"], row["parent"], int(row["level"]))
        for row in csv.DictReader(io.StringIO(sample("klasifikasi_arsip.csv").decode()))
    )


@cache
def schedule(name: str) -> tuple[ScheduleLine, ...]:
    """The rules of a schedule, read from its phrases alone."""
    return tuple(
        read_line(
            row["code"],
            row["title"],
            row["raw_active"],
            row["raw_inactive"],
            row["raw_final_action"],
        )
        for row in rows_of(name)
    )
