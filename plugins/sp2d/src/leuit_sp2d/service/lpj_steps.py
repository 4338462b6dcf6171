"""An LPJ on its way: submitted by its writer, then approved or sent back by PPK-SKPD.

It is submitted with evidence, within what the float still holds, and without a receipt that another
LPJ accounts for; the lines must bear it. An approved LPJ never changes: GU refills it.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import Work
from leuit_sp2d.models import Lpj, LpjEvidence, Receipt
from leuit_sp2d.permissions import VERIFY
from leuit_sp2d.rules.bill import receipt_mark
from leuit_sp2d.rules.rupiah import format_rupiah

from .acts import Reason
from .chain import checked_reasons
from .float import APPROVED, RETURNED, SUBMITTED, float_of, lines_of_lpj, lock_float
from .holdings import require_room
from .lpj import OPEN, locked_lpj, receipts_of, ref_of, require_lpj, written_lpj
from .people import actor_of
from .regulation import rules_on


class OverspentError(ConflictError):
    """An LPJ accounts for more than its float holds."""

    code = "overspent"


def submit_lpj(work: Work, lpj_id: UUID, version: int) -> Lpj:
    """Send an LPJ to PPK-SKPD; the same request again gives the first answer.

    Raises InvalidInputError without evidence or for a receipt of another LPJ, OverspentError,
    LimitError when a line does not bear it.
    """
    lpj = written_lpj(work, lpj_id)
    if lpj.state == SUBMITTED and lpj.version == version + 1:
        return lpj
    require_lpj(lpj, OPEN, version)
    lock_float(work, lpj.unit_id, lpj.year)
    _require_evidence(work, lpj)
    _require_new_receipts(work, lpj)
    funds = float_of(work, lpj.unit_id, lpj.year)
    if lpj.total > funds.in_hand:
        raise OverspentError(
            _("LPJ ini %(total)s, sedangkan UP tinggal %(left)s."),
            advice=_("Periksa nilai buktinya, atau tunggu GU cair."),
            total=format_rupiah(lpj.total),
            left=format_rupiah(funds.in_hand),
        )
    require_room(work, lines_of_lpj(work, lpj.id))
    _go(work, lpj, SUBMITTED)
    work.audit("sp2d.lpj.submitted", ref_of(lpj), total=lpj.total)
    return lpj


def approve_lpj(work: Work, lpj_id: UUID, version: int, note: str = "") -> Lpj:
    """Approve what was spent; from now on GU may refill it. By somebody else than its writer."""
    lpj = _deciding(work, lpj_id)
    if lpj.state == APPROVED and lpj.version == version + 1 and _is_mine(work, lpj):
        return lpj
    require_lpj(lpj, {SUBMITTED}, version)
    _decide(work, lpj, APPROVED, (), note)
    work.audit("sp2d.lpj.approved", ref_of(lpj), total=lpj.total)
    return lpj


def return_lpj(
    work: Work, lpj_id: UUID, version: int, reasons: Sequence[Reason], note: str = ""
) -> Lpj:
    """Send an LPJ back to its writer, with coded reasons of the edition."""
    lpj = _deciding(work, lpj_id)
    if lpj.state == RETURNED and lpj.version == version + 1 and _is_mine(work, lpj):
        return lpj
    require_lpj(lpj, {SUBMITTED}, version)
    checked = checked_reasons(rules_on(work).figures, reasons)
    _decide(work, lpj, RETURNED, checked, note)
    work.audit("sp2d.lpj.returned", ref_of(lpj), reasons=[reason.code for reason in checked])
    return lpj


def _deciding(work: Work, lpj_id: UUID) -> Lpj:
    lpj = locked_lpj(work, lpj_id, VERIFY)
    if lpj.created_by == actor_of(work).person_id:
        raise ConflictError(
            _("Anda sendiri yang menulis LPJ ini."),
            advice=_("Pengesahan harus dilakukan orang lain (pemisahan tugas)."),
        )
    return lpj


def _is_mine(work: Work, lpj: Lpj) -> bool:
    return lpj.decided_by == work.identity.person_id


def _decide(work: Work, lpj: Lpj, state: str, reasons: Sequence[Reason], note: str) -> None:
    actor = actor_of(work)
    lpj.decided_by, lpj.decided_as, lpj.decided_at = actor.person_id, actor.acted_as, work.now
    lpj.reasons = [attrs.asdict(reason) for reason in reasons]
    lpj.note = note.strip()[:500]
    _go(work, lpj, state)


def _go(work: Work, lpj: Lpj, state: str) -> None:
    lpj.state, lpj.since = state, work.now
    lpj.version += 1


def _require_evidence(work: Work, lpj: Lpj) -> None:
    count = select(func.count()).where(LpjEvidence.lpj_id == lpj.id)
    if not work.session.scalar(count):
        sentence = _("Lampirkan sedikitnya satu berkas bukti.")
        raise InvalidInputError(sentence, fields=[FieldError("file", sentence, "no_evidence")])


def _require_new_receipts(work: Work, lpj: Lpj) -> None:
    """No receipt is accounted for twice: the same number, date and amount."""
    own = receipts_of(work, lpj.id)
    rows = work.connection.execute(
        select(Receipt.number, Receipt.dated, Receipt.amount, Lpj.value)
        .join(Lpj, Lpj.id == Receipt.lpj_id)
        .where(
            Lpj.unit_id == lpj.unit_id,
            Lpj.year == lpj.year,
            Lpj.state.in_((SUBMITTED, APPROVED)),
            Receipt.dated.in_({one.dated for one in own}),
        )
    )
    known = {receipt_mark(row.number, row.dated, row.amount): row.value for row in rows}
    faults = [
        FieldError(
            f"receipts[{one.place}].number",
            _("Bukti %(number)s sudah ada di LPJ %(lpj)s."),
            "accounted",
            {"number": one.number, "lpj": f"{known[mark]:03d}/{lpj.year}"},
        )
        for one in own
        if (mark := receipt_mark(one.number, one.dated, one.amount)) in known
    ]
    if faults:
        raise InvalidInputError(_("Ada bukti yang sudah dipertanggungjawabkan."), fields=faults)
