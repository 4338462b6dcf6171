"""The page on which Kuasa BUD issues several SP2D: what waits, beside the last balance."""

from typing import Any
from uuid import UUID

from leuit.values import InvalidInputError, _
from leuit.web import Request, Response, local, page, redirect
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.releasing import MOST, Chosen, release_sp2d
from leuit_sp2d.service.statements import last_statement
from leuit_sp2d.service.tasks import my_turns_at

from .common import faults_of


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
    chosen = [one for text in request.form.all("payment") if (one := _chosen(text))]
    if not chosen:
        return show_release(request, {"": _("Pilih sedikitnya satu pembayaran.")})
    try:
        outcomes = release_sp2d(
            request.app,
            request.identity,
            chosen,
            request.form.get("password", ""),
            request_id=request.request_id,
        )
    except InvalidInputError as error:
        faults = faults_of(error)  # those of the list have no field of their own on the page
        return show_release(
            request, {name if name == "password" else "": told for name, told in faults.items()}
        )
    total = sum(one.net for one in outcomes)
    refused = {str(one.payment): str(one.refusal) for one in outcomes if one.refusal}
    issued = len(outcomes) - len(refused)
    if refused:
        told = _("%(issued)s SP2D terbit, %(refused)s tidak.")
        counts: dict[str, Any] = {"issued": issued, "refused": len(refused)}
        return show_release(request, {"": told % counts}, refused)
    sentence = _("%(issued)s SP2D terbit, %(total)s menunggu dikirim ke bank.")
    return redirect("/sp2d/bank", sentence % {"issued": issued, "total": format_rupiah(total)})


def _chosen(text: str) -> Chosen | None:
    """A payment and its version, as the page's box holds them."""
    name, _sign, version = text.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return None
    try:
        return Chosen(UUID(name), int(version))
    except ValueError:
        return None
