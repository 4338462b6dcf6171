"""Search finds the same on both engines, tells nothing out of turn, and really forgets."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.builtin.search import erase, excerpt, marked, parse, suggestion
from leuit.builtin.search.words import tokens_of
from leuit.identity import SYSTEM
from leuit.work import Leuit
from tests.core.search.room import DAY, Room, audited, document

NUMBER = "000.1.2.3/001/Bag.Umum/2026"
OTHERS = UUID(int=2)


@pytest.fixture
def room(app: Leuit) -> Room:
    """An empty index."""
    return Room.of(app)


def test_the_title_comes_before_the_text_and_the_word_before_its_stem(room: Room) -> None:
    """Strictest first; within that the newest."""
    room.put(
        document("stem", text="tentang perlindungan anak", day=dt.date(2030, 1, 1)),
        document("old text", text="kata lindung di sini", day=dt.date(2024, 1, 1)),
        document("new text", text="kata lindung di sini"),
        document("lindung di judul", day=dt.date(2020, 1, 1)),
        document("nothing", text="lain sama sekali"),
    )
    expected = ["lindung di judul", "new text", "old text", "stem"]
    assert room.found("lindung") == expected
    assert room.found("LINDUNG", limit=1) == expected  # page by page, none twice, none lost


def test_all_words_must_be_there(room: Room) -> None:
    """Words narrow; words that tell nothing do not, unless there is nothing else."""
    room.put(document("a", text="rapat koordinasi di Rangkasbitung"), document("b", text="rapat"))
    assert room.found("rapat koordinasi") == ["a"]
    assert room.found("rapat yang ke Rangkasbitung") == ["a"]
    assert room.found("di") == ["a"]


@pytest.mark.parametrize(
    "asked",
    [
        NUMBER,
        NUMBER.lower(),
        "000.1.2.3",
        "000.1.2.3/001",
        "001/Bag.Umum",
        "Bag.Umum/2026",
        "1.2.3/001",
        "000 1 2 3 001",
        "umum 2026",
        "Bag.Umum",
    ],
)
def test_a_number_is_found_whole_by_parts_and_by_its_beginning(room: Room, asked: str) -> None:
    """However much of a number a person remembers, with or without its strokes."""
    room.put(document("ours", keys=NUMBER), document("b", keys="000.1.2.4/002/Hukum/2025"))
    assert room.found(asked) == ["ours"]


def test_a_beginning_is_asked_for_by_a_star(room: Room) -> None:
    """Three letters and a star; a whole word otherwise."""
    room.put(document("a", text="kepegawaian"), document("b", text="kepemudaan"))
    assert room.found("kepeg*") == ["a"]
    assert room.found("kepeg") == []


@pytest.mark.parametrize(
    "one, other",
    [
        ("Perlindungan", "Pelindungan"),
        ("Standarisasi", "Standardisasi"),
        ("Perijinan", "Perizinan"),
        ("Nopember", "November"),
        ("menganalisa", "analisis"),
        ("pengarsipan", "kearsipan"),
        ("DÉCRÉT", "decret"),
        ("ﬁle", "file"),
    ],
)
def test_spellings_of_one_word_are_both_found(room: Room, one: str, other: str) -> None:
    """A paper is found under either spelling, whichever it was written with."""
    room.put(document("one", text=f"surat {one} baru"), document("other", text=f"surat {other}"))
    assert set(room.found(one)) == set(room.found(other)) == {"one", "other"}
    assert room.found(one)[0] == "one"


def test_a_misspelt_question_is_set_right(room: Room) -> None:
    """The nearest known word, the commonest of several, and only where it finds something."""
    room.put(
        document("a", text="kearsipan daerah"),
        document("b", text="undangan rapat"),
        document("c", text="undangan makan"),
    )
    with room.app.read(SYSTEM) as view:

        def told(text: str) -> str:
            return suggestion(view, room.index, parse(text), select(1).exists())

        assert told("kearsipn Daerah") == "kearsipan Daerah"
        assert told("undnagan") == "undangan"
        assert told("kearsipan") == ""
        assert told("undnagan kearsipan") == ""  # no paper has both
        assert told("xyzzy") == ""
        assert told("2o26") == ""


def test_what_is_not_for_the_asker_tells_nothing(room: Room) -> None:
    """A secret document is in no page, count or suggestion of one who may not see it, and its words
    are in no vocabulary, not even for one who may.
    """
    secret = document("secret", text="operasi halilintar", grade=3)
    theirs = document("theirs", text="operasi pelangi", unit_id=OTHERS)
    room.put(secret, theirs, document("ours", text="operasi pasar"))
    entry = room.index.entry.c
    allowed = (entry.grade <= 2) & (entry.unit_id != OTHERS)
    assert room.found("operasi", allowed) == ["ours"]
    assert room.found("halilintar", allowed) == []
    assert room.found("halilintar") == ["secret"]
    with room.app.read(SYSTEM) as view:
        everything = select(1).exists()
        assert suggestion(view, room.index, parse("halilintr"), everything) == ""
        assert suggestion(view, room.index, parse("pelangy"), everything) == "pelangi"
        assert suggestion(view, room.index, parse("pelangy"), allowed) == ""
        words = set(view.connection.scalars(select(room.index.word.c.word)))
    assert words == {"secret", "theirs", "ours", "operasi", "pelangi", "pasar"} - {"secret"}


def test_a_document_is_in_the_index_once(room: Room) -> None:
    """Indexing it again replaces what was there, also when its day or grade has changed."""
    room.put(document("a", text="lama sekali"))
    room.put(document("a", text="baru sekali", day=dt.date(2020, 2, 2), grade=4))
    assert room.found("sekali") == ["a"]
    assert room.found("lama") == []
    with room.app.read(SYSTEM) as view:
        assert list(view.connection.scalars(select(room.index.word.c.word))) == []
    room.put(document("a", text="satu"), document("a", text="dua"))
    assert (room.found("satu"), room.found("dua")) == ([], ["a"])


def test_removed_words_are_gone(room: Room, engine: str, tmp_path: Path) -> None:
    """Nothing finds it, no table has its words; on SQLite the file has them no more either, once
    `erase` has gone over it. On PostgreSQL the row is deleted, and its page is cleaned by vacuum.
    """
    gone = document("gone", text="zirkonium istimewa " * 50)
    kept = [document(f"kept {number}", text=f"kata{number} biasa") for number in range(200)]
    room.put(gone, *kept)
    assert room.remove(gone) == 1
    assert room.remove(gone) == 0
    assert room.found("zirkonium") == []
    assert len(room.found("biasa")) == 200
    steps = 0
    more = True
    while more:
        with room.app.change(SYSTEM) as work:
            more = erase(work, room.index, first=not steps)
            audited(work)
        steps += 1
        assert steps < 100
    assert len(room.found("biasa")) == 200
    with room.app.read(SYSTEM) as view:
        for table in (room.index.entry, room.index.text, room.index.word):
            assert "zirkonium" not in str(view.connection.execute(select(table)).all())
    if engine == "sqlite":
        room.app.close()
        data = b"".join(one.read_bytes() for one in tmp_path.glob("leuit.db*"))
        assert b"kata199" in data
        assert b"zirkonium" not in data


hostile = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                '"',
                "'",
                "*",
                "(",
                ")",
                "AND",
                "OR",
                "NOT",
                "NEAR(",
                ":",
                "^",
                "-",
                "\\",
                "&",
                "|",
                "!",
                "<->",
                "%",
                "a",
                "1.2/",
                "\x00",
                "\ud800",
                "²",
                "·",
                "surat",
                "rapat*",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@given(texts=st.lists(hostile, min_size=20, max_size=20))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_a_question(room: Room, texts: list[str]) -> None:
    """No text of a person is an error of an engine; what it finds can be counted and suggested."""
    if not room.names:
        room.put(document("surat rapat", text="1.2/3 a AND OR"))
    with room.app.read(SYSTEM) as view:
        for text in texts:
            assert room.found(text) in ([], ["surat rapat"])
            suggestion(view, room.index, parse(text), select(1).exists())
            assert "".join(one.text for one in marked(text, parse(text))) == text


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_indexed(room: Room, title: str, text: str) -> None:
    """Nothing in a document breaks an engine, and a document is found by each run of its own."""
    plain = text.encode("utf-8", "ignore").decode().replace("\x00", "")
    head = title.encode("utf-8", "ignore").decode().replace("\x00", "")
    room.put(document("any", title=head or "x", text=plain))
    for word in plain.split()[:3]:
        if parse(word).terms and len(word) < 30:
            assert room.found(word)
    room.remove(document("any"))


WORDS = [
    *("rapat", "surat", "kearsipan", "perizinan", "perijinan", "lindung", "perlindungan"),
    *("2026", "005/1/Umum", "anggaran"),
]


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.lists(st.sampled_from(WORDS), max_size=5)), max_size=25
    ),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), max_size=6),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_engines_find_what_the_tokens_say(
    room: Room, papers: list[tuple[int, list[str]]], questions: list[str]
) -> None:
    """The set that is found is that of a plain look at each document's tokens, and so one and the
    same on both engines.
    """
    made = [
        document(f"d{at}", text=" ".join(words), day=DAY - dt.timedelta(days=age))
        for at, (age, words) in enumerate(papers)
    ]
    if made:
        room.put(*made)
    try:
        for question in questions:
            wanted = parse(question).tiers()[-1]
            expected = {
                one.title
                for one in made
                if all(
                    any(
                        have.startswith(token.text) if token.beginning else have == token.text
                        for have in tokens_of(one.title, one.text)
                    )
                    for token in wanted
                )
            }
            assert set(room.found(question, limit=3)) == expected
    finally:
        room.remove(*made)


def test_what_is_shown_lies_around_the_hit() -> None:
    """An excerpt begins before the first hit, marks each form of it, and is as long as asked."""
    text = "Kata pembuka. " * 40 + "Pelindungan anak\ndan   perlindungan arsip. " + "Penutup. " * 40
    pieces = excerpt(text, parse("perlindungan"), 120)
    assert [one.text for one in pieces if one.hit] == ["Pelindungan", "perlindungan"]
    shown = "".join(one.text for one in pieces)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "anak dan perlindungan" in shown
    assert len(shown) <= 124
    numbers = marked(f"Nomor {NUMBER} tanggal", parse("001/Bag.Umum"))
    assert [one.text for one in numbers if one.hit] == [NUMBER]
    assert excerpt("", parse("x")) == []
