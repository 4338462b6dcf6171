"""What is printed on a PDF before it is signed: it covers nothing, and claims nothing untrue."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from leuit.builtin.documents import FOOTER, FooterBlock, TextBlock, overlay, render_pdf
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit_esign.intake import Reader
from leuit_esign.rules import Place
from leuit_esign.service.documents import free_parts, laid_over
from tests.esign.letters import letter, pdf_of, seen_text, stream
from tests.esign.test_chain import SINCE, Office, office
from tests.esign.test_chain_pages import desk
from tests.esign.test_document_pages import brought, version
from tests.support.client import Client

__all__ = ["desk", "office"]  # fixtures of other tests

STRIP = Place(0, 40, 12, 555, 60)
NOW = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
LINES = ["Dokumen ini ditandatangani secara elektronik.", "Pindai kodenya."]


def page_of(content: bytes, *, rotate: int = 0, crop: str = "0 0 595 842") -> bytes:
    """A page with that content."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/CropBox[%s]/Contents 5 0 R"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            page % (rotate, crop.encode()) + b"/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(content),
        ]
    )


@pytest.mark.parametrize(
    "content, part",
    [
        (b"", (12, 60)),
        (b"BT /F1 10 Tf 290 44 Td (-3-) Tj ET", (12, 42)),  # a page number above
        (b"BT /F1 8 Tf 290 14 Td (-3-) Tj ET", (22, 60)),  # and one below
        (b"0.5 w 40 40 m 555 40 l S", (12, 37)),  # a hairline
        (b"0.93 g 0 0 595 842 re f", (12, 60)),  # tinted paper
        (b"0 g 0 0 595 842 re f", None),
        (b"0 g 40 12 515 48 re f", None),
        (b"0.5 g 40 10 40 60 re f", (12, 12)),  # a picture that reaches through
        (b"BT 3 Tr /F1 40 Tf 50 20 Td (tak terlihat) Tj ET", (12, 60)),
        (b"BT /F1 8 Tf 10 30 Td (di tepi) Tj ET", (12, 60)),  # ends left of the box
    ],
)
def test_room_is_what_nothing_stands_on(content: bytes, part: tuple[float, float] | None) -> None:
    """Text, lines and pictures take room; tinted paper and text that is not seen do not."""
    (found,) = free_parts(page_of(content), [STRIP])
    if part is None or part[0] == part[1]:
        assert found.height < 1
    else:
        assert found.bottom == pytest.approx(part[0], abs=2)
        assert found.top == pytest.approx(part[1], abs=2)


def test_room_is_measured_as_the_page_is_shown() -> None:
    """The bottom of a turned and cropped page is where the reader sees it."""
    # Turned by 90 the page's own right edge is shown at the bottom, and its own top at the right.
    ink = page_of(b"0 g 480 200 10 400 re f", rotate=90, crop="0 0 500 800")
    (found,) = free_parts(ink, [Place(0, 40, 0, 760, 60)])
    assert found.top == 60
    assert found.bottom == pytest.approx(22, abs=2)
    free = page_of(b"0 g 10 200 10 400 re f", rotate=90, crop="0 0 500 800")
    (found,) = free_parts(free, [Place(0, 40, 0, 760, 60)])
    assert (found.bottom, found.top) == (0, 60)


def test_a_footer_covers_nothing(desk: Client, office: Office) -> None:
    """It is smaller where the page has little room, left out where it has none; the maker hears."""
    with office.app.change(SYSTEM) as work:
        seed_edition(work, FOOTER, Draft("Uji", "Uji", "unverified", SINCE, {"lines": LINES}))
    contents = [b"", b"BT /F1 8 Tf 290 14 Td (-2-) Tj ET", b"0.5 g 0 0 595 90 re f"]
    pdf = pikepdf.new()
    for content in contents:
        with pikepdf.open(io.BytesIO(page_of(content))) as one:
            pdf.pages.extend(one.pages)
    out = io.BytesIO()
    pdf.save(out)
    path = brought(desk, out.getvalue())
    for inner, fields in (
        ("places", {"spot": "bottom_right", "page": "1"}),
        ("prepare", {}),
        ("steps", {"position": "KAB", "kind": "sign", "number": "1"}),
    ):
        form = {"version": version(desk, path), **fields}
        assert desk.post_form(f"{path}/{inner}", form).status_code == 303
    assert "tanda tangan tanpa kode QR" in desk.get(path).text
    assert desk.post_form(f"{path}/start", {"version": version(desk, path)}).status_code == 303
    told = desk.get(path).text
    assert "Kaki dokumen tidak dicetak pada halaman 3: tidak ada ruang." in told
    signed = desk.get(f"{path}/pdf").content
    with pypdfium2.PdfDocument(signed) as opened:
        first, second, third = (page.get_textpage() for page in opened)
        # The signature begins at 56 points, and the footer would have reached up to 60.
        assert LINES[0] in first.get_text_bounded(0, 0, 595, 56)
        assert LINES[0] in second.get_text_bounded(0, 22, 595, 60)
        assert LINES[0] not in third.get_text_bounded()


