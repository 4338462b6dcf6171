"""Text comes out of files of every kind; what is hostile is refused in words, and harms nobody."""

import datetime as dt
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from leuit.builtin.documents import render_pdf
from leuit_archives.reading import RefusedFileError, TextReader, read_letter
from leuit_archives.reading.kinds import MOST_BYTES, MOST_LETTERS
from leuit_archives.reading.reader import FAULTS
from tests.archives import office_files as office
from tests.archives.letters import LETTERS
from tests.archives.test_letter_text import told

LETTER_TEMPLATE = """#import "/official.typ": letterhead, official
#show: official
#letterhead((
  government: "Pemerintah Kabupaten Lebak", names: values.names, address: ("Jalan Contoh 5",),
  contact: "", emblem: "",
))
#if values.side [
  #grid(columns: (auto, auto, 1fr, auto), gutter: 2mm,
    [Nomor], [:], values.number, values.day,
    [Sifat], [:], values.sifat, [Yth. Camat Maja],
    [Hal], [:], box(width: 60mm, values.subject), [])
] else [
  #align(right, values.day)
  #grid(columns: (20mm, auto, 1fr), gutter: 2mm,
    [Nomor], [:], values.number, [Sifat], [:], values.sifat,
    [Hal], [:], box(width: 70mm, values.subject))
  Yth. Camat Maja
]

Dengan hormat, kami mengundang Saudara pada hari Selasa, 1 Desember 2026.
"""
NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def reader() -> Iterator[TextReader]:
    """One process for all files of this module."""
    with TextReader() as made:
        yield made


def pdf_of(content: bytes = b"", pages: int = 1, *, filters: str = "") -> bytes:
    """A PDF whose pages share one stream."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(pdf, content)
        if filters:
            stream.write(content, filter=[pikepdf.Name(f"/{one}") for one in filters.split()])
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for _page in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            pdf.pages[-1].Contents = pdf.make_indirect(stream)
        pdf.save(out)
    return out.getvalue()


def words(text: str) -> bytes:
    """A content stream that shows some words."""
    return f"BT /F 12 Tf 60 700 Td ({text}) Tj ET".encode()


def encrypted(user: str) -> bytes:
    """A PDF that is encrypted; with an empty user's password everybody may open it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(words("rahasia")))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="kunci", user=user))
    return out.getvalue()


def picture(kind: str) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, kind)
    return out.getvalue()


LETTER = LETTERS["an office of the regency"][0]
SOUND = {
    "surat.pdf": (pdf_of(words("Nomor 5"), pages=3), "application/pdf", 3, "Nomor 5"),
    "surat.DOCX": (office.docx("Nomor\nHal"), "wordprocessingml", 1, "Nomor\nHal"),
    "surat.odt": (office.odt("DINAS", "No~1\nHal"), "opendocument.text", 1, "DINAS\nNo 1\nHal"),
    "data.xlsx": (
        office.xlsx({"Satu": [["a", 2.0], [True, ""]], "Dua": [["b"]]}),
        "spreadsheetml",
        2,
        "Satu\na\t2\nya\fDua\nb",
    ),
    "data.ods": (office.ods("a", "b"), "opendocument.spreadsheet", 1, "Lembar\na\tb"),
    "tayang.pptx": (office.pptx("Satu", "Dua"), "presentationml", 2, "Satu\fDua"),
    "pindai.png": (picture("PNG"), "image/png", 1, ""),
    "pindai.jpg": (picture("JPEG"), "image/jpeg", 1, ""),
    "catatan.txt": ("Nomor \u2013 5\r\nHal".encode(), "text/plain", 1, "Nomor \u2013 5\nHal"),
    "lama.txt": ("Nomor \u2013 5".encode("cp1252"), "text/plain", 1, "Nomor \u2013 5"),
    "data.csv": ("a;b".encode("utf-16"), "text/csv", 1, "a;b"),
    "tanpa-akhiran": (pdf_of(words("x")), "application/pdf", 1, "x"),
}


