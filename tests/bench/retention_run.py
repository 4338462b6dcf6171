"""A night over the retention of all dossiers beside reading the same rows through Core.

100,000 records in 10,000 dossiers, reckoned once before, so that a night finds nothing to change:
what it costs then is reading and reckoning. The baseline is the same five statements a chunk, their
rows fetched and dropped. Memory is the peak over all dossiers beside that over half of them, both
medians of five nights.
"""

import datetime as dt
import gc
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from leuit.identity import SYSTEM, Unit
from leuit.plugins import Host
from leuit.values import ManualClock, RecordRef, new_id
from leuit.work import Leuit, View
from leuit_archives.models import (
    NO_EDITION,
    AppraisedDossier,
    Dossier,
    DossierRule,
    Record,
    Retention,
    RetentionEvent,
)
from leuit_archives.service.reckoning import CHUNK, reckon
from tests.bench.places import ENGINES, installation, installed

DOSSIERS, PLACES = 10_000, range(1, 11)
FULL = {"dossiers": 100_000}
ROUNDS = 5
GOAL, MEMORY_GOAL = 3.0, 1.2
NOW = dt.datetime(2026, 11, 10, 1, 0, tzinfo=dt.UTC)


def measure(
    *, dossiers: int = DOSSIERS, engines: tuple[str, ...] = ENGINES
) -> list[dict[str, Any]]:
    """One line for time and one for memory, by engine."""
    host = installed()
    found = []
    for engine in engines:
        with _archive(engine, host, dossiers) as (app, ids):
            night = median(_seconds(lambda: _night(app, ids)) for _ in range(ROUNDS))
            bare = median(_seconds(lambda: _bare(app, ids)) for _ in range(ROUNDS))
            found.append(_line("retention run", engine, night, bare, GOAL))
            half, whole = (
                median(_peak(app, part) for _ in range(ROUNDS))
                for part in (ids[: len(ids) // 2], ids)
            )
            found.append(_line("retention memory (MB)", engine, whole, half, MEMORY_GOAL))
    return found


def _line(name: str, engine: str, value: float, baseline: float, goal: float) -> dict[str, Any]:
    ratio = value / baseline
    return {
        "name": name,
        "engine": engine,
        "value": round(value, 2),
        "baseline": round(baseline, 2),
        "ratio": round(ratio, 3),
        "goal": f"<= {goal}",
        "holds": ratio <= goal,
    }


def _night(app: Leuit, ids: list[UUID]) -> None:
    for start in range(0, len(ids), CHUNK):
        with app.change(SYSTEM) as work:
            changed = reckon(work, ids[start : start + CHUNK])
        assert changed == 0


def _bare(app: Leuit, ids: list[UUID]) -> None:
    for start in range(0, len(ids), CHUNK):
        with app.read(SYSTEM) as view:
            for row in _rows(view, ids[start : start + CHUNK]):
                assert row


def _rows(view: View, ids: list[UUID]) -> Iterator[Any]:
    """The rows that a night reads of a chunk."""
    yield from view.connection.execute(
        select(Dossier.__table__, Retention.__table__)
        .outerjoin(Retention, Retention.dossier_id == Dossier.id)
        .where(Dossier.id.in_(ids))
    )
    yield from view.connection.execute(
        select(Record.dossier_id, Record.class_code, Record.retention_edition).where(
            Record.dossier_id.in_(ids)
        )
    )
    for table in (DossierRule, RetentionEvent, AppraisedDossier):
        yield from view.connection.execute(select(table.__table__).where(table.dossier_id.in_(ids)))


def _seconds(act: Any) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _peak(app: Leuit, ids: list[UUID]) -> float:
    gc.collect()  # what an earlier night left behind is not this one's
    tracemalloc.start()
    try:
        _night(app, ids)
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()


@contextmanager
def _archive(engine: str, host: Host, dossiers: int) -> Iterator[tuple[Leuit, list[UUID]]]:
    """A migrated database on a real disk with an archive that was reckoned once."""
    with installation(engine, host) as settings:
        app = Leuit(settings, host.vocabulary, clock=ManualClock(NOW))
        try:
            yield app, _fill(app, dossiers)
        finally:
            app.close()


def _fill(app: Leuit, dossiers: int) -> list[UUID]:
    """The dossiers, each with its records, a rule, and every second one with an event."""
    with app.change(SYSTEM) as work:
        unit = Unit(code="U1", name="Unit 1", short="Unit 1", kind="dinas", valid_from=NOW.date())
        work.session.add(unit)
        work.session.flush()
        unit_id = unit.id
        work.audit("archives.retention.reckoned", RecordRef("bench.unit", "1"))
    ids = sorted(new_id() for _ in range(dossiers))
    for start in range(0, dossiers, CHUNK):
        part = ids[start : start + CHUNK]
        with app.change(SYSTEM) as work:
            work.connection.execute(
                insert(Dossier),
                [_dossier(one, unit_id, start + at) for at, one in enumerate(part, 1)],
            )
            work.connection.execute(
                insert(Record), [_record(one, unit_id, at) for one in part for at in PLACES]
            )
            work.connection.execute(insert(DossierRule), [_rule(one) for one in part])
            work.connection.execute(insert(RetentionEvent), [_event(one) for one in part[::2]])
            reckon(work, part)
            work.audit("archives.retention.reckoned", RecordRef("bench.part", str(start)))
    return ids


def _dossier(dossier_id: UUID, unit_id: UUID, serial: int) -> dict[str, Any]:
    return {
        "id": dossier_id,
        "unit_id": unit_id,
        "class_code": "000.1.3",
        "class_title": "Rapat",
        "year": 2020,
        "serial": serial,
        "title": f"Berkas {serial}",
        "opened_on": dt.date(2020, 1, 2),
        "closed_on": dt.date(2021, 5, 17),
        "classification_edition": NO_EDITION,
        "active_trigger": "",
        "inactive_trigger": "",
        "final_action": "",
        "version": 1,
    }


def _record(dossier_id: UUID, unit_id: UUID, place: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "key": f"{dossier_id}:{place}",
        "ref_kind": "bench.record",
        "ref_id": str(place),
        "ref_label": "",
        "kind": "",
        "unit_id": unit_id,
        "title": f"Surat {place}",
        "number": "",
        "date": dt.date(2021, 1, place),
        "signed": True,
        "secrecy": 1,
        "class_code": "000.1.3",
        "class_title": "Rapat",
        "dossier_id": dossier_id,
        "place": place,
        "taken_at": NOW,
        "filed_at": NOW,
        "state": "filed",
        "version": 1,
    }


def _rule(dossier_id: UUID) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
        "class_code": "000.1.3",
        "edition": NO_EDITION,
        "unverified": False,
        "counting": "date",
        "active_years": 2,
        "active_trigger": "kegiatan_selesai",
        "inactive_years": 3,
        "inactive_trigger": "",
        "final_action": "musnah",
        "raw_active": "2 Tahun setelah kegiatan selesai",
        "raw_inactive": "3 Tahun",
        "raw_final_action": "Musnah",
    }


def _event(dossier_id: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "dossier_id": dossier_id,
        "kind": "kegiatan_selesai",
        "label": "",
        "happened_on": dt.date(2021, 6, 30),
        "evidence": "Laporan akhir",
        "recorded_at": NOW,
    }
