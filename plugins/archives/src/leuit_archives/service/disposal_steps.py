"""A disposal goes on, step by step: appraised, approved, determined, its berita acara signed.

Each step rests on a paper with number, day and file. The approval is that of the authority that the
list was split for; without it nothing goes on.
"""

import datetime as dt
from uuid import UUID

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import Work
from leuit_archives.models import Disposal
from leuit_archives.permissions import DECIDE
from leuit_archives.rules.disposal import AUTHORITIES
from leuit_archives.rules.lifecycle import DISPOSAL_STATES, DISPOSAL_STEPS, UNDONE, advanced

from .committee import keep_paper, papers_of, settle_opinions
from .disposals import disposal_ref, find_disposal, listed_items, lock_disposal
from .minutes_rounds import require_no_round
from .papers import Paper, checked_paper

STEPPED = "archives.disposal.stepped"
PAPER_STEPS = ("appraise", "approve", "determine", "sign")


@attrs.frozen
class Minutes:
    """What the berita acara says beside its paper.

    `backups_until` is the day on which no backup holds the content any more; `statement` that what
    is handed over is authentic, reliable, whole and usable (autentik, terpercaya, utuh, dapat
    digunakan), which a handing over requires.
    """

    backups_until: dt.date | None = None
    statement: bool = False


def take_step(
    work: Work,
    disposal_id: UUID,
    version: int,
    step: str,
    paper: Paper,
    *,
    authority: str = "",
    minutes: Minutes | None = None,
) -> Disposal:
    """Take one of `PAPER_STEPS`; `authority` is who signed the approval.

    Raises ConflictError out of turn, while opinions are missing, and for an approval by another
    authority than the list needs; InvalidInputError at the fields of the paper.
    """
    disposal = disposal_at(work, disposal_id, version, step)
    require_no_round(work, disposal)
    checked = checked_paper(work, paper, text=step == "sign")
    if step == "approve" and authority != disposal.authority:
        raise ConflictError(
            _("Daftar ini hanya dapat disetujui oleh %(who)s."),
            advice=_("Mintalah persetujuan pejabat yang berwenang."),
            who=str(AUTHORITIES[disposal.authority]),
        )
    check_order(work, disposal, checked.dated)
    if step == "sign":
        said = checked_minutes(work, disposal, minutes or Minutes())
        disposal.backups_until = said.backups_until
    if step == "appraise":
        settle_opinions(work, disposal)
    advance(work, disposal, step, checked, authority=authority)
    return disposal


def disposal_at(work: Work, disposal_id: UUID, version: int, step: str) -> Disposal:
    """A disposal whose turn that step is, held until the unit of work ends.

    Raises ConflictError out of turn, StaleEditError for another version.
    """
    disposal = find_disposal(work, disposal_id)
    work.require(DECIDE, disposal.unit_id)
    lock_disposal(work, disposal, version)
    if step not in PAPER_STEPS or advanced(disposal.state, step) is None:
        raise ConflictError(
            _("Langkah itu bukan giliran daftar %(number)s; keadaannya: %(state)s."),
            advice=_("Muat ulang halaman."),
            number=disposal.number,
            state=str(DISPOSAL_STATES[disposal.state]),
        )
    return disposal


def advance(
    work: Work,
    disposal: Disposal,
    step: str,
    paper: Paper,
    *,
    authority: str = "",
    by: UUID | None = None,
) -> None:
    """Keep the paper of a step whose turn it is, and go on; the caller holds the disposal.

    `by` is who answers for the paper, if it is not who is at work.
    """
    after = advanced(disposal.state, step)
    assert after is not None  # the caller has asked
    keep_paper(work, disposal, step, paper, by)
    disposal.state = after
    if not listed_items(work, disposal):
        disposal.state, disposal.ended_at = UNDONE, work.now
        disposal.undone_reason = str(_("Panitia tidak menyetujui satu pun berkas."))
    disposal.version += 1
    work.audit(
        STEPPED,
        disposal_ref(disposal),
        step=step,
        state=disposal.state,
        number=paper.number,
        dated=paper.dated,
        authority=authority,
    )


def check_order(work: Work, disposal: Disposal, dated: dt.date) -> None:
    """No paper is older than the one that the step before it rests on: InvalidInputError."""
    kept = papers_of(work, disposal)
    before = max((one.dated for one in kept.values()), default=dated)
    if dated < before:
        sentence = _("Naskah ini lebih tua daripada naskah langkah sebelumnya.")
        raise InvalidInputError(sentence, fields=[FieldError("dated", sentence, "out_of_order")])


def checked_minutes(work: Work, disposal: Disposal, minutes: Minutes) -> Minutes:
    """What the berita acara of that kind must say, and no more; InvalidInputError at its field."""
    if disposal.kind == "hand_over":
        if not minutes.statement:
            sentence = _("Nyatakan bahwa arsip autentik, terpercaya, utuh, dan dapat digunakan.")
            raise InvalidInputError(
                sentence, fields=[FieldError("statement", sentence, "required")]
            )
        return Minutes(statement=True)
    if minutes.backups_until is None or minutes.backups_until < work.today:
        sentence = _("Sebutkan hari ketika cadangan terakhir yang memuatnya sudah terhapus.")
        raise InvalidInputError(
            sentence, fields=[FieldError("backups_until", sentence, "required")]
        )
    return Minutes(minutes.backups_until)


def next_step_of(disposal: Disposal) -> str:
    """The key of the step whose turn it is; empty at the end."""
    return next((step.key for step in DISPOSAL_STEPS if step.before == disposal.state), "")
