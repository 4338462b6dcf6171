"""What payments cost as the books grow: the control check, registers, the check of the ledger, and
the count of what waits.

Control: `require_room` on ten budget lines and the movements of `post`, in one unit each, with
1,000,000 entries beside the same with 10,000, by turns in two databases; the commit, which waits
for the disk, is left out.
Growth: the exponent from a year of 2,000 SP2D to one of 20,000, each on ten budget lines: the
registers of SPP, SPM and SP2D with count and sum, first page and searched for a text, as Kuasa BUD
sees them; that of SP2D whole as CSV and as XLSX; and the check of the ledger. Budget lines grow
along, ten SP2D to one.
The check of the ledger stands beside plain GROUP BYs over the same rows: entries by line and pocket
twice, those of DPA, SPD and STS by document, the amounts of payments, of DPA and of SPD by line,
fetched to the last row.
Waiting: the count that every page shows, with 20,000 payments of which 200 wait for the reader, in
ms beside the 50 ms that all services have together; the others are with the bank.
"""

import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import func, select, update

from leuit.cli.collector import calm_collector
from leuit.identity import SYSTEM, Identity
from leuit.values import RecordRef, new_id
from leuit.work import Leuit, View
from leuit_sp2d.models import (
    FREE,
    RESERVED,
    SENT,
    DpaLine,
    Duty,
    Entry,
    Paper,
    Payment,
    PaymentLine,
    SpdLine,
)
from leuit_sp2d.models import Instruction as Order
from leuit_sp2d.pages.registers import MOST_ROWS, WRITERS
from leuit_sp2d.rules.chain import SP2D, SPM, SPP
from leuit_sp2d.service.holdings import require_room
from leuit_sp2d.service.ledger import Cause, Move, post
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.listing import Filter, count_register, register
from leuit_sp2d.service.tasks import count_my_turns
from tests.bench.places import ENGINES
from tests.bench.sp2d_copies import Books, books, rest
from tests.sp2d.treasury import YEAR

EACH = 10
PER_LINE = 10
YEARS = (2_000, 20_000)
LEDGERS = (10_000, 1_000_000)
MOVED = 2 * EACH
"""Entries of one SP2D: each of its lines is reserved, then spent."""

CALLS, ROUNDS, CHECKS, WAITING = 60, 5, 5, 200
PAGE = 25
CHECK = "SP2D check of the ledger"
CONTROL_GOAL, GROWTH_GOAL, CHECK_GOAL = 1.2, 1.05, 3.0
COUNT_BUDGET, COUNT_SHARE = 50.0, 0.2
BOOKED = (Payment, PaymentLine, Duty, Paper, Entry, Order)


def measure(
    years: tuple[int, int] = YEARS,
    ledgers: tuple[int, int] = LEDGERS,
    engines: Sequence[str] = ENGINES,
) -> list[dict[str, Any]]:
    """Rows for the report, for each engine."""
    found: list[dict[str, Any]] = []
    calm_collector()  # as `leuit serve` does
    for engine in engines:
        found.append(_control(engine, ledgers))
        found += _growth(engine, years)
    return found


def _row(name: str, engine: str, value: float, base: float, ratio: float, goal: float) -> Any:
    return {
        "name": name,
        "engine": engine,
        "value": round(value, 2),
        "baseline": round(base, 2),
        "ratio": round(ratio, 3),
        "goal": f"<= {goal}",
        "holds": ratio <= goal,
    }


