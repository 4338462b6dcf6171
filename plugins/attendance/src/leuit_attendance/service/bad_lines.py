"""Lines that could not be read: kept as they came, with the reason, up to a cap for each serial.

The device is told that they arrived, or it would send them for ever.
"""

import hashlib
from collections.abc import Iterable

from sqlalchemy import func, select

from leuit.storage import insert_into
from leuit.work import Work
from leuit_attendance.models import BadLine

from .tables import table_of

PER_SERIAL = 500


def keep_bad_lines(work: Work, serial: str, lines: Iterable[tuple[str, str]]) -> int:
    """Keep (reason, text) pairs, equal ones once; returns how many were handed in."""
    given = list(lines)
    if not given:
        return 0
    stored = work.session.execute(
        select(func.count()).select_from(BadLine).where(BadLine.serial == serial)
    ).scalar_one()
    rows = {}
    for reason, text in given:
        raw = storable(text)[:200]
        mark = hashlib.sha256(f"{reason}\n{raw}".encode()).hexdigest()[:32]
        rows[mark] = {
            "serial": serial,
            "fingerprint": mark,
            "reason": reason[:40],
            "raw": raw,
            "received_at": work.now,
        }
    wanted = [rows[mark] for mark in sorted(rows)][: max(0, PER_SERIAL - stored)]
    if wanted:
        work.session.execute(
            insert_into(work.database.dialect, table_of(BadLine)).on_conflict_do_nothing(), wanted
        )
    return len(given)


def storable(text: str) -> str:
    """Text that every database takes and every page can show: no control characters but TAB."""
    return (
        "".join(
            character
            if character.isprintable() or character == "\t"
            else "\N{REPLACEMENT CHARACTER}"
            for character in text
        )
        .encode("utf-8", "replace")
        .decode()
    )
