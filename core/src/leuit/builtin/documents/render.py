"""Drawing a PDF with typst, in a process of its own for each document.

A template is a file of ours or of a plugin; values are from people, and reach it as JSON in an
input, never as source. It may import `/official.typ`, reads no other file, no system font and no
package from the network, so that the same template, values and time give the same bytes.

A process of its own, since typst keeps what it computed for the last ten documents: after ten
lists of 1,000 people this process would hold 2 GB. Starting one costs about 40 ms; it ends with
its memory, and with limits of memory and time that no document can get around.
"""

import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import attrs

from leuit.contracts import SigningPlace
from leuit.values import LeuitError, SetupError, TooLargeError, _

from .plain import as_json, plain_text

TEMPLATES = Path(__file__).parent / "templates"
SECONDS = 60.0
MEMORY = 2 * 1024 * 1024 * 1024
_DRAWER = Path(__file__).parent / "drawer.py"
_SHARED = "official.typ"
PDFA = "a-2b"
_FIRST_LINE = (
    "#let values = json(bytes(sys.inputs.values));"
    "#set document(title: sys.inputs.title, author: sys.inputs.author,"
    ' date: if sys.inputs.dated == "yes" { auto } else { none });'
    '#set text(lang: "id", font: "Libertinus Serif", ligatures: false, hyphenate: false);'
    # A word without an end breaks anywhere rather than run off the page.
    r'#show regex("\\S{25,}"): it => it.text.clusters().chunks(8).map(c => box(c.join())).join();'
)
_PACKAGE = re.compile(r'(import|include)\s+"@')
_turns = threading.BoundedSemaphore(2)


class TemplateError(LeuitError):
    """A template is wrong, which is a fault of the program and not of who asked for a document."""

    code: ClassVar[str] = "document_template"
    status: ClassVar[int] = 500


@attrs.frozen
class Rendered:
    """A PDF, and the boxes that its template set aside by `signing-place`, by their names."""

    pdf: bytes = attrs.field(repr=False)
    places: Mapping[str, SigningPlace]


def render_pdf(
    template: Path,
    values: Mapping[str, Any],
    *,
    title: str,
    now: dt.datetime,
    author: str = "",
    pdfa: bool = True,
) -> bytes:
    """The PDF of a template, in which the values stand as `values`; PDF/A-2b unless not wanted.

    `now` is the time written into the file. Values are of JSON types. Raises TemplateError when the
    template is wrong, TooLargeError when the values are too long to be drawn within the limits.
    """
    return _drawn(template, values, title, author, now, pdfa=pdfa).pdf


def render_document(
    template: Path,
    values: Mapping[str, Any],
    *,
    title: str,
    now: dt.datetime,
    author: str = "",
) -> Rendered:
    """As `render_pdf` in PDF/A, and where signatures are to stand in it."""
    return _drawn(template, values, title, author, now)


def render_layer(template: Path, values: Mapping[str, Any]) -> bytes:
    """A PDF that becomes part of another one: no standard, no date, no structure of its own."""
    return _drawn(template, values, "", "", None, pdfa=False, tagged=False).pdf


def _drawn(
    template: Path,
    values: Mapping[str, Any],
    title: str,
    author: str,
    now: dt.datetime | None,
    *,
    pdfa: bool = True,
    tagged: bool = True,
) -> Rendered:
    source = template.read_text(encoding="utf-8")
    if _PACKAGE.search(source):
        raise SetupError(
            _("Templat %(name)s memakai paket dari jaringan; itu tidak boleh."), name=template.name
        )
    inputs = {
        "values": as_json(values),
        "title": plain_text(title),
        "author": plain_text(author),
        "dated": "yes" if now else "no",
    }
    with tempfile.TemporaryDirectory(prefix="leuit-document-") as folder:
        main = Path(folder) / template.name
        main.write_text(_FIRST_LINE + source, encoding="utf-8")
        shared = (TEMPLATES / _SHARED).read_text(encoding="utf-8")
        (Path(folder) / _SHARED).write_text(shared, encoding="utf-8")
        asked = {
            "main": str(main),
            "root": folder,
            "inputs": inputs,
            "standards": [PDFA] if pdfa else [],
            "timestamp": int(now.timestamp()) if now else None,
            "tagged": tagged,
            "memory": MEMORY,
        }
        head, pdf = _answer(json.dumps(asked))
    if "wrong" in head:
        raise TemplateError(
            _("Dokumen tidak dapat dibuat: templat %(name)s keliru."),
            advice=_("Laporkan kepada pengelola sistem."),
            name=template.name,
        ) from ValueError(head["wrong"])
    return Rendered(pdf, {one["name"]: _place(one) for one in head["places"]})


def _answer(asked: str) -> tuple[dict[str, Any], bytes]:
    """What the drawing process says, and its PDF."""
    too_large = TooLargeError(
        _("Dokumen itu terlalu besar untuk dibuat sekaligus."),
        advice=_("Bagi menjadi beberapa dokumen."),
    )
    with _turns:
        try:
            done = subprocess.run(  # noqa: S603 -- our own file, no argument from outside
                (sys.executable, "-I", str(_DRAWER)),
                input=asked.encode(),
                capture_output=True,
                timeout=SECONDS,
                env={"PATH": os.environ.get("PATH", ""), "HOME": os.devnull},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise too_large from None
    if done.returncode < 0:  # ended by a signal: typst aborts when memory is refused
        raise too_large
    if done.returncode:
        raise SetupError(
            _("Program pembuat dokumen tidak dapat dijalankan."),
            advice=_("Periksa pemasangan paket typst."),
        ) from OSError(done.stderr.decode(errors="replace")[-2000:])
    head, _newline, pdf = done.stdout.partition(b"\n")
    told: dict[str, Any] = json.loads(head)
    return told, pdf


def _place(told: Mapping[str, Any]) -> SigningPlace:
    """Typst counts pages from 1 and points from the top; signing from 0 and from the bottom."""
    top = told["sheet"] - told["y"]
    return SigningPlace(
        page=told["page"] - 1,
        left=told["x"],
        bottom=top - told["height"],
        right=told["x"] + told["width"],
        top=top,
    )
