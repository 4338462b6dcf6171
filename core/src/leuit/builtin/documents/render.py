"""Drawing a PDF with typst, in this process.

A template is a file of ours or of a plugin; values are from people, and reach it as JSON in an
input, never as source. It may import `/official.typ`, reads no other file, no system font and no
package from the network, so that the same template, values and time give the same bytes.

In this process, because it is quick: a page takes about 5 ms, the 1,000 rows of the largest list
0.3 s, without holding Python's lock; a process for each would cost more than the work. It reads no
file from outside, and time and memory follow from the length of the values, which is limited; two
documents at a time bound the memory (about 150 MB for the longest).
"""

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import attrs

from leuit.contracts import SigningPlace
from leuit.values import LeuitError, SetupError, _

from .plain import as_json, plain_text

TEMPLATES = Path(__file__).parent / "templates"
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
    template is wrong, TooLargeError when the values are too long.
    """
    return _Drawing.of(template, values, title, author, now).pdf(pdfa=pdfa)


def render_document(
    template: Path,
    values: Mapping[str, Any],
    *,
    title: str,
    now: dt.datetime,
    author: str = "",
) -> Rendered:
    """As `render_pdf` in PDF/A, and where signatures are to stand in it."""
    drawing = _Drawing.of(template, values, title, author, now)
    return Rendered(drawing.pdf(pdfa=True), drawing.places())


def render_layer(template: Path, values: Mapping[str, Any]) -> bytes:
    """A PDF that becomes part of another one: no standard, no date, no structure of its own."""
    return _Drawing.of(template, values, "", "", None).pdf(pdfa=False, tagged=False)


@attrs.frozen
class _Drawing:
    name: str
    source: bytes
    inputs: dict[str, str]
    timestamp: int | None

    @classmethod
    def of(
        cls,
        template: Path,
        values: Mapping[str, Any],
        title: str,
        author: str,
        now: dt.datetime | None,
    ) -> "_Drawing":
        source = template.read_text(encoding="utf-8")
        if _PACKAGE.search(source):
            raise SetupError(
                _("Templat %(name)s memakai paket dari jaringan; itu tidak boleh."),
                name=template.name,
            )
        inputs = {
            "values": as_json(values),
            "title": plain_text(title),
            "author": plain_text(author),
            "dated": "yes" if now else "no",
        }
        timestamp = int(now.timestamp()) if now else None
        return cls(template.name, (_FIRST_LINE + source).encode(), inputs, timestamp)

    def pdf(self, *, pdfa: bool, tagged: bool = True) -> bytes:
        import typst  # 80 MB, which most processes never need

        pdf: bytes = self._ask(
            typst.compile,
            format="pdf",
            pdf_standards=[PDFA] if pdfa else [],
            timestamp=self.timestamp,
            pdf_tags=tagged,
        )
        return pdf

    def places(self) -> dict[str, SigningPlace]:
        import typst

        told = self._ask(typst.query, selector="<signing-place>", field="value")
        return {one["name"]: _place(one) for one in json.loads(told)}

    def _ask(self, function: Callable[..., Any], **options: Any) -> Any:
        import typst

        with _turns:
            try:
                return function(
                    self.source,
                    root=TEMPLATES,
                    ignore_system_fonts=True,
                    sys_inputs=self.inputs,
                    **options,
                )
            except typst.TypstError as error:
                raise self._wrong() from error

    def _wrong(self) -> TemplateError:
        return TemplateError(
            _("Dokumen tidak dapat dibuat: templat %(name)s keliru."),
            advice=_("Laporkan kepada pengelola sistem."),
            name=self.name,
        )


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
