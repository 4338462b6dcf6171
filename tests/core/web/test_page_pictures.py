"""Pages of a PDF as pictures and as text, out of a process with limits."""

import io
from pathlib import Path

import pytest
import typst

from leuit.pdf_pages import PageReader, UnreadablePdfError, count_pages, picture_of, texts_of
from leuit.values import NotFoundError

SOURCE = '#set page(paper: "a4")\nSurat undangan rapat koordinasi\n#pagebreak()\nHalaman dua'


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A letter of two pages."""
    path = tmp_path_factory.mktemp("letter") / "letter.typ"
    path.write_text(SOURCE)
    drawn = typst.compile(path)
    assert isinstance(drawn, bytes)
    return drawn


def test_pictures_are_grey_and_small(pdf: bytes) -> None:
    """A page of a letter is a PNG of the asked width under 35 kB, in sixteen greys."""
    from PIL import Image

    png = picture_of(pdf, 0, 800)
    assert len(png) < 35_000
    with Image.open(io.BytesIO(png)) as image:
        assert (image.format, image.width, image.height) == ("PNG", 800, 1132)
        colours = image.convert("RGB").getcolors() or []
        assert 1 < len(colours) <= 16
        assert all(r == g == b for _count, (r, g, b) in colours)  # type: ignore[misc]  # RGB tuples


@pytest.mark.parametrize("page, width", [(2, 800), (-1, 800), (0, 801)])
def test_other_pages_and_widths_are_not_found(pdf: bytes, page: int, width: int) -> None:
    """A page or a width that there is not is told as such, whatever number it is."""
    with pytest.raises(NotFoundError):
        picture_of(pdf, page, width)


def test_pages_are_counted_and_read(pdf: bytes) -> None:
    """Each page gives its text, in the order of the file."""
    assert count_pages(pdf) == 2
    first, second = texts_of(pdf)
    assert "Surat undangan rapat koordinasi" in first
    assert second == "Halaman dua"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nno", b"<html>"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    """Broken bytes are an error with a code, and the reader goes on."""
    with pytest.raises(UnreadablePdfError) as caught:
        count_pages(data)
    assert caught.value.reason == "unreadable"


def test_a_reader_out_of_time_answers_and_goes_on(pdf: bytes, tmp_path: Path) -> None:
    """The limit of time gives a refusal; the next question gets a fresh process."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    with PageReader(seconds=0.0) as reader, pytest.raises(UnreadablePdfError) as caught:
        reader.count(path)
    assert caught.value.reason == "time_out"
    with PageReader() as reader:
        assert reader.count(path) == 2
