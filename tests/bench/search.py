"""What the search costs over 100,000 documents, beside the engine's own.

Documents have 120 words out of 30,000 by Zipf's law, and a number; each is of one of 30 units, and
three in a hundred are secret.
Indexing: documents a second by `put`, in units of work of 500, beside a bare program that inserts
the same finished rows and full text in transactions of the same size.
Asking: the 95th percentile of 300 questions of one to three words and of numbers, all that the page
*Cari arsip* asks for somebody of twenty units: 20 results in their order with titles, lines and
excerpts, how many there are, and a suggestion where there are none, under the condition of who may
read letters and records. Beside it the engine's own ranked query of the same words over the same
texts, made as its manual shows: FTS5 with `ORDER BY rank`, PostgreSQL with `ts_rank`, without any
condition and for nothing but numbers of rows.
Last page: the last page of a common word beside the first one, and the last page of the agenda of
letters with its count beside the first one, by turns, medians in ms.
Making anew: the highest memory while the job indexes 4,000 documents beside that of 1,000.
"""

import datetime as dt
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy import text as sql

from leuit.builtin.search import Document, put
from leuit.builtin.search.engines import add_rows
from leuit.cli.collector import calm_collector
from leuit.identity import SYSTEM
from leuit.storage import Database
from leuit.values import _
from leuit.work import Leuit, View, Worker
from leuit_archives.models import INDEX
from leuit_archives.service import search_indexing, search_sources
from leuit_archives.service.letter_list import LetterFilter, count_letters, letters_page
from leuit_archives.service.search import PAGE, Wanted, search
from leuit_archives.service.search_sources import Filed, SearchSource
from tests.bench.letter_shelf import UNITS, Shelf, put_rows, shelf
from tests.bench.places import ENGINES, installation, installed

DOCUMENTS, WORDS, LENGTH = 100_000, 30_000, 120
FULL = {"documents": 1_000_000}
BATCH, QUESTIONS, CALLS = 500, 300, 200
REBUILT = (1_000, 4_000)
INDEX_GOAL, QUERY_GOAL, PAGE_GOAL, MEMORY_GOAL = 0.3, 1.5, 1.2, 1.2
_BEGINS = ("", "me", "pe", "ke", "ber", "ter", "di", "per")
_ENDS = ("", "an", "kan", "i", "nya")


def measure(documents: int = DOCUMENTS, engines: Sequence[str] = ENGINES) -> list[dict[str, Any]]:
    """Rows for the report, for each engine."""
    calm_collector()  # as `leuit serve` does
    host = installed()
    found: list[dict[str, Any]] = []
    for engine in engines:
        with installation(engine, host) as settings, installation(engine, host) as beside:
            app = Leuit(settings, host.vocabulary)
            where = shelf(app)
            ours = _indexed(where, documents)
            bare = _copied(app, Database(beside.database_url))
            _say(f"{engine}: indexing {ours:.0f}/s beside {bare:.0f}/s")
            name = f"search: indexing, documents/s of {documents}"
            found.append(_row(name, engine, ours, bare, INDEX_GOAL, least=True))
            found.append(_questions(where, engine, documents))
            found.append(_pages(where, engine))
            found.append(_agenda(where, engine))
            app.close()
        with installation(engine, host) as settings:
            app = Leuit(settings, host.vocabulary)
            found.append(_rebuilding(app, engine))
            app.close()
    return found


def _row(
    name: str, engine: str, value: float, base: float, goal: float, *, least: bool = False
) -> dict[str, Any]:
    ratio = value / base
    return {
        "name": name,
        "engine": engine,
        "value": round(value, 2),
        "baseline": round(base, 2),
        "ratio": round(ratio, 3),
        "goal": f"{'>=' if least else '<='} {goal}",
        "holds": ratio >= goal if least else ratio <= goal,
    }


def _vocabulary() -> tuple[list[str], list[float]]:
    """Words as they are built in Indonesian, and how often each is met, added up."""
    draw = random.Random(7)
    syllables = [a + b for a in "bcdghjklmnprstw" for b in ("a", "i", "u", "e", "o", "an", "ar")]
    words: dict[str, None] = {}
    while len(words) < WORDS:
        root = "".join(draw.choices(syllables, k=draw.choice((2, 2, 3))))
        words[draw.choice(_BEGINS) + root + draw.choice(_ENDS)] = None
    weights: list[float] = []
    total = 0.0
    for rank in range(1, WORDS + 1):
        total += 1 / rank
        weights.append(total)
    return list(words), weights


