"""The process that reads text out of files: `python -m leuit_archives.reading.worker BYTES`."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from leuit.limited_process import serve_lines

from .kinds import MACRO_ENDINGS, MOST_LETTERS, Fault, agree, ending, family
from .office import kind_of, parts_of
from .packages import Package
from .pdf import Pdf
from .plain import decoded

_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\t\n"} | {127: " "}


def answer(line: str) -> str:
    """A path and a name in; kind, text of the parts and whether it is all of it, or a fault."""
    asked: dict[str, Any] = json.loads(line)
    try:
        told = read(Path(asked["path"]).read_bytes(), asked["name"])
    except Fault as fault:
        told = {"fault": str(fault)}
    return json.dumps(told)


def read(content: bytes, name: str) -> dict[str, Any]:
    """The text of a file; Fault says why it is not read."""
    if ending(name) in MACRO_ENDINGS:
        raise Fault("macros")
    found = family(content)
    if found == "zip":
        with Package(content) as package:
            kind = agree(kind_of(package), name)
            return _told(kind, parts_of(package, kind, content))
    kind = agree(found, name)
    if kind == "pdf":
        pdf = Pdf(content)
        return _told(kind, ([text] for text in pdf.texts()), pdf.pages)
    if kind in {"png", "jpeg"}:
        return _told(kind, [()])
    return _told(kind, [[decoded(content)]])


def _told(kind: str, parts: Iterable[Iterable[str]], pages: int | None = None) -> dict[str, Any]:
    kept, complete = _within(parts)
    return {
        "kind": kind,
        "parts": kept,
        "pages": len(kept) if pages is None else pages,
        "complete": complete,
    }


def _within(parts: Iterable[Iterable[str]]) -> tuple[list[str], bool]:
    """As much text as is kept of a file, and whether that is all of it."""
    left = MOST_LETTERS
    kept: list[str] = []
    for part in parts:
        pieces: list[str] = []
        for piece in _clean(part):
            pieces.append(piece[:left])
            left -= len(pieces[-1])
            if len(pieces[-1]) < len(piece):
                kept.append("".join(pieces))
                return kept, False
        kept.append("".join(pieces).strip())
    return kept, True


def _clean(pieces: Iterable[str]) -> Iterator[str]:
    """Without control characters and halves of pairs, which no database keeps."""
    for piece in pieces:
        plain = piece.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
        yield plain.encode("utf-8", "ignore").decode("utf-8")


if __name__ == "__main__":
    serve_lines(answer)
