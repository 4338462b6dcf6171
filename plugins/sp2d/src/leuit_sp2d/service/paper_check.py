"""What anybody is told who has the code of a paper: enough to compare it, and nobody's account."""

import datetime as dt

import attrs
from sqlalchemy import select

from leuit.values import read_paper_code
from leuit.work import View
from leuit_sp2d.models import STANDING, Paper

from .paper_content import content_of


@attrs.frozen
class CheckedPaper:
    """A registered paper; `holds` that it was not voided.

    `amount` is what an SPP asks for, before deductions; else what is transferred.
    """

    code: str
    kind: str
    payment_kind: str
    number: str
    dated: dt.date
    unit: str
    amount: int
    holds: bool


def look_up(view: View, typed: str) -> CheckedPaper | None:
    """The paper of a code as it was typed; None when there is none."""
    code = read_paper_code(typed)
    if not code:
        return None
    paper = view.session.scalars(select(Paper).where(Paper.code == code)).one_or_none()
    if paper is None:
        return None
    content = content_of(paper)
    return CheckedPaper(
        code,
        paper.kind,
        content.kind,
        paper.number,
        paper.dated,
        content.unit,
        paper.amount if paper.kind == "SPP" else content.net,
        paper.state == STANDING,
    )
