"""Documents of a payment as files: SPP, SPM and SP2D, and the letters by which it went back."""

from leuit.values import NotFoundError, _
from leuit.web import Request, Response, file_answer
from leuit_sp2d.inbox import path_of
from leuit_sp2d.service.paper_drawing import paper_pdf
from leuit_sp2d.service.paper_sending import ask_again
from leuit_sp2d.service.papers import find_paper
from leuit_sp2d.service.return_letters import return_letter_pdf

from .common import changed, id_in, version_in
from .payments import show_payment

_PDF = "application/pdf"


def sign_again(request: Request) -> Response:
    """Ask anew for signatures that were not given."""
    payment_id, paper_id = id_in(request, "payment_id"), id_in(request, "paper_id")
    return changed(
        request,
        lambda work: ask_again(work, payment_id, paper_id, version_in(request, "round")),
        path_of(payment_id),
        _("Dokumen dikirim lagi untuk ditandatangani."),
        lambda errors: show_payment(request, errors),
    )


def show_paper(request: Request) -> Response:
    """A document as it was issued: signed, or marked as voided."""
    payment_id, paper_id = id_in(request, "payment_id"), id_in(request, "paper_id")
    with request.read() as view:
        if find_paper(view, paper_id).payment_id != payment_id:
            raise NotFoundError(_("Dokumen itu tidak ada."), advice=_("Mulai dari daftar."))
    pdf, name = paper_pdf(request.app, request.identity, paper_id)
    return file_answer(pdf, name, _PDF)


def show_return(request: Request) -> Response:
    """The letter of a return."""
    payment_id, act_id = id_in(request, "payment_id"), id_in(request, "act_id")
    pdf, name = return_letter_pdf(request.app, request.identity, payment_id, act_id)
    return file_answer(pdf, name, _PDF)
