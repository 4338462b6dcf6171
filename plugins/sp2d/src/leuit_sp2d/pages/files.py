"""The evidence of a payment: attached, taken off and downloaded."""

from leuit.values import LeuitError, _
from leuit.web import Request, Response, file_answer, redirect
from leuit_sp2d.inbox import path_of
from leuit_sp2d.service.evidence import (
    LARGEST,
    add_evidence,
    media_type_of,
    read_evidence,
    receive_evidence,
    remove_evidence,
)

from .common import changed, faults_of, id_in
from .payments import show_payment

MAX_BODY = LARGEST + 1024 * 1024


def attach(request: Request) -> Response:
    """Attach a file to an item of the checklist."""
    payment_id = id_in(request, "payment_id")
    upload = request.files.get("file")
    item = request.form.get("item", "")
    if upload is None or not upload.data:
        return show_payment(request, {f"evidence.{item}": _("Pilih berkas.")})
    try:
        stored = receive_evidence(
            request.app, request.identity, payment_id, upload.filename, upload.data
        )
        with request.change() as work:
            add_evidence(work, payment_id, item, stored)
    except LeuitError as error:
        if error.status not in (413, 422):
            raise
        faults = faults_of(error)
        return show_payment(request, {f"evidence.{item}": next(iter(faults.values()))})
    return redirect(f"{path_of(payment_id)}#dokumen", _("Dokumen dilampirkan."))


def detach(request: Request) -> Response:
    """Take a file off a claim that is not on its way."""
    payment_id, evidence_id = id_in(request, "payment_id"), id_in(request, "evidence_id")
    return changed(
        request,
        lambda work: remove_evidence(work, payment_id, evidence_id),
        f"{path_of(payment_id)}#dokumen",
        _("Lampiran dilepas."),
        lambda errors: show_payment(request, errors),
    )


def download(request: Request) -> Response:
    """A file of the evidence, as it was given."""
    with request.read() as view:
        evidence = read_evidence(view, id_in(request, "payment_id"), id_in(request, "evidence_id"))
    data = request.app.blobs.get(evidence.sha256)
    return file_answer(data, evidence.name, media_type_of(data))
