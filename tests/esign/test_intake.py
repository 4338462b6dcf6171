"""A PDF comes in: what is dangerous is refused with its reason, a form becomes plain pages."""

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from leuit_esign.intake import Intake, Reader, RefusedPdfError
from leuit_esign.rules import Sheet
from tests.esign.conftest import Judge
from tests.esign.letters import Pen, letter, pdf_of, stream, with_fields

TakeIn = Callable[[bytes], Intake]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One process for all files of this module."""
    with Reader() as made:
        yield made


@pytest.fixture
def take_in(reader: Reader, tmp_path: Path) -> TakeIn:
    """Takes bytes in."""

    def taken(data: bytes) -> Intake:
        path = tmp_path / "in.pdf"
        path.write_bytes(data)
        return reader.take_in(path)

    return taken


def with_catalog(
    extra: bytes, *more: bytes, page: bytes = b"", pages: bytes = b"", box: bytes = b"595 842"
) -> bytes:
    """A one-page PDF whose catalog, page or tree says more; further objects begin at 5."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % extra,
            b"<</Type/Pages/Kids[3 0 R]/Count 1%s>>" % pages,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R%s>>" % (box, page),
            stream(b""),
            *more,
        ]
    )


DANGEROUS = {
    "script in names": (
        with_catalog(
            b"/Names<</JavaScript<</Names[(a) 5 0 R]>>>>", b"<</S/JavaScript/JS(app.alert)>>"
        ),
        "JavaScript",
    ),
    "script as opening": (
        with_catalog(b"/OpenAction<</S/JavaScript/JS(app.alert)>>"),
        "JavaScript",
    ),
    "script nobody refers to": (with_catalog(b"", b"<</S/JavaScript/JS(x)>>"), "JavaScript"),
    "program as opening": (with_catalog(b"/OpenAction<</S/Launch/F(x.exe)>>"), "dibuka"),
    "form sent as opening": (
        with_catalog(b"/OpenAction<</S/SubmitForm/F(http://x)>>"),
        "dibuka",
    ),
    "action behind a harmless one": (
        with_catalog(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/Launch/F(x)>>>>"),
        "dibuka",
    ),
    "action of a page": (with_catalog(b"", page=b"/AA<</O<</S/URI/URI(http://x)>>>>"), "dibuka"),
    "link that runs a program": (
        with_catalog(b"", b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(x)>>>>"),
        "dibuka",
    ),
    "embedded file": (
        with_catalog(b"/Names<</EmbeddedFiles<</Names[]>>>>"),
        "berkas lain",
    ),
    "file as a remark": (
        with_catalog(b"", b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>"),
        "berkas lain",
    ),
    "dynamic form": (with_catalog(b"/AcroForm<</Fields[]/XFA(x)>>"), "XFA"),
    "film": (
        with_catalog(b"", b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>"),
        "media",
    ),
    "page of nothing": (
        pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        "halaman",
    ),
    "page of a kilometre": (
        with_catalog(b"", box=b"90000 842"),
        "Ukuran halaman",
    ),
    "no PDF": (b"GIF89a" * 100, "bukan PDF"),
    "nothing": (b"", "bukan PDF"),
    "half a PDF": (letter()[:300], "rusak"),
    "garbage behind the mark": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "rusak"),
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_what_is_dangerous_is_refused(take_in: TakeIn, name: str) -> None:
    """Scripts, actions, attachments, media and broken files are refused with their reason."""
    data, words = DANGEROUS[name]
    with pytest.raises(RefusedPdfError, match=words):
        take_in(data)


def test_a_locked_pdf_is_refused(take_in: TakeIn) -> None:
    """With a password to open it, or only one to change it."""
    for user in ("rahasia", ""):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(letter())) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="pemilik", user=user))
        with pytest.raises(RefusedPdfError, match="terkunci"):
            take_in(out.getvalue())


def test_harmless_things_stay(take_in: TakeIn) -> None:
    """Going to a page at opening and links to addresses are what office programs write."""
    data = with_catalog(
        b"/OpenAction[3 0 R/Fit]",
        b"<</Type/Annot/Subtype/Link/Rect[9 9 90 90]/A<</S/URI/URI(https://contoh.id)>>>>",
        page=b"/Annots[5 0 R]",
    )
    taken = take_in(data)
    assert (taken.signatures, taken.flattened, taken.pages) == (0, 0, (Sheet(595, 842),))
    with pikepdf.open(io.BytesIO(taken.pdf)) as pdf:
        assert len(pdf.pages[0].obj.Annots) == 1


def form(kids: bool = False) -> bytes:
    """A form with a filled text field, a remark, and an empty signature field."""
    text = b"<</FT/Tx/T(nama)/V(Siti)/DA(/Helv 12 Tf 0 g)%s>>"
    widget = b"/Type/Annot/Subtype/Widget/Rect[50 700 250 720]/P 3 0 R"
    appearance = b"/AP<</N 8 0 R>>"
    parts = (
        [text % b"/Kids[9 0 R]", b"<<%s%s/Parent 5 0 R>>" % (widget, appearance)]
        if kids
        else [text % (widget + appearance), b"null"]
    )
    drawn = b"BT /Helv 12 Tf 2 5 Td (Siti) Tj ET"
    field = b"9 0 R" if kids else b"5 0 R"
    return with_catalog(
        b"/AcroForm<</Fields[5 0 R 7 0 R]/DR<</Font<</Helv 10 0 R>>>>>>",
        parts[0],
        b"<</Type/Annot/Subtype/Text/Rect[300 700 320 720]/Contents(catatan)/P 3 0 R>>",
        b"<</FT/Sig/T(TTD)/Type/Annot/Subtype/Widget/Rect[50 50 150 90]/P 3 0 R>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</Helv 10 0 R>>>>"
        b"/Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn),
        parts[1],
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        page=b"/Annots[%s 6 0 R 7 0 R]" % field,
    )


@pytest.mark.parametrize("kids", [False, True])
def test_a_form_becomes_plain_pages(
    take_in: TakeIn, reader: Reader, tmp_path: Path, *, kids: bool
) -> None:
    """What was filled in is part of the page, no text field is left, the signature field stays."""
    taken = take_in(form(kids))
    assert taken.flattened == 2
    assert [(one.name, one.place.left, one.place.top) for one in taken.fields] == [("TTD", 50, 90)]
    with pikepdf.open(io.BytesIO(taken.pdf)) as pdf:
        kinds = [str(field.FT) for field in pdf.Root.AcroForm.Fields]
        assert kinds == ["/Sig"]
        assert [str(one.FT) for one in pdf.pages[0].obj.Annots] == ["/Sig"]
    path = tmp_path / "flat.pdf"
    path.write_bytes(taken.pdf)
    assert len(reader.where(path, "S")) == 1  # of “Siti”, now text of the page


def test_a_signed_pdf_is_never_touched(take_in: TakeIn, pen: Pen) -> None:
    """Its bytes go on as they came, and its signatures are counted."""
    signed = pen.sign(with_fields(letter(), "A", "B"), "bupati", "A")
    taken = take_in(signed)
    assert taken.pdf == signed
    assert (taken.signatures, taken.flattened) == (1, 0)
    assert [one.name for one in taken.fields] == ["B"]


def test_fields_below_others_have_their_full_names(
    take_in: TakeIn, pen: Pen, verdict_of: Judge
) -> None:
    """In a signed file as they are; in any other each becomes a field for itself, to be signed."""
    names = ("Kiri.TTE", "Kanan.TTE", "Kanan_TTE", "Kanan.Lain.TTE")
    plain = with_fields(letter(), *names)
    signed = take_in(pen.sign(plain, "bupati", "Kiri.TTE"))
    assert [one.name for one in signed.fields] == list(names[1:])
    taken = take_in(plain)
    alone = ["Kiri_TTE", "Kanan_TTE", "Kanan_Lain_TTE", "Kanan_TTE_2"]
    assert sorted(one.name for one in taken.fields) == sorted(alone)
    pdf = taken.pdf
    for holder, name in zip(("bupati", "sekda", "kadis"), alone, strict=False):
        pdf = pen.sign(pdf, holder, name, spec=None, box=None)
    reader = PdfFileReader(io.BytesIO(pdf))
    assert sorted(name for name, *_rest in enumerate_sig_fields(reader)) == sorted(alone)
    verdict = verdict_of(pdf)
    assert [one.finding.field for one in verdict.signatures] == alone[:3]
    assert verdict.word == "VALID"


def test_the_same_file_gives_the_same_bytes(take_in: TakeIn) -> None:
    """So that one document brought twice is one file in the store."""
    assert take_in(form()).pdf == take_in(form()).pdf


def test_turned_and_cropped_pages_have_the_size_that_is_seen(take_in: TakeIn) -> None:
    """The crop box counts, and a turn that is inherited turns it."""
    data = with_catalog(b"", page=b"/CropBox[10 20 310 420]", pages=b"/Rotate 90")
    assert take_in(data).pages == (Sheet(400, 300, 90, 10, 20),)


def test_a_bomb_is_refused_and_the_next_file_is_read(take_in: TakeIn) -> None:
    """A gigabyte of zeros behind a small stream ends in a refusal, not in the server's memory."""
    packed = zlib.compress(b"\0" * (64 * 1024 * 1024), 9)
    for _layer in range(1):
        packed = zlib.compress(packed, 9)
    bomb = pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream"
            % (len(packed), packed),
        ]
    )
    try:
        taken = take_in(bomb)
    except RefusedPdfError:
        pass
    else:
        assert len(taken.pdf) < 10_000_000
    assert take_in(letter()).pages == (Sheet(595, 842),)
