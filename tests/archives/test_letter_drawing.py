"""Letters out as PDF/A: both shapes, and nothing that is typed is read as markup."""

import datetime as dt

import attrs
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit.builtin.documents import Letterhead
from leuit_archives.documents import FONTS, LetterPage, LetterSheet, draw_letter
from leuit_archives.rules.letter_content import LetterContent, Party
from leuit_archives.rules.name_line import SignatureBlock
from tests.sp2d.paper_office import text_of

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
SHEET = LetterSheet(
    kind="Surat Undangan",
    shape="korespondensi",
    content=LetterContent(
        subject="Undangan rapat",
        body="Kami mengundang:\n\nwaktu : pukul 09.00\n\n1. membawa data",
        closing="Demikian disampaikan.",
        attached="1 (satu) berkas",
        place="di tempat",
        to=(Party("Camat A", "1", "Para Camat"), Party("Camat B", "2", "Para Camat")),
        copies=(Party("Bupati"), Party("Sekretaris Daerah")),
    ),
    number="B.000.1.2/1/DIN/2026",
    day=dt.date(2026, 11, 24),
    urgency="Segera",
    mark="",
    letterhead=Letterhead(
        "Pemerintah Kabupaten Contoh", ("Dinas Contoh",), (), "", "", "Rangkasbitung"
    ),
    signer=SignatureBlock(("a.n. Bupati", "Kepala Dinas"), "Sekar Padi, S.T.", "1975"),
    page=LetterPage(),
    footer=("Ditandatangani secara elektronik.",),
)


def test_a_letter_between_offices() -> None:
    """Number, urgency, attachments and subject; addressees, signature, copies and footer."""
    drawn = draw_letter(SHEET, NOW)
    text = text_of(drawn.pdf)
    for words in (
        "DINAS CONTOH",
        "Rangkasbitung, 24 November 2026",
        "B.000.1.2/1/DIN/2026",
        "Segera",
        "1 (satu) berkas",
        "Yth. Para Camat di tempat",
        "waktu : pukul 09.00",
        "1. membawa data",
        "a.n. Bupati Kepala Dinas,",
        "Sekar Padi, S.T.",
        "NIP 1975",
        "Tembusan: 1. Bupati 2. Sekretaris Daerah",
        "Ditandatangani secara elektronik.",
    ):
        assert words in text
    assert text.count("Para Camat") == 1
    assert drawn.places["signer"].page == 0


def test_a_letter_with_a_title() -> None:
    """Kind, number and subject in the middle, no addressee; NOMOR stands once."""
    for number in ("B/1/2026", "NOMOR 1 TAHUN 2026"):
        text = text_of(
            draw_letter(
                attrs.evolve(SHEET, kind="Surat Tugas", shape="judul", number=number), NOW
            ).pdf
        )
        assert "SURAT TUGAS NOMOR" in text
        assert text.count("NOMOR") == 1
        assert "TENTANG UNDANGAN RAPAT" in text
        assert "Ditetapkan di Rangkasbitung pada tanggal 24 November 2026" in text
        assert "Yth." not in text


def test_a_secret_letter_says_so_at_the_upper_left_of_each_page() -> None:
    """The code, on all pages; one that was voided has BATAL across it."""
    content = attrs.evolve(SHEET.content, body="\n\n".join(["kata " * 80] * 14))
    secret = attrs.evolve(SHEET, mark="SR", content=content, watermark="BATAL")
    text = text_of(draw_letter(secret, NOW).pdf)
    assert text.count("SR") == 2
    assert text.count("BATAL") == 2
    assert "Halaman 2" in text


def test_the_paper_is_as_the_region_says() -> None:
    """F4 is 215 by 330 mm; unfit paper and fonts that are not there are refused."""
    page = LetterPage(width=215, height=330, font=FONTS[1], font_size=11)
    drawn = draw_letter(attrs.evolve(SHEET, page=page), NOW).pdf
    with pypdfium2.PdfDocument(drawn) as pdf:
        assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == [215, 330]
    for wrong in ({"width": 20}, {"top": 99}, {"font_size": 40}, {"font": "Arial"}):
        with pytest.raises(ValueError, match=r"\w"):
            LetterPage(**wrong)


HOSTILE = [
    "#set page(width: 1cm)",
    "#panic(1)",
    '#read("/etc/passwd")',
    "$x^2$ \\ @rujukan <label>",
    "*tebal* _miring_ `kode` = judul",
    "kata" * 300,
    "\u202eterbalik \u200b\u0000\u0007",
    "😀👩‍👩‍👧",
    "]]})(",
    "// komentar",
    "https://contoh.example/" + "a" * 90,
]
TYPED = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))


@given(TYPED, TYPED, st.sampled_from(["korespondensi", "judul"]))
@settings(max_examples=25)
def test_whatever_is_typed_is_drawn(subject: str, body: str, shape: str) -> None:
    """No text stops a letter, nor turns into markup: the signature always finds its place."""
    content = LetterContent(
        subject=subject,
        body=f"{body}\n\n{subject} : {body}\n\n1. {subject}",
        closing=body,
        attached=subject[:80],
        place=subject[:80],
        to=(Party(subject), Party(body)),
        copies=(Party(body),),
    )
    sheet = attrs.evolve(
        SHEET,
        shape=shape,
        content=content,
        signer=SignatureBlock((subject, body), subject, body),
        number=subject,
        mark=subject[:3],
    )
    drawn = draw_letter(sheet, NOW)
    assert drawn.pdf.startswith(b"%PDF")
    assert set(drawn.places) == {"signer"}
    place = drawn.places["signer"]
    assert 0 < place.left < place.right < 596


@pytest.mark.parametrize("text", ["#panic(1)", "$x^2$", "@rujukan <label>", "*tebal* _miring_"])
def test_markup_is_shown_as_it_was_typed(text: str) -> None:
    """Its characters stand on the page."""
    content = attrs.evolve(SHEET.content, body=f"Awal {text} akhir")
    assert f"Awal {text} akhir" in text_of(
        draw_letter(attrs.evolve(SHEET, content=content), NOW).pdf
    )
