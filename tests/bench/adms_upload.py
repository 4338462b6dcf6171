"""ADMS uploads of 100 records, against a bare Starlette route that inserts the same rows.

Both servers run in processes of their own on databases with real fsync; the load comes from this
process over one kept connection each, in alternating runs. The ratio is that of the medians of
uploads a second.
"""

import datetime as dt
import http.client
import itertools
import statistics
import time
from collections.abc import Iterator
from typing import Any

from leuit.builtin.core import create_root
from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_attendance.service.devices import register_device
from tests.bench.places import ENGINES, REGION, installation, installed, served

SERIAL = "BENCH00000001"
RECORDS, UPLOADS, RUNS = 100, 60, 7
GOAL = 0.5


def measure() -> list[dict[str, Any]]:
    """One line for each engine."""
    host = installed()
    lines = []
    for engine in ENGINES:
        rates: dict[str, list[float]] = {"leuit": [], "bare": []}
        with (
            installation(engine, host) as one,
            installation(engine, host) as other,
        ):
            for settings in (one, other):
                app = Leuit(settings, host.vocabulary)
                with app.change(SYSTEM) as work:
                    root = create_root(work, REGION)
                    register_device(work, SERIAL, root)
                app.close()
            bodies = _bodies()
            program = "tests.bench.adms_server"
            with (
                served(program, "leuit", str(one.data), one.database_url) as leuit,
                served(program, "bare", str(other.data), other.database_url) as bare,
            ):
                ports = {"leuit": leuit, "bare": bare}
                for port in ports.values():
                    _run(port, [next(bodies) for _count in range(10)])
                for _round in range(RUNS):
                    for name, port in ports.items():
                        rates[name].append(_run(port, [next(bodies) for _count in range(UPLOADS)]))
        value, baseline = (statistics.median(rates[name]) for name in ("leuit", "bare"))
        ratio = value / baseline
        lines.append(
            {
                "name": f"ADMS upload of {RECORDS} records, uploads/s",
                "engine": engine,
                "value": round(value, 1),
                "baseline": round(baseline, 1),
                "ratio": round(ratio, 3),
                "goal": f">= {GOAL}",
                "holds": ratio >= GOAL,
            }
        )
    return lines


def _bodies() -> Iterator[bytes]:
    """Bodies of records that never repeat."""
    start = dt.datetime(2026, 1, 1, 6)
    for number in itertools.count():
        lines = [
            f"{1000 + record}\t{start + dt.timedelta(seconds=number * 7)}\t0\t1\t0\t0\t0"
            for record in range(RECORDS)
        ]
        yield "\n".join(lines).encode()


def _run(port: int, bodies: list[bytes]) -> float:
    """Uploads a second over one connection; every answer must count every record."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    for body in bodies:
        connection.request("POST", f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=9999", body)
        answer = connection.getresponse().read()
        if answer != f"OK:{RECORDS}".encode():
            raise RuntimeError(f"an upload was answered {answer!r}")
    seconds = time.perf_counter() - began
    connection.close()
    return len(bodies) / seconds
