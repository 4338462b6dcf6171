"""From the bank: statements, each of them read once.

A statement says which of our instructions the bank has paid or returned; what it says of others is
counted and shown, never guessed. The same statement again changes nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.identity import Identity
from leuit.storage import insert_into
from leuit.values import ConflictError, RecordRef, _, new_id
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_sp2d.bank.bookings import Booking
from leuit_sp2d.bank.statements import Statement, read_statement
from leuit_sp2d.models import PAID, RETURNED, SENT, BankStatement, Instruction, Payment
from leuit_sp2d.permissions import EXCHANGE
from leuit_sp2d.rules import chain

from .acts import PAID as PAID_ACT
from .acts import RETUR, write_act
from .moving import move, ref_of
from .papers import confirm_papers
from .rkud import debtor_of


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
class ReceivedStatement:
    """The statements of a file that is in the store; nothing was done with them yet."""

    statements: tuple[Statement, ...]
    file: StoredFile


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


def last_statement(view: View) -> BankStatement | None:
    """The statement that ends last, for the balance in view of Kuasa BUD."""
    return view.session.scalars(
        select(BankStatement)
        .where(BankStatement.account == debtor_of(view).number)
        .order_by(BankStatement.ends_on.desc(), BankStatement.read_at.desc())
        .limit(1)
    ).first()


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