def _control(engine: str, sizes: tuple[int, int]) -> Any:
    """Medians in ms; both have the same budget lines, so that only the ledger differs."""
    with ExitStack() as stack:
        made = [
            stack.enter_context(
                books(engine, payments=size // MOVED, lines=1_000, each=EACH, tables=BOOKED)
            )
            for size in sizes
        ]
        for one in made:
            _checked(one, CALLS)
        rounds: list[list[float]] = [[], []]
        for number in range(ROUNDS):
            for times, one in zip(rounds, made, strict=True):
                times.append(_checked(one, CALLS))
            said = " beside ".join(f"{times[-1]:.2f} ms" for times in rounds)
            _say(f"{engine}: round {number + 1}, control check {said}")
    small, large = (statistics.median(times) for times in rounds)
    name = f"SP2D control check, ms, {sizes[1]} entries beside {sizes[0]}"
    return _row(name, engine, large, small, large / small, CONTROL_GOAL)


def _checked(made: Books, calls: int) -> float:
    times = []
    for number in range(calls):
        start = number * EACH % len(made.lines)
        asked = dict.fromkeys(made.lines[start : start + EACH], 1)
        with made.office.app.change(SYSTEM) as work:
            began = time.perf_counter()
            require_room(work, asked)
            moves = [Move(line_id, FREE, RESERVED, amount) for line_id, amount in asked.items()]
            post(work, moves, Cause("spm", new_id()))
            times.append((time.perf_counter() - began) * 1000)
            work.audit("core.unit.created", RecordRef("core.unit", "x", "Uji kecepatan"))
    return statistics.median(times)


def _growth(engine: str, years: tuple[int, int]) -> list[Any]:
    measured: list[dict[str, float]] = []
    found = []
    for size in years:
        with books(engine, payments=size, lines=size // PER_LINE, each=EACH, tables=BOOKED) as made:
            measured.append(_times(made, size))
            _say(f"{engine}: {size} SP2D, ms {measured[-1]}")
            if size == years[-1]:
                found.append(_waiting(engine, made, size))
    small, large = measured
    for name in [name for name in small if name != "group by"]:
        exponent = math.log(large[name] / small[name]) / math.log(years[1] / years[0])
        title = f"{name}, growth exponent, {years[0]} to {years[1]} SP2D"
        found.append(_row(title, engine, exponent, 1.0, exponent, GROWTH_GOAL))
    value, baseline = large[CHECK], large["group by"]
    title = f"{CHECK}, ms, {years[1]} SP2D, beside GROUP BYs"
    found.append(_row(title, engine, value, baseline, value / baseline, CHECK_GOAL))
    return found


def _times(made: Books, size: int) -> dict[str, float]:
    app, delegate = made.office.app, made.office.people[SP2D]

    def listed(kind: str, text: str = "") -> Callable[[View], None]:
        wanted = Filter(year=YEAR, text=text)

        def run(view: View) -> None:
            count, _amount = count_register(view, kind, wanted)
            rows = register(view, kind, wanted, 0, PAGE)
            if count != size or len(rows) != PAGE:
                raise RuntimeError(f"{count} {kind} are listed, not {size}")

        return run

    def exported(form: str) -> Callable[[View], None]:
        write, _media_type = WRITERS[form]

        def run(view: View) -> None:
            rows = register(view, SP2D.upper(), Filter(year=YEAR), 0, MOST_ROWS)
            if len(rows) != size or not write(rows):
                raise RuntimeError(f"{len(rows)} SP2D are exported, not {size}")

        return run

    def checked(view: View) -> None:
        report = check_ledger(view)
        if report.payments != size or report.disagreements:
            raise RuntimeError(f"the books disagree: {report}")

    times = {}
    for kind in (SPP.upper(), SPM.upper(), SP2D.upper()):
        times[f"{kind} register"] = _best(app, delegate, listed(kind))
        times[f"{kind} register searched"] = _best(app, delegate, listed(kind, "kantor"))
    for form in WRITERS:
        times[f"SP2D register as {form.upper()}"] = _best(app, delegate, exported(form))
    times[CHECK] = _best(app, SYSTEM, checked)
    times["group by"] = _best(app, SYSTEM, _grouped)
    return times


def _best(app: Leuit, who: Identity, function: Callable[[View], None]) -> float:
    """The least of some calls after one that is not counted, in ms."""
    times = []
    for _number in range(CHECKS + 1):
        with app.read(who) as view:
            began = time.perf_counter()
            function(view)
            times.append((time.perf_counter() - began) * 1000)
    return round(min(times[1:]), 2)


def _grouped(view: View) -> None:
    """What a checker in a hurry would fetch, to compare it in his own program."""
    for statement in (
        select(Entry.line_id, Entry.from_pocket, func.sum(Entry.amount)).group_by(
            Entry.line_id, Entry.from_pocket
        ),
        select(Entry.line_id, Entry.to_pocket, func.sum(Entry.amount)).group_by(
            Entry.line_id, Entry.to_pocket
        ),
        select(PaymentLine.line_id, Payment.state, func.sum(PaymentLine.amount))
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .group_by(PaymentLine.line_id, Payment.state),
        select(Entry.cause_id, Entry.line_id, func.sum(Entry.amount))
        .where(Entry.cause_kind.in_(("dpa", "spd", "refund")))
        .group_by(Entry.cause_id, Entry.line_id),
        select(DpaLine.line_id, func.sum(DpaLine.amount)).group_by(DpaLine.line_id),
        select(SpdLine.line_id, func.sum(SpdLine.amount)).group_by(SpdLine.line_id),
    ):
        view.connection.execute(statement).all()


def _waiting(engine: str, made: Books, size: int) -> Any:
    app, delegate = made.office.app, made.office.people[SP2D]
    with app.change(SYSTEM) as work:
        mine = made.payments[:: size // WAITING][:WAITING]
        work.connection.execute(update(Payment).where(Payment.id.in_(mine)).values(state=SP2D))
        work.connection.execute(update(Order).values(state=SENT))
        work.audit("core.unit.created", RecordRef("core.unit", "x", "Uji kecepatan"))
    rest(app)

    times = []
    for _number in range(CALLS):
        with app.read(delegate) as view:
            began = time.perf_counter()
            count = count_my_turns(view)
            times.append((time.perf_counter() - began) * 1000)
        if not WAITING - 1 <= count <= WAITING:  # he has issued the model himself
            raise RuntimeError(f"{count} payments wait, not {WAITING}")
    value = statistics.median(times[CALLS // 4 :])
    title = f"SP2D count of my turns, ms, {WAITING} of {size} payments"
    return _row(title, engine, value, COUNT_BUDGET, value / COUNT_BUDGET, COUNT_SHARE)


def _say(line: str) -> None:
    sys.stderr.write(f"sp2d growth {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    for result in measure():
        sys.stdout.write(f"{result}\n")
