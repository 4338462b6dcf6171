"""A folder as a ZIP: what is sound is read as from a folder, what is hostile is told."""

import io
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit.values import InvalidInputError, LeuitError, TooLargeError
from leuit_archives.service import zip_source
from leuit_archives.service.folder_source import FileFault, FolderSource
from tests.archives.folders import folder, row, text_file
from tests.archives.zips import many_zipped, opened, raw_entry, raw_zip, table, zipped

TABLE = ("arsip.csv", table([row(1)]))


def test_a_zip_reads_as_its_folder_does(tmp_path: Path) -> None:
    """Table, files, and what no row names, whether at the root or in the one folder inside."""
    files = {"surat-1.txt": text_file(1), "foto/a.txt": b"a", "sisa.txt": b"s"}
    path = folder(tmp_path / "lama", [row(1), row(2, file="foto/a.txt")], files)
    plain = FolderSource(path)
    named = {"surat-1.txt", "foto\\a.txt"}
    for top in ("", "Arsip 2019/"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            if top:
                made.mkdir(top) if hasattr(made, "mkdir") else made.writestr(top, b"")
            for inner in sorted(path.rglob("*")):
                made.write(inner, top + inner.relative_to(path).as_posix())
            made.writestr("__MACOSX/._surat-1.txt", b"x")
            made.writestr(f"{top}.DS_Store", b"x")
            made.writestr(f"{top}foto/Thumbs.db", b"x")
        source = opened(out.getvalue())
        assert source.table() == plain.table()
        for name in ("surat-1.txt", "./surat-1.txt", "foto/a.txt", "foto\\a.txt"):
            assert source.read(name) == plain.read(name)
        assert source.unnamed(named) == [f"{top}sisa.txt"]
        assert plain.unnamed(named) == ["sisa.txt"]
        for wrong in (
            "tidak-ada.txt",
            "../rahasia.txt",
            "/etc/passwd",
            "C:\\a.txt",
            "a/../../b",
            "",
        ):
            with pytest.raises(FileFault) as told:
                source.read(wrong)
            with pytest.raises(FileFault) as same:
                plain.read(wrong)
            if "tidak ada" not in same.value.sentence:
                assert told.value.sentence == same.value.sentence


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "bukan ZIP"),
        (b"PK\x03\x04 bukan", "bukan ZIP"),
        (many_zipped(2)[:-30], "bukan ZIP"),
        (b"\x00" * 100, "bukan ZIP"),
        (zipped({"surat.txt": b"a"}), "arsip.csv tidak ada"),
        (zipped({"a/b/arsip.csv": b"a"}), "arsip.csv tidak ada"),
        (zipped({"a/arsip.csv": b"a", "b/surat.txt": b"b"}), "arsip.csv tidak ada"),
        (zipped({}), "arsip.csv tidak ada"),
        (
            raw_zip(raw_entry(b"arsip.csv", b"a"), raw_entry(b"arsip.csv", b"b")),
            "arsip.csv ada dua kali",
        ),
        (
            raw_zip(raw_entry(b"\xff\xfe.csv", b"a", flags=0x800)),
            "bukan ZIP",
        ),
        (
            raw_zip(raw_entry(b"arsip.csv", b"a"), raw_entry(b"b.txt", b"b", offset=3)),
            "saling menumpuk",
        ),
    ],
)
def test_a_zip_that_is_none_is_refused(data: bytes, sentence: str) -> None:
    """With what is wrong and what to do."""
    with pytest.raises(InvalidInputError, match=sentence) as told:
        opened(data)
    assert told.value.next_step() or "dua kali" in sentence


@pytest.mark.parametrize(
    "entry, sentence",
    [
        (raw_entry(b"arsip.csv", b"a", flags=0x1), "bersandi"),
        (raw_entry(b"arsip.csv", b"a", method=12), "tidak biasa"),
        (raw_entry(b"arsip.csv", b"a" * 90, damaged=True), "rusak"),
        (raw_entry(b"arsip.csv", b"/etc", mode=stat.S_IFLNK | 0o777), "bukan berkas biasa"),
        (raw_entry(b"arsip.csv", b"\x00" * 20_000_000), "mengembang"),
    ],
)
def test_a_table_that_cannot_be_had_refuses_the_zip(
    entry: tuple[bytes, dict[str, int | bytes | None]], sentence: str
) -> None:
    """By name, with the reason."""
    with pytest.raises(InvalidInputError, match=sentence):
        opened(raw_zip(entry)).table()


