"""Official documents as PDF/A: what is in the file, and that values stay values."""

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit.builtin.documents import TemplateError, render_document, render_pdf
from leuit.builtin.documents import render as render_module
from leuit.builtin.documents.plain import _DRAWN, LONGEST, plain_text
from leuit.values import SetupError, TooLargeError

NOW = dt.datetime(2026, 10, 5, 3, 0, tzinfo=dt.UTC)
SAMPLE = """
#import "/official.typ": letterhead, official, signer
#show: official
#letterhead(values.head)
#values.text
#pagebreak()
#align(right, signer(values.who))
"""
VALUES: dict[str, Any] = {
    "head": {
        "government": "Pemerintah Kabupaten Contoh",
        "names": ["Dinas Kesehatan"],
        "address": ["Jalan Contoh 1"],
        "contact": "",
        "emblem": "",
    },
    "who": {"place": "Rangkasbitung", "post": "Kepala", "name": "Sekar", "nip": "1975"},
    "text": "Isi",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template as a plugin would bring it."""
    path = tmp_path_factory.mktemp("templates") / "sample.typ"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def made(template: Path, text: str = "Isi", **options: Any) -> bytes:
    """The sample with some text in it."""
    return render_pdf(template, VALUES | {"text": text}, title="Contoh", now=NOW, **options)


def text_of(pdf: bytes, page: int = 0) -> str:
    """The text of a page as a reader extracts it, line ends as spaces."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return str(opened[page].get_textpage().get_text_bounded()).replace("\r\n", " ")


def test_it_is_pdf_a_2b_in_indonesian(template: Path) -> None:
    """XMP claims part 2, conformance B; fonts are embedded with Unicode; language, title, author
    and time are said; pages are A4.
    """
    pdf = render_pdf(template, VALUES, title='Surat "a" $b$', now=NOW, author="Dinas Contoh")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        xmp = ET.fromstring(opened.Root.Metadata.read_bytes())
        assert str(opened.Root.Lang) == "id"
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.docinfo.Title) == 'Surat "a" $b$'
        assert str(opened.docinfo.Author) == "Dinas Contoh"
        fonts = [one for one in opened.objects if _is_font(one)]
        for font in fonts:
            if font.Subtype == "/Type0":
                assert "/ToUnicode" in font
            else:
                assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
        assert fonts
        assert [[float(side) for side in page.mediabox[2:]] for page in opened.pages] == [
            pytest.approx([595.28, 841.89], abs=0.01)
        ] * 2
    told = {element.tag.rpartition("}")[2]: element.text for element in xmp.iter()}
    assert (told["part"], told["conformance"]) == ("2", "B")
    assert str(told["CreateDate"]).startswith("2026-10-05T03:00:00")


def test_letterhead_and_page_numbers_are_there(template: Path) -> None:
    """The kop stands on the first page, in capitals; every page says which of how many it is."""
    pdf = made(template)
    first, second = text_of(pdf), text_of(pdf, 1)
    assert "PEMERINTAH KABUPATEN CONTOH DINAS KESEHATAN Jalan Contoh 1" in first
    assert "Halaman 1 dari 2" in first
    assert "Halaman 2 dari 2" in second
    assert "NIP 1975" in second


def test_same_values_same_bytes(template: Path) -> None:
    """Template, values and time decide the file; another time makes another one."""
    assert made(template) == made(template)
    later = render_pdf(template, VALUES, title="Contoh", now=NOW + dt.timedelta(days=1))
    assert later != made(template)


