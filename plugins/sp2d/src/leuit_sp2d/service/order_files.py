"""To the bank: files of orders, in which each instruction goes once.

The file is made outside of any unit of work, then the instructions in it are marked as sent
together or not at all.
"""

from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.identity import Identity
from leuit.values import ConflictError, RecordRef, _, new_id
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_sp2d.bank.orders import Order, write_orders
from leuit_sp2d.models import SENT, WAITING, Batch, Instruction, Payment
from leuit_sp2d.permissions import EXCHANGE

from .rkud import debtor_of

MOST_ORDERS = 5_000


@attrs.frozen
class OrderFile:
    """A file of orders in the store, and the instructions in it; nothing is marked as sent yet."""

    batch_id: UUID
    message_id: str
    file: StoredFile
    rows: tuple[Instruction, ...]


def waiting(view: View) -> Sequence[Instruction]:
    """The instructions that no file holds yet, the oldest first, for whoever may send them."""
    view.require_on_root(EXCHANGE)
    return view.session.scalars(
        select(Instruction)
        .join(Payment, Payment.id == Instruction.payment_id)
        .where(Instruction.state == WAITING, Payment.unit_id.in_(view.units(EXCHANGE)))
        .order_by(Instruction.made_at, Instruction.id)
        .limit(MOST_ORDERS)
    ).all()


def send_orders(
    app: Leuit, identity: Identity, chosen: Sequence[UUID] | None = None, *, request_id: str = ""
) -> Batch:
    """Put waiting instructions, all or those chosen, into one file of orders (pain.001).

    Whoever has put just those chosen into a file already gets that file. Raises ConflictError when
    there is none, or when another file has taken one of them meanwhile.
    """
    made = make_orders(app, identity, chosen)
    with app.change(identity, request_id=request_id) as work:
        return mark_sent(work, made)


def make_orders(
    app: Leuit, identity: Identity, chosen: Sequence[UUID] | None = None
) -> OrderFile | Batch:
    """Write the file of orders into the store, outside of any unit; nothing is sent yet.

    The file of before where the asker has sent just those already.
    """
    with app.read(identity) as view:
        rows = [row for row in waiting(view) if chosen is None or row.id in chosen]
        if chosen is not None and (sent := _sent_before(view, chosen)) is not None:
            return sent
        debtor = debtor_of(view)
        now, today = view.now, view.today
    if not rows or (chosen is not None and len(rows) != len(set(chosen))):
        raise ConflictError(
            _("Tidak ada perintah bayar yang menunggu dikirim."),
            advice=_("Muat ulang halaman: mungkin sudah dikirim orang lain."),
        )
    batch_id = new_id()
    message_id = f"SP2D{today:%Y%m%d}-{batch_id.hex[-12:].upper()}"
    data = write_orders(message_id, now, debtor, [_order(row) for row in rows], today)
    file = store_file(app, data, "application/xml", f"{message_id}.xml")
    return OrderFile(batch_id, message_id, file, tuple(rows))


def mark_sent(work: Work, made: OrderFile | Batch) -> Batch:
    """Mark what a file of orders holds as sent, all of it or nothing; one of before stays as it is.

    Raises ConflictError when another has sent or withdrawn one of them meanwhile.
    """
    work.require_on_root(EXCHANGE)
    if isinstance(made, Batch):
        return made
    ids = [row.id for row in made.rows]
    held = select(Instruction.state).where(Instruction.id.in_(ids)).order_by(Instruction.id)
    if set(work.connection.execute(held.with_for_update()).scalars()) != {WAITING}:
        if (sent := _sent_before(work, ids)) is not None:  # by the same request, a moment ago
            return sent
        raise ConflictError(
            _("Sebagian perintah bayar baru saja dikirim atau ditarik orang lain."),
            advice=_("Muat ulang halaman, lalu kirim lagi. Berkas ini tidak dipakai."),
        )
    batch = _write_batch(work, made)
    work.audit(
        "sp2d.orders.sent",
        batch_ref(batch),
        count=batch.count,
        total=batch.total,
        sha256=batch.sha256,
    )
    return batch


def batch_ref(batch: Batch) -> RecordRef:
    """How the audit log names a file of orders."""
    return RecordRef("sp2d.batch", str(batch.id), batch.message_id)


def find_batch(view: View, batch_id: UUID) -> Batch | None:
    """A file of orders, for whoever may exchange files with the bank."""
    view.require_on_root(EXCHANGE)
    return view.session.get(Batch, batch_id)


def _order(row: Instruction) -> Order:
    return Order(
        end_to_end=row.end_to_end,
        amount=row.amount,
        payee=row.payee,
        holder=row.holder,
        bank=row.bank,
        account=row.account,
        remittance=row.remittance,
    )


def _sent_before(view: View, chosen: Sequence[UUID]) -> Batch | None:
    """The file that the asker made of just those instructions; None where there is none."""
    of_chosen = select(Instruction.batch_id).where(Instruction.id.in_(chosen))
    batches = view.connection.execute(of_chosen).scalars().all()
    if len(set(batches)) != 1 or batches[0] is None:
        return None
    batch = view.session.get_one(Batch, batches[0])
    mine = batch.made_by == view.identity.person_id
    return batch if mine and len(set(chosen)) == len(batches) == batch.count else None


def _write_batch(work: Work, made: OrderFile) -> Batch:
    register_file(work, made.file)
    batch = Batch(
        id=made.batch_id,
        message_id=made.message_id,
        sha256=made.file.sha256,
        count=len(made.rows),
        total=sum(row.amount for row in made.rows),
        made_at=work.now,
        made_by=work.identity.person_id,
    )
    work.session.add(batch)
    work.session.flush()
    work.connection.execute(
        update(Instruction)
        .where(Instruction.id.in_([row.id for row in made.rows]))
        .values(state=SENT, batch_id=batch.id)
    )
    return batch
