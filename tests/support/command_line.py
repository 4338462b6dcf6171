"""Running commands as typed, and writing the tables that they read."""

import io
from collections.abc import Callable
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from leuit.cli.main import execute
from leuit.plugins import Host
from leuit.work import Leuit

Run = Callable[..., tuple[int, str, str]]


def runner(app: Leuit, host: Host, *before: str, folder: Path | None = None) -> Run:
    """Runs `leuit <before> <words>` in a folder: exit status, output and complaints."""

    def run(*words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        status = execute(app, host, [*before, *words], folder=folder, out=out, err=err)
        return status, out.getvalue(), err.getvalue()

    return run


def write_table(path: Path, rows: list[list[str]], separator: str = ",") -> str:
    """Write a table as CSV or XLSX, by the ending of the path; returns the name of the file."""
    if path.suffix == ".csv":
        path.write_text("".join(separator.join(row) + "\n" for row in rows))
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path.name
