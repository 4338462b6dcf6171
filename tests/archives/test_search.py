"""The search of archives: indexed by jobs, filtered in SQL, shown with what was met."""

import datetime as dt
import re
from uuid import UUID

import attrs
import pytest
from sqlalchemy import func, select

from leuit.builtin.search import put
from leuit.identity import SYSTEM, Identity
from leuit.plugins import Host
from leuit.values import ManualClock
from leuit.work import Leuit, Worker
from leuit_archives.declaration import plugin
from leuit_archives.models import INDEX
from leuit_archives.reading import TextReader
from leuit_archives.service import search_indexing
from leuit_archives.service.search import PAGE, Results, Wanted, search
from tests.archives import office_files as office
from tests.archives.keepers import keepers
from tests.archives.search_room import KIND, Shelf, plug_in
from tests.support.client import Client
from tests.support.command_line import runner


@pytest.fixture
def reader(app: Leuit) -> Identity:
    """Somebody who is signed in."""
    return keepers(app).drafter


@pytest.fixture
def shelf(app: Leuit, reader: Identity, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf that is the one kind of documents."""
    made = Shelf.of(app)
    plug_in(monkeypatch, made)
    return made


def asked(app: Leuit, who: Identity, text: str, **filters: object) -> Results:
    """The results of a question."""
    with app.read(who) as view:
        return search(view, Wanted(text, **filters))  # type: ignore[arg-type]  # filters by name


def titles(results: Results) -> list[str]:
    """Their titles."""
    return ["".join(piece.text for piece in row.title) for row in results.rows]


def test_tables_of_the_index_need_no_audit(app: Leuit) -> None:
    """The index follows from audited acts: of tables that are written often it is here whole."""
    others = {"archives_fixity_run", "archives_folder_import_row"}
    assert set(plugin.unaudited) - others == set(INDEX.tables)


def test_the_text_of_files_is_found(app: Leuit, shelf: Shelf, reader: Identity) -> None:
    """A job reads what the files say; one that is refused does not keep the rest away."""
    files = [(office.docx("pemeliharaan jalan"), "a.docx"), (b"\x00\x01", "b.pdf")]
    shelf.holds("Surat pertama", files)
    shelf.holds("Surat kedua", text="tanpa berkas")
    shelf.indexed()
    found = asked(app, reader, "pemeliharaan")
    assert titles(found) == ["Surat pertama"]
    [row] = found.rows
    assert [(one.text, one.hit) for one in row.excerpt] == [
        ("pemeliharaan", True),
        (" jalan", False),
    ]
    assert titles(asked(app, reader, "pertama")) == ["Surat pertama"]
    assert titles(asked(app, reader, "berkas")) == ["Surat kedua"]


def test_what_changes_while_it_is_read_is_read_again(
    app: Leuit, shelf: Shelf, reader: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is replaced, and a grade that is raised, during the reading are not missed."""
    one = shelf.holds("Surat", [(b"kata lama", "a.txt")])
    read_text = TextReader.read

    def slow(self: object, content: bytes, name: str) -> object:
        if content == b"kata lama":
            shelf.holds("Surat", [(b"kata baru", "a.txt")], grade=4)
        return read_text(self, content, name)  # type: ignore[arg-type]  # it is one

    monkeypatch.setattr(TextReader, "read", slow)
    shelf.indexed(one)
    assert titles(asked(app, SYSTEM, "kata")) == ["Surat"]
    assert asked(app, SYSTEM, "lama").total == 0
    assert asked(app, reader, "kata").total == 0


def test_a_secret_document_leaks_nowhere(app: Leuit, shelf: Shelf, reader: Identity) -> None:
    """AR-40: absent from results, counts, suggestions and excerpts of one who may not read it."""
    shelf.holds("Rencana operasi", text="halilintar", grade=3)
    shelf.holds("Rencana kerja", text="biasa saja")
    shelf.indexed()
    assert set(titles(asked(app, SYSTEM, "rencana"))) == {"Rencana operasi", "Rencana kerja"}
    mine = asked(app, reader, "rencana")
    assert (titles(mine), mine.total) == (["Rencana kerja"], 1)
    for text in ("halilintar", "halilintr", "operasi", "opersi", "halil*"):
        hidden = asked(app, reader, text)
        assert (hidden.rows, hidden.total, hidden.suggestion) == ([], 0, "")


def test_filters_narrow(app: Leuit, shelf: Shelf, reader: Identity) -> None:
    """Year, unit, kind, secrecy and code, also of classes below; counts follow."""
    shelf.holds("Surat a", class_code="000.1.2")
    shelf.holds("Surat b", class_code="000.12", day=dt.date(2025, 1, 1))
    shelf.holds("Surat c", grade=2, unit_id=UUID(int=77))
    shelf.indexed()

    def found(**filters: object) -> set[str]:
        results = asked(app, reader, "surat", **filters)
        assert results.total == len(results.rows)
        return {title[-1] for title in titles(results)}

    assert found() == {"a", "b", "c"}
    assert found(year=2026) == {"a", "c"}
    assert found(unit_id=UUID(int=77)) == {"c"}
    assert found(grade=1) == {"a", "b"}
    assert found(code="000.1") == {"a"}
    assert found(code="000.1%") == set()
    assert found(kind=KIND) == {"a", "b", "c"}
    assert found(kind="other") == set()
    assert found(year=2026, grade=1) == {"a"}


def test_the_index_is_made_anew_and_goes_on_after_a_stop(
    app: Leuit,
    shelf: Shelf,
    reader: Identity,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Batch by batch: what was stored stays stored, one batch is done again; what is gone from its
    owner goes from the index, and so does a kind that has left.
    """
    monkeypatch.setattr(search_indexing, "BATCH", 10)
    for number in range(35):
        shelf.holds(f"Surat {number}", [(f"isi{number}".encode(), "a.txt")])
    shelf.indexed()
    for number in range(5):
        del shelf.kept[sorted(shelf.kept)[number * 3]]
    changed = shelf.holds("Surat 1000", [(b"isinya", "a.txt")])
    with app.change(SYSTEM) as work:
        put(work, INDEX, [attrs.evolve(shelf.kept[changed].document, kind="left")])
        search_indexing.ask_rebuild(work)
    worker = Worker(app, name="test")
    batches: list[int] = []

    def dying(work: object, index: object, documents: list[object]) -> None:
        batches.append(len(documents))
        put(work, index, documents)  # type: ignore[arg-type]  # as given
        if batches == [10, 10, 10]:
            raise RuntimeError("the power fails")

    monkeypatch.setattr(search_indexing, "put", dying)
    with pytest.raises(RuntimeError, match="power"):
        worker.run_pending(raise_errors=True)
    clock.advance(dt.timedelta(hours=1))
    worker.run_pending(raise_errors=True)
    assert batches == [10, 10, 10, 10, 1]
    with app.read(SYSTEM) as view:
        entry = INDEX.entry.c
        kept = set(view.connection.scalars(select(entry.document_id)))
        assert kept == set(shelf.kept)
        assert view.connection.scalar(select(func.count()).where(entry.kind == "left")) == 0
    assert titles(asked(app, reader, "isinya")) == ["Surat 1000"]


def test_a_document_that_goes_leaves_nothing(app: Leuit, shelf: Shelf, reader: Identity) -> None:
    """AR-29: once its owner has no more of it, neither rows nor words are left."""
    one = shelf.holds("Surat zirkonium")
    shelf.indexed()
    assert asked(app, reader, "zirkonium").total == 1
    del shelf.kept[one]
    shelf.indexed(one)
    assert asked(app, reader, "zirkonium").total == 0
    with app.read(SYSTEM) as view:
        for table in (INDEX.entry, INDEX.text, INDEX.word):
            assert view.connection.execute(select(func.count()).select_from(table)).scalar() == 0


@pytest.mark.ci
def test_the_page_shows_what_was_met(
    app: Leuit, shelf: Shelf, reader: Identity, client: Client
) -> None:
    """Marks, counts, filters that stay, pages that go on, a suggestion, and two empty states."""
    for number in range(PAGE + 5):
        shelf.holds(f"Undangan rapat <{number}>", text="Perlindungan & kearsipan")
    shelf.indexed()
    home = "/archives/search"
    with client.as_(reader):
        assert "Apa yang dicari?" in client.get(home).text
        first = client.get(home, params={"q": "pelindungan", "year": "2026", "grade": "1"}).text
        assert "25 hasil" in first
        assert "<mark>Perlindungan</mark> &amp; kearsipan" in first
        assert "rapat &lt;" in first
        following = re.search(r'rel="next" href="([^"]+)"', first)
        assert following is not None
        second = client.get(following[1].replace("&amp;", "&")).text
        assert second.count('class="row"') == 5
        assert 'rel="next"' not in second
        assert "Hasil teratas" in second
        assert '<option value="2026" selected>' in second
        wrong = client.get(home, params={"q": "kearsipn"}).text
        assert "Maksud Anda" in wrong
        assert "q=kearsipan" in wrong
        none = client.get(home, params={"q": "kearsipan", "year": "1999", "code": "'"}).text
        assert "Tidak ada yang cocok" in none
        assert "Cari tanpa saringan" in none
        for odd in ("grade=9&year=abc", "unit=x&after=9.9", "after=2.99&code=%25", "year=0000"):
            assert client.get(f"{home}?q=rapat&{odd}").status_code == 200


def test_the_command_asks_for_the_index_anew(app: Leuit, host: Host, shelf: Shelf) -> None:
    """`leuit archives search rebuild` only asks: the worker does it."""
    shelf.holds("Surat perintah")
    status, told, _complaints = runner(app, host)("archives", "search", "rebuild")
    assert (status, "disusun ulang" in told) == (0, True)
    assert asked(app, SYSTEM, "perintah").total == 0
    shelf.run()
    assert asked(app, SYSTEM, "perintah").total == 1
