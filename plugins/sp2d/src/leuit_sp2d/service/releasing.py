"""Several SP2D at once: the password of Kuasa BUD one time, each SP2D in a unit of work of its own.

One that is refused holds none of the others up, and what comes of it says which and why. Asked
again for the same versions, what was issued is told again and nothing is issued twice.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

import attrs

from leuit.builtin.core import confirm_password
from leuit.identity import Identity
from leuit.values import FieldError, InvalidInputError, LeuitError, _
from leuit.work import Leuit
from leuit_sp2d.rules.chain import SP2D

from .chain import Decision, take_step
from .papers import standing_papers

MOST = 100


@attrs.frozen
class Chosen:
    """A payment as the asker saw it."""

    payment: UUID
    version: int


@attrs.frozen
class Released:
    """What became of a payment: its SP2D and what the bank transfers, or the `refusal`."""

    payment: UUID
    number: str = ""
    net: int = 0
    refusal: LeuitError | None = None


def release_sp2d(
    app: Leuit,
    identity: Identity,
    chosen: Sequence[Chosen],
    password: str,
    *,
    request_id: str = "",
) -> list[Released]:
    """Issue the SP2D of each; the outcomes have the order of `chosen`.

    Raises InvalidInputError for none, more than `MOST`, or one named twice, and at `password`.
    """
    if faults := list(_faults(chosen)):
        raise InvalidInputError(_("Daftar pembayaran itu keliru."), fields=faults)
    confirm_password(app, identity, password, request_id)
    return [_released(app, identity, one, request_id) for one in chosen]


def _faults(chosen: Sequence[Chosen]) -> Iterator[FieldError]:
    if not 0 < len(chosen) <= MOST:
        sentence = _("Pilih 1 sampai %(most)s pembayaran.")
        yield FieldError("payments", sentence, "count", {"most": MOST})
        return
    seen: set[UUID] = set()
    for place, one in enumerate(chosen):
        if one.payment in seen:
            sentence = _("Pembayaran itu disebut dua kali.")
            yield FieldError(f"payments[{place}].payment", sentence, "twice")
        seen.add(one.payment)


def _released(app: Leuit, identity: Identity, one: Chosen, request_id: str) -> Released:
    try:
        with app.change(identity, request_id=request_id) as work:
            payment = take_step(work, one.payment, Decision(SP2D, one.version))
            number = standing_papers(work, payment.id)["SP2D"].number
            return Released(one.payment, number, payment.net)
    except LeuitError as error:
        if error.status >= 500:
            raise
        return Released(one.payment, refusal=error)
