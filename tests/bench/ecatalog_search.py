"""What finding in the catalogue costs over 100,000 products, beside the engine's own.

Finding: the 95th percentile of 200 questions of one to three words with three facets chosen
(kecamatan, scale, band), all that the page asks: 24 cards in their order, how many there are, the
counts of every facet, their names, a better question where none was found. Beside it the engine's
own ranked query of the same words under the same three conditions over the same rows, made as its
manual shows (FTS5 with `ORDER BY rank`, PostgreSQL with `ts_rank`), the total, and the counts of
those three facets, each a GROUP BY that leaves its own condition out.
Suggestions: the 95th percentile of what completing takes above its one look-up, in ms.
Price changes: the same questions while 100 price changes a second are stored, beside the quiet.
Pages: public product pages a second out of memory beside a bare route with the same bytes.
"""

import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, update
from sqlalchemy import text as sql

from leuit.cli.collector import calm_collector
from leuit.identity import ANONYMOUS, SYSTEM
from leuit.settings import Settings
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_ecatalog.models import Variant
from leuit_ecatalog.pages.facet_lists import facets_of
from leuit_ecatalog.service.completing import complete
from leuit_ecatalog.service.finding import find
from leuit_ecatalog.service.listing import listing_price
from leuit_ecatalog.service.wanted import Wanted
from tests.bench.catalogue_rows import district, put_products, vocabulary
from tests.bench.many_calls import calls_a_second, first_answer
from tests.bench.places import ENGINES, installation, installed, served

PRODUCTS = 100_000
FULL = {"products": 1_000_000}
QUESTIONS, CHANGES, TURNS = 200, 100, 5
FIND_GOAL, SUGGEST_GOAL, BUSY_GOAL, PAGE_GOAL = 1.2, 5.0, 1.5, 0.6


def measure(products: int = PRODUCTS, engines: Sequence[str] = ENGINES) -> list[dict[str, Any]]:
    """Rows for the report, for each engine."""
    calm_collector()  # as `leuit serve` does
    host = installed()
    found: list[dict[str, Any]] = []
    for engine in engines:
        with installation(engine, host) as settings:
            app = Leuit(settings, host.vocabulary)
            began = time.perf_counter()
            ids = put_products(app, products)
            _say(f"{engine}: {products / (time.perf_counter() - began):.0f} products/s listed")
            _make_bare(app)
            questions = _asked()
            ours, bare = _questions(app, questions)
            name = f"catalogue: three facets, p95 ms, {products} products"
            found.append(_row(name, engine, ours, bare, FIND_GOAL))
            found.append(_suggestions(app, engine))
            quiet = _times(app, questions)
            busy = _while_prices_change(app, ids, questions)
            found.append(
                _row(
                    f"catalogue: p95 ms with {CHANGES} price changes/s", engine, busy, quiet,
                    BUSY_GOAL,
                )
            )  # fmt: skip
            app.close()
            found.append(_pages(settings, engine, ids[7]))
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


def _asked() -> list[Wanted]:
    """Questions of words that are met as often as in the products."""
    draw = random.Random(13)
    words, weights = vocabulary()
    return [
        Wanted(
            text=" ".join(draw.choices(words, cum_weights=weights, k=1 + number % 3)),
            districts=(district(draw.randrange(28)), district(draw.randrange(28))),
            scales=("umkk",),
            bands=(draw.choice(("jumlah", "tkdn", "tanpa")),),
        )
        for number in range(QUESTIONS)
    ]


def _questions(app: Leuit, questions: list[Wanted]) -> tuple[float, float]:
    ours, bare = [], []
    for warm in (True, False):
        for wanted in questions:
            with app.read(ANONYMOUS) as view:
                began = time.perf_counter()
                facets_of(view, wanted, find(view, wanted))
                middle = time.perf_counter()
                _ask_bare(view.connection, wanted)
                if not warm:
                    ours.append((middle - began) * 1000)
                    bare.append((time.perf_counter() - middle) * 1000)
    value, base = _high(ours), _high(bare)
    _say(
        f"{app.database.dialect}: finding, median {statistics.median(ours):.2f} beside"
        f" {statistics.median(bare):.2f} ms, p95 {value:.2f} beside {base:.2f} ms"
    )
    return value, base


def _times(app: Leuit, questions: list[Wanted]) -> float:
    spent = []
    for wanted in questions:
        with app.read(ANONYMOUS) as view:
            began = time.perf_counter()
            facets_of(view, wanted, find(view, wanted))
            spent.append((time.perf_counter() - began) * 1000)
    return _high(spent)


def _high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _make_bare(app: Leuit) -> None:
    """The engine's own full text over the same texts, with the columns that are chosen by."""
    columns = "l.id, l.district, l.scale, l.tkdn, l.local, l.origin, l.category"
    with app.database.writer.connect() as connection, connection.begin():
        if app.database.dialect == "sqlite":
            connection.execute(sql("CREATE VIRTUAL TABLE bare_text USING fts5(name, body)"))
            connection.execute(
                sql(
                    "INSERT INTO bare_text (rowid, name, body) SELECT l.id, p.name, p.description"
                    " FROM ecatalog_listing l JOIN ecatalog_product p ON p.id = l.product_id"
                )
            )
            connection.execute(
                sql(f"CREATE TABLE bare AS SELECT {columns} FROM ecatalog_listing l")
            )
            connection.execute(sql("CREATE UNIQUE INDEX ix_bare ON bare (id)"))
            return
        connection.execute(sql("SET LOCAL statement_timeout = 0"))
        connection.execute(
            sql(
                f"CREATE TABLE bare AS SELECT {columns}, to_tsvector('simple', p.name || ' ' ||"
                " p.description) AS body FROM ecatalog_listing l"
                " JOIN ecatalog_product p ON p.id = l.product_id"
            )
        )
        connection.execute(sql("CREATE INDEX ix_bare ON bare USING gin (body)"))
    with app.database.writer.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(sql("VACUUM ANALYZE bare"))


