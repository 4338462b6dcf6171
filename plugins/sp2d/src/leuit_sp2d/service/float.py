"""The float of an SKPD as it stands: worked out of payments and LPJs, so that nothing can differ.

Given and refilled is what the bank has paid; accounted for is what LPJs on their way or approved
say. There is one UP of unit and year, and its row is the lock of its float.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import case, func, select

from leuit.identity import Unit
from leuit.values import ConflictError, FieldError, _
from leuit.work import View, Work
from leuit_sp2d.models import Lpj, Payment, Receipt
from leuit_sp2d.rules.chain import CANCELLED, PAID
from leuit_sp2d.rules.float import Float, least_used, may_refill
from leuit_sp2d.rules.rupiah import format_rupiah

from .regulation import rules_on

DRAFT, SUBMITTED, RETURNED, APPROVED, DROPPED = (
    "draft",
    "submitted",
    "returned",
    "approved",
    "dropped",
)
"""States of an LPJ."""


class FloatError(ConflictError):
    """The float is above its figure, or too little of it is used for a refill."""

    code = "float"


def float_of(view: View, unit_id: UUID, year: int) -> Float:
    """The float of a unit and year; all zero where none was paid yet."""
    given, refilled = view.connection.execute(
        select(
            func.coalesce(func.sum(case((Payment.kind == "UP", Payment.gross), else_=0)), 0),
            func.coalesce(func.sum(case((Payment.kind == "GU", Payment.gross), else_=0)), 0),
        ).where(
            Payment.unit_id == unit_id,
            Payment.year == year,
            Payment.kind.in_(("UP", "GU")),
            Payment.state == PAID,
        )
    ).one()
    accounted, approved = view.connection.execute(
        select(
            func.coalesce(func.sum(Lpj.total), 0),
            func.coalesce(func.sum(case((Lpj.state == APPROVED, Lpj.total), else_=0)), 0),
        ).where(Lpj.unit_id == unit_id, Lpj.year == year, Lpj.state.in_((SUBMITTED, APPROVED)))
    ).one()
    return Float(int(given), int(accounted), int(approved), int(refilled))


def lock_float(work: Work, unit_id: UUID, year: int) -> Payment:
    """The paid UP of a unit and year, and no other LPJ of it is written until the unit ends.

    ConflictError while it was not paid.
    """
    given = work.session.scalars(
        select(Payment)
        .where(
            Payment.unit_id == unit_id,
            Payment.year == year,
            Payment.kind == "UP",
            Payment.state == PAID,
        )
        .with_for_update()
    ).first()
    if given is None:
        raise ConflictError(
            _("UP unit ini untuk tahun %(year)s belum cair."),
            advice=_("LPJ mempertanggungjawabkan UP yang sudah diterima."),
            year=year,
        )
    return given


def lines_of_lpj(view: View, lpj_id: UUID) -> dict[UUID, int]:
    """What an LPJ accounts for on each budget line."""
    rows = view.connection.execute(
        select(Receipt.line_id, func.sum(Receipt.amount).label("amount"))
        .where(Receipt.lpj_id == lpj_id)
        .group_by(Receipt.line_id)
    )
    return {row.line_id: int(row.amount) for row in rows}


def approved_lpj(view: View, unit_id: UUID, year: int, lpj_id: UUID | None) -> Lpj | None:
    """An approved LPJ of a unit and year, if there is one of that id."""
    return view.session.scalars(
        select(Lpj).where(
            Lpj.id == lpj_id, Lpj.unit_id == unit_id, Lpj.year == year, Lpj.state == APPROVED
        )
    ).one_or_none()


def refillable(view: View, unit_id: UUID, year: int) -> list[Lpj]:
    """The approved LPJs that no payment refills yet, the oldest first."""
    taken = select(Payment.id).where(Payment.lpj_id == Lpj.id, Payment.state != CANCELLED)
    return list(
        view.session.scalars(
            select(Lpj)
            .where(
                Lpj.unit_id == unit_id,
                Lpj.year == year,
                Lpj.state == APPROVED,
                ~taken.exists(),
            )
            .order_by(Lpj.value)
        )
    )


def most_of(view: View, unit_id: UUID) -> int:
    """The greatest float of a unit by the edition of today; ConflictError while none holds."""
    code = view.connection.execute(select(Unit.code).where(Unit.id == unit_id)).scalar_one()
    return int(rules_on(view).figures.float_of(code))


def fault_of_float(view: View, unit_id: UUID, amount: int) -> FieldError | None:
    """What is wrong with a float of `amount` rupiah: it passes the figure of the edition."""
    most = most_of(view, unit_id)
    if amount <= most:
        return None
    return FieldError(
        "amount",
        _("UP unit ini paling banyak %(most)s menurut aturan daerah."),
        "float_limit",
        {"most": format_rupiah(most)},
    )


def fault_of_refill(view: View, unit_id: UUID, year: int) -> FieldError | None:
    """What is in the way of a refill: less of the float is used than the edition asks."""
    funds, share = float_of(view, unit_id, year), rules_on(view).figures.gu_share
    if may_refill(funds, share):
        return None
    return FieldError(
        "lpj",
        _("UP terpakai %(used)s; GU baru boleh sejak %(least)s."),
        "float_share",
        {
            "used": format_rupiah(funds.used),
            "least": format_rupiah(least_used(funds.given, share)),
        },
    )


def require_float(view: View, payment: Payment) -> None:
    """FloatError when a UP passes its figure, or a GU comes before enough of the float is used.

    Asked when a claim is sent out; later another refill may have been paid meanwhile, which takes
    nothing from the right of this one.
    """
    fault = None
    if payment.kind == "UP":
        fault = fault_of_float(view, payment.unit_id, payment.gross)
    elif payment.kind == "GU":
        fault = fault_of_refill(view, payment.unit_id, payment.year)
    if fault is not None:
        raise FloatError(
            fault.message,
            advice=_("Perbaiki atau batalkan pengajuan ini."),
            **fault.params,
        )


def last_account(view: View, unit_id: UUID, kinds: Collection[str]) -> dict[str, str]:
    """Payee and account of the last payment of some kinds of a unit; empty before the first."""
    row = view.connection.execute(
        select(Payment.payee, Payment.bank, Payment.account, Payment.holder)
        .where(Payment.unit_id == unit_id, Payment.kind.in_(kinds))
        .order_by(Payment.id.desc())
        .limit(1)
    ).first()
    return dict(zip(("payee", "bank", "account", "holder"), row, strict=True)) if row else {}
