"""Rounds of signatures on a berita acara: the one that is open, the last one, and what it blocks.

While a berita acara is being signed its list stands still: it is not signed by hand beside it, not
called off and not undone.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from leuit.values import ConflictError, _
from leuit.work import View
from leuit_archives.models import Disposal, MinutesRound, MinutesSigner, Transfer
from leuit_archives.models.minutes_rounds import OPEN

SIGN_PORT = "sign_document"


def last_round(view: View, subject: Transfer | Disposal) -> MinutesRound | None:
    """The newest round of a transfer or disposal, whatever became of it."""
    query = select(MinutesRound).where(_of(subject)).order_by(MinutesRound.id.desc()).limit(1)
    return view.session.scalar(query)


def require_no_round(view: View, subject: Transfer | Disposal) -> None:
    """ConflictError while a berita acara is with the service that signs."""
    found = last_round(view, subject)
    if found is not None and found.state in OPEN:
        raise ConflictError(
            _("Berita acara ini sedang ditandatangani secara elektronik."),
            advice=_("Tunggu, atau tarik dokumennya di halaman tanda tangan."),
        )


def signers_of(view: View, round_id: UUID) -> Sequence[MinutesSigner]:
    """Who is to sign, in order."""
    return view.session.scalars(
        select(MinutesSigner)
        .where(MinutesSigner.round_id == round_id)
        .order_by(MinutesSigner.place)
    ).all()


def subject_of(view: View, one: MinutesRound) -> Transfer | Disposal:
    """The transfer or disposal that a round is of."""
    if one.transfer_id is not None:
        return view.session.get_one(Transfer, one.transfer_id)
    return view.session.get_one(Disposal, one.disposal_id)


def _of(subject: Transfer | Disposal) -> ColumnElement[bool]:
    if isinstance(subject, Transfer):
        return MinutesRound.transfer_id == subject.id
    return MinutesRound.disposal_id == subject.id
