"""`python -m leuit_attendance.testing.simulate URL`: a fleet of invented devices and people.

Tells what came of it, line by line; ends with 0 only when the server acknowledged every record.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from .fleet import Fleet, FleetReport
from .punch_plan import PlannedTap, dates, plan_days, taps_of


def main(
    arguments: Sequence[str] | None = None, write: Callable[[str], object] | None = None
) -> int:
    """Run the command; `write` takes its output instead of standard output."""
    say = write or sys.stdout.write
    options = _parser().parse_args(arguments)
    fleet = Fleet.invent(
        options.devices, seed=options.seed, honest=options.honest, prefix=options.prefix
    )
    if options.list:
        say("".join(serial + "\n" for serial in fleet.devices))
        return 0
    first = options.start or date.today() - timedelta(days=options.days)  # noqa: DTZ011  an operator's own calendar
    records = invent_records(
        list(fleet.devices), first, options.days, people=options.people, seed=options.seed
    )
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        share = done * 20 // total
        if share > shown:
            shown = share
            say(f"{share * 5:3d}%  {done}/{total}\n")

    report = fleet.run_blocking(
        options.url, records, concurrency=options.concurrency, progress=progress
    )
    say(summary(report))
    return 0 if report.is_complete else 1


def invent_records(
    serials: Sequence[str], first: date, days: int, *, people: int, seed: int
) -> dict[str, list[PlannedTap]]:
    """Taps of `people` at each device; PINs are numbered through all devices from 1."""
    calendar = dates(first, days)
    return {
        serial: taps_of(
            plan_days(
                [str(index * people + number) for number in range(1, people + 1)],
                calendar,
                seed=seed,
            )
        )
        for index, serial in enumerate(serials)
    }


def summary(report: FleetReport) -> str:
    """A few lines for a person."""
    rows = [f"devices {report.devices}, records {report.records}"]
    rows.append(f"acknowledged {report.acknowledged}")
    rows.append(", ".join(f"{name} {count}" for name, count in report.counts.items()))
    if report.refused:
        rows.append(f"refused: {' '.join(report.refused[:10])} ({len(report.refused)})")
    if report.unsent:
        rows.append(f"unsent: {sum(report.unsent.values())} at {len(report.unsent)} devices")
    return "".join(row + "\n" for row in rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leuit_attendance.testing.simulate", description=__doc__)
    parser.add_argument("url", help="such as http://127.0.0.1:8000")
    parser.add_argument("--devices", type=int, default=10)
    parser.add_argument("--days", type=int, default=5, help="calendar days")
    parser.add_argument("--people", type=int, default=10, help="at each device")
    parser.add_argument("--start", type=date.fromisoformat, help="first day, YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--concurrency", type=int, default=32, help="open connections")
    parser.add_argument("--prefix", default="SIM", help="how serials begin")
    parser.add_argument("--honest", action="store_true", help="no faults, right clocks")
    parser.add_argument("--list", action="store_true", help="print the serials and end")
    return parser


if __name__ == "__main__":
    sys.exit(main())
