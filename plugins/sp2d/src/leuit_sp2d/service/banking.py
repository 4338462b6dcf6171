"""To the bank and back: a file of orders out, statements in; each of them once.

The file is made outside of any unit of work, then the instructions in it are marked as sent
together or not at all. A statement says which of them the bank has paid or returned; what it says
of others is counted and shown, never guessed. The same statement again changes nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.builtin.core import has_real_people
from leuit.identity import Identity
from leuit.storage import insert_into
from leuit.values import ConflictError, RecordRef, _, new_id
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_sp2d.bank.bookings import Booking
from leuit_sp2d.bank.orders import Account, Order, write_orders
from leuit_sp2d.bank.statements import Statement, read_statement
from leuit_sp2d.models import (
    PAID,
    RETURNED,
    SENT,
    WAITING,
    BankStatement,
    Batch,
    Instruction,
    Payment,
)
from leuit_sp2d.permissions import EXCHANGE
from leuit_sp2d.rules import chain
from leuit_sp2d.settings import PaymentSettings

from .acts import PAID as PAID_ACT
from .acts import RETUR, write_act
from .moving import move, ref_of
from .papers import confirm_papers

MOST_ORDERS = 5_000


class NoAccountError(ConflictError):
    """The installation does not say from which account it pays."""

    code = "no_account"


_INVENTED = Account("RKUD KABUPATEN CONTOH", "110", "0099000001")


@attrs.frozen
class Reading:
    """What a statement told: how many were paid and returned, what was read before, and bookings
    that no instruction of ours explains.
    """

    paid: int = 0
    returned: int = 0
    repeated: int = 0
    unknown: tuple[Booking, ...] = ()
    known_before: bool = False


@attrs.frozen
class OrderFile:
    """A file of orders in the store, and the instructions in it; nothing is marked as sent yet."""

    batch_id: UUID
    message_id: str
    file: StoredFile
    rows: tuple[Instruction, ...]


@attrs.frozen
class ReceivedStatement:
    """The statements of a file that is in the store; nothing was done with them yet."""

    statements: tuple[Statement, ...]
    file: StoredFile


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


def read_bank_statement(
    app: Leuit, identity: Identity, name: str, data: bytes, *, request_id: str = ""
) -> Reading:
    """Take in a statement file (camt.053) of the RKUD, whole or not at all."""
    received = receive_statement(app, identity, name, data)
    with app.change(identity, request_id=request_id) as work:
        return take_in(work, received)


def receive_statement(app: Leuit, identity: Identity, name: str, data: bytes) -> ReceivedStatement:
    """Read a statement file and put it into the store, outside of any unit.

    Raises ConflictError when it is of another account.
    """
    statements = read_statement(data)
    with app.read(identity) as view:
        debtor = debtor_of(view)
    for statement in statements:
        if statement.account != debtor.number:
            raise ConflictError(
                _("Rekening koran itu bukan dari RKUD, melainkan %(account)s."),
                advice=_("Periksa berkas, atau rekening di pengaturan."),
                account=statement.account,
            )
    return ReceivedStatement(tuple(statements), store_file(app, data, "application/xml", name))


def take_in(work: Work, received: ReceivedStatement) -> Reading:
    """Do what a statement tells of our orders."""
    work.require_on_root(EXCHANGE)
    return _read_all(work, received.statements, received.file)


def batch_ref(batch: Batch) -> RecordRef:
    """How the audit log names a file of orders."""
    return RecordRef("sp2d.batch", str(batch.id), batch.message_id)


def find_batch(view: View, batch_id: UUID) -> Batch | None:
    """A file of orders, for whoever may exchange files with the bank."""
    view.require_on_root(EXCHANGE)
    return view.session.get(Batch, batch_id)


def last_statement(view: View) -> BankStatement | None:
    """The statement that ends last, for the balance in view of Kuasa BUD."""
    return view.session.scalars(
        select(BankStatement)
        .where(BankStatement.account == debtor_of(view).number)
        .order_by(BankStatement.ends_on.desc(), BankStatement.read_at.desc())
        .limit(1)
    ).first()


def debtor_of(view: View) -> Account:
    """The RKUD of the settings; where all people are invented, an invented one without them.

    NoAccountError on an installation at work that has not set it.
    """
    settings: PaymentSettings = view.app.vocabulary.settings["sp2d"]
    if settings.rkud_name and settings.rkud_bank and settings.rkud_account:
        return Account(settings.rkud_name, settings.rkud_bank, settings.rkud_account)
    if has_real_people(view):
        raise NoAccountError(
            _("Rekening kas umum daerah belum diatur."),
            advice=_("Isi rkud_name, rkud_bank dan rkud_account di [plugins.sp2d]."),
        )
    return _INVENTED


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


def _read_all(work: Work, statements: Sequence[Statement], file: StoredFile) -> Reading:
    told = Reading()
    for statement in statements:
        row_id = _note_statement(work, statement, file)
        if row_id is None:
            return attrs.evolve(told, known_before=True)
        one = _read_one(work, statement)
        work.connection.execute(
            update(BankStatement)
            .where(BankStatement.id == row_id)
            .values(paid=one.paid, returned=one.returned, unknown=len(one.unknown))
        )
        told = Reading(
            paid=told.paid + one.paid,
            returned=told.returned + one.returned,
            repeated=told.repeated + one.repeated,
            unknown=(*told.unknown, *one.unknown),
        )
    work.audit(
        "sp2d.statement.read",
        _statement_ref(statements[0], file),
        paid=told.paid,
        returned=told.returned,
        unknown=len(told.unknown),
    )
    return told


def _note_statement(work: Work, statement: Statement, file: StoredFile) -> UUID | None:
    """Note that a statement is being read; None when it was before, also in the same moment.

    Whoever notes it second waits for the first. ConflictError when it had another content.
    """
    if _is_known(work, statement, file):
        return None
    row = {
        "id": new_id(),
        "account": statement.account,
        "statement_id": statement.id,
        "page": statement.page or 1,
        "sha256": file.sha256,
        "ends_on": _ends_on(work, statement),
        "closing": statement.closing,
        "paid": 0,
        "returned": 0,
        "unknown": 0,
        "read_at": work.now,
        "read_by": work.identity.person_id,
    }
    noted = work.connection.execute(
        insert_into(work.database.dialect, BankStatement)
        .values(row)
        .on_conflict_do_nothing()
        .returning(BankStatement.id)
    ).scalar()
    if noted is not None:
        register_file(work, file)
    elif _is_known(work, statement, file):
        work.audit("sp2d.statement.read", _statement_ref(statement, file), known=True)
    return noted


def _is_known(work: Work, statement: Statement, file: StoredFile) -> bool:
    known = work.connection.execute(
        select(BankStatement.sha256).where(
            BankStatement.account == statement.account,
            BankStatement.statement_id == statement.id,
            BankStatement.page == (statement.page or 1),
        )
    ).scalar()
    if known not in (None, file.sha256):
        raise ConflictError(
            _("Rekening koran %(id)s sudah dibaca dengan isi lain."),
            advice=_("Minta bank mengirim ulang, lalu bandingkan kedua berkas."),
            id=statement.id,
        )
    return known is not None


def _statement_ref(statement: Statement, file: StoredFile) -> RecordRef:
    return RecordRef("sp2d.statement", file.sha256, statement.id)


def _read_one(work: Work, statement: Statement) -> Reading:
    names = {booking.end_to_end for booking in statement.bookings if booking.end_to_end}
    ours = {
        row.end_to_end: row
        for row in work.session.scalars(
            select(Instruction)
            .where(Instruction.end_to_end.in_(names))
            .order_by(Instruction.id)
            .with_for_update()
        )
    }
    became: Counter[str] = Counter()
    unknown: list[Booking] = []
    # A transfer may be booked and returned in one statement, in any order of its entries.
    for booking in sorted(statement.bookings, key=lambda one: one.kind == "returned"):
        row = ours.get(booking.end_to_end or "")
        did = _apply(work, row, booking) if row is not None else ""
        became[did] += 1
        if not did:
            unknown.append(booking)
    return Reading(became["paid"], became["returned"], became["repeated"], tuple(unknown))


def _apply(work: Work, row: Instruction, booking: Booking) -> str:
    """What a booking did to the instruction that it names; empty where it does not fit it."""
    if row.amount != booking.amount:
        return ""
    if booking.kind == "paid" and row.state == SENT:
        _paid(work, row, booking)
        return "paid"
    if booking.kind == "returned" and row.state == PAID:
        _returned(work, row, booking)
        return "returned"
    again = (
        row.state in (PAID, RETURNED) and row.bank_ref == booking.bank_ref
        if booking.kind == "paid"
        else booking.kind == "returned" and row.state == RETURNED
    )
    return "repeated" if again else ""


def _paid(work: Work, row: Instruction, booking: Booking) -> None:
    payment = work.session.get_one(Payment, row.payment_id)
    row.state, row.booked_on, row.bank_ref = PAID, booking.booked_on, booking.bank_ref[:35]
    write_act(work, payment, chain.BANK, PAID_ACT, None, note=row.end_to_end)
    _move(work, payment, chain.PAID)
    confirm_papers(work, payment.id)
    work.audit("sp2d.payment.paid", ref_of(payment), end_to_end=row.end_to_end, net=row.amount)


def _returned(work: Work, row: Instruction, booking: Booking) -> None:
    """The posting stays: the money is the region's again, but still meant for the payee."""
    payment = work.session.get_one(Payment, row.payment_id)
    row.state, row.booked_on = RETURNED, booking.booked_on
    row.return_reason = booking.reason[:140]
    write_act(work, payment, chain.BANK, RETUR, None, note=booking.reason)
    _move(work, payment, chain.RETUR)
    work.audit(
        "sp2d.payment.bounced", ref_of(payment), end_to_end=row.end_to_end, reason=booking.reason
    )


def _move(work: Work, payment: Payment, state: str) -> None:
    work.session.flush()  # what is told of the transfer is read from its row
    move(work, payment, state)


def _ends_on(work: Work, statement: Statement) -> dt.date:
    days = [booking.booked_on for booking in statement.bookings]
    return statement.to or (max(days) if days else work.today)