@pytest.mark.parametrize(
    "hostile, shown",
    [
        ('#import "@preview/x:1.0.0": y', '#import "@preview/x:1.0.0": y'),
        ("#sys.inputs $x^2$ *b* _i_ `c`", "#sys.inputs $x^2$ *b* _i_ `c`"),
        ("\\ // a /* b */ <l> @r [c] {d}", "\\ // a /* b */ <l> @r [c] {d}"),
        ("-- --- ... 'a' \"b\" ~c fi ffi", "-- --- ... 'a' \"b\" ~c fi ffi"),
        ("= judul - butir + nomor", "= judul - butir + nomor"),
        ("a\u202eb\u202c\u2066c\u200f", "abc"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("baris\nsatu\tdua", "baris satu dua"),
        ("nama \u65e5\u672c \U0001f600 \ud800", "nama \ufffd\ufffd \ufffd \ufffd"),
        ("e\u0301 \u00e9 \u1e9e \u20ac \u2264", "\u00e9 \u00e9 \u1e9e \u20ac \u2264"),
    ],
)
def test_hostile_values_come_out_as_plain_text(template: Path, hostile: str, shown: str) -> None:
    """No value is read as markup, turns the direction, or stops the document."""
    assert shown in text_of(made(template, hostile))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_document(template: Path, text: str) -> None:
    """Whatever is written, PDF/A comes out."""
    assert made(template, text).startswith(b"%PDF-")


def test_every_letter_that_is_let_through_can_be_drawn(template: Path) -> None:
    """The fonts of the typst that is installed have a shape for all of them."""
    letters = [chr(code) for code in range(0x20, 0x3000) if _DRAWN.match(chr(code))]
    made(template, plain_text(" ".join(letters)))


def test_a_word_without_end_stays_on_the_page(template: Path) -> None:
    """It breaks where it must, and is read as one word again."""
    assert "x" * 500 in re.sub(r"\s", "", text_of(made(template, "x" * 500)))


def test_values_have_a_limit(template: Path) -> None:
    """Time and memory follow from the length, so that is bounded."""
    with pytest.raises(TooLargeError):
        made(template, "x" * (LONGEST + 1))


@pytest.mark.parametrize("name, value", [("SECONDS", 0.001), ("MEMORY", 300 * 1024 * 1024)])
def test_drawing_has_limits(
    template: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    """What takes too long or too much memory ends alone, and is told as too large."""
    monkeypatch.setattr(render_module, name, value)
    with pytest.raises(TooLargeError):
        made(template, "kata " * 190_000)


def test_without_typst_the_operator_is_told(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A process that cannot even begin is a fault of the installation."""
    broken = tmp_path / "drawer.py"
    broken.write_text("import leuit_no_such_module")
    monkeypatch.setattr(render_module, "_DRAWER", broken)
    with pytest.raises(SetupError):
        made(template)


def test_a_wrong_template_is_our_fault(tmp_path: Path) -> None:
    """A fault of a template has a code of its own, whether in drawing or in asking for places."""
    path = tmp_path / "wrong.typ"
    path.write_text("#values.absent")
    with pytest.raises(TemplateError) as told:
        render_document(path, {}, title="", now=NOW)
    assert (told.value.code, told.value.status) == ("document_template", 500)
    assert "wrong.typ" in str(told.value)


@pytest.mark.parametrize("source", ['#import "@preview/a:1.0.0": b', '#include  "@local/x:1.0.0"'])
def test_no_package_is_fetched(tmp_path: Path, source: str) -> None:
    """A template that wants a package is refused before typst sees it."""
    path = tmp_path / "package.typ"
    path.write_text(source)
    with pytest.raises(SetupError):
        render_pdf(path, {}, title="", now=NOW)


@pytest.mark.parametrize("name", ["/etc/hostname", "../render.py", "../../documents/render.py"])
def test_no_file_beside_the_templates_is_read(tmp_path: Path, name: str) -> None:
    """A template sees the folder of base templates only."""
    path = tmp_path / "reader.typ"
    path.write_text(f'#read("{name}")')
    with pytest.raises(TemplateError):
        render_pdf(path, {}, title="", now=NOW)


def test_places_are_told_as_signing_counts(template: Path) -> None:
    """Page from 0, points from the bottom left: the box lies above the name on the second page."""
    rendered = render_document(template, VALUES, title="Contoh", now=NOW)
    place = rendered.places["signer"]
    assert rendered.pdf == made(template)
    assert place.page == 1
    with pypdfium2.PdfDocument(rendered.pdf) as opened:
        page = opened[1].get_textpage()
        inside = page.get_text_bounded(place.left, place.bottom, place.right, place.top)
        below = page.get_text_bounded(place.left, place.bottom - 30, place.right, place.bottom)
    assert inside.strip() == ""
    assert "Sekar" in below


def test_an_emblem_is_drawn_when_there_is_one(template: Path) -> None:
    """With a picture there is a picture in the file, without one nothing."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    with_one = VALUES | {"head": VALUES["head"] | {"emblem": svg}}
    drawn = render_pdf(template, with_one, title="Contoh", now=NOW)
    assert b"Lambang" in _all_streams(drawn)
    assert b"Lambang" not in _all_streams(made(template))


def _all_streams(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return b"".join(one.unparse(resolved=True) for one in opened.objects)


def _is_font(thing: Any) -> bool:
    return (
        isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/Font"
        and ("/FontDescriptor" in thing or thing.get("/Subtype") == "/Type0")
    )
