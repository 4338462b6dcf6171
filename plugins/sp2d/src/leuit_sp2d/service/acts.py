"""What was done on a payment: written once, read as its history, known again when asked twice."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import bindparam, insert, select

from leuit.storage import Prepared
from leuit.values import new_id
from leuit.work import View, Work
from leuit_sp2d.models import Act, Payment

from .people import Actor

DONE, RETURNED, VOIDED, PAID, RETUR, AGAIN = "done", "returned", "voided", "paid", "retur", "again"
REFUSED = "refused"


@attrs.frozen
class Reason:
    """Why something was sent back or refused: coded, about an item or the whole, with a remark."""

    code: str
    title: str
    item: str = ""
    remark: str = ""


def write_act(
    work: Work,
    payment: Payment,
    step: str,
    what: str,
    actor: Actor | None,
    *,
    reasons: Sequence[Reason] = (),
    answers: Mapping[str, Any] | None = None,
    note: str = "",
) -> UUID:
    """Write an act on the payment as it is now, before it changes; returns its id."""
    act_id = new_id()
    _INSERT.run(
        work.connection,
        {
            "id": act_id,
            "payment_id": payment.id,
            "round": payment.round,
            "step": step,
            "what": what,
            "person_id": actor.person_id if actor else None,
            "acted_as": actor.acted_as if actor else "",
            "reasons": [attrs.asdict(reason) for reason in reasons],
            "answers": dict(answers or {}),
            "note": note[:500],
            "purpose": payment.purpose,
            "gross": payment.gross,
            "version": payment.version,
            "at": work.now,
        },
    )
    return act_id


def same_act(view: View, payment: Payment, step: str, what: str, version: int) -> bool:
    """Whether the asker did just this on the payment as he saw it then: he asks a second time.

    Every act moves the version on, so that nothing was done yet on the one that stands.
    """
    if not 0 < version < payment.version:
        return False
    asked = {"payment": payment.id, "step": step, "what": what, "version": version}
    asked["person"] = view.identity.person_id
    return _SAME.first(view.connection, asked) is not None


def acts_of(view: View, payment_id: UUID) -> list[Act]:
    """The whole history of a payment in order of time."""
    return list(
        view.session.scalars(
            select(Act).where(Act.payment_id == payment_id).order_by(Act.at, Act.id)
        )
    )


def done_at(view: View, payment: Payment, step: str) -> dt.datetime | None:
    """When a step of the present round was done."""
    asked = {"payment": payment.id, "round": payment.round, "step": step}
    found = _DONE_AT.first(view.connection, asked)
    return found.at if found else None


# Built once: they are on the path of every step.
_INSERT = Prepared(insert(Act))
_SAME = Prepared(
    select(Act.id).where(
        Act.payment_id == bindparam("payment"),
        Act.step == bindparam("step"),
        Act.what == bindparam("what"),
        Act.person_id == bindparam("person"),
        Act.version == bindparam("version"),
    )
)
_DONE_AT = Prepared(
    select(Act.at)
    .where(
        Act.payment_id == bindparam("payment"),
        Act.round == bindparam("round"),
        Act.step == bindparam("step"),
        Act.what == DONE,
    )
    .order_by(Act.at.desc())
    .limit(1)
)