_BANDS = {
    "jumlah": "local >= 4000",
    "tkdn": "tkdn >= 2500",
    "tanpa": "origin <> 'impor' AND tkdn = -1",
}


def _ask_bare(connection: Any, wanted: Wanted) -> None:
    places = ", ".join(f"'{one}'" for one in wanted.districts)
    held = {
        "district": f"district IN ({places})",
        "scale": "scale IN ('mikro', 'kecil', 'koperasi')",
        "band": _BANDS[wanted.bands[0]],
    }
    everything = " AND ".join(f"({one})" for one in held.values())
    if connection.dialect.name == "sqlite":
        said = " ".join(f'"{word}"' for word in wanted.text.split())
        source = "bare_text JOIN bare ON bare.id = bare_text.rowid WHERE bare_text MATCH :said"
        order = "rank"
    else:
        said = wanted.text
        source = "bare, plainto_tsquery('simple', :said) q WHERE body @@ q"
        order = "ts_rank(body, q) DESC"
    asked = [
        f"SELECT bare.id FROM {source} AND {everything} ORDER BY {order} LIMIT 24",
        f"SELECT count(*) FROM {source} AND {everything}",
    ]
    columns = {
        "district": "district",
        "scale": "scale",
        "band": "local >= 4000, tkdn >= 2500, origin",
    }
    for facet, column in columns.items():
        others = " AND ".join(f"({one})" for name, one in held.items() if name != facet)
        asked.append(f"SELECT {column}, count(*) FROM {source} AND {others} GROUP BY {column}")
    for query in asked:
        connection.execute(sql(query), {"said": said}).all()


def _suggestions(app: Leuit, engine: str) -> dict[str, Any]:
    """Completing beside the one statement that it sent, sent again as it is."""
    draw = random.Random(17)
    words, weights = vocabulary()
    above = []
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if text.startswith("SELECT"):
            sent.append((text, values))

    for number in range(300):
        sent.clear()
        said = draw.choices(words, cum_weights=weights, k=1 + number % 2)
        said[-1] = said[-1][: draw.randint(2, 5)]
        with app.read(ANONYMOUS) as view:
            complete(view, " ".join(said))
            event.listen(app.database.reader, "before_cursor_execute", note)
            began = time.perf_counter()
            complete(view, " ".join(said))
            spent = time.perf_counter() - began
            event.remove(app.database.reader, "before_cursor_execute", note)
            raw: Any = view.connection.connection.cursor()
            began = time.perf_counter()
            for text, values in sent:
                raw.execute(text, values)
                raw.fetchall()
            above.append((spent - (time.perf_counter() - began)) * 1000)
    value = _high(above)
    _say(f"{engine}: a suggestion, {value:.2f} ms above its look-up")
    return _row("catalogue: suggestion above its look-up, p95 ms", engine, value, 1.0, SUGGEST_GOAL)


def _while_prices_change(app: Leuit, ids: list[UUID], questions: list[Wanted]) -> float:
    """The same questions while another thread stores a price every hundredth of a second."""
    ended = threading.Event()
    stored: list[float] = []

    def change() -> None:
        draw = random.Random(19)
        began = time.perf_counter()
        while not ended.is_set():
            product = draw.choice(ids)
            with app.change(SYSTEM) as work:
                work.connection.execute(
                    update(Variant)
                    .where(Variant.product_id == product)
                    .values(price=draw.randrange(10, 50_000) * 1_000)
                )
                listing_price(work, product)
                work.audit("core.session.opened", RecordRef("core.account", "bench"))
            stored.append(time.perf_counter())
            ended.wait(max(0.0, began + len(stored) / CHANGES - time.perf_counter()))

    thread = threading.Thread(target=change)
    thread.start()
    try:
        value = _times(app, questions * 3)
    finally:
        ended.set()
        thread.join()
    pace = (len(stored) - 1) / (stored[-1] - stored[0])
    _say(f"{app.database.dialect}: {pace:.0f} price changes/s, p95 {value:.2f} ms")
    if pace < 0.9 * CHANGES:
        raise RuntimeError(f"only {pace:.0f} price changes a second were stored")
    return value


def _pages(settings: Settings, engine: str, product: UUID) -> dict[str, Any]:
    """By turns, a few seconds each, so that a busy moment meets both."""
    path = f"/ecatalog/p/{product}"
    program = "tests.bench.catalogue_server"
    ours, theirs = [], []
    with served(program, "leuit", str(settings.data), settings.database_url) as our_port:
        body = Path(settings.data) / "page.html"
        body.write_bytes(first_answer(our_port, path))
        with served(program, "bare", str(body)) as bare_port:
            for _turn in range(TURNS):
                ours.append(calls_a_second(our_port, path))
                theirs.append(calls_a_second(bare_port, "/page"))
    value, base = statistics.median(ours), statistics.median(theirs)
    _say(f"{engine}: public product pages {value:.0f}/s beside {base:.0f}/s")
    return _row("catalogue: public product page/s", engine, value, base, PAGE_GOAL, least=True)


def _say(line: str) -> None:
    sys.stderr.write(f"catalogue {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
