"""Whether files that the archive keeps are still what was stored: read one by one, by their hash.

A pass goes over all of them in the order of their hashes. What it read is written down batch by
batch, so that one that was stopped goes on behind the last batch. Files are read outside a unit of
work, piece by piece: memory is that of one piece, however large a file is.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import and_, exists, select, union, update

from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.values import RecordRef
from leuit.work import JobContext, Leuit, View, Work
from leuit_archives.models import FixityFinding, FixityRun

from .kept_files import KEPT_FILES

KIND = "archives.fixity"
FOUND = "archives.fixity.found"
SETTLED = "archives.fixity.settled"
PASSED = "archives.fixity.passed"
BATCH = 200
BATCH_BYTES = 256 * 1024 * 1024
NIGHTLY_BYTES = 40 * 1024**3
"""What one night reads: a store of 1 TB is gone through within a month."""

Write = Callable[[str, Callable[[Work], dict[str, Any]]], dict[str, Any]]
"""Does a named part in a unit of work, as `JobContext.step`."""


@attrs.frozen
class Progress:
    """How far a pass has come."""

    run_id: UUID
    checked: int
    size: int
    faulty: int
    finished: bool


def check_nightly(context: JobContext) -> None:
    """The job of the night: goes on with the pass that is not over, or begins the next one."""
    check_files(context.app, context.step, NIGHTLY_BYTES)


def check_files(
    app: Leuit,
    write: Write,
    most_bytes: int | None,
    *,
    told: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Read files until the pass is over or so many bytes are read; None is without an end.

    Raises UnavailableError when the store does not answer: the pass goes on from there next time.
    """
    run_id = UUID(write("begin", _begin)["run"])
    read = 0
    while True:
        with app.read(SYSTEM) as view:
            run = view.session.get_one(FixityRun, run_id)
            batch = _batch(view, run.after)
            after = run.after
        if not batch:
            write(f"over {run_id}", lambda work: _finish(work, run_id))
            break
        faults = {}
        for sha256, _size in batch:
            found = app.blobs.fixity(sha256)
            if found != "sound":
                faults[sha256] = found
        write(f"{run_id} {after}", _noted(run_id, batch, faults))
        read += sum(size for _sha256, size in batch)
        told(progress_of(app, run_id))
        if most_bytes is not None and read >= most_bytes:
            break
    return progress_of(app, run_id)


def progress_of(app: Leuit, run_id: UUID) -> Progress:
    """How far a pass has come."""
    with app.read(SYSTEM) as view:
        run = view.session.get_one(FixityRun, run_id)
        return Progress(run.id, run.checked, run.size, run.faulty, run.finished_at is not None)


def last_run(view: View, *, finished: bool = False) -> FixityRun | None:
    """The pass that began last, or the last one that went over all files."""
    query = select(FixityRun).order_by(FixityRun.started_at.desc(), FixityRun.id.desc()).limit(1)
    if finished:
        query = query.where(FixityRun.finished_at.is_not(None))
    return view.session.scalars(query).one_or_none()


def _begin(work: Work) -> dict[str, Any]:
    run = last_run(work)
    if run is None or run.finished_at is not None:
        run = FixityRun(started_at=work.now)
        work.session.add(run)
        work.session.flush()
    return {"run": str(run.id)}


def _batch(view: View, after: str) -> list[tuple[str, int]]:
    """The next files behind a hash, and their sizes: few when they are large."""
    # Each side is cut by itself, so that an index gives it without reading what comes later.
    sides = [
        select(column.label("sha256"))
        .where(column > after)
        .distinct()
        .order_by(column)
        .limit(BATCH)
        .subquery()
        for column in KEPT_FILES
    ]
    hashes = union(*(select(side.c.sha256) for side in sides)).subquery()
    rows = view.connection.execute(
        select(Blob.sha256, Blob.size)
        .where(Blob.sha256.in_(select(hashes.c.sha256)))
        .order_by(Blob.sha256)
        .limit(BATCH)
    )
    batch: list[tuple[str, int]] = []
    total = 0
    for sha256, size in rows:
        if batch and total + size > BATCH_BYTES:
            break
        batch.append((sha256, size))
        total += size
    return batch


def _noted(
    run_id: UUID, batch: list[tuple[str, int]], faults: Mapping[str, str]
) -> Callable[[Work], dict[str, Any]]:
    """Writes down what a batch found, and that it was read."""

    def write(work: Work) -> dict[str, Any]:
        hashes = [sha256 for sha256, _size in batch]
        known = {
            row.sha256: row
            for row in work.session.scalars(
                select(FixityFinding).where(
                    FixityFinding.sha256.in_(hashes), FixityFinding.settled_at.is_(None)
                )
            )
        }
        for sha256, finding in known.items():
            if faults.get(sha256) != finding.fault:
                finding.settled_at = work.now
                work.audit(SETTLED, _ref(sha256), fault=finding.fault)
        work.session.flush()
        for sha256, fault in faults.items():
            if sha256 in known and known[sha256].fault == fault:
                continue
            work.session.add(
                FixityFinding(sha256=sha256, run_id=run_id, fault=fault, found_at=work.now)
            )
            work.audit(FOUND, _ref(sha256), fault=fault)
        work.session.flush()
        work.connection.execute(
            update(FixityRun)
            .where(FixityRun.id == run_id)
            .values(
                after=hashes[-1],
                checked=FixityRun.checked + len(batch),
                size=FixityRun.size + sum(size for _sha256, size in batch),
                faulty=FixityRun.faulty + len(faults),
            )
        )
        return {"faulty": len(faults)}

    return write


def _finish(work: Work, run_id: UUID) -> dict[str, Any]:
    _settle_gone(work)
    run = work.session.get_one(FixityRun, run_id)
    run.finished_at = work.now
    ref = RecordRef("archives.fixity", str(run.id))
    work.audit(PASSED, ref, checked=run.checked, size=run.size, faulty=run.faulty)
    return {}


def _settle_gone(work: Work) -> None:
    """Settle what concerns nobody any more: the file was destroyed, or what had it has another."""
    unnamed = and_(*(~exists().where(column == FixityFinding.sha256) for column in KEPT_FILES))
    for finding in work.session.scalars(
        select(FixityFinding).where(FixityFinding.settled_at.is_(None), unnamed)
    ):
        finding.settled_at = work.now
        work.audit(SETTLED, _ref(finding.sha256), fault=finding.fault, unnamed=True)
    work.session.flush()


def _ref(sha256: str) -> RecordRef:
    return RecordRef("archives.stored_file", sha256, sha256[:12])
