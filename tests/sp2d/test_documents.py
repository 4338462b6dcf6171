"""Papers of a payment: everything a person signs for is on the page, and values stay values."""

import datetime as dt
import io
import itertools
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pikepdf
import pypdfium2
import pytest

from leuit.builtin.documents import Letterhead, Rendered
from leuit.values import TooLargeError
from leuit_sp2d.documents import (
    Claim,
    ClaimLine,
    Coded,
    Deduction,
    Paper,
    Payee,
    Reason,
    Reference,
    ReturnLetter,
    Signer,
    Sp2dPaper,
    SpmPaper,
    SppLine,
    SppPaper,
    draw,
)
from leuit_sp2d.rules.rupiah import WrongAmountError, format_rupiah
from leuit_sp2d.words import LARGEST_IN_WORDS, in_words, number_in_words

pytestmark = pytest.mark.ci

NOW = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 20)
HEAD = Letterhead(
    "Pemerintah Kabupaten Contoh", ("Dinas Contoh",), ("Jalan Contoh 1",), "", "", "Rangkasbitung"
)
SPP_NUMBER = "36.02/02.0/000214/LS/2.16.2.20.2.21.01.0000/P.04/11/2026"
SPM_NUMBER = "36.02/03.0/000214/LS/2.16.2.20.2.21.01.0000/P.04/11/2026"
SP2D_NUMBER = "36.02/04.0/000198/LS/2.16.2.20.2.21.01.0000/P.04/11/2026"
SKPD = Coded("2.16.2.20.2.21.01.0000", "Dinas Contoh Statistik dan Persandian")
DPA = Reference("DPA/A.1/2.16.2.20.2.21.01.0000/001/2026", dt.date(2026, 1, 2))
SPDS = (
    Reference("900/SPD/0012/2026", dt.date(2026, 10, 1)),
    Reference("900/SPD/0013/2026", dt.date(2026, 11, 2)),
)
LAPTOPS = Coded("5.2.02.10.01.0003", "Belanja Modal Personal Computer")
PAPER = Coded("5.1.02.01.01.0024", "Belanja Alat Tulis Kantor")
MACHINES = Coded("2.16.01.2.07.0006", "Pengadaan Peralatan dan Mesin Lainnya")
STOCKS = Coded("2.16.01.2.06.0004", "Penyediaan Bahan Logistik Kantor")
PAYEE = Payee(
    "CV Contoh Rangkas", "bank bjb", "0012345678901", "CV CONTOH RANGKAS", "01.234.567.4-401.000"
)
OFFICER = Signer("Pejabat Pelaksana Teknis Kegiatan", "Sekar Contoh", "197504042000042001")
TREASURER = Signer("Bendahara Pengeluaran", "Dadan Contoh", "198504042010011002")
USER = Signer("Pengguna Anggaran", "Tatang Contoh", "196904041994031003")
BUD = Signer("Kuasa Bendahara Umum Daerah", "Ratna Contoh", "197004041995032004")
PURPOSE = "Pembayaran 12 unit laptop layanan kecamatan"

