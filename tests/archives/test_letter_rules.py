"""Rules of letters out: numbers by pattern, name lines, content of a letter, differences."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.letter_content import (
    MOST_BODY,
    LetterContent,
    Part,
    Party,
    clean_text,
    faults_of_content,
    parts_of,
    shown_parties,
)
from leuit_archives.rules.letter_kinds import pattern_fault
from leuit_archives.rules.name_line import (
    Signatory,
    level_below,
    signature_block,
    without_titles,
)
from leuit_archives.rules.number_pattern import (
    ROMAN,
    Numbering,
    NumberParts,
    number_of,
    series_key,
    wants,
)
from leuit_archives.rules.version_difference import MOST_WORDS, differences, pieces_of

VECTORS = {
    "AR-32": (
        "{kode}/{urut:03}/{unit}/{tahun}",
        ("000.1.2.3", 1, "Bag.Umum", "", dt.date(2026, 5, 1)),
        "000.1.2.3/001/Bag.Umum/2026",
    ),
    "AR-33": (
        "{sifat}-{urut}/{unit}/{kode}/{bulan_romawi}/{tahun}",
        ("800.1.2", 302, "INSP", "B", dt.date(2025, 10, 9)),
        "B-302/INSP/800.1.2/X/2025",
    ),
    "AR-34": (
        "{urut}/{unit}/{kode}/{bulan_romawi}/{tahun}",
        ("000.1.2.3", 36, "INSP", "", dt.date(2025, 1, 31)),
        "36/INSP/000.1.2.3/I/2025",
    ),
    "AR-35": (
        "{kode}.{urut}",
        ("000.1.2.3", 664, "", "", dt.date(2025, 1, 1)),
        "000.1.2.3.664",
    ),
    "AR-36": (
        "{kode}/{urut}/{unit}/{tahun}",
        ("800", 123, "BKPSDM", "", dt.date(2023, 1, 1)),
        "800/123/BKPSDM/2023",
    ),
}


@pytest.mark.parametrize("vector", list(VECTORS))
def test_numbers_of_the_vectors(vector: str) -> None:
    """Patterns seen in the wild make the numbers seen there."""
    pattern, (code, value, unit, secrecy, day), told = VECTORS[vector]
    parts = NumberParts(value=value, day=day, class_code=code, unit=unit, secrecy=secrecy)
    assert number_of(pattern, parts) == told


PIECES = st.sampled_from(
    ["{kode}", "{unit}", "{tahun}", "{bulan}", "{bulan_romawi}", "{sifat}", "{singkatan}", "/", "-"]
)


@given(st.lists(PIECES, max_size=6), st.lists(PIECES, max_size=6), st.integers(1, 99_999))
def test_another_serial_is_another_number(before: list[str], after: list[str], value: int) -> None:
    """Of one pattern and day, two serials never make one number; no brace is left over."""
    pattern = "|".join([*before, "{urut:03}", *after])
    assert pattern_fault(pattern) == ""
    day = dt.date(2026, 2, 3)
    first, second = (
        number_of(pattern, NumberParts(value=one, day=day, class_code="000.1", unit="DIN"))
        for one in (value, value + 1)
    )
    assert first != second
    assert "{" not in first


def test_months_and_parts_of_a_pattern() -> None:
    """Twelve Roman months; a pattern tells what it wants; what a value holds is no pattern."""
    assert ROMAN[3] == "IV"
    assert wants("{kode}/{urut}", "kode")
    assert not wants("NOMOR {urut} TAHUN {tahun}", "kode")
    parts = NumberParts(value=7, day=dt.date(2026, 4, 1), class_code="{urut}")
    assert number_of("{kode}/{urut:04}/{bulan}", parts) == "{urut}/0007/04"


def test_a_series_is_of_a_year_and_of_what_the_region_says() -> None:
    """Per unit or not; per kind, per group, or one for all."""
    asked = {"unit": "DIN", "kind": "Surat Dinas", "group": "korespondensi", "year": 2026}
    told = [
        series_key(Numbering(per_unit=per_unit, scope=scope), **asked)  # type: ignore[arg-type]  # as named
        for per_unit in (True, False)
        for scope in ("kind", "group", "all")
    ]
    assert told == [
        "archives/letter/DIN/surat dinas/2026",
        "archives/letter/DIN/korespondensi/2026",
        "archives/letter/DIN/-/2026",
        "archives/letter/-/surat dinas/2026",
        "archives/letter/-/korespondensi/2026",
        "archives/letter/-/-/2026",
    ]
    for wrong in ({"scope": "unit"}, {"given": "never"}):
        with pytest.raises(ValueError, match="no way"):
            Numbering(**wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_name_lines() -> None:
    """AR-43: a regulation without title and NIP, a letter of duty with both; a.n., u.b., Plt."""
    who = Signatory(
        title="Asisten", kind="Plt.", name="Dr. Ir. Sekar Padi, S.T., M.Si.", nip="1975"
    )
    block = signature_block(who, subgroup="penugasan")
    assert (block.above, block.name, block.nip) == (
        ("Plt. Asisten",),
        "Dr. Ir. Sekar Padi, S.T., M.Si.",
        "1975",
    )
    bare = signature_block(who, subgroup="pengaturan")
    assert (bare.name, bare.nip) == ("Sekar Padi", "")
    assert signature_block(who, principal="Bupati").above == ("a.n. Bupati", "Plt. Asisten")
    assert signature_block(who, principal="Bupati", through="Sekretaris Daerah").above == (
        "a.n. Bupati",
        "Sekretaris Daerah",
        "u.b.",
        "Plt. Asisten",
    )


@pytest.mark.parametrize(
    "name,bare",
    [
        ("Prof. Dr. (H.C.) Ujang Padi, M.A.", "Ujang Padi"),
        ("Drs. H. Asep", "H. Asep"),
        ("dr. Melati, Sp.A.", "Melati"),
        ("Irma Suryani", "Irma Suryani"),
        ("Nsimba", "Nsimba"),
        (", S.H.", ", S.H."),
    ],
)
def test_names_without_academic_titles(name: str, bare: str) -> None:
    """Academic titles go, others and names that begin like one stay."""
    assert without_titles(name) == bare


def test_levels_below_a_head() -> None:
    """A head one unit below and a post of the own unit both stand one level below."""
    assert level_below(1, is_head=True) == 1
    assert level_below(0, is_head=False) == 1
    assert level_below(1, is_head=False) == 2


BODY = """Dalam rangka data desa, kami mengundang:

