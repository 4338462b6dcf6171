"""Another edition and all dossiers below a unit: surveyed, looked through, then applied in a job.

A survey judges every dossier that runs, chunk by chunk, and keeps what would change. Applying goes
through what would be kept longer and judges each once more under its lock; what has changed since
is left and told. Nothing is shortened by it: for that somebody names the dossiers and the reason.
What the edition does not understand, and what is held or decided, stays as it is.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, insert, select, update

from leuit.builtin.regulations import edition, edition_by_id
from leuit.identity import Unit, subtree
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import JobContext, View, Work
from leuit_archives.models import Dossier, Reapplication, ReapplicationItem, Retention
from leuit_archives.models.reapplications import APPLIED, APPLYING, SURVEYED, SURVEYING
from leuit_archives.permissions import TRANSFER
from leuit_archives.rules.lifecycle import ACTIVE, INACTIVE
from leuit_archives.rules.reapplication import Verdict

from . import schedule
from .dossiers import checked_reason
from .moving import standings
from .reapplying import Change, apply_edition, changes_of
from .record_access import not_all_secret, readable_dossiers

SURVEY, APPLY = "archives.reapplication.survey", "archives.reapplication.apply"
BEGUN = "archives.reapplication.begun"
SURVEYED_ACTION = "archives.reapplication.surveyed"
CONFIRMED = "archives.reapplication.confirmed"
CHUNK_APPLIED = "archives.reapplication.chunk_applied"
FINISHED = "archives.reapplication.finished"
SHORTENED = "archives.reapplication.shortened"
REAPPLICATION = "archives.reapplication"
CHUNK, MOST_SHORTENED = 200, 100


@attrs.frozen
class ListedItem:
    """A dossier of a survey: what would change, and what became of it."""

    item: ReapplicationItem
    dossier: Dossier
    unit: str


def begin_survey(work: Work, unit_id: UUID) -> Reapplication:
    """Begin to judge all dossiers below a unit by the edition of today; a job goes through them.

    Raises ConflictError where no edition holds, or one is being surveyed or applied there already.
    """
    work.require(TRANSFER, unit_id)
    person = work.identity.person_id
    if person is None:
        raise work.refusal(TRANSFER)
    held = edition(work, schedule.REGULATION, work.today)
    if held is None:
        raise ConflictError(
            _("Hari ini tidak ada jadwal retensi yang berlaku."),
            advice=_("Berlakukan jadwal retensi dahulu."),
        )
    work.session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True))
    running = select(Reapplication.id).where(
        Reapplication.unit_id == unit_id, Reapplication.state.in_((SURVEYING, APPLYING))
    )
    if work.session.scalars(running.limit(1)).first() is not None:
        raise ConflictError(
            _("Unit itu sedang diperiksa atau diterapi jadwal."), advice=_("Tunggu sampai selesai.")
        )
    run = Reapplication(
        unit_id=unit_id, edition_id=held.id, begun_by=person, begun_at=work.now, unchanged=0
    )
    work.session.add(run)
    work.session.flush()
    work.audit(BEGUN, reapplication_ref(run), unit=unit_id, edition=held.id)
    work.enqueue(SURVEY, {"reapplication_id": str(run.id)})
    return run


def survey(context: JobContext) -> None:
    """Judge the dossiers of a survey in chunks, each a step that need not be done again."""
    run_id = UUID(context.args["reapplication_id"])
    last, number = "", 0
    while True:
        number += 1

        def chunk(work: Work, after: str = last) -> dict[str, Any]:
            return _survey_chunk(work, run_id, after)

        last = context.step(f"chunk-{number}", chunk)["last"]
        if last == "":
            break
        context.progress(number * CHUNK, 0)

    def finish(work: Work) -> dict[str, Any]:
        run = _locked(work, run_id)
        run.state = SURVEYED
        run.version += 1
        work.audit(SURVEYED_ACTION, reapplication_ref(run), **_counts(work, run))
        return {}

    context.step("finish", finish)


def confirm(work: Work, run_id: UUID, version: int) -> Reapplication:
    """Let a job apply the edition to everything that it keeps longer.

    Raises StaleEditError for another version, ConflictError before the survey is done, after it was
    applied, and where another edition holds by now.
    """
    run = find_reapplication(work, run_id)
    work.require(TRANSFER, run.unit_id)
    run = _locked(work, run_id)
    if run.version != version:
        raise StaleEditError(_("Keadaannya baru saja berubah."), advice=_("Muat ulang halaman."))
    if run.state != SURVEYED:
        raise ConflictError(_("Pemeriksaan itu belum selesai, atau jadwalnya sudah diterapkan."))
    _require_edition_of(work, run)
    run.state, run.applied_by = APPLYING, work.identity.person_id
    run.version += 1
    work.audit(CONFIRMED, reapplication_ref(run), edition=run.edition_id)
    work.enqueue(APPLY, {"reapplication_id": str(run.id)})
    return run


def apply(context: JobContext) -> None:
    """Apply an edition to what it keeps longer, chunk by chunk; a killed job goes on behind."""
    run_id = UUID(context.args["reapplication_id"])
    last, number = "", 0
    while True:
        number += 1

        def chunk(work: Work, after: str = last) -> dict[str, Any]:
            return _apply_chunk(work, run_id, after)

        last = context.step(f"chunk-{number}", chunk)["last"]
        if last == "":
            break
        context.progress(number * CHUNK, 0)

    def finish(work: Work) -> dict[str, Any]:
        run = _locked(work, run_id)
        run.state, run.applied_at = APPLIED, work.now
        run.version += 1
        work.audit(FINISHED, reapplication_ref(run), **outcomes_of(work, run))
        return {}

    context.step("finish", finish)


def shorten(work: Work, run_id: UUID, dossiers: Sequence[UUID], reason: str) -> list[Change]:
    """Apply the edition to dossiers that it shortens, each named by hand, with the reason.

    All of them or none. Raises InvalidInputError at `reason` and for none or too many,
    NotFoundError for a dossier that is none of the shorter ones, ConflictError for one that is
    held, decided, in a proposal or settled by now, and where another edition holds.
    """
    run = find_reapplication(work, run_id)
    work.require(TRANSFER, run.unit_id)
    text = checked_reason(reason)
    wanted = sorted(set(dossiers))
    if not 1 <= len(wanted) <= MOST_SHORTENED:
        raise InvalidInputError(
            _("Pilih sedikitnya satu dan paling banyak %s berkas.") % MOST_SHORTENED
        )
    run = _locked(work, run_id)
    if run.state not in (SURVEYED, APPLIED):
        raise ConflictError(
            _("Pemeriksaan itu masih berjalan."), advice=_("Tunggu sampai selesai.")
        )
    _require_edition_of(work, run)
    items = work.session.scalars(
        select(ReapplicationItem)
        .join(Dossier, Dossier.id == ReapplicationItem.dossier_id)
        .where(
            ReapplicationItem.reapplication_id == run.id,
            ReapplicationItem.dossier_id.in_(wanted),
            ReapplicationItem.verdict == "shorter",
            readable_dossiers(work, TRANSFER),
        )
    ).all()
    if len(items) < len(wanted):
        raise NotFoundError(_("Salah satu berkas itu tidak ada."), advice=_("Muat ulang halaman."))
    found = _judged(work, run, wanted)
    for item in items:
        if item.outcome or item.dossier_id not in found or not found[item.dossier_id].shorter:
            raise ConflictError(
                _("Keadaan salah satu berkas itu sudah berubah sejak diperiksa."),
                advice=_("Periksa lagi, lalu pilih lagi."),
            )
    apply_edition(work, wanted)
    _settle(work, run, wanted, "shortened")
    work.audit(
        SHORTENED,
        reapplication_ref(run),
        edition=run.edition_id,
        reason=text,
        dossiers={str(one): _told(found[one]) for one in wanted},
    )
    return [found[one] for one in wanted]


def listed_reapplications(view: View, limit: int) -> list[tuple[Reapplication, str]]:
    """The surveys of units for which the reader may transfer, the newest first, with their unit."""
    query = (
        select(Reapplication, Unit.name)
        .join(Unit, Unit.id == Reapplication.unit_id)
        .where(Reapplication.unit_id.in_(view.units(TRANSFER)))
        .order_by(Reapplication.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in view.session.execute(query)]


def find_reapplication(view: View, run_id: UUID) -> Reapplication:
    """A survey of a unit for which the reader may transfer; NotFoundError for any other."""
    found = view.session.scalar(
        select(Reapplication).where(
            Reapplication.id == run_id, Reapplication.unit_id.in_(view.units(TRANSFER))
        )
    )
    if found is None:
        raise NotFoundError(_("Pemeriksaan jadwal itu tidak ada."), advice=_("Mulai dari daftar."))
    return found


def counts_of(view: View, run: Reapplication) -> dict[Verdict, int]:
    """How many dossiers have each verdict, of those whose titles the reader may see.

    Of those that stay as they are, just what is open to all readers of the unit is counted.
    """
    query = (
        select(ReapplicationItem.verdict, func.count())
        .join(Dossier, Dossier.id == ReapplicationItem.dossier_id)
        .where(ReapplicationItem.reapplication_id == run.id, readable_dossiers(view, TRANSFER))
        .group_by(ReapplicationItem.verdict)
    )
    found: dict[Verdict, int] = {"longer": 0, "shorter": 0, "open": 0, "fixed": 0}
    for verdict, count in view.connection.execute(query):
        found[verdict] = int(count)  # type: ignore[index]  # checked by the table
    return found | {"same": run.unchanged}


def outcomes_of(view: View, run: Reapplication) -> dict[str, int]:
    """How many items were applied, shortened or left."""
    query = (
        select(ReapplicationItem.outcome, func.count())
        .where(ReapplicationItem.reapplication_id == run.id, ReapplicationItem.outcome != "")
        .group_by(ReapplicationItem.outcome)
    )
    found = {outcome: int(count) for outcome, count in view.connection.execute(query)}
    return {name: found.get(name, 0) for name in ("applied", "left", "shortened")}


def items_of(
    view: View, run: Reapplication, verdict: str, limit: int, *, after: UUID | None = None
) -> list[ListedItem]:
    """The dossiers of a verdict in the order of their ids, of those the reader may see."""
    query = (
        select(ReapplicationItem, Dossier, Unit.short)
        .join(Dossier, Dossier.id == ReapplicationItem.dossier_id)
        .join(Unit, Unit.id == Dossier.unit_id)
        .where(
            ReapplicationItem.reapplication_id == run.id,
            ReapplicationItem.verdict == verdict,
            readable_dossiers(view, TRANSFER),
        )
    )
    if after is not None:
        query = query.where(Dossier.id > after)
    found = view.session.execute(query.order_by(Dossier.id).limit(limit))
    return [ListedItem(*row) for row in found]


def reapplication_ref(run: Reapplication) -> RecordRef:
    """The reference by which the audit log names a survey."""
    return RecordRef(REAPPLICATION, str(run.id))


def _survey_chunk(work: Work, run_id: UUID, after: str) -> dict[str, Any]:
    run = work.session.get_one(Reapplication, run_id)
    query = (
        select(Dossier.id, not_all_secret())
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(
            Dossier.unit_id.in_(subtree(run.unit_id, work.today)),
            Retention.state.in_((ACTIVE, INACTIVE)),
        )
        .order_by(Dossier.id)
        .limit(CHUNK)
    )
    if after:
        query = query.where(Dossier.id > UUID(after))
    rows = [(row[0], row[1]) for row in work.connection.execute(query)]
    changed = changes_of(work, [one for one, _open in rows], edition_by_id(work, run.edition_id))
    if changed:
        work.connection.execute(
            insert(ReapplicationItem),
            [
                {
                    "reapplication_id": run_id,
                    "dossier_id": one.dossier.id,
                    "verdict": one.verdict,
                    "outcome": "",
                    **_told(one),
                }
                for one in changed
            ],
        )
    others = {one.dossier.id for one in changed}
    run.unchanged += sum(1 for one, is_open in rows if is_open and one not in others)
    if rows:
        number = len(rows)
        work.audit(SURVEYED_ACTION, reapplication_ref(run), dossiers=number, changed=len(changed))
    return {"last": str(rows[-1][0]) if len(rows) == CHUNK else ""}


def _apply_chunk(work: Work, run_id: UUID, after: str) -> dict[str, Any]:
    run = _locked(work, run_id)
    query = (
        select(ReapplicationItem.dossier_id)
        .where(
            ReapplicationItem.reapplication_id == run_id,
            ReapplicationItem.verdict == "longer",
            ReapplicationItem.outcome == "",
        )
        .order_by(ReapplicationItem.dossier_id)
        .limit(CHUNK)
    )
    if after:
        query = query.where(ReapplicationItem.dossier_id > UUID(after))
    ids = list(work.connection.scalars(query))
    if not ids:
        return {"last": ""}
    current = edition(work, schedule.REGULATION, work.today)
    found = _judged(work, run, ids) if current and current.id == run.edition_id else {}
    longer = [one for one in ids if one in found and found[one].verdict == "longer"]
    left = [one for one in ids if one not in set(longer)]
    if longer:
        apply_edition(work, longer)
        _settle(work, run, longer, "applied")
    if left:
        _settle(work, run, left, "left")
    work.audit(
        CHUNK_APPLIED,
        reapplication_ref(run),
        edition=run.edition_id,
        by=run.applied_by,
        applied={str(one): _told(found[one]) for one in longer},
        left=left,
    )
    return {"last": str(ids[-1]) if len(ids) == CHUNK else ""}


def _judged(work: Work, run: Reapplication, dossiers: Sequence[UUID]) -> dict[UUID, Change]:
    """What the edition would change now, under lock; of what lies on a list or ended, nothing."""
    runs = [
        one.dossier.id
        for one in standings(work, dossiers, lock=True)
        if one.retention.state in (ACTIVE, INACTIVE)
    ]
    found = changes_of(work, runs, edition_by_id(work, run.edition_id))
    return {one.dossier.id: one for one in found}


def _settle(work: Work, run: Reapplication, dossiers: Sequence[UUID], outcome: str) -> None:
    work.session.execute(
        update(ReapplicationItem)
        .where(
            ReapplicationItem.reapplication_id == run.id,
            ReapplicationItem.dossier_id.in_(dossiers),
        )
        .values(outcome=outcome, settled_at=work.now)
    )


def _told(change: Change) -> dict[str, Any]:
    """Both sides of a change as they are kept."""
    return {
        side: {
            "years": one.years,
            "ends_on": one.ends_on.isoformat() if one.ends_on else None,
            "final_action": one.final_action,
        }
        for side, one in (("before", change.before), ("after", change.after))
    }


def _counts(view: View, run: Reapplication) -> dict[str, int]:
    return {str(name): count for name, count in counts_of(view, run).items()}


def _locked(work: Work, run_id: UUID) -> Reapplication:
    return work.session.get_one(Reapplication, run_id, with_for_update=True, populate_existing=True)


def _require_edition_of(work: Work, run: Reapplication) -> None:
    held = edition(work, schedule.REGULATION, work.today)
    if held is None or held.id != run.edition_id:
        raise ConflictError(
            _("Sejak pemeriksaan itu jadwal retensi lain berlaku."),
            advice=_("Periksa lagi menurut jadwal yang berlaku hari ini."),
        )
