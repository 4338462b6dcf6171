"""Whether the books agree: kept balances with their entries, entries with their documents.

Each comparison is one statement of the database over all rows; what it returns is wrong.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from leuit.values import Text, _
from leuit.work import View
from leuit_sp2d.models import (
    FREE,
    OUTSIDE,
    PAID,
    POCKETS,
    RESERVED,
    SENT,
    SPENT,
    STANDING,
    UNRELEASED,
    WAITING,
    Dpa,
    DpaLine,
    Entry,
    Instruction,
    Line,
    Paper,
    Payment,
    PaymentLine,
    Refund,
    SpdLine,
)
from leuit_sp2d.rules.chain import BANK, HOLDS, SPENDS
from leuit_sp2d.rules.chain import PAID as PAYMENT_PAID

MOST = 100


@attrs.frozen
class Disagreement:
    """Two figures that should be one: `what` of `id`, as it is `kept` and as it is `worked_out`."""

    what: Text
    id: UUID
    kept: int
    worked_out: int


@attrs.frozen
class LedgerReport:
    """What a check looked at, and every disagreement up to a hundred of each kind."""

    lines: int
    entries: int
    payments: int
    disagreements: tuple[Disagreement, ...]


def check_ledger(view: View) -> LedgerReport:
    """Compare everything; an empty list of disagreements means that every rupiah is explained."""
    found = (
        *_pockets(view),
        *_commitments(view),
        *_reversals(view),
        *_transfers(view),
        *_editions(view),
        *_releases(view),
        *_refunds(view),
    )
    return LedgerReport(_count(view, Line), _count(view, Entry), _count(view, Payment), found)


def _count(view: View, table: type[Line | Entry | Payment]) -> int:
    return int(view.connection.execute(select(func.count()).select_from(table)).scalar_one())


def _sum(column: Any) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


def _moved() -> Subquery:
    """What the entries of each line put into each pocket."""
    columns = [
        _sum(
            case(
                (Entry.to_pocket == pocket, Entry.amount),
                (Entry.from_pocket == pocket, -Entry.amount),
                else_=0,
            )
        ).label(pocket)
        for pocket in POCKETS
    ]
    return select(Entry.line_id, *columns).group_by(Entry.line_id).subquery()


def _pockets(view: View) -> Iterator[Disagreement]:
    """Kept balances against the sums of the entries, pocket by pocket in one pass."""
    moved = _moved()
    worked_out = {pocket: func.coalesce(moved.c[pocket], 0) for pocket in POCKETS}
    wrong = [getattr(Line, pocket) != worked_out[pocket] for pocket in POCKETS]
    rows = view.connection.execute(
        select(
            Line.id,
            *(getattr(Line, pocket).label(f"kept_{pocket}") for pocket in POCKETS),
            *(worked_out[pocket].label(f"sum_{pocket}") for pocket in POCKETS),
        )
        .outerjoin(moved, moved.c.line_id == Line.id)
        .where(wrong[0] | wrong[1] | wrong[2] | wrong[3])
        .order_by(Line.id)
        .limit(MOST)
    )
    for found in rows.mappings():
        for pocket in POCKETS:
            kept, summed = found[f"kept_{pocket}"], found[f"sum_{pocket}"]
            if kept != summed:
                yield Disagreement(_POCKET_WORDS[pocket], found["id"], int(kept), int(summed))


def _commitments(view: View) -> Iterator[Disagreement]:
    """What payments hold against what their lines have reserved and spent (less refunds)."""
    held = (
        select(
            PaymentLine.line_id,
            _sum(case((Payment.state.in_(HOLDS), PaymentLine.amount), else_=0)).label("reserved"),
            _sum(case((Payment.state.in_(SPENDS), PaymentLine.amount), else_=0)).label("spent"),
        )
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(Payment.state.in_(HOLDS | SPENDS))
        .group_by(PaymentLine.line_id)
        .subquery()
    )
    spending = aliased(Entry)
    refunded = (
        select(Entry.line_id, _sum(Entry.amount).label("amount"))
        .join(spending, spending.id == Entry.reverses_id)
        .join(Paper, Paper.id == spending.cause_id)
        .where(Entry.cause_kind == "refund", Paper.state == STANDING)
        .group_by(Entry.line_id)
        .subquery()
    )
    zero = literal(0)
    reserved = func.coalesce(held.c.reserved, zero)
    spent = func.coalesce(held.c.spent, zero) - func.coalesce(refunded.c.amount, zero)
    rows = view.connection.execute(
        select(
            Line.id,
            Line.reserved,
            reserved.label("held_reserved"),
            Line.spent,
            spent.label("held_spent"),
        )
        .outerjoin(held, held.c.line_id == Line.id)
        .outerjoin(refunded, refunded.c.line_id == Line.id)
        .where((Line.reserved != reserved) | (Line.spent != spent))
        .limit(MOST)
    )
    for row in rows:
        if row.reserved != row.held_reserved:
            yield Disagreement(
                _("disisihkan menurut pembayaran"), row.id, row.reserved, int(row.held_reserved)
            )
        if row.spent != row.held_spent:
            yield Disagreement(_("cair menurut pembayaran"), row.id, row.spent, int(row.held_spent))


def _reversals(view: View) -> Iterator[Disagreement]:
    """Nothing is taken back more than once: reversals never pass the entry they reverse."""
    taken = (
        select(Entry.reverses_id, _sum(Entry.amount).label("amount"))
        .where(Entry.reverses_id.is_not(None))
        .group_by(Entry.reverses_id)
        .subquery()
    )
    rows = view.connection.execute(
        select(Entry.id, Entry.amount, taken.c.amount.label("taken"))
        .join(taken, taken.c.reverses_id == Entry.id)
        .where(taken.c.amount > Entry.amount)
        .limit(MOST)
    )
    for row in rows:
        yield Disagreement(_("entri yang dibalik berlebih"), row.id, row.amount, int(row.taken))


def _transfers(view: View) -> Iterator[Disagreement]:
    """A payment with an SP2D has one transfer of its net amount; nothing is paid without SP2D."""
    transferred = (
        select(Instruction.payment_id, _sum(Instruction.amount).label("amount"))
        .where(Instruction.state.in_((WAITING, SENT, PAID)))
        .group_by(Instruction.payment_id)
        .subquery()
    )
    standing = (
        select(Paper.payment_id).where(Paper.kind == "SP2D", Paper.state == STANDING).subquery()
    )
    amount = func.coalesce(transferred.c.amount, 0)
    wanted = case(
        (
            Payment.state.in_((BANK, PAYMENT_PAID)) & standing.c.payment_id.is_not(None),
            Payment.net,
        ),
        else_=0,
    )
    rows = view.connection.execute(
        select(Payment.id, amount.label("amount"), wanted.label("wanted"))
        .outerjoin(transferred, transferred.c.payment_id == Payment.id)
        .outerjoin(standing, standing.c.payment_id == Payment.id)
        .where(amount != wanted)
        .limit(MOST)
    )
    for row in rows:
        yield Disagreement(_("perintah bayar"), row.id, int(row.amount), int(row.wanted))


def _editions(view: View) -> Iterator[Disagreement]:
    """What came from outside by an edition of a DPA, line by line, is what it gives beyond the
    edition before.
    """
    before = func.lag(DpaLine.amount).over(partition_by=DpaLine.line_id, order_by=Dpa.sequence)
    told = select(
        DpaLine.dpa_id.label("document"),
        DpaLine.line_id.label("line"),
        (DpaLine.amount - func.coalesce(before, 0)).label("told"),
        _NOTHING.label("moved"),
    ).join(Dpa, Dpa.id == DpaLine.dpa_id)
    moved = _entries("dpa", UNRELEASED).where(
        (Entry.from_pocket == OUTSIDE) | (Entry.to_pocket == OUTSIDE)
    )
    return _against_documents(view, _("pagu menurut DPA"), told, moved)


def _releases(view: View) -> Iterator[Disagreement]:
    """What an SPD releases, line by line, is what became free by it."""
    told = select(
        SpdLine.spd_id.label("document"),
        SpdLine.line_id.label("line"),
        SpdLine.amount.label("told"),
        _NOTHING.label("moved"),
    )
    return _against_documents(view, _("dana menurut SPD"), told, _entries("spd", FREE))


def _refunds(view: View) -> Iterator[Disagreement]:
    """What was paid back by an STS is what became free by it, over all its lines."""
    told = select(
        Refund.id.label("document"),
        _NO_LINE.label("line"),
        Refund.total.label("told"),
        _NOTHING.label("moved"),
    )
    moved = _entries("refund", FREE, _NO_LINE)
    return _against_documents(view, _("pengembalian menurut STS"), told, moved)


def _entries(kind: str, pocket: str, line: Any = Entry.line_id) -> Select[*tuple[Any, ...]]:
    """What the documents of a kind put into a pocket; what they took out of it counts less."""
    return select(
        Entry.cause_id.label("document"),
        line.label("line"),
        _NOTHING.label("told"),
        case((Entry.to_pocket == pocket, Entry.amount), else_=-Entry.amount).label("moved"),
    ).where(Entry.cause_kind == kind)


def _against_documents(
    view: View, what: Text, told: Select[*tuple[Any, ...]], moved: Select[*tuple[Any, ...]]
) -> Iterator[Disagreement]:
    """Both sides in one grouping, so that a document without entries is found, and the reverse."""
    both = union_all(told, moved).subquery()
    sums = _sum(both.c.told), _sum(both.c.moved)
    rows = view.connection.execute(
        select(both.c.document, sums[0].label("told"), sums[1].label("moved"))
        .group_by(both.c.document, both.c.line)
        .having(sums[0] != sums[1])
        .limit(MOST)
    )
    for row in rows:
        yield Disagreement(what, row.document, int(row.told), int(row.moved))


_NOTHING = literal(0, BigInteger)
_NO_LINE = null()
_POCKET_WORDS = {
    UNRELEASED: _("belum dirilis"),
    FREE: _("tersedia"),
    RESERVED: _("disisihkan"),
    SPENT: _("cair"),
}