SPP = SppPaper(
    number=SPP_NUMBER,
    date=DAY,
    kind="LS Barang dan Jasa",
    fiscal_year=2026,
    skpd=SKPD,
    addressee="Pengguna Anggaran Dinas Contoh",
    dpa=DPA,
    spds=SPDS,
    payee=PAYEE,
    purpose=PURPOSE,
    lines=(
        SppLine(LAPTOPS, 96_570_000, MACHINES, 480_000_000, 393_900_000, 332_700_000),
        SppLine(PAPER, 1_450_000, MACHINES, 20_000_000, 15_000_000, 0),
    ),
    officer=OFFICER,
    treasurer=TREASURER,
    check_address="https://contoh.invalid/cek/4TQF-2M9X-TR4A",
    check_code="4TQF-2M9X-TR4A",
)
CLAIM = Claim(
    (ClaimLine(LAPTOPS, 96_570_000, MACHINES), ClaimLine(PAPER, 1_450_000, STOCKS)),
    (
        Deduction("PPN", 9_570_000, withheld=True, billing_id="012345678901234"),
        Deduction("PPh Pasal 22", 1_305_000, withheld=True, billing_id="112345678901234"),
        Deduction("Pajak daerah", 45_000, withheld=False),
    ),
)
SPM = SpmPaper(
    number=SPM_NUMBER,
    date=DAY,
    kind="LS Barang dan Jasa",
    fiscal_year=2026,
    skpd=SKPD,
    dpa=DPA,
    spds=SPDS,
    spp=Reference(SPP_NUMBER, dt.date(2026, 11, 19)),
    payee=PAYEE,
    purpose=PURPOSE,
    claim=CLAIM,
    signer=USER,
    check_address="https://contoh.invalid/cek/9BQF-2M9X-TR4B",
    check_code="9BQF-2M9X-TR4B",
    stamp_duty=10_000,
)
SP2D = Sp2dPaper(
    number=SP2D_NUMBER,
    date=DAY,
    kind="LS Barang dan Jasa",
    fiscal_year=2026,
    skpd=SKPD,
    spm=Reference(SPM_NUMBER, dt.date(2026, 11, 19)),
    bank="bank bjb Cabang Contoh",
    rkud="0011223344001",
    payee=PAYEE,
    purpose=PURPOSE,
    claim=CLAIM,
    signer=BUD,
    check_address="https://contoh.invalid/cek/K7QF-2M9X-TR4C",
    check_code="K7QF-2M9X-TR4C",
)
LETTER = ReturnLetter(
    date=DAY,
    document="SPM",
    reference=Reference(SPM_NUMBER, dt.date(2026, 11, 18)),
    received_on=dt.date(2026, 11, 19),
    skpd=SKPD,
    amount=98_020_000,
    purpose=PURPOSE,
    addressee="Pengguna Anggaran Dinas Contoh",
    reasons=(
        Reason("B-03", "Surat Pesanan dan BAST", "Nomor seri tidak ada."),
        Reason("B-07", "Faktur pajak", "Nilai PPN tidak sama."),
    ),
    signer=BUD,
)
PAPERS: dict[str, Paper] = {"spp": SPP, "spm": SPM, "sp2d": SP2D, "return": LETTER}
each_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS.keys())

HOSTILE = '#import "x": y $z^2$ *b* _i_ <l> @r [c] {d} // e = f'


def drawn(paper: Paper, letterhead: Letterhead = HEAD, **options: Any) -> Rendered:
    """The paper with a letterhead of nobody, unless another is given."""
    return draw(paper, letterhead=letterhead, title="Contoh", now=NOW, **options)


def pages_of(rendered: Rendered) -> list[str]:
    """The text of each page as a reader extracts it, line ends as spaces."""
    with pypdfium2.PdfDocument(rendered.pdf) as opened:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def unbroken(text: str) -> str:
    """The text without the spaces that the end of a line leaves in a number or a long word."""
    return text.replace(" ", "")


def ink_outside(rendered: Rendered) -> list[tuple[int, float]]:
    """Letters beyond the margins (30 and 20 mm): page and right end in points.

    A comma may hang into the margin by two points.
    """
    found = []
    with pypdfium2.PdfDocument(rendered.pdf) as opened:
        for number, page in enumerate(opened):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                inside = left >= 84 and right <= 540.5 and bottom >= 25 and top <= 822
                if right > left and not inside:
                    found.append((number, right))
    return found


@each_paper
def test_a_paper_is_pdf_a_2b_of_a4_pages(paper: Paper) -> None:
    """XMP claims part 2, conformance B; who issues it is the author; pages are A4."""
    with pikepdf.open(io.BytesIO(drawn(paper).pdf)) as opened:
        xmp = ET.fromstring(opened.Root.Metadata.read_bytes())
        assert str(opened.Root.Lang) == "id"
        assert str(opened.docinfo.Author) == "Pemerintah Kabupaten Contoh"
        for page in opened.pages:
            assert [float(side) for side in page.mediabox[2:]] == pytest.approx(
                [595.28, 841.89], abs=0.01
            )
    told = {element.tag.rpartition("}")[2]: element.text for element in xmp.iter()}
    assert (told["part"], told["conformance"]) == ("2", "B")


@each_paper
def test_same_values_same_bytes(paper: Paper) -> None:
    """A paper drawn again is the same file, which its checksum in the archive relies on."""
    assert drawn(paper).pdf == drawn(paper).pdf


@each_paper
def test_lines_for_signing_electronically_stand_below(paper: Paper) -> None:
    """The footer is on every page when there is one, and takes no room that a form needs."""
    plain, signed = pages_of(drawn(paper)), pages_of(drawn(paper, footer=("Kaki elektronik.",)))
    assert len(plain) == len(signed)
    assert all("Kaki elektronik." in page for page in signed)


