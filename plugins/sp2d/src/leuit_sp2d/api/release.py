"""Several SP2D in one request, by program (`service/releasing.py`)."""

from typing import Literal
from uuid import UUID

import attrs

from leuit.web import Request, Response
from leuit_sp2d.service.releasing import Chosen, Released, release_sp2d

from .bounds import Version
from .once import prepared


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
    chosen = [Chosen(one.payment, one.version) for one in sent.payments]

    def issue_each() -> list[Released]:
        return release_sp2d(
            request.app, request.identity, chosen, sent.password, request_id=request.request_id
        )

    return prepared(request, issue_each, lambda _work, released: _answer(request, released))


def _answer(request: Request, released: list[Released]) -> ReleaseAnswer:
    refused = [one for one in released if one.refusal]
    return ReleaseAnswer(
        len(released) - len(refused),
        len(refused),
        sum(one.net for one in released),
        [_told(request, one) for one in released],
    )


def _told(request: Request, one: Released) -> ReleasedAnswer:
    if one.refusal is None:
        return ReleasedAnswer(one.payment, "issued", one.number, one.net)
    return ReleasedAnswer(
        one.payment,
        "refused",
        code=one.refusal.code,
        title=one.refusal.sentence(request.language),
        detail=one.refusal.next_step(request.language),
    )
