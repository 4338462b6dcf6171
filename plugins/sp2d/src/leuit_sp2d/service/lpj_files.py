"""Files that prove an LPJ: kept by content, changed only while it is with its writer."""

from uuid import UUID

from sqlalchemy import delete, func, select

from leuit.identity import Identity
from leuit.values import InvalidInputError, NotFoundError, _
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_sp2d.models import Lpj, LpjEvidence
from leuit_sp2d.permissions import REQUEST

from .evidence import MOST, store_evidence
from .lpj import OPEN, find_lpj, ref_of, require_lpj, written_lpj
from .same_request import digest_of, note_done, was_done


def receive_lpj_evidence(
    app: Leuit, identity: Identity, lpj_id: UUID, name: str, data: bytes
) -> StoredFile:
    """As `store_evidence`, for an LPJ that the asker may change: of others nothing is stored."""
    with app.read(identity) as view:
        find_lpj(view, lpj_id, REQUEST)
    return store_evidence(app, name, data)


def add_lpj_evidence(work: Work, lpj_id: UUID, version: int, file: StoredFile) -> LpjEvidence:
    """Attach a stored file; the same file twice is one."""
    lpj = written_lpj(work, lpj_id)
    require_lpj(lpj, OPEN, version)
    known = work.session.scalars(
        select(LpjEvidence).where(LpjEvidence.lpj_id == lpj_id, LpjEvidence.sha256 == file.sha256)
    ).one_or_none()
    if known is not None:
        return known
    count = work.session.scalar(select(func.count()).where(LpjEvidence.lpj_id == lpj_id))
    if (count or 0) >= MOST:
        raise InvalidInputError(_("Lampiran sebuah LPJ sudah terlalu banyak."))
    register_file(work, file)
    evidence = LpjEvidence(
        lpj_id=lpj_id, sha256=file.sha256, name=file.name, size=file.size, added_at=work.now
    )
    work.session.add(evidence)
    work.session.flush()
    _audit(work, lpj, "sp2d.lpj.evidence_added", evidence)
    return evidence


def remove_lpj_evidence(work: Work, lpj_id: UUID, evidence_id: UUID, version: int) -> None:
    """Take a file off; the file itself stays in the store.

    Whoever has done it already is answered as the first time.
    """
    lpj = written_lpj(work, lpj_id)
    asked = digest_of(work, "remove_lpj_evidence", lpj_id, evidence_id, version)
    if was_done(work, asked):
        return
    require_lpj(lpj, OPEN, version)
    evidence = _of(work, lpj_id, evidence_id)
    _audit(work, lpj, "sp2d.lpj.evidence_removed", evidence)
    work.session.execute(delete(LpjEvidence).where(LpjEvidence.id == evidence.id))
    note_done(work, asked)


def read_lpj_evidence(view: View, lpj_id: UUID, evidence_id: UUID) -> LpjEvidence:
    """A file of an LPJ that the asker may see; it may tell of people, so it is noted."""
    lpj = find_lpj(view, lpj_id)
    found = _of(view, lpj_id, evidence_id)
    view.note_access(ref_of(lpj), fields=["evidence"], sha256=found.sha256)
    return found


def _of(view: View, lpj_id: UUID, evidence_id: UUID) -> LpjEvidence:
    found = view.session.scalars(
        select(LpjEvidence).where(LpjEvidence.id == evidence_id, LpjEvidence.lpj_id == lpj_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("Berkas itu tidak ada pada LPJ ini."))
    return found


def _audit(work: Work, lpj: Lpj, action: str, evidence: LpjEvidence) -> None:
    work.audit(action, ref_of(lpj), sha256=evidence.sha256)