@pytest.mark.parametrize("name", SOUND)
def test_text_comes_out_of_each_kind(reader: TextReader, name: str) -> None:
    """Every kind gives its text part by part, in the order in which a person reads it."""
    content, media, pages, text = SOUND[name]
    found = reader.read(content, name)
    assert media in found.media_type
    assert (found.pages, found.complete) == (pages, True)
    assert found.text.startswith(text)


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.pdf", b"", "empty"),
    "a program": ("a.exe", b"MZ\x90\x00" + bytes(60), "unknown_type"),
    "a program under a good name": ("a.txt", b"MZ\x90\x00" + bytes(60), "unknown_type"),
    "a page of the web": ("a.html", b"<script>alert(1)</script>", "unknown_type"),
    "text called PDF": ("a.pdf", b"hanya teks", "wrong_name"),
    "PDF called DOCX": ("a.docx", pdf_of(), "wrong_name"),
    "PDF called a program": ("a.pdf.exe", pdf_of(), "wrong_name"),
    "DOCX called XLSX": ("a.xlsx", office.docx("isi"), "wrong_name"),
    "picture called PDF": ("a.pdf", picture("PNG"), "wrong_name"),
    "PDF with a password": ("a.pdf", encrypted("sandi"), "encrypted"),
    "PDF locked against copying": ("a.pdf", encrypted(""), "encrypted"),
    "PDF cut off": ("a.pdf", b"%PDF-1.7\n1 0 obj", "broken"),
    "PDF of many pages": ("a.pdf", pdf_of(pages=3_001), "too_many_pages"),
    "old office file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "old_office"),
    "office file with a password": ("a.docx", office.locked(), "encrypted"),
    "part with a password": ("a.docx", office.with_locked_part(), "encrypted"),
    "ODT with a password": (
        "a.odt",
        office.odt("", "x", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "encrypted",
    ),
    "macros by name": ("a.docm", office.docx("isi"), "macros"),
    "macros inside": ("a.docx", office.docx("isi", {"word/vbaProject.bin": b"x"}), "macros"),
    "macros in capitals": ("a.docx", office.docx("isi", {"word/VBAPROJECT.BIN": b"x"}), "macros"),
    "macros by type": ("a.docx", office.docx("isi", kind="macroEnabled.12"), "macros"),
    "macros of an ODT": ("a.odt", office.odt("", "x", {"Basic/a/b.xml": "<x/>"}), "macros"),
    "any archive": ("a.zip", office.package({"a.txt": "isi"}), "unknown_type"),
    "an archive called DOCX": ("a.docx", office.package({"a.txt": "isi"}), "unknown_type"),
    "cut archive": ("a.docx", office.docx("isi")[:-30], "broken"),
    "no XML": ("a.docx", office.docx("isi", {"word/document.xml": "<a>"}), "broken"),
    "XML too deep": ("a.docx", office.docx("", {"word/document.xml": "<a>" * 300}), "broken"),
    "ratio": ("a.docx", office.docx("isi", {"word/x.xml": bytes(20_000_000)}), "zip_bomb"),
    "a part that says less": ("a.docx", office.said_smaller(), "broken"),
    "parts that share bytes": ("a.docx", office.overlapping(), "zip_bomb"),
    "many parts": (
        "a.docx",
        office.docx("isi", {f"word/{number}.xml": "" for number in range(5_000)}),
        "zip_bomb",
    ),
    "archive inside": (
        "a.docx",
        office.docx("isi", {"word/media/a.png": office.package({"a": "b"})}),
        "nested",
    ),
    "bomb in an embedded file": (
        "a.docx",
        office.docx("isi", {"word/embeddings/a.xlsx": office.package({"a": bytes(20_000_000)})}),
        "zip_bomb",
    ),
    "archives in archives": (
        "a.docx",
        office.docx(
            "isi",
            {
                "word/embeddings/a.docx": office.package(
                    {
                        "w/embeddings/b.docx": office.package(
                            {"w/embeddings/c.docx": office.package({"a": "b"})}
                        )
                    }
                )
            },
        ),
        "nested",
    ),
    "a name that leads out": ("a.docx", office.docx("isi", {"../../etc/x": "x"}), "odd_names"),
    "a name from the root": ("a.docx", office.docx("isi", {"/etc/x": "x"}), "odd_names"),
    "a name of a drive": ("a.docx", office.docx("isi", {"C:/x": "x"}), "odd_names"),
    "a name with a line in it": ("a.docx", office.docx("isi", {"word/a\nb": "x"}), "odd_names"),
    "names that differ in case": (
        "a.docx",
        office.docx("isi", {"word/DOCUMENT.xml": office.document("")}),
        "odd_names",
    ),
    "entities": (
        "a.docx",
        office.docx(
            "isi",
            {
                "word/document.xml": '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
                + office.document("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")
            },
        ),
        "forbidden_xml",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(reader: TextReader, name: str) -> None:
    """Each is refused with its code at the field, a sentence, and what to do."""
    called, content, reason = HOSTILE[name]
    with pytest.raises(RefusedFileError) as caught:
        reader.read(content, called)
    assert caught.value.reason == reason
    problem = caught.value.to_problem()
    assert problem["errors"][0]["path"] == "file"
    assert problem["errors"][0]["code"] == reason
    assert problem["detail"]


def test_every_reason_has_a_case() -> None:
    """No sentence stands for what cannot happen; limits of the process have tests of their own."""
    told_of = {reason for _name, _content, reason in HOSTILE.values()}
    assert set(FAULTS) - told_of == {"too_large", "time_out", "memory", "crashed"}


def test_a_file_above_the_limit_is_not_opened(reader: TextReader) -> None:
    """A file of more bytes than are read is refused before any process sees it."""
    with pytest.raises(RefusedFileError) as caught:
        reader.read(bytes(MOST_BYTES + 1), "a.txt")
    assert caught.value.reason == "too_large"


def test_a_pdf_bomb_harms_only_the_process() -> None:
    """A stream that unpacks beyond the memory ends the process; the next file is read as ever."""
    packed = zlib.compress(zlib.compress(b"q Q " * 100_000_000, 9), 9)
    bomb = pdf_of(packed, filters="FlateDecode FlateDecode")
    with TextReader(memory=400 * 1024 * 1024) as small:
        with pytest.raises(RefusedFileError) as caught:
            small.read(bomb, "a.pdf")
        assert caught.value.reason in {"memory", "crashed"}
        assert small.read(b"isi", "a.txt").text == "isi"


def test_a_sheet_with_a_far_cell_harms_only_the_process(reader: TextReader) -> None:
    """A sheet that asks for every cell before its last ends the process, as told in words."""
    with pytest.raises(RefusedFileError) as caught:
        reader.read(office.far_cell(), "a.xlsx")
    assert caught.value.reason in {"memory", "crashed"}
    assert reader.read(b"isi", "a.txt").text == "isi"


def test_a_file_that_takes_too_long_is_left() -> None:
    """The wall clock ends a reading, and the next question gets a fresh process."""
    with TextReader(seconds=0.02) as hasty:
        with pytest.raises(RefusedFileError) as caught:
            hasty.read(pdf_of(words("x"), pages=3_000), "a.pdf")
        assert caught.value.reason == "time_out"


def test_long_text_is_cut_and_says_so(reader: TextReader) -> None:
    """No more than the limit is kept, and the file is not called complete."""
    found = reader.read(b"kata " * (MOST_LETTERS // 5 + 1), "a.txt")
    assert len(found.text) == MOST_LETTERS
    assert not found.complete


def test_words_broken_by_the_end_of_a_line_are_whole(reader: TextReader, tmp_path: Path) -> None:
    """A hyphen that only breaks a word goes, so that the word is found; its marks go too."""
    template = tmp_path / "narrow.typ"
    template.write_text(
        '#set page(width: 25mm, margin: 3mm)\n#set text(hyphenate: true, lang: "en")\n'
        "administration of accountability\n#box(width: 15mm)[Undang-undang]"
    )
    text = reader.read(render_pdf(template, {}, title="x", now=NOW), "a.pdf").text
    assert text.split() == ["administration", "of", "accountability", "Undang-undang"]


def test_a_letterhead_in_the_page_header_is_read_first(reader: TextReader) -> None:
    """The header of a DOCX stands above its body, and text boxes are not read twice."""
    fallback = "<Fallback><w:p><w:r><w:t>dua kali</w:t></w:r></w:p></Fallback>"
    body = office.document(office.paragraphs("Nomor : 5") + fallback)
    content = office.docx(
        "", {"word/document.xml": body, "word/header1.xml": office.header("DINAS CONTOH")}
    )
    assert reader.read(content, "a.docx").text == "DINAS CONTOH\nNomor : 5"


@pytest.mark.parametrize("name", sorted(LETTERS)[::4])
def test_letters_of_word_processors_propose_the_same(name: str) -> None:
    """The same letter as DOCX and as ODT says the same as its plain text."""
    text, expected = LETTERS[name]
    escaped = text.replace("&", "&amp;")
    for content, called in (
        (office.docx(escaped), "surat.docx"),
        (office.odt("", escaped), "surat.odt"),
    ):
        assert told(read_letter(content, called).proposals) == expected


@pytest.mark.parametrize("side", [False, True], ids=["day above", "day beside"])
@pytest.mark.parametrize(
    "number, subject",
    [
        ("000.1.2.3/001/Bag.Umum/2026", "Undangan Rapat"),
        (
            "B-302/INSP/800.1.2/X/2025",
            "Permintaan Data Perkembangan Pelaksanaan Kegiatan Tahun 2026",
        ),
    ],
)
def test_a_printed_letter_proposes_what_was_printed(
    tmp_path: Path, number: str, subject: str, side: bool
) -> None:
    """A PDF of the house's own letterhead gives back number, day, subject, sender and sifat."""
    template = tmp_path / "letter.typ"
    template.write_text(LETTER_TEMPLATE)
    values = {
        "names": ["Dinas Komunikasi dan Informatika"],
        "number": number,
        "day": "Rangkasbitung, 24 November 2026",
        "sifat": "Segera",
        "subject": subject,
        "side": side,
    }
    reading = read_letter(render_pdf(template, values, title="Surat", now=NOW), "surat.pdf")
    assert (reading.media_type, reading.pages, reading.complete) == ("application/pdf", 1, True)
    found = told(reading.proposals)
    assert found.pop("secrecy", "B") == "B"
    assert found == {
        "number": number,
        "date": dt.date(2026, 11, 24),
        "subject": subject,
        "sender": "PEMERINTAH KABUPATEN LEBAK DINAS KOMUNIKASI DAN INFORMATIKA",
        "urgency": "segera",
    }


def test_a_scan_without_text_proposes_nothing() -> None:
    """A picture is taken and says nothing: a person types."""
    reading = read_letter(picture("JPEG"), "pindai.jpeg")
    assert (reading.text, told(reading.proposals)) == ("", {})


def test_only_a_pdf_has_pages_to_show() -> None:
    """The parts of a document of words are read, but none is a page with a picture."""
    assert read_letter(office.docx("Nomor"), "surat.docx").pages == 0
    assert read_letter(pdf_of(words("Nomor 5"), pages=3), "surat.pdf").pages == 3
