"""Stamps and overlays: sizes, places, and text that a reader finds again."""

import pypdfium2
import pytest
from PIL.Image import Image

from leuit.builtin.documents import (
    FooterBlock,
    StampLine,
    TextBlock,
    overlay,
    qr_svg,
    stamp_pdf,
)

ADDRESS = "https://contoh.invalid/d/0192f0c1"
LINES = (
    StampLine("Ditandatangani secara elektronik oleh:", "small"),
    StampLine("Kepala Dinas Kesehatan"),
    StampLine("Sekar Gunungpadi", "strong"),
    StampLine("NIP 197504042000042001"),
)


def flat(text: str) -> str:
    """Text without line ends, as wrapping decides where they are."""
    return " ".join(text.split())


def picture(pdf: bytes, page: int = 0) -> Image:
    """A page as drawn on white."""
    with pypdfium2.PdfDocument(pdf) as opened:
        drawn: Image = opened[page].render(scale=2).to_pil().convert("L")
        return drawn


def darkness(image: Image, box: tuple[float, float, float, float]) -> float:
    """Which part of a box, in points from the top left, is dark."""
    left, top, right, bottom = (int(side * 2) for side in box)
    cut = image.crop((left, top, right, bottom))
    histogram = cut.histogram()
    return sum(histogram[:128]) / max(1, sum(histogram))


@pytest.mark.parametrize("size", [(160, 70), (550, 150), (100, 40), (60, 120)])
def test_a_stamp_has_its_size_and_all_its_text(size: tuple[float, float]) -> None:
    """Wrapped and shrunk, nothing is lost in the sizes that are in use."""
    pdf = stamp_pdf(LINES, ADDRESS, *size)
    with pypdfium2.PdfDocument(pdf) as opened:
        assert len(opened) == 1
        assert opened[0].get_size() == pytest.approx(size)
        found = flat(opened[0].get_textpage().get_text_bounded())
    assert found == flat(" ".join(line.text for line in LINES))
    assert pdf == stamp_pdf(LINES, ADDRESS, *size)


def test_the_code_stands_at_the_left_and_may_be_left_out() -> None:
    """The left part is as dark as a code is; without an address words begin there."""
    box = (8, 8, 62, 62)
    assert darkness(picture(stamp_pdf(LINES, ADDRESS, 160, 70)), box) > 0.3
    assert darkness(picture(stamp_pdf(LINES, None, 160, 70)), box) < 0.3


def test_a_long_name_is_shrunk_into_its_stamp() -> None:
    """Nothing is drawn outside; what does not fit even small is cut off."""
    long = (StampLine("Nama " * 60, "strong"),)
    with pypdfium2.PdfDocument(stamp_pdf(long, ADDRESS, 160, 70)) as opened:
        assert opened[0].get_textpage().get_text_bounded().count("Nama") == 60


def test_overlay_puts_text_where_it_is_told() -> None:
    """Pages have the given sizes; each block is in its box and nowhere else."""
    sizes = [(595.28, 841.89), (842.0, 595.0), (612.0, 1008.0)]
    number = TextBlock(0, 100, 700, 320, 716, "000.1.2/001/Bag.Umum/2026")
    footer = FooterBlock.at_bottom(2, 612, ("UU ITE #1 $a$", "Pindai kode"), ADDRESS)
    pdf = overlay(sizes, [number, footer])
    with pypdfium2.PdfDocument(pdf) as opened:
        assert [page.get_size() for page in opened] == [pytest.approx(size) for size in sizes]
        pages = [page.get_textpage() for page in opened]
        assert pages[0].get_text_bounded(100, 700, 320, 716).strip() == number.text
        assert flat(pages[0].get_text_bounded()) == number.text
        assert pages[1].get_text_bounded() == ""
        words = pages[2].get_text_bounded(footer.left, footer.bottom, footer.right, footer.top)
        assert flat(words) == "UU ITE #1 $a$ Pindai kode"
    assert (
        darkness(picture(pdf, 2), (footer.left + 6, 1008 - 54, footer.left + 42, 1008 - 18)) > 0.3
    )
    assert pdf == overlay(sizes, [number, footer])


def test_an_overlay_is_transparent() -> None:
    """Where nothing stands, nothing covers what lies below."""
    with pypdfium2.PdfDocument(overlay([(200, 100)], [])) as opened:
        drawn = opened[0].render(scale=1, fill_color=(0, 255, 0, 255)).to_pil().convert("RGB")
    assert drawn.getcolors() == [(200 * 100, (0, 255, 0))]


def test_a_code_is_svg_of_ascii() -> None:
    """Templates draw it from text, so it must pass as plain text."""
    svg = qr_svg(ADDRESS)
    assert svg.startswith(b"<svg")
    assert svg.decode("ascii").isprintable()