hari, tanggal : Kamis, 3 Desember 2026
waktu : pukul 09.00 WIB

1. membawa data
2) hadir tepat waktu

MENUGASKAN:

Catatan: dua baris
menjadi satu."""


def test_the_parts_of_a_letter() -> None:
    """Paragraphs, rows, points and a heading; a colon alone makes no row."""
    assert parts_of(BODY) == (
        Part("paragraph", "Dalam rangka data desa, kami mengundang:"),
        Part(
            "rows",
            pairs=(("hari, tanggal", "Kamis, 3 Desember 2026"), ("waktu", "pukul 09.00 WIB")),
        ),
        Part("points", pairs=(("1.", "membawa data"), ("2)", "hadir tepat waktu"))),
        Part("heading", "MENUGASKAN:"),
        Part("paragraph", "Catatan: dua baris menjadi satu."),
    )
    assert parts_of("") == ()
    assert parts_of("12345")[0].kind == "paragraph"


@given(st.text(max_size=400))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    """Whatever is typed, each of its words stands in some part, in order."""
    clean = clean_text(text)
    said = " ".join(
        f"{part.text} " + " ".join(f"{one} : {two}" for one, two in part.pairs)
        for part in parts_of(clean)
    )
    wanted, found = clean.split(), said.split()
    assert [word for word in wanted if word != ":"] == [word for word in found if word != ":"]
    assert clean_text(clean) == clean


def test_what_a_draft_must_say() -> None:
    """A subject; nothing longer than a column or a page can bear; not too many addressees."""
    assert [one.path for one in faults_of_content(LetterContent(subject=""))] == ["subject"]
    long = LetterContent(
        subject="x" * 501,
        body="x" * (MOST_BODY + 1),
        to=tuple(Party(str(number)) for number in range(401)),
        copies=(Party("x" * 301),),
        parafs=tuple(str(number) for number in range(21)),
    )
    told = [(one.path, one.code) for one in faults_of_content(long)]
    assert told == [
        ("subject", "too_long"),
        ("body", "too_long"),
        ("parafs", "too_many"),
        ("to", "too_many"),
        ("copies", "too_long"),
    ]


def test_a_group_of_addressees_is_named_once() -> None:
    """In the place of its first post."""
    parties = (
        Party("Sekda"),
        Party("Camat A", "1", "Para Camat"),
        Party("Camat B", "2", "Para Camat"),
    )
    assert shown_parties(parties) == ["Sekda", "Para Camat"]


WORDS = st.lists(st.sampled_from(["rapat", "data", "desa", "\n", "2026"]), max_size=30)


@given(WORDS, WORDS)
def test_pieces_make_both_texts(before: list[str], after: list[str]) -> None:
    """Same and gone make the earlier words, same and new the later ones."""
    old, new = " ".join(before), " ".join(after)
    pieces = pieces_of(old, new)
    for kind, text in (("gone", old), ("new", new)):
        words = " ".join(piece.text for piece in pieces if piece.kind in ("same", kind)).split()
        assert words == text.split()


def test_only_fields_that_differ_are_told() -> None:
    """In the order of the later version; one that was left out comes last."""
    before = {"subject": "Rapat data", "place": "di tempat", "old": "x"}
    after = {"place": "di tempat", "subject": "Rapat data desa"}
    assert [one.name for one in differences(before, after)] == ["subject", "old"]


def test_very_long_texts_are_compared_by_lines() -> None:
    """Pairs of words would take minutes."""
    lines = ["kata " * 50 for _line in range(MOST_WORDS // 40)]
    changed = [*lines[:-1], "lain"]
    pieces = pieces_of("\n".join(lines), "\n".join(changed))
    assert [piece.text.strip() for piece in pieces if piece.kind == "new"] == ["lain"]
