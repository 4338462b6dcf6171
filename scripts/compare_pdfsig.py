"""What other validators say of the attacks and the good files of tests/esign, as a table.

    PYTHONPATH=. .venv/bin/python scripts/compare_pdfsig.py

writes it into docs/guides/verdicts.md. Needs `pdfsig` (poppler-utils). It is run without its check
of certificates; pyHanko with its default policy and with the root trusted. Either says yes to a
file when it says so of every signature that it finds, and it finds one.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from leuit.limited_process import LimitedProcess, serve_lines
from leuit_esign.certificates import certificates
from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import INVALID, OPEN, UNSIGNED, VALID, judge
from leuit_esign.test_pki import Authority
from leuit_esign.test_pki.server import bound, give, serving
from tests.esign import controls, test_attacks
from tests.esign.attacks import Attack
from tests.esign.conftest import HOLDERS
from tests.esign.letters import Pen

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guides" / "verdicts.md"
SECONDS = 10
CLASSES = dict(
    zip(
        (
            "what a letter shows: content, pages, annotations, the catalogue",
            "form fields: values, appearances, kinds",
            "what a signature covers: byte ranges, moved and appended bytes",
            "the signature itself: CMS, certificates, proofs of time",
            "signature fields: certified letters, fields over the text, removal",
            "the structure: loops, depths, bombs, broken tables",
            "**good files**",
            "**files with changes that nobody sees**",
        ),
        [*test_attacks.CORPORA, controls.GOOD, controls.ALLOWED],
        strict=True,
    )
)
HEAD = ["class", "files", "pdfsig: valid", "pyHanko: valid", VALID, INVALID, OPEN, UNSIGNED]


def main() -> None:
    """Ask about every file, and put the table into the page."""
    with _pen() as pen, Examiner(SECONDS) as examiner, _plain_pyhanko() as pyhanko:
        rows = [
            (name, _counted(corpus.attacks, pen, examiner, pyhanko))
            for name, corpus in CLASSES.items()
        ]
    attacks = [sum(column) for column in zip(*(counts for _name, counts in rows[:-2]), strict=True)]
    rows.insert(-2, ("all attacks", attacks))
    lines = [HEAD, ["---"] * len(HEAD), *([name, *map(str, counts)] for name, counts in rows)]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    text = PAGE.read_text("utf-8")
    place = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- end -->)", re.DOTALL)
    PAGE.write_text(place.sub(table, text))
    print(table, end="")


@contextmanager
def _pen() -> Iterator[Pen]:
    server = bound("127.0.0.1", 0)
    with tempfile.TemporaryDirectory() as folder:
        made = Authority(Path(folder), HOLDERS, f"http://127.0.0.1:{server.server_port}")
        give(server, made)
        with serving(server):
            yield Pen(made)


@contextmanager
def _plain_pyhanko() -> Iterator[LimitedProcess]:
    """This file once more, as a process that answers for pyHanko alone."""
    with LimitedProcess("scripts.compare_pdfsig", SECONDS) as process:
        yield process


def _counted(
    files: list[Attack], pen: Pen, examiner: Examiner, pyhanko: LimitedProcess
) -> list[int]:
    said: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path, root = Path(folder) / "file.pdf", Path(folder) / "root.pem"
        root.write_text(pen.authority.root_pem)
        for number, one in enumerate(files, 1):
            path.write_bytes(one.build(pen))
            said["pdfsig"] += _pdfsig_accepts(path)
            said["pyhanko"] += pyhanko.ask(f"{root}\t{path}")[0].strip() == VALID
            instructions = Instructions(str(path), (pen.authority.root_pem,))
            said[judge(examiner.examine(instructions)).word] += 1
            sys.stderr.write(f"\r{number} / {len(files)} ")
    return [len(files), said["pdfsig"], said["pyhanko"], *(said[word] for word in HEAD[4:])]


def _pdfsig_accepts(path: Path) -> bool:
    program = shutil.which("pdfsig")
    if program is None:
        raise SystemExit("pdfsig is not installed (package poppler-utils)")
    try:
        told = subprocess.run(
            [program, "-nocert", str(path)], capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    found = re.findall(rb"Signature Validation: (.*)", told.stdout)
    return bool(found) and all(one == b"Signature is Valid." for one in found)


def _pyhanko_accepts(line: str) -> str:
    """VALID when pyHanko alone says so of every signature of a file; `root TAB file` in."""
    root, path = (Path(part) for part in line.rstrip("\n").split("\t"))
    try:
        signatures = PdfFileReader(io.BytesIO(path.read_bytes())).embedded_regular_signatures
        told = [validate_pdf_signature(one, _context(root)).bottom_line for one in signatures]
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- pyHanko raises errors of any kind on broken files
        return type(error).__name__
    return VALID if told and all(told) else INVALID


def _context(root: Path) -> ValidationContext:
    return ValidationContext(trust_roots=certificates([root.read_text()]), allow_fetching=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve_lines(_pyhanko_accepts)
    else:
        main()
