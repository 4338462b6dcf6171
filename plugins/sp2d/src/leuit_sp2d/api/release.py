"""Several SP2D in one request: the password once, each SP2D in a unit of its own.

One that is refused holds none of the others up; the answer says which and why. Sent again by the
same person for the same versions, what was issued is told again and nothing is issued twice.
"""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, LeuitError, _
from leuit.web import Request, Response
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.service.chain import Decision, take_step
from leuit_sp2d.service.papers import standing_papers

from .bounds import Version
from .once import prepared
from .steps import confirm

MOST = 100


@attrs.frozen
class ReleasedBody:
    """A payment as the asker saw it."""

    payment: UUID
    version: Version


@attrs.frozen
class ReleaseBody:
    """1 to 100 payments whose SP2D shall be issued, with the asker's `password`."""

    payments: list[ReleasedBody]
    password: str = attrs.field(repr=False)


@attrs.frozen
class ReleasedAnswer:
    """What became of a payment: the `number` of its SP2D and what the bank transfers, or why not.

    `code`, `title` and `detail` are those of the problem by which the step alone would be refused.
    """

    payment: UUID
    outcome: Literal["issued", "refused"]
    number: str = ""
    net: int = 0
    code: str = ""
    title: str = ""
    detail: str = ""


@attrs.frozen
class ReleaseAnswer:
    """The payments in the order in which they were sent; `total` is what waits for the bank now."""

    issued: int
    refused: int
    total: int
    items: list[ReleasedAnswer]


def release(request: Request) -> Response:
    """Issue the SP2D of several payments."""
    sent = request.decode(ReleaseBody)
    if faults := list(_faults(sent)):
        raise InvalidInputError(_("Daftar pembayaran itu keliru."), fields=faults)

    def issue_each() -> list[ReleasedAnswer]:
        confirm(request, sent.password)
        return [_issued(request, one) for one in sent.payments]

    return prepared(request, issue_each, lambda _work, items: _answer(items))


def _faults(sent: ReleaseBody) -> Iterator[FieldError]:
    if not 0 < len(sent.payments) <= MOST:
        sentence = _("Pilih 1 sampai %(most)s pembayaran.")
        yield FieldError("payments", sentence, "count", {"most": MOST})
        return
    seen: set[UUID] = set()
    for place, one in enumerate(sent.payments):
        if one.payment in seen:
            sentence = _("Pembayaran itu disebut dua kali.")
            yield FieldError(f"payments[{place}].payment", sentence, "twice")
        seen.add(one.payment)


def _issued(request: Request, one: ReleasedBody) -> ReleasedAnswer:
    try:
        with request.change() as work:
            payment = take_step(work, one.payment, Decision(SP2D, one.version))
            number = standing_papers(work, payment.id)["SP2D"].number
            return ReleasedAnswer(one.payment, "issued", number, payment.net)
    except LeuitError as error:
        if error.status >= 500:
            raise
        return ReleasedAnswer(
            one.payment,
            "refused",
            code=error.code,
            title=error.sentence(request.language),
            detail=error.next_step(request.language),
        )


def _answer(items: list[ReleasedAnswer]) -> ReleaseAnswer:
    issued = [one for one in items if one.outcome == "issued"]
    return ReleaseAnswer(
        len(issued), len(items) - len(issued), sum(one.net for one in issued), items
    )