def test_many_pages_are_asked_for_in_parts() -> None:
    """Each answer has its limit of time, and every page has its answer."""
    boxes = [Place(page, 40, 12, 555, 60) for page in range(60)]
    found = free_parts(letter(pages=60), boxes)
    assert found == boxes


def tagged(tmp_path: Path) -> bytes:
    """A tagged PDF/A of ours with two pages."""
    template = tmp_path / "surat.typ"
    template.write_text("= Surat\nIsi surat.\n#pagebreak()\nHalaman dua.", encoding="utf-8")
    return render_pdf(template, {}, title="Surat", now=NOW)


def test_a_number_is_part_of_the_structure_and_a_footer_is_none(tmp_path: Path) -> None:
    """On a tagged PDF: the number is read as a paragraph, the footer is an artifact."""
    pdf = tagged(tmp_path)
    sizes = [(595.28, 841.89)] * 2
    number = overlay(sizes, [TextBlock(0, 100, 700, 320, 716, "400.7/001/DINKES/2026")])
    footer = overlay(sizes, [FooterBlock.at_bottom(page, 595.28, LINES) for page in range(2)])
    made = laid_over(laid_over(pdf, number, {0: "400.7/001/DINKES/2026"}), footer)
    with pikepdf.open(io.BytesIO(made)) as opened:
        first, second = (page.obj.Contents.read_bytes() for page in opened.pages)
        assert first.count(b"/Artifact <</Type/Pagination>> BDC") == 1
        assert second.count(b"/Artifact <</Type/Pagination>> BDC") == 1
        root: Any = opened.Root.StructTreeRoot
        last: Any = root.K[0].K[-1] if isinstance(root.K, pikepdf.Array) else root.K.K[-1]
        assert str(last.ActualText) == "400.7/001/DINKES/2026"
        assert b"/P <</MCID %d>> BDC" % int(last.K) in first
        parents = pikepdf.NumberTree(root.ParentTree)
        own: Any = parents[int(opened.pages[0].obj.StructParents)]
        assert own[int(last.K)].objgen == last.objgen
        for content in (first, second):
            assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")
    text = seen_text(made)
    assert "400.7/001/DINKES/2026" in text
    assert text.count(LINES[0]) == 2


def test_pages_without_words_of_the_overlay_stay_as_they_were(tmp_path: Path) -> None:
    """Only the page of the number is touched; a PDF without tags gets none."""
    layer = overlay([(595, 842)] * 2, [TextBlock(1, 100, 700, 320, 716, "Nomor 1")])
    with pikepdf.open(io.BytesIO(laid_over(letter(pages=2), layer, {1: "Nomor 1"}))) as opened:
        first, second = (page.obj.Contents.read_bytes() for page in opened.pages)
        assert b"Do" not in first
        assert b"Do" in second
        assert b"BDC" not in second


def archive_part(pdf: bytes) -> str:
    """The part of PDF/A that a file claims to be; empty for none."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as told:
        return str(told.pdfa_status)


def test_a_claim_to_be_pdf_a_is_kept_only_where_it_is_true(tmp_path: Path) -> None:
    """A PDF/A-2 taken in as it is keeps it; with something printed on it, or a form made flat, not.

    PDF/A-1 forbids what looks of signatures have, so its claim goes in any case.
    """
    pdf = tagged(tmp_path)
    assert archive_part(pdf) == "2B"

    def taken(data: bytes) -> bytes:
        path = tmp_path / "file.pdf"
        path.write_bytes(data)
        with Reader() as reader:
            return reader.take_in(path).pdf

    def with_claim(part: str, *, remark: bool) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            with opened.open_metadata(set_pikepdf_as_editor=False) as told:
                told["pdfaid:part"] = part
            if remark:
                note = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Square,
                    Rect=[10, 10, 50, 50],
                )
                opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(note)])
            opened.save(out)
        return out.getvalue()

    assert archive_part(taken(pdf)) == "2B"
    assert archive_part(taken(with_claim("2", remark=True))) == ""
    assert archive_part(taken(with_claim("1", remark=False))) == ""
    layer = overlay([(595, 842)] * 2, [TextBlock(0, 100, 700, 320, 716, "Nomor 1")])
    assert archive_part(laid_over(pdf, layer)) == ""


def test_a_scan_of_yellowed_paper_has_room(tmp_path: Path) -> None:
    """Noise of a scanner is not ink; the shadow of a staple is."""
    noise = Image.effect_noise((595, 842), 6).point([min(255, grey + 80) for grey in range(256)])
    path = tmp_path / "scan.pdf"
    noise.save(path, "PDF", resolution=72)
    (found,) = free_parts(path.read_bytes(), [STRIP])
    assert found.height > 40
    noise.paste(30, (300, 790, 320, 800))
    noise.save(path, "PDF", resolution=72)
    (found,) = free_parts(path.read_bytes(), [STRIP])
    assert found.height < 40
