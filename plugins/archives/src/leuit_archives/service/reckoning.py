"""Where dossiers stand, reckoned anew: after an event, a closing, a step, and every night for all.

A chunk of dossiers is read in five statements, and only what has changed is written; so a night
over everything costs little more than reading, and its memory does not grow. What people decided by
an appraisal is reckoned in each time, so that no night and no other schedule drops it.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import bindparam, exists, insert, select, update

from leuit.storage import among
from leuit.values import RecordRef
from leuit.work import JobContext, View, Work
from leuit_archives.models import Dossier, Record, Retention, RetentionEvent
from leuit_archives.rules.appraisal import Appraisal, appraised
from leuit_archives.rules.lifecycle import ACTIVE, DESTROYED, HANDED_OVER
from leuit_archives.rules.retention import Retention as Reckoned
from leuit_archives.rules.retention import counting_of, retention_of
from leuit_archives.rules.triggers import event_key

from .appraisals import appraisals_of
from .dossier_rules import KeptRule, Own, plain_rules, rules_of

RECKON = "archives.retention.reckon"
RECKONED = "archives.retention.reckoned"
CHUNK = 500
_DERIVED = (
    "next_step",
    "due_on",
    "inactive_from",
    "ends_on",
    "final_action",
    "years",
    "waits_for",
    "legacy",
    "unverified",
    "appraised",
)
_OVER = (DESTROYED, HANDED_OVER)


def reckon(work: Work, dossiers: Sequence[UUID]) -> int:
    """Reckon some dossiers anew, whatever state they are in; how many changed.

    The caller audits what made it necessary. What has ended stays as it was.
    """
    work.session.flush()  # what follows asks for rows
    rows = _rows(work, dossiers)
    rules = rules_of(work, [Own(row.id, row.code, row.edition, row.applied) for row in rows])
    dates = events_of(work, [row.id for row in rows])
    decided = appraisals_of(work, [row.id for row in rows])
    fresh, changed = [], []
    for row in rows:
        found = standing_of(
            rules[row.id],
            dates.get(row.id, {}),
            row.closed_on,
            row.state or ACTIVE,
            decided.get(row.id, ()),
        )
        values = derived(rules[row.id], found, unchecked=row.unchecked)
        if row.state is None:
            fresh.append({"dossier_id": row.id, "state": ACTIVE, "vital": False, **values})
        elif any(getattr(row, name) != values[name] for name in _DERIVED):
            changed.append({"of": row.id, **values})
    if fresh:
        work.connection.execute(insert(Retention), [{**one, "version": 1} for one in fresh])
    if changed:
        table = Retention.__table__
        work.connection.execute(
            update(table)  # type: ignore[arg-type]  # a declarative table is a FromClause to it
            .where(table.c.dossier_id == bindparam("of"))
            .values(version=table.c.version + 1, **{name: bindparam(name) for name in _DERIVED}),
            changed,
        )
    if fresh or changed:
        work.session.expire_all()
    return len(fresh) + len(changed)


def standing_of(
    rules: Sequence[KeptRule],
    events: dict[str, Any],
    closed_on: Any,
    state: str,
    decided: Sequence[Appraisal],
) -> Reckoned:
    """Where a dossier stands by its rules, its events and what people decided on it."""
    plain = plain_rules(rules)
    found = retention_of(plain, events, closed_on, state)
    return appraised(found, decided, counting_of(plain))


def derived(rules: Sequence[KeptRule], found: Reckoned, *, unchecked: bool) -> dict[str, Any]:
    """What is stored of it, by column; `unchecked`: a record in it came in from elsewhere."""
    return {
        "next_step": found.next_step,
        "due_on": found.due_on,
        "inactive_from": found.inactive_from,
        "ends_on": found.ends_on,
        "final_action": found.final_action,
        "years": found.years,
        "waits_for": ",".join(found.waits_for),
        "legacy": unchecked or any(one.legacy for one in rules),
        "unverified": any(one.unverified for one in rules),
        "appraised": found.appraised,
    }


def events_of(view: View, dossiers: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The dates that hold, by dossier and `event_key`: of several of one the last recorded."""
    found: dict[UUID, dict[str, Any]] = {}
    query = (
        select(
            RetentionEvent.dossier_id,
            RetentionEvent.kind,
            RetentionEvent.label,
            RetentionEvent.happened_on,
        )
        .where(among(view.app.database.dialect, RetentionEvent.dossier_id, dossiers))
        .order_by(RetentionEvent.recorded_at, RetentionEvent.id)
    )
    for dossier_id, kind, label, day in view.connection.execute(query):
        found.setdefault(dossier_id, {})[event_key(kind, label)] = day
    return found


def reckon_all(context: JobContext) -> None:
    """Reckon every dossier anew, in chunks of which each is a step that need not be done again."""
    last, number, changed = "", 0, 0
    while True:
        number += 1

        def chunk(work: Work, after: str = last) -> dict[str, Any]:
            return _chunk(work, after)

        done = context.step(f"chunk-{number}", chunk)
        changed += done["changed"]
        if done["last"] == "":
            return
        last = done["last"]
        context.progress(number * CHUNK, 0, str(changed))


def _chunk(work: Work, after: str) -> dict[str, Any]:
    query = select(Dossier.id).order_by(Dossier.id).limit(CHUNK)
    if after:
        query = query.where(Dossier.id > UUID(after))
    ids = list(work.connection.scalars(query))
    changed = reckon(work, ids)
    if changed:
        work.audit(RECKONED, RecordRef("archives.retention", str(ids[0])), changed=changed)
    return {"changed": changed, "last": str(ids[-1]) if len(ids) == CHUNK else ""}


@attrs.frozen
class _Row:
    """A dossier and what is stored of its retention; state of None where nothing is yet.

    `unchecked`: a record in it came in from elsewhere, and nobody has said yet by which schedule.
    """

    id: UUID
    code: str
    edition: UUID | None
    closed_on: Any
    unchecked: bool
    state: str | None
    applied: UUID | None
    next_step: str
    due_on: Any
    inactive_from: Any
    ends_on: Any
    final_action: str
    years: int | None
    waits_for: str
    legacy: bool
    unverified: bool
    appraised: str


def _rows(view: View, dossiers: Iterable[UUID]) -> list[_Row]:
    query = (
        select(
            Dossier.id,
            Dossier.class_code,
            Dossier.retention_edition,
            Dossier.closed_on,
            exists()
            .where(Record.dossier_id == Dossier.id, Record.legacy_unverified)
            .correlate(Dossier),
            Retention.state,
            Retention.applied_edition,
            *(getattr(Retention, name) for name in _DERIVED),
        )
        .outerjoin(Retention, Retention.dossier_id == Dossier.id)
        .where(among(view.app.database.dialect, Dossier.id, list(dossiers)))
    )
    found = [_Row(*row) for row in view.connection.execute(query)]
    return [row for row in found if row.state not in _OVER]
