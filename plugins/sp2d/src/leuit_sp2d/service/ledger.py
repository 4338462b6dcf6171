"""Moving money between the pockets of budget lines: reserve, spend, release, never change.

A movement is one conditional UPDATE of the line, which fails where the pocket holds too little, and
one inserted entry. Lines are taken in the order of their ids, so that two payments that share lines
never wait for each other. Nothing is updated or deleted in the ledger; `reverse` adds the opposite.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import BigInteger, BindParameter, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased

from leuit.storage import Prepared
from leuit.values import ConflictError, _, new_id
from leuit.work import View, Work
from leuit_sp2d.models import OUTSIDE, POCKETS, Entry, Line


@attrs.frozen
class Move:
    """`amount` rupiah of one line from a pocket to another; `reverses` is an earlier entry."""

    line_id: UUID
    from_pocket: str
    to_pocket: str
    amount: int
    reverses: UUID | None = None


@attrs.frozen
class Cause:
    """The document from which movements follow: dpa, spd, spm, sp2d, void or refund."""

    kind: str
    id: UUID


class EmptyPocketError(ConflictError):
    """A pocket of a line holds less than is to be moved; nothing was moved."""

    code = "empty_pocket"

    def __init__(self, move: Move) -> None:
        super().__init__(
            _("Saldo baris anggaran tidak cukup untuk pemindahan ini."),
            advice=_("Muat ulang halaman: saldo baru saja berubah."),
        )
        self.move = move


def post(work: Work, moves: Sequence[Move], cause: Cause) -> None:
    """Make all movements or none; EmptyPocketError names the first that a line cannot bear."""
    rows = []
    for move in sorted(moves, key=lambda move: move.line_id.bytes):
        statement = _UPDATES[move.from_pocket, move.to_pocket]
        values = {"moved": move.amount, "line": move.line_id}
        if statement.run(work.connection, values) != 1:
            raise EmptyPocketError(move)
        rows.append(
            {
                "id": new_id(),
                "line_id": move.line_id,
                "from_pocket": move.from_pocket,
                "to_pocket": move.to_pocket,
                "amount": move.amount,
                "cause_kind": cause.kind,
                "cause_id": cause.id,
                "reverses_id": move.reverses,
                "at": work.now,
            }
        )
    if rows:
        _INSERT.run_many(work.connection, rows)


def reverse(
    work: Work, of: Cause, cause: Cause, less: Mapping[UUID, int] | None = None
) -> dict[UUID, int]:
    """Take back what is left of all movements that follow from a document.

    `less` is what has left a line on another way meanwhile, such as a refund. Returns how much of
    each line had been taken back before.
    """
    lock_lines(work, work.connection.execute(_LINES_OF, _asked(of)).scalars())
    rows = left_of(work, of)
    moves = []
    for row in rows:
        amount = int(row.left) - (less or {}).get(row.line_id, 0)
        if amount > 0:
            moves.append(Move(row.line_id, row.to_pocket, row.from_pocket, amount, reverses=row.id))
    post(work, moves, cause)
    return {row.line_id: row.amount - int(row.left) for row in rows}


def left_of(view: View, cause: Cause) -> Sequence[Any]:
    """The movements of a document, and how much of each is not yet reversed (`left`)."""
    return view.connection.execute(_LEFT, _asked(cause)).all()


def lock_lines(work: Work, line_ids: Iterable[UUID]) -> None:
    """Keep others from moving money of these lines until the unit ends (PostgreSQL; SQLite has one
    writer anyway).
    """
    ids = sorted(set(line_ids), key=lambda line_id: line_id.bytes)
    if work.database.dialect == "postgresql" and ids:
        work.connection.execute(
            select(Line.id)
            .where(Line.id.in_(ids))
            .order_by(Line.id)
            .with_for_update(key_share=True)  # who only names a line in a claim need not wait
        ).all()


def _asked(cause: Cause) -> dict[str, Any]:
    return {"kind": cause.kind, "cause": cause.id}


def _moving(from_pocket: str, to_pocket: str) -> Prepared:
    """The statement of one way, built once: a movement is on the path of every payment."""
    statement = update(Line).where(Line.id == bindparam("line"))
    amount: BindParameter[int] = bindparam("moved", type_=BigInteger())
    values: dict[str, Any] = {}
    if from_pocket != OUTSIDE:
        column = getattr(Line, from_pocket)
        statement = statement.where(column >= amount)
        values[from_pocket] = column - amount
    if to_pocket != OUTSIDE:
        values[to_pocket] = getattr(Line, to_pocket) + amount
    return Prepared(statement.values(values))


_ALL = (OUTSIDE, *POCKETS)
_UPDATES = {
    (source, target): _moving(source, target)
    for source in _ALL
    for target in _ALL
    if source != target
}
_INSERT = Prepared(insert(Entry))
_REVERSAL = aliased(Entry)
_OF = (Entry.cause_kind == bindparam("kind"), Entry.cause_id == bindparam("cause"))
_LINES_OF = select(Entry.line_id).where(*_OF)
_LEFT = (
    select(
        Entry.id,
        Entry.line_id,
        Entry.from_pocket,
        Entry.to_pocket,
        Entry.amount,
        (
            Entry.amount
            - func.coalesce(
                select(func.sum(_REVERSAL.amount))
                .where(_REVERSAL.reverses_id == Entry.id)
                .scalar_subquery(),
                0,
            )
        ).label("left"),
    )
    .where(*_OF)
    .order_by(Entry.line_id, Entry.id)
)
