"""Stamps and overlays: sizes, places, and text that a reader finds again."""

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw
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


NAME = "Dr. Ir. Raden Mas Suryaningrat Kartodihardjo, S.Sos., M.Si."
LONG_POSTS = (
    "a.n. Bupati Contoh",
    "Sekretaris Daerah Kabupaten Contoh",
    "u.b. Kepala Dinas Pemberdayaan Masyarakat dan Desa serta Pengendalian Penduduk Daerah",
)
EVER_LONGER = ["a.n. " + "Bupati Contoh " * 12, *("Kepala Bagian Tata Usaha " * 9,) * 2]


def words_of(posts: Sequence[str], size: tuple[float, float]) -> str:
    """What stands in a stamp of a long name, from the top; nothing is written below 5 points."""
    lines = [
        StampLine("Ditandatangani secara elektronik oleh:", "small", leave_out=1),
        *(StampLine(post) for post in posts),
        StampLine(NAME, "strong"),
        StampLine("NIP 197504042000042001", leave_out=3),
        StampLine("24 November 2026 07.14 WIB", "small", leave_out=2),
        StampLine("Kode 7K3M-9QXD-2WTB", "small", leave_out=4),
    ]
    code = ADDRESS if size[1] >= 45 else None
    with pypdfium2.PdfDocument(stamp_pdf(lines, code, *size)) as opened:
        page = opened[0].get_textpage()
        smallest = min(
            (
                pypdfium2.raw.FPDFText_GetFontSize(page.raw, index)
                for index in range(page.count_chars())
                if page.get_text_range(index, 1).strip()
            ),
        )
        assert smallest >= 4.99
        return flat(page.get_text_bounded())


@pytest.mark.parametrize(
    "posts, size, kept",
    [
        (LONG_POSTS, (300, 100), ["Ditandatangani", "2026", "NIP", "Kode", *LONG_POSTS]),
        (LONG_POSTS, (200, 75), ["2026", "NIP", "Kode", *LONG_POSTS]),
        (LONG_POSTS, (160, 70), ["Kode", *LONG_POSTS]),
        (LONG_POSTS, (90, 40), ["a.n. Bupati Contoh", "u.b. Kepala Dinas"]),
        (EVER_LONGER, (160, 70), ["a.n. Bupati", "Kepala Bagian Tata Usaha"]),
    ],
)
def test_a_stamp_never_loses_its_name(
    posts: Sequence[str], size: tuple[float, float], kept: list[str]
) -> None:
    """Words, date, NIP and code go before a post is cut, and the name stays whole."""
    found = words_of(posts, size)
    order = ["Ditandatangani", "2026", "NIP", "Kode"]
    assert NAME in found
    assert all(word in found for word in kept)
    assert [word for word in order if word in found] == [word for word in order if word in kept]
    assert ("…" in found) == (not all(post in found for post in posts))


@pytest.mark.parametrize("size", [(12, 12), (20, 12), (40, 20)])
def test_the_name_begins_in_a_field_of_any_size(size: tuple[float, float]) -> None:
    """A field that a PDF brought may be tiny: the name is cut at its end, never at its front."""
    found = words_of(LONG_POSTS, size)
    assert found.endswith("…")
    assert flat(NAME).startswith(found[:-1].strip())


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
