"""SP2D issued through HTTP by 32 clients at once on 50 budget lines, beside a bare Starlette route.

Payments that wait for Kuasa BUD are loaded in bulk. An issue is all that the product does then:
authorisation, the one-person rule, control, ledger, number, instruction to the bank, history and
audit; the PDF is drawn later. What the bare route does stands in `sp2d_bare`, by which route ours
is asked in `sp2d_server`. Both servers are processes of their own on databases with real fsync;
the load comes from this process in alternating runs. Counted are issued SP2D only: those that
stand in the database in the end. The ratio is that of the medians of SP2D a second.
"""

import asyncio
import itertools
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, insert, select

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.web import cookie_name, open_session
from leuit.work import NumberSeries
from leuit_sp2d.models import Entry, Paper, Payment
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.service.ledger_check import check_ledger
from tests.bench.places import ENGINES, served
from tests.bench.sp2d_bare import SERIES
from tests.bench.sp2d_copies import AMOUNT, Books, books

CLIENTS, LINES = 32, 50
ROUNDS, OURS, BARE = 7, 400, 1_200
GOAL = 0.2


def measure(
    rounds: int = ROUNDS, ours: int = OURS, bare: int = BARE, engines: Sequence[str] = ENGINES
) -> list[dict[str, Any]]:
    """One row for each engine."""
    return [_measure_engine(engine, rounds, ours, bare) for engine in engines]


def _measure_engine(engine: str, rounds: int, ours: int, bare: int) -> dict[str, Any]:
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    count = (rounds + 1) * ours
    with (
        books(engine, payments=count, lines=LINES, each=1, state=SP2D) as one,
        books(engine, payments=rounds * bare, lines=LINES, each=1, state=SP2D) as other,
    ):
        cookie = _prepare(one, other)
        issues, posts = _issues(one), _posts(other)
        settings = [made.office.app.settings for made in (one, other)]
        for made in (one, other):
            made.office.app.close()  # nothing of this process stands in the servers' way
        ours_at, bare_at = settings
        with (
            served("tests.bench.sp2d_server", str(ours_at.data), ours_at.database_url) as our_port,
            served("tests.bench.sp2d_bare", str(AMOUNT), bare_at.database_url) as bare_port,
        ):
            asyncio.run(_run(our_port, itertools.islice(issues, ours), cookie))
            for number in range(rounds):
                asked = itertools.islice(issues, ours)
                rates["ours"].append(asyncio.run(_run(our_port, asked, cookie)))
                asked = itertools.islice(posts, bare)
                rates["bare"].append(asyncio.run(_run(bare_port, asked, "")))
                said = ", ".join(f"{name} {values[-1]:.0f}" for name, values in rates.items())
                _say(f"{engine}: round {number + 1}, SP2D a second {said}")
        _require_issued(one, count)
        _require_posted(other, rounds * bare)
    value, baseline = (statistics.median(rates[name]) for name in ("ours", "bare"))
    ratio = value / baseline
    return {
        "name": f"SP2D issued by {CLIENTS} clients on {LINES} lines, a second",
        "engine": engine,
        "value": round(value, 1),
        "baseline": round(baseline, 1),
        "ratio": round(ratio, 3),
        "goal": f">= {GOAL}",
        "holds": ratio >= GOAL,
    }


def _prepare(one: Books, other: Books) -> str:
    """Sign Kuasa BUD in, and give the bare route its row of numbers; returns the cookie."""
    delegate = one.office.people[SP2D]
    key, _ends = open_session(one.office.app, delegate, own_phone=True, request_id="bench")
    with other.office.app.change(SYSTEM) as work:
        work.connection.execute(insert(NumberSeries), {"key": SERIES, "last": 0})
        work.audit("core.unit.created", RecordRef("core.unit", SERIES, "Uji kecepatan"))
    return f"{cookie_name(secure=False)}={key}"


def _issues(made: Books) -> Iterator[dict[str, Any]]:
    with made.office.app.read(SYSTEM) as view:
        version = view.session.get_one(Payment, made.payments[0]).version
    return iter([{"payment": str(payment), "version": version} for payment in made.payments])


def _posts(made: Books) -> Iterator[dict[str, Any]]:
    return ({"line": str(line)} for line in itertools.cycle(made.lines))


async def _run(port: int, bodies: Iterator[dict[str, Any]], cookie: str) -> float:
    """Send all by the clients, each on its own connection; how many a second were answered."""
    requests = iter([_request(port, body, cookie) for body in bodies])
    loop = asyncio.get_running_loop()
    connections = [await asyncio.open_connection("127.0.0.1", port) for _one in range(CLIENTS)]
    began = loop.time()
    counts = await asyncio.gather(*(_client(requests, *pair) for pair in connections))
    seconds = loop.time() - began
    for _reader, writer in connections:
        writer.close()
    return sum(counts) / seconds


def _request(port: int, body: dict[str, Any], cookie: str) -> bytes:
    content = json.dumps(body).encode()
    heads = [
        "POST /api/bench/v1/issue HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*heads, "", ""]).encode() + content


async def _client(
    requests: Iterator[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> int:
    done = 0
    for request in requests:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"an issue was answered {head!r} {body!r}")
        done += 1
    return done


def _require_issued(made: Books, count: int) -> None:
    """Every one stands in the database under a number without a gap, and the books agree."""
    with made.office.app.read(SYSTEM) as view:
        issued, last = view.connection.execute(
            select(func.count(), func.max(Paper.value)).where(Paper.kind == "SP2D")
        ).one()
        wrong = check_ledger(view).disagreements
    if (issued, last) != (count, count) or wrong:
        raise RuntimeError(f"{issued} SP2D up to number {last}, not {count}; wrong are {wrong[:3]}")


def _require_posted(made: Books, count: int) -> None:
    with made.office.app.read(SYSTEM) as view:
        posted = view.connection.execute(
            select(func.count()).select_from(Entry).where(Entry.cause_kind == "bare")
        ).scalar_one()
    if posted != count:
        raise RuntimeError(f"{posted} entries are stored, not {count}")


def _say(line: str) -> None:
    sys.stderr.write(f"sp2d issue {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
