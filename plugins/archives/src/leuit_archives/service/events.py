"""Events that start retention, each with its date and what proves it; corrected by a later row."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.identity import Person
from leuit.storage import Blob
from leuit.values import InvalidInputError, NotFoundError, _
from leuit.work import StoredFile, View, Work, register_file
from leuit_archives.models import Dossier, RetentionEvent
from leuit_archives.models.retention import EVENT_LABEL, EVIDENCE
from leuit_archives.permissions import FILE_RECORDS
from leuit_archives.rules.lifecycle import DESTROYED, HANDED_OVER
from leuit_archives.rules.retention import kinds_of
from leuit_archives.rules.triggers import OTHER, TRIGGERS

from .dossier_rules import kept_rules
from .moving import refusal, standings
from .reckoning import reckon
from .record_access import dossier_ref, find_dossier

RECORDED = "archives.event.recorded"


@attrs.frozen
class Happened:
    """An event as somebody tells it.

    `label` says what happened where the kind is "lain": it counts for a rule of the same words.
    """

    kind: str
    happened_on: dt.date
    evidence: str = ""
    label: str = ""


def record_event(
    work: Work, dossier_id: UUID, told: Happened, file: StoredFile | None = None
) -> RetentionEvent:
    """Record what happened, with a file that proves it or the words of where the proof lies.

    One of a kind that is recorded already corrects it, one that is "lain" by its words; the earlier
    row stays. Raises
    InvalidInputError at its fields, ConflictError for a dossier that has ended.
    """
    dossier = find_dossier(work, dossier_id)
    work.require(FILE_RECORDS, dossier.unit_id)
    reckon(work, [dossier.id])
    [standing] = standings(work, [dossier.id], lock=True)
    if standing.retention.state in (DESTROYED, HANDED_OVER):
        raise refusal(standing)
    check = TextChecker()
    evidence = check.read("evidence", told.evidence, most=EVIDENCE, required=file is None)
    label = check.read("label", told.label, most=EVENT_LABEL, required=told.kind == OTHER)
    if told.kind not in TRIGGERS:
        check.fault("kind", _("Pilih peristiwa dari daftar."), "unknown")
    if told.happened_on > work.today:
        check.fault("happened_on", _("Peristiwa tidak boleh sesudah hari ini."), "out_of_range")
    if check.faults:
        raise InvalidInputError(_("Peristiwa belum dicatat."), fields=check.faults)
    event = RetentionEvent(
        dossier_id=dossier.id,
        kind=told.kind,
        label=label,
        happened_on=told.happened_on,
        evidence=evidence,
        evidence_sha256=register_file(work, file) if file else None,
        recorded_by=work.identity.person_id,
        recorded_at=work.now,
    )
    work.session.add(event)
    work.session.flush()
    work.audit(
        RECORDED,
        dossier_ref(dossier),
        kind=told.kind,
        on=told.happened_on,
        label=label,
        evidence=evidence,
        sha256=event.evidence_sha256,
    )
    reckon(work, [dossier.id])
    return event


def events_told(view: View, dossier: Dossier) -> Sequence[tuple[RetentionEvent, str]]:
    """All events of a dossier, the last recorded first, with who recorded each."""
    query = (
        select(RetentionEvent, Person.name)
        .outerjoin(Person, Person.id == RetentionEvent.recorded_by)
        .where(RetentionEvent.dossier_id == dossier.id)
        .order_by(RetentionEvent.recorded_at.desc(), RetentionEvent.id.desc())
    )
    return [(row[0], row[1] or "–") for row in view.session.execute(query)]


def other_wordings(view: View, dossier: Dossier) -> list[str]:
    """What the rules of a dossier call events that are no other kind, each as it is told apart."""
    rules = kept_rules(view, [dossier.id]).get(dossier.id, {})
    keys = [
        key
        for _key, one in sorted(rules.items())
        for trigger in (one.rule.active_trigger, one.rule.inactive_trigger)
        for key in kinds_of(trigger)
    ]
    prefix = f"{OTHER}:"
    return [key.removeprefix(prefix) for key in dict.fromkeys(keys) if key.startswith(prefix)]


def event_file(view: View, dossier: Dossier, event_id: UUID) -> Blob:
    """The file that proves an event of a dossier; NotFoundError where there is none."""
    found = view.session.scalar(
        select(Blob)
        .join(RetentionEvent, RetentionEvent.evidence_sha256 == Blob.sha256)
        .where(RetentionEvent.id == event_id, RetentionEvent.dossier_id == dossier.id)
    )
    if found is None:
        raise NotFoundError(_("Bukti itu tidak ada."))
    view.note_access(dossier_ref(dossier), what="evidence")
    return found