def _documents(count: int) -> Iterator[Document]:
    """Letters of ten years."""
    draw = random.Random(11)
    words, weights = _vocabulary()
    for number in range(count):
        said = draw.choices(words, cum_weights=weights, k=LENGTH)
        yield Document(
            kind="trial",
            id=UUID(int=draw.getrandbits(128)),
            unit_id=UUID(int=number % UNITS),
            grade=draw.choices((1, 2, 3, 4), (90, 7, 2, 1))[0],
            day=dt.date(2017, 1, 1) + dt.timedelta(days=number % 3_650),
            title=" ".join(said[:8]),
            keys=f"{number % 900:03}.{number % 7}/{number}/U.{number % UNITS}/{2017 + number % 10}",
            text=" ".join(said),
        )


def _indexed(where: Shelf, count: int) -> float:
    """Documents a second; making them up with their own rows is not counted."""
    spent, made = 0.0, _documents(count)
    for first in range(0, count, BATCH):
        batch = put_rows(where, list(islice(made, BATCH)), first)
        began = time.perf_counter()
        with where.app.change(SYSTEM) as work:
            put(work, INDEX, batch)
        spent += time.perf_counter() - began
    return count / spent


def _copied(app: Leuit, target: Database) -> float:
    """Documents a second for finished rows; reading them is not counted."""
    spent, count, last = 0.0, 0, -1
    entry, text = INDEX.entry, INDEX.text
    while True:
        with app.read(SYSTEM) as view:
            query = select(entry).where(entry.c.id > last).order_by(entry.c.id).limit(BATCH)
            entries = [dict(row) for row in view.connection.execute(query).mappings()]
            ids = [row["id"] for row in entries]
            texts = [
                dict(row)
                for row in view.connection.execute(
                    select(text).where(text.c.id.in_(ids))
                ).mappings()
            ]
        if not entries:
            return count / spent
        last, count = ids[-1], count + len(ids)
        began = time.perf_counter()
        with target.writer.connect() as connection, connection.begin():
            connection.execute(insert(entry), entries)
            connection.execute(insert(text), texts)
            add_rows(connection, INDEX, entries)
        spent += time.perf_counter() - began


def _asked() -> list[str]:
    """Questions of words that are met as often as in the documents, and of numbers."""
    draw = random.Random(13)
    words, weights = _vocabulary()
    found = []
    for number in range(QUESTIONS):
        if number % 10 == 0:
            found.append(f"{number % 900:03}.{number % 7}/{number}")
        else:
            found.append(" ".join(draw.choices(words, cum_weights=weights, k=1 + number % 3)))
    return found


def _questions(where: Shelf, engine: str, documents: int) -> dict[str, Any]:
    _make_bare(where.app)
    questions = _asked()
    ours, bare = [], []
    for warm in (True, False):
        for text in questions:
            with where.app.read(where.reader) as view:
                began = time.perf_counter()
                search(view, Wanted(text))
                middle = time.perf_counter()
                _ask_bare(view, text)
                if not warm:
                    ours.append((middle - began) * 1000)
                    bare.append((time.perf_counter() - middle) * 1000)
    value, base = _high(ours), _high(bare)
    _say(
        f"{engine}: a question, median {statistics.median(ours):.2f} beside"
        f" {statistics.median(bare):.2f} ms, p95 {value:.2f} beside {base:.2f} ms"
    )
    name = f"search: a question for one's own, p95 ms, {documents} documents"
    return _row(name, engine, value, base, QUERY_GOAL)


def _high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _make_bare(app: Leuit) -> None:
    """The engine's own full text over the same texts, as its manual makes it."""
    with app.database.writer.connect() as connection, connection.begin():
        if app.database.dialect == "sqlite":
            connection.execute(sql("CREATE VIRTUAL TABLE bare USING fts5(body)"))
            connection.execute(
                sql("INSERT INTO bare (rowid, body) SELECT id, text FROM archives_search_text")
            )
            return
        connection.execute(sql("SET LOCAL statement_timeout = 0"))
        connection.execute(
            sql(
                "CREATE TABLE bare AS SELECT id, to_tsvector('simple', text) AS body"
                " FROM archives_search_text"
            )
        )
        connection.execute(sql("CREATE INDEX ix_bare ON bare USING gin (body)"))
    with app.database.writer.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(sql("ANALYZE"))


