"""Folders of old files with their tables, made for the tests of the import."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

PDF = b"%PDF-1.7\n"
HEADING = ("file", "title", "date", "number", "code", "dossier", "sifat", "secrecy", "signed")


def text_file(number: int) -> bytes:
    """A small letter as text, different for each number."""
    return f"Surat lama nomor {number}\n".encode()


def row(number: int, **changes: str) -> list[str]:
    """A sound row about the text file of that number."""
    values = {
        "file": f"surat-{number}.txt",
        "title": f"Surat lama {number}",
        "date": "2019-03-04",
        "number": f"005/{number}/2019",
        "code": "000.1.2",
        "dossier": "Perjalanan lama",
        "sifat": "biasa",
        "secrecy": "",
        "signed": "ya",
    }
    return [(values | changes)[name] for name in HEADING]


def folder(path: Path, rows: Sequence[Sequence[str]], files: dict[str, bytes]) -> Path:
    """Write the table and the files."""
    path.mkdir(exist_ok=True)
    text = io.StringIO()
    csv.writer(text).writerows([HEADING, *rows])
    (path / "arsip.csv").write_text(text.getvalue(), encoding="utf-8")
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def many(path: Path, count: int) -> Path:
    """A folder of so many sound rows."""
    return folder(
        path,
        [row(number) for number in range(count)],
        {f"surat-{number}.txt": text_file(number) for number in range(count)},
    )
