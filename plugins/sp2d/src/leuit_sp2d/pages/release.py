"""Kuasa BUD issues several SP2D at once: what waits, the last balance in view, one password.

Each SP2D is a unit of work of its own: one that is refused holds none of the others up, and the
page says which and why.
"""

from typing import Any
from uuid import UUID

from leuit.values import InvalidInputError, LeuitError, PermissionDeniedError, _
from leuit.web import Request, Response, local, page, redirect
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.banking import last_statement
from leuit_sp2d.service.chain import Decision, take_step
from leuit_sp2d.service.tasks import my_turns_at

from .acting import confirm
from .common import faults_of

MOST = 100


def show_release(
    request: Request,
    errors: dict[str, str] | None = None,
    refused: dict[str, str] | None = None,
) -> Response:
    """The payments that wait for the reader's SP2D, beside the balance of the last statement."""
    with request.read() as view:
        waiting = my_turns_at(view, SP2D, MOST)
        balance = last_statement(view)
    total = sum(one.net for one in waiting)
    chosen = request.form.all("payment") if request.method == "POST" else None
    return page(
        request,
        "sp2d/release.html",
        status=422 if errors or refused else 200,
        errors=errors or {},
        refused=refused or {},
        rows=[
            {
                "row": one,
                "due": one.due and local(request, one.due),
                "chosen": chosen is None or f"{one.id}:{one.version}" in chosen,
            }
            for one in waiting
        ],
        total=total,
        balance=balance,
        short=balance is not None and balance.closing is not None and balance.closing < total,
    )


def release(request: Request) -> Response:
    """Issue the SP2D of every payment that was ticked, as the page showed it."""
    chosen = [pair for text in request.form.all("payment") if (pair := _pair(text))]
    if not chosen:
        return show_release(request, {"": _("Pilih sedikitnya satu pembayaran.")})
    try:
        confirm(request)
    except InvalidInputError as error:
        return show_release(request, faults_of(error))
    refused: dict[str, str] = {}
    issued = 0
    total = 0
    for payment_id, version in chosen[:MOST]:
        try:
            with request.change() as work:
                total += take_step(work, payment_id, Decision(SP2D, version)).net
            issued += 1
        except PermissionDeniedError:
            raise
        except LeuitError as error:
            if error.status >= 500:
                raise
            refused[str(payment_id)] = str(error)
    if refused:
        told = _("%(issued)s SP2D terbit, %(refused)s tidak.")
        counts: dict[str, Any] = {"issued": issued, "refused": len(refused)}
        return show_release(request, {"": told % counts}, refused)
    sentence = _("%(issued)s SP2D terbit, %(total)s menunggu dikirim ke bank.")
    return redirect("/sp2d/bank", sentence % {"issued": issued, "total": format_rupiah(total)})


def _pair(text: str) -> tuple[UUID, int] | None:
    """A payment and its version, as the page's box holds them."""
    name, _sign, version = text.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return None
    try:
        return UUID(name), int(version)
    except ValueError:
        return None