def test_an_spp_says_all_that_is_asked() -> None:
    """One page with number, kind, budget, payee, each line with its five figures, sum and words."""
    (page,) = pages_of(drawn(SPP))
    for words in (
        "KABUPATEN CONTOH DINAS CONTOH",
        f"SURAT PERMINTAAN PEMBAYARAN (SPP) LS BARANG DAN JASA Nomor: {SPP_NUMBER}",
        "Yth. Pengguna Anggaran Dinas Contoh",
        f"SKPD : {SKPD.code} {SKPD.name} Tahun anggaran : 2026",
        f"Sub-kegiatan : {MACHINES.code} {MACHINES.name}",
        f"{DPA.number}, tanggal 2 Januari 2026",
        "900/SPD/0012/2026, tanggal 1 Oktober 2026 900/SPD/0013/2026, tanggal 2 November 2026",
        PURPOSE,
        "Penerima : CV Contoh Rangkas NPWP : 01.234.567.4-401.000 Bank : bank bjb",
        "0012345678901, atas nama CV CONTOH RANGKAS",
        "Jumlah yang diminta : Rp98.020.000",
        "Terbilang : Sembilan puluh delapan juta dua puluh ribu rupiah",
        "Rangkasbitung, 20 November 2026",
        "Sekar Contoh",
        "NIP 198504042010011002",
    ):
        assert words in page, words
    figures = "Rp480.000.000 Rp393.900.000 Rp332.700.000 Rp96.570.000 Rp50.730.000"
    assert f"1 {LAPTOPS.code} {LAPTOPS.name} {figures}" in page
    assert (
        f"2 {PAPER.code} {PAPER.name} Rp20.000.000 Rp15.000.000 Rp0 Rp1.450.000 Rp18.550.000"
        in (page)
    )


def test_an_spp_for_the_float_has_neither_budget_nor_officer() -> None:
    """UP burdens no sub-kegiatan: dashes for its figures, and the treasurer alone signs."""
    line = SppLine(Coded("1.1.01.03.01.0001", "Kas di Bendahara Pengeluaran"), 100_000_000)
    rendered = drawn(attrs.evolve(SPP, kind="UP", lines=(line,), officer=None))
    (page,) = pages_of(rendered)
    assert "Pengeluaran – – – Rp100.000.000 – Jumlah" in page
    assert "Sub-kegiatan" not in page
    assert "Pejabat Pelaksana" not in page
    assert set(rendered.places) == {"treasurer"}


def test_an_spm_says_what_is_paid_and_what_is_kept() -> None:
    """Its basis, each line under its sub-kegiatan, both kinds of deductions, gross, net, words."""
    page, statement = pages_of(drawn(SPM))
    for words in (
        f"SURAT PERINTAH MEMBAYAR (SPM) LS BARANG DAN JASA Nomor: {SPM_NUMBER}",
        "Kepada Kuasa Bendahara Umum Daerah Pemerintah Kabupaten Contoh",
        f"Dasar permintaan (SPP) : {SPP_NUMBER}, tanggal 19 November 2026",
        "900/SPD/0012/2026, tanggal 1 Oktober 2026",
        f"Sub-kegiatan {MACHINES.code} {MACHINES.name} 1 {LAPTOPS.code} {LAPTOPS.name} Rp96.570",
        f"Sub-kegiatan {STOCKS.code} {STOCKS.name} 2 {PAPER.code} {PAPER.name} Rp1.450.000",
        "Mengurangi pembayaran 1 PPN 012345678901234 Rp9.570.000",
        "2 PPh Pasal 22 112345678901234 Rp1.305.000",
        "Jumlah yang mengurangi pembayaran Rp10.875.000",
        "Informasi, tidak mengurangi pembayaran 1 Pajak daerah – Rp45.000",
        "Jumlah SPM (bruto) : Rp98.020.000 Jumlah potongan : Rp10.875.000",
        "Jumlah yang dibayarkan : Rp87.145.000",
        "Delapan puluh tujuh juta seratus empat puluh lima ribu rupiah",
        "Pengguna Anggaran, Tatang Contoh NIP 196904041994031003",
    ):
        assert words in page, words
    for words in (
        "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK",
        SPM_NUMBER,
        "Nama : Tatang Contoh NIP : 196904041994031003 Jabatan : Pengguna Anggaran",
        "Rp98.020.000 (Sembilan puluh delapan juta dua puluh ribu rupiah)",
        "bertanggung jawab penuh",
        "Meterai Rp10.000",
    ):
        assert words in statement, words