def _ask_bare(view: View, text: str) -> None:
    if view.connection.dialect.name == "sqlite":
        said = " ".join(f'"{word}"' for word in text.split())
        query = "SELECT rowid FROM bare WHERE bare MATCH :said ORDER BY rank LIMIT 20"
    else:
        said = text
        query = (
            "SELECT id FROM bare, plainto_tsquery('simple', :said) q WHERE body @@ q"
            " ORDER BY ts_rank(body, q) DESC LIMIT 20"
        )
    view.connection.execute(sql(query), {"said": said}).all()


def _pages(where: Shelf, engine: str) -> dict[str, Any]:
    words, _weights = _vocabulary()
    word = words[3]

    def page(after: str) -> Callable[[View], object]:
        return lambda view: search(view, Wanted(word, after=after))

    after, count, last = "", 0, ""
    with where.app.read(where.reader) as view:
        while True:
            here = search(view, Wanted(word, after=after))
            count += len(here.rows)
            last = after
            if not here.after:
                break
            after = here.after
    first, final = _by_turns(where, page(""), page(last))
    _say(f"{engine}: first page {first:.2f} ms, last of {count} results {final:.2f} ms")
    return _row(f"search: last page of {count} results, ms", engine, final, first, PAGE_GOAL)


def _agenda(where: Shelf, engine: str) -> dict[str, Any]:
    """The agenda of letters by its page: all of them, nothing narrowed."""
    with where.app.read(where.reader) as view:
        total = count_letters(view, LetterFilter())

    def page(start: int) -> Callable[[View], object]:
        def ask(view: View) -> object:
            return letters_page(
                view, LetterFilter(), start, PAGE, count_letters(view, LetterFilter())
            )

        return ask

    first, final = _by_turns(where, page(0), page((total - 1) // PAGE * PAGE), calls=40)
    _say(f"{engine}: agenda, first page {first:.2f} ms, last of {total} {final:.2f} ms")
    return _row(f"agenda: last page of {total} letters, ms", engine, final, first, PAGE_GOAL)


def _by_turns(
    where: Shelf, *functions: Callable[[View], object], calls: int = CALLS
) -> list[float]:
    """Medians in ms, each asked once a turn, so that a busy moment meets all of them."""
    times: list[list[float]] = [[] for _function in functions]
    for _number in range(calls):
        for function, spent in zip(functions, times, strict=True):
            with where.app.read(where.reader) as view:
                began = time.perf_counter()
                function(view)
                spent.append((time.perf_counter() - began) * 1000)
    return [statistics.median(spent[calls // 4 :]) for spent in times]


def _rebuilding(app: Leuit, engine: str) -> dict[str, Any]:
    """Peaks in MB, of a source that makes its documents up as they are asked for."""
    peaks, real = [], list(search_sources.SOURCES)
    for size in (REBUILT[1], *REBUILT):  # the first one fills caches
        made = sorted(_documents(size), key=lambda one: one.id)
        search_sources.SOURCES[:] = [_source(made)]
        with app.change(SYSTEM) as work:
            search_indexing.ask_rebuild(work)
        tracemalloc.start()
        Worker(app, name="bench").run_pending(raise_errors=True)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1024 / 1024)
        tracemalloc.stop()
    search_sources.SOURCES[:] = real  # another engine is asked for real documents again
    _say(f"{engine}: making anew, peaks {peaks[1]:.1f} and {peaks[2]:.1f} MB")
    name = f"search: memory of making {REBUILT[1]} anew, MB, beside {REBUILT[0]}"
    return _row(name, engine, peaks[2], peaks[1], MEMORY_GOAL)


def _source(made: list[Document]) -> SearchSource:
    by_id = {one.id: Filed(one) for one in made}
    ids = list(by_id)

    def many(_view: View, after: UUID | None, limit: int) -> list[Filed]:
        start = 0 if after is None else ids.index(after) + 1
        return [by_id[one] for one in ids[start : start + limit]]

    return SearchSource(
        kind="trial",
        title=_("Surat"),
        visible=lambda _view: INDEX.entry.c.grade <= 4,
        shown=lambda _view, _ids: {},
        one=lambda _view, one: by_id.get(one),
        many=many,
    )


def _say(line: str) -> None:
    sys.stderr.write(f"search {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
