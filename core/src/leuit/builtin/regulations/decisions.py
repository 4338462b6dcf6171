"""Steps after writing: propose, activate with four eyes, withdraw; and seeding by the system.

The one who activates is another account than all who wrote the edition. The installation itself
may activate only what it alone wrote (`leuit init`, demonstration data); such an edition is marked
`seeded`, and the audit log says so. The system never activates what a person wrote.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, _
from leuit.work import Work

from .body import digest, read_body
from .drafting import Draft, draft_edition, locked, ref_of, refuse_unless, revised
from .events import EditionActivated
from .kinds import kind_named
from .models import REASON, RegulationEdition
from .register import ACTIVATE, DRAFT


class FourEyesError(PermissionDeniedError):
    """Somebody who wrote an edition tried to put it in force."""

    code = "four_eyes"


def propose(work: Work, edition_id: UUID, version: int) -> RegulationEdition:
    """Hand a draft to another person for activation."""
    work.require_on_root(DRAFT)
    row = locked(work, edition_id, version)
    if row.status == "proposed":
        raise ConflictError(_("Naskah ini sudah diajukan."))
    refuse_unless(row, "draft")
    row.status, row.proposed_by, row.proposed_at = (
        "proposed",
        work.identity.account_id,
        work.now,
    )
    revised(work, row, [{"path": "status", "before": "draft", "after": "proposed"}])
    work.audit("core.regulation.proposed", ref_of(row), version=row.version)
    return row


def activate(work: Work, edition_id: UUID, version: int) -> RegulationEdition:
    """Put a proposal in force: from then on it never changes.

    Raises FourEyesError when the asker wrote any version of it, StaleEditError when it is no
    longer what the asker has read, ConflictError when it is not proposed.
    """
    work.require_on_root(ACTIVATE)
    row = locked(work, edition_id, version)
    refuse_unless(row, "proposed")
    by_system = work.identity.kind == "system"
    if (by_system and row.authors) or str(work.identity.account_id) in row.authors:
        raise FourEyesError(
            _("Edisi tidak boleh diaktifkan oleh orang yang menulisnya."),
            advice=_("Minta pejabat lain memeriksa dan mengaktifkannya."),
        )
    _plain, faults = read_body(kind_named(work.app, row.kind), row.body)
    if faults or digest(row.body) != row.body_sha256:
        raise InvalidInputError(
            _("Isi edisi ini tidak lagi sesuai bentuknya."),
            advice=_("Perbaiki naskahnya, lalu ajukan kembali."),
            fields=faults,
        )
    row.status, row.activated_by, row.activated_at = "active", work.identity.account_id, work.now
    row.seeded = by_system
    revised(work, row, [{"path": "status", "before": "proposed", "after": "active"}])
    work.audit(
        "core.regulation.activated",
        ref_of(row),
        kind=row.kind,
        effective_from=row.effective_from,
        body_sha256=row.body_sha256,
        seed=by_system,
    )
    work.emit(EditionActivated(kind=row.kind, edition_id=row.id, effective_from=row.effective_from))
    return row


def withdraw(work: Work, edition_id: UUID, version: int, reason: str) -> RegulationEdition:
    """Give up a draft or a proposal, saying why; an active edition is followed by a new one."""
    if not work.allows_on_root(ACTIVATE):
        work.require_on_root(DRAFT)
    row = locked(work, edition_id, version)
    refuse_unless(row, "draft", "proposed")
    check = TextChecker()
    text = check.read("reason", reason, most=REASON)
    if check.faults:
        raise InvalidInputError(_("Tulis alasan penarikan."), fields=check.faults)
    before = row.status
    row.status, row.withdrawn_by, row.withdrawn_at = "withdrawn", work.identity.account_id, work.now
    row.withdrawn_reason = text
    revised(work, row, [{"path": "status", "before": before, "after": "withdrawn"}])
    work.audit("core.regulation.withdrawn", ref_of(row), reason=text)
    return row


def seed_edition(work: Work, kind: str, draft: Draft) -> UUID:
    """Bring an edition with the installation; nothing happens when the same one is active already.

    Only for the system: a person's call ends in FourEyesError.
    """
    known = kind_named(work.app, kind)
    plain, faults = read_body(known, draft.body)
    if not faults:
        found = work.session.execute(
            select(RegulationEdition.id).where(
                RegulationEdition.kind == kind,
                RegulationEdition.status == "active",
                RegulationEdition.effective_from == draft.effective_from,
                RegulationEdition.body_sha256 == digest(plain),
                RegulationEdition.title == draft.title.strip(),
            )
        ).scalars()
        if (present := found.first()) is not None:
            return present
    row = draft_edition(work, kind, draft)
    propose(work, row.id, row.version)
    activate(work, row.id, row.version)
    return row.id