def test_an_spm_without_deductions_or_duty_says_so() -> None:
    """No empty table is printed, and no place for a stamp when the duty of the day is nothing."""
    page, statement = pages_of(drawn(attrs.evolve(SPM, claim=Claim(CLAIM.lines), stamp_duty=0)))
    assert "Tidak ada potongan." in page
    assert "Kode billing" not in page
    assert "Jumlah potongan : Rp0 Jumlah yang dibayarkan : Rp98.020.000" in page
    assert "Meterai" not in statement


def test_an_sp2d_orders_the_bank_to_pay() -> None:
    """From Kuasa BUD to the bank: account of RKUD, payee's account, SPM, sums, net, check code."""
    (page,) = pages_of(drawn(SP2D))
    for words in (
        f"SURAT PERINTAH PENCAIRAN DANA (SP2D) LS BARANG DAN JASA Nomor: {SP2D_NUMBER}",
        "Dari : Kuasa BUD Kepada : bank bjb Cabang Contoh Tanggal SP2D : 20 November 2026",
        "Tanggal SPM : 19 November 2026",
        "rekening kas umum daerah nomor 0011223344001 uang sebesar Rp98.020.000 (Sembilan puluh",
        "Kepada : CV Contoh Rangkas NPWP : 01.234.567.4-401.000 Bank penerima : bank bjb",
        "0012345678901, atas nama CV CONTOH RANGKAS",
        PURPOSE,
        f"1 {LAPTOPS.code} {LAPTOPS.name} Rp96.570.000",
        f"2 {PAPER.code} {PAPER.name} Rp1.450.000",
        "1 PPN 012345678901234 Rp9.570.000 2 PPh Pasal 22 112345678901234 Rp1.305.000",
        "(bruto) Rp98.020.000 Jumlah potongan Rp10.875.000 Jumlah yang dibayarkan Rp87.145.000",
        "Terbilang: Delapan puluh tujuh juta seratus empat puluh lima ribu rupiah",
        "atau dengan kode K7QF-2M9X-TR4C",
        "Ratna Contoh NIP 197004041995032004",
    ):
        assert words in page, words
    assert SPM_NUMBER in unbroken(page)


@pytest.mark.parametrize("paper", [SPP, SPM, SP2D], ids=["spp", "spm", "sp2d"])
def test_the_picture_on_a_paper_is_of_its_address(paper: SppPaper | SpmPaper | Sp2dPaper) -> None:
    """Another address is another picture; its alternative text is the address itself."""
    with pikepdf.open(io.BytesIO(drawn(paper).pdf)) as opened:
        streams = b"".join(one.unparse(resolved=True) for one in opened.objects)
    assert paper.check_address.encode() in streams
    other = attrs.evolve(paper, check_address="https://contoh.invalid/cek/lain")
    assert drawn(other).pdf != drawn(paper).pdf


def test_a_return_says_item_by_item_what_is_wrong() -> None:
    """Which document, to whom, each reason with code, title and remark, by whom and when."""
    (page,) = pages_of(drawn(LETTER))
    for words in (
        "Rangkasbitung, 20 November 2026 Hal : Pengembalian SPM",
        "Yth. Pengguna Anggaran Dinas Contoh",
        f"Nomor SPM : {SPM_NUMBER} Tanggal : 18 November 2026 Diterima : 19 November 2026",
        "Jumlah : Rp98.020.000",
        "1 B-03 Surat Pesanan dan BAST Nomor seri tidak ada.",
        "2 B-07 Faktur pajak Nilai PPN tidak sama.",
        "SPM tersebut dikembalikan pada 20 November 2026 oleh Ratna Contoh",
    ):
        assert words in page, words


def test_what_is_left_empty_leaves_no_trace() -> None:
    """Without town, SPD, NPWP, NIP or billing there is a date alone, a dash, or nothing at all."""
    payee, treasurer = attrs.evolve(PAYEE, npwp=""), attrs.evolve(TREASURER, nip="")
    bare = attrs.evolve(SPP, spds=(), payee=payee, treasurer=treasurer)
    nowhere = attrs.evolve(HEAD, place="")
    (page,) = pages_of(drawn(bare, letterhead=nowhere))
    assert "Kegiatan, Sekar Contoh NIP 197504042000042001 20 November 2026 Bendahara" in page
    assert page.endswith("Dadan Contoh")
    assert "NPWP : – Bank" in page
    assert "(SPD) : Untuk keperluan" in page