@pytest.mark.parametrize(
    "entries, name, sentence",
    [
        ([raw_entry(b"a.txt", b"a", flags=0x1)], "a.txt", "bersandi"),
        ([raw_entry(b"a.txt", b"a", method=zipfile.ZIP_LZMA)], "a.txt", "tidak biasa"),
        ([raw_entry(b"a.txt", b"a" * 99, damaged=True)], "a.txt", "rusak"),
        ([raw_entry(b"a.txt", b"a" * 99, claimed=9)], "a.txt", "rusak"),
        ([raw_entry(b"a.txt", b"a", mode=stat.S_IFLNK | 0o777)], "a.txt", "bukan berkas biasa"),
        ([raw_entry(b"a.txt", b"a", mode=stat.S_IFIFO | 0o600)], "a.txt", "bukan berkas biasa"),
        ([raw_entry(b"a.txt", bytes(30_000_000))], "a.txt", "mengembang"),
        ([raw_entry(b"a.txt", b"a", claimed=51 * 1024 * 1024)], "a.txt", "50 MB"),
        ([raw_entry(b"a.txt", b"a"), raw_entry(b"a.txt", b"b")], "a.txt", "dua kali"),
        ([raw_entry(b"a.txt", b"a"), raw_entry(b"./a.txt", b"b")], "a.txt", "dua kali"),
        (
            [raw_entry("é.txt".encode(), b"a"), raw_entry("é.txt".encode(), b"b")],
            "é.txt",
            "dua kali",
        ),
        ([raw_entry(b"../a.txt", b"a")], "../a.txt", "keluar"),
        ([raw_entry(b"/a.txt", b"a")], "/a.txt", "keluar"),
        ([raw_entry(b"c:/a.txt", b"a")], "c:/a.txt", "keluar"),
        ([raw_entry(b"a.txt\x00.exe", b"a")], "a.txt", "tidak ada"),
        ([raw_entry(b"b/", b"")], "b/", "tidak ada"),
    ],
)
def test_one_hostile_file_is_told_at_its_row(
    entries: list[tuple[bytes, dict[str, int | bytes | None]]], name: str, sentence: str
) -> None:
    """The rest of the ZIP is read; whatever it claims, no more than that is unpacked."""
    source = opened(raw_zip(raw_entry(b"arsip.csv", TABLE[1]), *entries))
    assert source.table() == TABLE[1]
    with pytest.raises(FileFault, match=sentence):
        source.read(name)


def test_names_are_read_as_their_writer_meant_them() -> None:
    """UTF-8 that says so, UTF-8 that does not (macOS), and the old letters of DOS."""
    source = opened(
        raw_zip(
            raw_entry(b"arsip.csv", b"x"),
            raw_entry("naskah é.txt".encode(), b"1", flags=0x800),
            raw_entry("naskah ü.txt".encode(), b"2"),
            raw_entry("naskah ñ.txt".encode("cp437"), b"3"),
            raw_entry("surat\u202etxt.exe".encode(), b"4", flags=0x800),
        )
    )
    assert source.read("naskah é.txt") == b"1"
    assert source.read("naskah u\u0308.txt") == b"2"
    assert source.read("naskah ñ.txt") == b"3"
    assert "\u202e" not in "".join(source.unnamed(set()))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what all files claim together, by how many there are, by the length of their list."""
    bomb = [raw_entry(b"arsip.csv", b"x")]
    bomb += [raw_entry(f"{n}.txt".encode(), b"a" * 9, claimed=40_000_000) for n in range(10)]
    with pytest.raises(TooLargeError, match="mengembang"):
        opened(raw_zip(*bomb))
    monkeypatch.setattr(zip_source, "MOST_ENTRIES", 2)
    with pytest.raises(TooLargeError, match="Terlalu banyak berkas"):
        opened(many_zipped(2))
    monkeypatch.setattr(zip_source, "MOST_ENTRIES", 100_000)
    monkeypatch.setattr(zip_source, "MOST_DIRECTORY", 100)
    with pytest.raises(TooLargeError, match="Terlalu banyak berkas"):
        opened(many_zipped(3))


def test_a_long_list_is_not_taken_into_memory() -> None:
    """A ZIP that says that its list is as long as itself is refused by what was asked for."""
    asked: list[int] = []

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.append(-1 if size is None else size)
            return super().read(size)

    length = 40 * 1024 * 1024
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 9, 9, length, 0, 0)
    with pytest.raises(TooLargeError, match="Terlalu banyak berkas"):
        zip_source.ZipSource(Endless(bytes(length) + end))
    assert max(asked) <= zip_source.MOST_DIRECTORY + 1
    assert -1 not in asked


def test_a_file_without_a_name_harms_nothing() -> None:
    """It is no row's file and no folder; the table and the others are read."""
    entries = [raw_entry(b"", b"x"), *(raw_entry(name.encode(), data) for name, data in [TABLE])]
    assert opened(raw_zip(*entries)).table() == TABLE[1]


SOUND = many_zipped(3)


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_any_damage_is_told_and_nothing_else_is_raised(seed: int, count: int) -> None:
    """Bytes changed anywhere: the ZIP is refused, a file is told, or all is as it was."""
    chance = random.Random(seed)
    data = bytearray(SOUND)
    for _turn in range(count):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        source = opened(bytes(data))
        source.table()
        source.unnamed(set())
    except LeuitError as error:
        assert error.sentence()
        return
    for number in range(3):
        try:
            content = source.read(f"surat-{number}.txt")
        except FileFault as fault:
            assert fault.sentence
        else:
            assert content == text_file(number)
