"""Transfers: a list is prepared, its berita acara signed, and then its dossiers are inactive."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from leuit.identity import Unit
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import View, Work, register_file
from leuit_archives.models import Dossier, Retention, Transfer, TransferItem
from leuit_archives.models.transfers import CALLED_OFF, MOVED, PREPARED
from leuit_archives.permissions import READ_RECORDS, TRANSFER

from .dossiers import checked_reason
from .minutes_rounds import require_no_round
from .moving import move_dossiers, refusal, standings
from .papers import Paper, checked_paper
from .record_access import dossier_ref, find_dossier, signature_of

PREPARED_ACTION = "archives.transfer.prepared"
MOVED_ACTION = "archives.transfer.moved"
CALLED_OFF_ACTION = "archives.transfer.called_off"
TAKEN_BACK = "archives.retention.taken_back"
MOST_ITEMS = 1_000


def due_for_transfer(view: View, unit_id: UUID) -> list[Dossier]:
    """The dossiers of a unit whose active period is over and that are on no prepared list."""
    waiting = (
        select(TransferItem.dossier_id)
        .join(Transfer, Transfer.id == TransferItem.transfer_id)
        .where(Transfer.state == PREPARED)
    )
    return list(
        view.session.scalars(
            select(Dossier)
            .join(Retention, Retention.dossier_id == Dossier.id)
            .where(
                Dossier.unit_id == unit_id,
                Retention.next_step == "transfer",
                Retention.due_on <= view.today,
                Dossier.id.not_in(waiting),
            )
            .order_by(Retention.due_on, Dossier.id)
            .limit(MOST_ITEMS)
        )
    )


def prepare_transfer(work: Work, unit_id: UUID, dossiers: Sequence[UUID]) -> Transfer:
    """Put dossiers of a unit on a list whose berita acara can be printed now.

    Raises InvalidInputError for none or too many, ConflictError for one that is not due.
    """
    work.require(TRANSFER, unit_id)
    wanted = list(dict.fromkeys(dossiers))
    if not 1 <= len(wanted) <= MOST_ITEMS:
        raise InvalidInputError(
            _("Pilih sedikitnya satu dan paling banyak %s berkas.") % MOST_ITEMS
        )
    found = standings(work, wanted, lock=True)
    due = {one.id for one in due_for_transfer(work, unit_id)}
    for one in found:
        if one.dossier.id not in due:
            raise ConflictError(
                _("Berkas %(number)s belum waktunya dipindahkan, atau sudah ada dalam daftar."),
                advice=_("Muat ulang halaman, lalu pilih lagi."),
                number=signature_of(one.dossier),
            )
    if len(found) < len(wanted):
        raise NotFoundError(_("Salah satu berkas itu tidak ada."))
    transfer = Transfer(unit_id=unit_id, prepared_by=work.identity.person_id, prepared_at=work.now)
    work.session.add(transfer)
    work.session.flush()
    work.session.add_all(
        TransferItem(transfer_id=transfer.id, place=place, dossier_id=one)
        for place, one in enumerate(wanted, 1)
    )
    work.session.flush()
    work.audit(PREPARED_ACTION, transfer_ref(transfer), unit=unit_id, count=len(wanted))
    return transfer


def sign_transfer(work: Work, transfer_id: UUID, version: int, minutes: Paper) -> Transfer:
    """Record the signed berita acara; from now on the dossiers are inactive.

    Raises ConflictError where it is moved or called off, and for a dossier that is not due any
    more, because an event was corrected since.
    """
    transfer = locked_transfer(work, transfer_id, version)
    require_no_round(work, transfer)
    paper = checked_paper(work, minutes)
    assert paper.file is not None  # a checked paper has one
    require_due(work, transfer)
    move_by_minutes(work, transfer, paper, work.identity.person_id)
    return transfer


def require_due(work: Work, transfer: Transfer) -> None:
    """ConflictError, with the first dossier on the list that is not due any more."""
    items = [one.id for one in items_of(work, transfer.id)]
    for one in standings(work, items, lock=True):
        late = one.retention
        if late.next_step != "transfer" or late.due_on is None or late.due_on > work.today:
            raise refusal(one)


def move_by_minutes(work: Work, transfer: Transfer, paper: Paper, by: UUID | None) -> None:
    """Move what is on the list by its signed berita acara; the caller holds the transfer."""
    assert paper.file is not None  # of a signed paper
    items = [one.id for one in items_of(work, transfer.id)]
    move_dossiers(work, items, "transfer")
    sha256 = register_file(work, paper.file)  # first: it asks the database, which wants a whole row
    transfer.state, transfer.number, transfer.dated = MOVED, paper.number, paper.dated
    transfer.minutes_sha256 = sha256
    transfer.moved_by = by
    transfer.version += 1
    work.audit(
        MOVED_ACTION,
        transfer_ref(transfer),
        number=paper.number,
        dated=paper.dated,
        sha256=sha256,
        count=len(items),
    )


def call_off_transfer(work: Work, transfer_id: UUID, version: int, reason: str) -> Transfer:
    """Call a prepared list off, with the reason; its dossiers stay active."""
    transfer = locked_transfer(work, transfer_id, version)
    require_no_round(work, transfer)
    text = checked_reason(reason)
    transfer.state = CALLED_OFF
    transfer.version += 1
    work.audit(CALLED_OFF_ACTION, transfer_ref(transfer), reason=text)
    return transfer


def take_back(work: Work, dossier_id: UUID, reason: str) -> None:
    """Make an inactive dossier active again, with the reason, while it lies in no proposal."""
    dossier = find_dossier(work, dossier_id)
    work.require(TRANSFER, dossier.unit_id)
    text = checked_reason(reason)
    move_dossiers(work, [dossier.id], "take_back")
    work.audit(TAKEN_BACK, dossier_ref(dossier), reason=text)


def listed_transfers(view: View, limit: int, *, after: UUID | None = None) -> Sequence[Transfer]:
    """The transfers of the units whose records the reader may read, the newest first."""
    query = select(Transfer).where(Transfer.unit_id.in_(view.units(READ_RECORDS)))
    if after is not None:
        query = query.where(Transfer.id < after)
    return view.session.scalars(query.order_by(Transfer.id.desc()).limit(limit)).all()


def find_transfer(view: View, transfer_id: UUID) -> Transfer:
    """A transfer of a unit whose records the reader may read; NotFoundError for any other."""
    found = view.session.scalar(
        select(Transfer).where(
            Transfer.id == transfer_id, Transfer.unit_id.in_(view.units(READ_RECORDS))
        )
    )
    if found is None:
        raise NotFoundError(_("Pemindahan itu tidak ada."), advice=_("Mulai dari daftar."))
    return found


def items_of(view: View, transfer_id: UUID) -> Sequence[Dossier]:
    """The dossiers of a transfer in the order of its list."""
    return view.session.scalars(
        select(Dossier)
        .join(TransferItem, TransferItem.dossier_id == Dossier.id)
        .where(TransferItem.transfer_id == transfer_id)
        .order_by(TransferItem.place)
    ).all()


def transfer_ref(transfer: Transfer) -> RecordRef:
    """The reference by which the audit log names a transfer."""
    return RecordRef("archives.transfer", str(transfer.id), transfer.number)


def locked_transfer(work: Work, transfer_id: UUID, version: int) -> Transfer:
    """A prepared transfer, held until the unit of work ends.

    Raises ConflictError once it is moved or called off, StaleEditError for another version.
    """
    transfer = find_transfer(work, transfer_id)
    work.require(TRANSFER, transfer.unit_id)
    work.session.refresh(transfer, with_for_update=True)
    if transfer.state != PREPARED:
        raise ConflictError(_("Pemindahan itu sudah selesai atau dibatalkan."))
    if transfer.version != version:
        raise StaleEditError(
            _("Pemindahan itu baru saja diubah orang lain."), advice=_("Muat ulang halaman.")
        )
    return transfer


def transfer_counts(
    view: View, found: Sequence[Transfer]
) -> tuple[dict[UUID, str], dict[UUID, int]]:
    """Of some transfers the short names of their units, and how many dossiers are on each list."""
    units = {
        row.id: row.short
        for row in view.connection.execute(
            select(Unit.id, Unit.short).where(Unit.id.in_({one.unit_id for one in found}))
        )
    }
    counts = {
        row.transfer_id: row.number
        for row in view.connection.execute(
            select(TransferItem.transfer_id, func.count().label("number"))
            .where(TransferItem.transfer_id.in_([one.id for one in found]))
            .group_by(TransferItem.transfer_id)
        )
    }
    return units, counts
