"""Why a budget line does not bear a claim: which limit, what is left, and who holds the rest."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.values import ConflictError, _
from leuit.work import View
from leuit_sp2d.models import STANDING, Line, Paper, Payment, PaymentLine
from leuit_sp2d.rules.chain import HOLDS, SPENDS
from leuit_sp2d.rules.limits import Pockets, Shortage, shortage
from leuit_sp2d.rules.rupiah import format_rupiah

SHOWN = 5


@attrs.frozen
class Holding:
    """A payment that has money of a line: its document, how much, and whether it only reserves."""

    payment_id: UUID
    number: str
    amount: int
    reserved: bool


@attrs.frozen
class LineShortage:
    """A line that does not bear a claim; `holdings` are the last documents of it, `others` more."""

    line_id: UUID
    account: str
    shortage: Shortage
    holdings: tuple[Holding, ...]
    others: int


class LimitError(ConflictError):
    """A claim passes the DPA or the SPD of a line; nothing was moved.

    `lines` tells it line by line for pages and programs.
    """

    code = "budget_limit"

    def __init__(self, lines: tuple[LineShortage, ...]) -> None:
        first = lines[0]
        sentence = (
            _("Pagu %(account)s tidak cukup: sisa %(left)s, diminta %(asked)s.")
            if first.shortage.limit == "dpa"
            else _("SPD %(account)s tidak cukup: sisa %(left)s, diminta %(asked)s.")
        )
        super().__init__(
            sentence,
            advice=_("Dipakai oleh: %(held)s."),
            account=first.account,
            left=format_rupiah(first.shortage.left),
            asked=format_rupiah(first.shortage.asked),
            held=_listed(first) or "–",
        )
        self.lines = lines

    def to_problem(self, language: str = "id") -> dict[str, Any]:
        problem = super().to_problem(language)
        problem["lines"] = [
            {
                "line": str(line.line_id),
                "account": line.account,
                "limit": line.shortage.limit,
                "left": line.shortage.left,
                "asked": line.shortage.asked,
                "held_by": [{"number": one.number, "amount": one.amount} for one in line.holdings],
            }
            for line in self.lines
        ]
        return problem


def shortages(view: View, asked: Mapping[UUID, int]) -> tuple[LineShortage, ...]:
    """Every line that does not bear what is asked of it, in the order of accounts."""
    rows = view.connection.execute(
        select(Line.id, Line.activity, Line.account, *(getattr(Line, name) for name in _NAMES))
        .where(Line.id.in_(asked))
        .order_by(Line.activity, Line.account)
    )
    found = []
    for row in rows:
        pockets = Pockets(row.unreleased, row.free, row.reserved, row.spent)
        short = shortage(pockets, asked[row.id])
        if short is not None:
            holdings, others = holdings_of(view, row.id)
            found.append(LineShortage(row.id, row.account, short, holdings, others))
    return tuple(found)


def require_room(view: View, asked: Mapping[UUID, int]) -> None:
    """LimitError unless every line bears what is asked of it now; nothing is reserved."""
    if found := shortages(view, asked):
        raise LimitError(found)


def holdings_of(view: View, line_id: UUID) -> tuple[tuple[Holding, ...], int]:
    """The last documents that reserve or spent money of a line, and how many more there are."""
    held = (
        select(Payment.id, Paper.number, PaymentLine.amount, Payment.state, Paper.kind)
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .join(Paper, Paper.payment_id == Payment.id)
        .where(
            PaymentLine.line_id == line_id,
            Payment.state.in_(HOLDS | SPENDS),
            Paper.state == STANDING,
            Paper.kind.in_(("SPM", "SP2D")),
            (Paper.kind == "SP2D") == Payment.state.in_(SPENDS),
        )
    )
    rows = view.connection.execute(
        held.order_by(Payment.state.in_(SPENDS), Paper.number.desc()).limit(SHOWN)
    ).all()
    total = view.connection.execute(select(func.count()).select_from(held.subquery())).scalar_one()
    return (
        tuple(Holding(row.id, row.number, row.amount, row.state in HOLDS) for row in rows),
        total - len(rows),
    )


_NAMES = ("unreleased", "free", "reserved", "spent")


def _listed(line: LineShortage) -> str:
    told = ", ".join(f"{one.number} ({format_rupiah(one.amount)})" for one in line.holdings)
    return f"{told}, +{line.others}" if line.others else told
