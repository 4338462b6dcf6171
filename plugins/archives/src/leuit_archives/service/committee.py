"""The committee of a disposal: named by decree, odd in number, each with an opinion on every item.

Nobody who proposed the list appraises it, and none of its members executes it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Account, Grant, Person, UnitClosure, holds_on
from leuit.storage import insert_into
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, _
from leuit.work import View, Work, register_file
from leuit_archives.models import (
    Disposal,
    DisposalItem,
    DisposalPaper,
    Member,
    MemberOpinion,
)
from leuit_archives.models.disposals import DISPOSAL_REASON, LISTED
from leuit_archives.permissions import APPRAISE, DECIDE
from leuit_archives.rules.disposal import OPINIONS, Opinion, decided, is_committee
from leuit_archives.rules.lifecycle import PROPOSED

from .disposals import disposal_ref, find_disposal, leave, listed_items, lock_disposal
from .papers import Paper, checked_paper

NAMED = "archives.disposal.committee_named"
OPINED = "archives.disposal.opinions_given"
COMMITTEE = "committee"


@attrs.frozen
class GivenOpinion:
    """What a member thinks of an item, and why; a reason is required unless he agrees."""

    opinion: str
    reason: str = ""


def name_committee(
    work: Work, disposal_id: UUID, version: int, members: Sequence[UUID], decree: Paper
) -> Disposal:
    """Name the committee of a proposed list by its decree; a later decree replaces the members.

    Raises InvalidInputError for an even number, fewer than three, or the proposer among them;
    ConflictError once opinions were given or the appraisal is over.
    """
    disposal = find_disposal(work, disposal_id)
    work.require(DECIDE, disposal.unit_id)
    lock_disposal(work, disposal, version)
    _require_proposed(disposal)
    wanted = list(dict.fromkeys(members))
    if not is_committee(len(wanted)):
        raise InvalidInputError(_("Panitia berjumlah ganjil, sedikitnya tiga orang."))
    known = work.session.scalar(
        select(func.count()).select_from(Person).where(Person.id.in_(wanted))
    )
    if known != len(wanted):
        raise InvalidInputError(_("Salah satu anggota panitia tidak dikenal."))
    if disposal.proposed_by in wanted:
        raise InvalidInputError(
            _("Pengusul tidak boleh menjadi anggota panitia."),
            advice=_("Pilih anggota lain."),
        )
    paper = checked_paper(work, decree)
    if work.session.scalar(
        select(MemberOpinion.place).where(MemberOpinion.disposal_id == disposal.id).limit(1)
    ):
        raise ConflictError(_("Panitia sudah mulai menilai; susunannya tidak diubah lagi."))
    for row in members_of(work, disposal):
        work.session.delete(row)
    work.session.flush()
    work.session.add_all(Member(disposal_id=disposal.id, person_id=one) for one in wanted)
    keep_paper(work, disposal, COMMITTEE, paper)
    disposal.version += 1
    work.audit(
        NAMED,
        disposal_ref(disposal),
        members=wanted,
        number=paper.number,
        dated=paper.dated,
    )
    return disposal


def appraisers(view: View, disposal: Disposal) -> list[Person]:
    """The people who may appraise in the unit of a disposal, without its proposer, by name."""
    roles = [
        name
        for name, role in view.app.vocabulary.rights.roles.items()
        if APPRAISE in role.permissions
    ]
    above = select(UnitClosure.ancestor_id).where(
        UnitClosure.descendant_id == disposal.unit_id,
        holds_on(UnitClosure.valid_from, UnitClosure.valid_to, view.today),
    )
    query = (
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            Grant.role.in_(roles),
            Grant.unit_id.in_(above),
            holds_on(Grant.valid_from, Grant.valid_to, view.today),
            Person.id != disposal.proposed_by,
        )
        .distinct()
        .order_by(Person.name)
    )
    return list(view.session.scalars(query))


def give_opinions(work: Work, disposal_id: UUID, opinions: Mapping[int, GivenOpinion]) -> Disposal:
    """Give one's own opinion on items by their places; said again, the later one holds.

    Raises PermissionDeniedError for who is no member, InvalidInputError for an unknown place or
    opinion, and for one without its reason; ConflictError once the appraisal is over.
    """
    disposal = find_disposal(work, disposal_id)
    work.require(APPRAISE, disposal.unit_id)
    work.session.refresh(disposal, with_for_update=True)
    _require_proposed(disposal)
    person = work.identity.person_id
    if person is None or person not in {row.person_id for row in members_of(work, disposal)}:
        raise PermissionDeniedError(_("Anda bukan anggota panitia penilai daftar ini."))
    places = {item.place for item in listed_items(work, disposal)}
    check = TextChecker()
    rows = []
    for place, given in opinions.items():
        if place not in places or given.opinion not in OPINIONS:
            check.fault(f"opinion-{place}", _("Pilih pendapat untuk tiap berkas."), "unknown")
        needed = given.opinion != "agree"
        reason = check.read(f"reason-{place}", given.reason, most=DISPOSAL_REASON, required=needed)
        rows.append(
            {
                "disposal_id": disposal.id,
                "place": place,
                "person_id": person,
                "opinion": given.opinion,
                "reason": reason,
                "at": work.now,
            }
        )
    if check.faults or not rows:
        raise InvalidInputError(_("Pendapat belum disimpan."), fields=check.faults)
    for row in rows:
        saved = insert_into(work.database.dialect, MemberOpinion).values(row)
        later = {name: row[name] for name in ("opinion", "reason", "at")}
        work.connection.execute(
            saved.on_conflict_do_update(
                index_elements=["disposal_id", "place", "person_id"], set_=later
            )
        )
    work.audit(
        OPINED,
        disposal_ref(disposal),
        opinions={str(place): one.opinion for place, one in opinions.items()},
    )
    return disposal


def settle_opinions(work: Work, disposal: Disposal) -> None:
    """Let go what the committee does not agree to; the caller holds the disposal.

    Raises ConflictError while a member has not spoken on every item.
    """
    members = members_of(work, disposal)
    said = opinions_of(work, disposal)
    items = listed_items(work, disposal)
    if not members or any(len(said.get(item.place, {})) < len(members) for item in items):
        raise ConflictError(
            _("Belum semua anggota panitia menilai semua berkas."),
            advice=_("Tunggu sampai semua pendapat lengkap."),
        )
    apart: dict[Opinion, list[DisposalItem]] = {}
    for item in items:
        found = decided(list(said[item.place].values()), len(members))
        if found != "agree":
            apart.setdefault(found, []).append(item)
    for outcome, left in sorted(apart.items()):
        leave(work, left, f"committee_{outcome}")


def members_of(view: View, disposal: Disposal) -> Sequence[Member]:
    """The members of a committee."""
    return view.session.scalars(
        select(Member).where(Member.disposal_id == disposal.id).order_by(Member.person_id)
    ).all()


def opinions_of(view: View, disposal: Disposal) -> dict[int, dict[UUID, Opinion]]:
    """What was said on each item that is still listed, by place and member."""
    said: dict[int, dict[UUID, Opinion]] = {}
    query = (
        select(MemberOpinion.place, MemberOpinion.person_id, MemberOpinion.opinion)
        .join(
            DisposalItem,
            (DisposalItem.disposal_id == MemberOpinion.disposal_id)
            & (DisposalItem.place == MemberOpinion.place),
        )
        .where(MemberOpinion.disposal_id == disposal.id, DisposalItem.state == LISTED)
    )
    for place, person, opinion in view.connection.execute(query):
        said.setdefault(place, {})[person] = opinion  # type: ignore[assignment]  # checked by the table
    return said


def keep_paper(
    work: Work, disposal: Disposal, step: str, paper: Paper, by: UUID | None = None
) -> None:
    """Keep the paper of a step; of the committee's decree the last one counts.

    `by` is who answers for it, if it is not who is at work.
    """
    assert paper.file is not None  # a checked paper has one
    person = by or work.identity.person_id
    assert person is not None  # rights over disposals are held by people
    row = {
        "disposal_id": disposal.id,
        "step": step,
        "number": paper.number,
        "dated": paper.dated,
        "sha256": register_file(work, paper.file),
        "text": paper.text,
        "recorded_by": person,
        "recorded_at": work.now,
    }
    later = {name: row[name] for name in row if name not in ("disposal_id", "step")}
    work.connection.execute(
        insert_into(work.database.dialect, DisposalPaper)
        .values(row)
        .on_conflict_do_update(index_elements=["disposal_id", "step"], set_=later)
    )


def papers_of(view: View, disposal: Disposal) -> dict[str, DisposalPaper]:
    """The papers of a disposal by step."""
    rows = view.session.scalars(
        select(DisposalPaper).where(DisposalPaper.disposal_id == disposal.id)
    )
    return {row.step: row for row in rows}


def _require_proposed(disposal: Disposal) -> None:
    if disposal.state != PROPOSED:
        raise ConflictError(_("Penilaian daftar %(number)s sudah selesai."), number=disposal.number)