@pytest.mark.parametrize(
    "paper, names",
    [
        (SPP, {"officer": OFFICER, "treasurer": TREASURER}),
        (SPM, {"signer": USER, "statement": USER}),
        (SP2D, {"signer": BUD}),
        (LETTER, {"signer": BUD}),
    ],
    ids=PAPERS.keys(),
)
def test_signatures_have_empty_places_above_their_names(
    paper: Paper, names: dict[str, Signer]
) -> None:
    """Each place lies within its page, holds nothing, touches no other, and its name is below."""
    rendered = drawn(paper)
    assert set(rendered.places) == set(names)
    with pypdfium2.PdfDocument(rendered.pdf) as opened:
        for name, signer in names.items():
            place = rendered.places[name]
            page = opened[place.page]
            assert 0 < place.left < place.right < page.get_width()
            assert 0 < place.bottom < place.top < page.get_height()
            text = page.get_textpage()
            box = (place.left, place.bottom, place.right, place.top)
            assert text.get_text_bounded(*box).strip() == ""
            below = text.get_text_bounded(box[0], box[1] - 40, box[2], box[1])
            assert signer.name in below
    if len(names) == 2:
        one, other = rendered.places.values()
        assert one.page != other.page or one.right < other.left


def letters_over_letters(rendered: Rendered) -> int:
    """How many letters lie on another one of their line."""
    found = 0
    with pypdfium2.PdfDocument(rendered.pdf) as opened:
        for page in opened:
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            lines: dict[int, list[tuple[float, float]]] = {}
            for left, bottom, right, _top in boxes:
                if right - left > 1:
                    lines.setdefault(round(bottom), []).append((left, right))
            for letters in lines.values():
                ordered = sorted(letters)
                pairs = itertools.pairwise(ordered)
                found += sum(right - left > 2 for (_, right), (left, _) in pairs)
    return found


def hostile_everywhere(paper: Paper, words: str) -> Paper:
    """The paper with the words in every text of its people."""
    payee = attrs.evolve(PAYEE, name=words, bank=words, account_name=words, account_number=words)
    thing = Coded(words, words)
    if isinstance(paper, ReturnLetter):
        reasons = (Reason("B-03", words, words),)
        return attrs.evolve(paper, purpose=words, addressee=words, reasons=reasons, skpd=thing)
    if isinstance(paper, SppPaper):
        line = SppLine(thing, 1_000, thing, 10**14, 10**14, 10**13)
        return attrs.evolve(
            paper, number=words, payee=payee, purpose=words, lines=(line,), skpd=thing
        )
    claim = Claim((ClaimLine(thing, 10_000, thing),), (Deduction(words, 1_000, withheld=True),))
    return attrs.evolve(paper, number=words, payee=payee, purpose=words, claim=claim, skpd=thing)


@each_paper
@pytest.mark.parametrize(
    "words, shown",
    [
        (HOSTILE, HOSTILE),
        ("abc\u202edef\u202c\x00\nghi", "abcdef ghi"),
        ("Panjang" * 60, "Panjang" * 60),
        ("W" * 24, "W" * 24),
        ("36.02/" * 20, "36.02/" * 20),
        ("kata panjang " * 400, "kata panjang"),
    ],
    ids=["markup", "controls", "one word", "wide word", "strokes", "many words"],
)
def test_hostile_texts_are_drawn_as_they_are_within_the_margins(
    paper: Paper, words: str, shown: str
) -> None:
    """Markup is printed, marks of direction are dropped, what is too long goes to the next line."""
    rendered = drawn(hostile_everywhere(paper, words))
    text = unbroken(" ".join(pages_of(rendered)))
    assert text.count(unbroken(shown)) >= 3
    assert not ink_outside(rendered)
    assert not letters_over_letters(rendered)


@each_paper
def test_long_names_of_who_signs_stay_within_the_margins(paper: Paper) -> None:
    """Titles before and after a name, and a long post, take more lines."""
    titles = "Prof. Dr. Ir. H. " + "Sekar Contoh Gunungpadi " * 5 + "S.E., M.Si., Ak., CA., CPA."
    signer = Signer("Plt. Kepala Badan Keuangan dan Aset Daerah " * 3, titles, "1975" * 4)
    if isinstance(paper, SppPaper):
        rendered = drawn(attrs.evolve(paper, officer=signer, treasurer=signer))
    else:
        rendered = drawn(attrs.evolve(paper, signer=signer))
    assert unbroken(titles) in unbroken(" ".join(pages_of(rendered)))
    assert not ink_outside(rendered)


