"""Appraising (penilaian kembali): the decision of people on dossiers whose rule is conditional.

Who appraises holds a permission of his own, rests on a paper (berita acara or decision), and
neither proposes nor executes the end of what he decided on. A decision is corrected by a later one
with its reason; it lifts no hold, shortens nothing that runs, and ends nothing by itself: what is
to be destroyed goes its usual way over usul, committee and approval.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.identity import Unit
from leuit.values import ConflictError, InvalidInputError, NotFoundError, _
from leuit.work import View, Work, register_file
from leuit_archives.models import Appraisal, AppraisedDossier, Dossier, Retention
from leuit_archives.models.appraisals import APPRAISAL_REASON
from leuit_archives.permissions import REAPPRAISE
from leuit_archives.rules import appraisal as rules
from leuit_archives.rules.final_actions import EXTEND
from leuit_archives.rules.retention import counting_of

from .appraisals import appraisal_ref, sent_back
from .dossier_rules import kept_rules, plain_rules
from .moving import Standing, standings
from .papers import Paper, checked_paper
from .reckoning import reckon
from .record_access import readable_dossiers, signature_of
from .retention_desk import to_appraise

APPRAISED = "archives.appraisal.recorded"
MOST_DOSSIERS = 100


@attrs.frozen
class Decision:
    """What people decided, and why; `years` are those that an extension adds."""

    decision: str
    reason: str
    years: int | None = None


def appraise(work: Work, dossiers: Sequence[UUID], told: Decision, paper: Paper) -> Appraisal:
    """Record a decision on dossiers, on all of them or on none.

    Raises InvalidInputError at the fields of decision and paper, NotFoundError for a dossier that
    the asker may not see, ConflictError with the first that may not be decided on, and why.
    """
    person = work.identity.person_id
    if person is None:
        raise work.refusal(REAPPRAISE)
    wanted = set(dossiers)
    if not 1 <= len(wanted) <= MOST_DOSSIERS:
        raise InvalidInputError(
            _("Pilih sedikitnya satu dan paling banyak %s berkas.") % MOST_DOSSIERS
        )
    found = chosen(work, sorted(wanted), lock=True)
    reason = _checked(told)
    checked = checked_paper(work, paper)
    assert checked.file is not None  # a checked paper has one
    asked = rules.Appraisal(told.decision, told.years or 0, checked.dated)
    _refuse(work, found, asked)
    appraisal = Appraisal(
        decision=asked.decision,
        years=asked.years,
        reason=reason,
        number=checked.number,
        dated=checked.dated,
        sha256=register_file(work, checked.file),
        decided_by=person,
        recorded_at=work.now,
    )
    work.session.add(appraisal)
    work.session.flush()
    ids = [one.dossier.id for one in found]
    work.session.add_all(AppraisedDossier(appraisal_id=appraisal.id, dossier_id=one) for one in ids)
    work.session.flush()
    work.audit(
        APPRAISED,
        appraisal_ref(appraisal),
        decision=asked.decision,
        years=asked.years,
        reason=reason,
        number=checked.number,
        dated=checked.dated,
        sha256=appraisal.sha256,
        dossiers=ids,
    )
    reckon(work, ids)
    return appraisal


def chosen(view: View, dossiers: Sequence[UUID], *, lock: bool = False) -> list[Standing]:
    """Dossiers on which the asker may decide; NotFoundError where he may not see one of them."""
    units = view.connection.execute(
        select(Dossier.id, Dossier.unit_id).where(Dossier.id.in_(dossiers), readable_dossiers(view))
    ).all()
    if not units or len(units) < len(set(dossiers)):
        raise NotFoundError(
            _("Salah satu berkas itu tidak ada, atau bukan untuk Anda."),
            advice=_("Muat ulang halaman, lalu pilih lagi."),
        )
    for unit_id in sorted({row.unit_id for row in units}):
        view.require(REAPPRAISE, unit_id)
    return standings(view, dossiers, lock=lock)


def awaiting(view: View, unit_id: UUID | None, limit: int) -> list[Dossier]:
    """The dossiers that wait for an appraisal by the reader, those due first come first."""
    query = (
        select(Dossier)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(
            Dossier.unit_id.in_(view.units(REAPPRAISE)), readable_dossiers(view), to_appraise(view)
        )
    )
    if unit_id is not None:
        query = query.where(Dossier.unit_id == unit_id)
    found = view.session.scalars(query.order_by(Retention.due_on, Dossier.id).limit(limit))
    return list(found)


def awaiting_units(view: View) -> list[tuple[UUID, str]]:
    """The units in which dossiers wait for an appraisal by the reader, by name."""
    waits = (
        select(Dossier.id)
        .join(Retention, Retention.dossier_id == Dossier.id)
        .where(Dossier.unit_id == Unit.id, readable_dossiers(view), to_appraise(view))
    )
    query = (
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(view.units(REAPPRAISE)), waits.correlate(Unit).exists())
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in view.connection.execute(query)]


def _checked(told: Decision) -> str:
    check = TextChecker()
    reason = check.read("reason", told.reason, most=APPRAISAL_REASON)
    if told.decision not in rules.DECISIONS:
        check.fault("decision", _("Pilih keputusan dari daftar."), "unknown")
    elif not rules.fits(told.decision, told.years):
        sentence = (
            _("Sebutkan berapa tahun ditambahkan: 1 sampai 100.")
            if told.decision == EXTEND
            else _("Tahun hanya diisi untuk perpanjangan.")
        )
        check.fault("years", sentence, "out_of_range")
    if check.faults:
        raise InvalidInputError(_("Penilaian kembali belum disimpan."), fields=check.faults)
    return reason


def _refuse(work: Work, found: Sequence[Standing], asked: rules.Appraisal) -> None:
    ids = [one.dossier.id for one in found]
    back = set(work.connection.scalars(select(Dossier.id).where(Dossier.id.in_(ids), sent_back())))
    kept = kept_rules(work, ids)
    for one in found:
        reasons = rules.refusals(
            one.candidate(work),
            asked,
            one.retention.ends_on,
            counting_of(plain_rules(kept.get(one.dossier.id, {}).values())),
            again=one.dossier.id in back,
        )
        if reasons:
            raise ConflictError(
                _("Berkas %(number)s tidak dapat dinilai kembali demikian. %(reason)s"),
                advice=_("Lepaskan dari pilihan, atau perbaiki keputusannya."),
                number=signature_of(one.dossier),
                reason=str(rules.REFUSALS[reasons[0]]),
            )