@pytest.mark.parametrize("paper", [SPP, SPM, SP2D], ids=["spp", "spm", "sp2d"])
def test_two_hundred_lines_repeat_the_head_and_none_is_lost(
    paper: SppPaper | SpmPaper | Sp2dPaper,
) -> None:
    """Every page with lines has the heads, each line is there once, the sum is that of all."""
    names = [f"Belanja Contoh Nomor {number:03}" for number in range(1, 201)]
    amounts = [1_000_000 + number for number in range(200)]
    accounts = [Coded(f"5.1.02.01.01.{number:04}", name) for number, name in enumerate(names)]
    pairs = list(zip(accounts, amounts, strict=True))
    if isinstance(paper, SppPaper):
        lines = tuple(SppLine(account, one, MACHINES, 2_000_000, 0, 0) for account, one in pairs)
        rendered = drawn(attrs.evolve(paper, lines=lines))
    else:
        claim = Claim(tuple(ClaimLine(account, one, MACHINES) for account, one in pairs))
        rendered = drawn(attrs.evolve(paper, claim=claim))
    pages = pages_of(rendered)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert ("Kode rekening" in page) == ("Belanja Contoh Nomor" in page)
    whole = " ".join(pages)
    for name, amount in zip(names, amounts, strict=True):
        assert whole.count(name) == 1
        assert format_rupiah(amount) in whole
    assert format_rupiah(sum(amounts)) in whole
    assert in_words(sum(amounts), capital=True) in whole
    assert not ink_outside(rendered)


def test_the_greatest_amounts_keep_their_columns() -> None:
    """Fifteen digits in five columns stay within the page, whole and in one piece."""
    line = SppLine(LAPTOPS, 10**14, MACHINES, 999_999_999_999_999, 888_888_888_888_888, 0)
    rendered = drawn(attrs.evolve(SPP, lines=(line,)))
    (page,) = pages_of(rendered)
    assert "Rp999.999.999.999.999 Rp888.888.888.888.888 Rp0 Rp100.000.000.000.000" in page
    assert not ink_outside(rendered)


def test_a_claim_that_pays_nothing_says_nihil() -> None:
    """GU Nihil accounts for money without moving any."""
    claim = Claim((ClaimLine(PAPER, 500_000),), (Deduction("Sisa UP", 500_000, withheld=True),))
    (page,) = pages_of(drawn(attrs.evolve(SP2D, claim=claim)))
    assert "Jumlah yang dibayarkan Rp0 Terbilang: Nihil" in page


@pytest.mark.parametrize(
    "paper",
    [
        attrs.evolve(SPP, lines=()),
        attrs.evolve(SPM, claim=Claim(())),
        attrs.evolve(
            SP2D, claim=Claim((ClaimLine(PAPER, 1),), (Deduction("PPN", 2, withheld=True),))
        ),
    ],
    ids=["no lines", "no claim", "more kept than asked"],
)
def test_what_has_no_words_is_not_printed(paper: Paper) -> None:
    """Nothing asked, or less than nothing paid, makes no document."""
    with pytest.raises(WrongAmountError):
        drawn(paper)


def test_too_long_a_paper_is_refused() -> None:
    """The limit of documents holds here too."""
    with pytest.raises(TooLargeError):
        drawn(attrs.evolve(SPP, purpose="a" * 1_000_001))


# -------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    "amount, words",
    [
        (11, "sebelas"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (201_000, "dua ratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_001_000, "satu miliar seribu"),
        (1_234_567, "satu juta dua ratus tiga puluh empat ribu lima ratus enam puluh tujuh"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_amounts_have_their_words(amount: int, words: str) -> None:
    """Vectors 7 to 10, and the single thousand that stands behind a million."""
    assert in_words(amount) == f"{words} rupiah"
    assert in_words(amount, capital=True) == f"{words[0].upper()}{words[1:]} rupiah"


@pytest.mark.parametrize("amount", [0, -5, 1234.56, 5.0, True, LARGEST_IN_WORDS + 1, "5", None])
def test_what_is_no_whole_amount_has_no_words(amount: Any) -> None:
    """Vectors 7 and 11: zero, minus and parts of a rupiah stand on no document."""
    with pytest.raises(WrongAmountError) as told:
        in_words(amount)
    assert told.value.code == "wrong_amount"


def test_zero_is_a_word_without_a_unit() -> None:
    """Vector 7: 0 is “nol”, as a number; no document gets it with its rupiah."""
    assert number_in_words(0) == "nol"
