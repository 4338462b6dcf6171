"""The bank's page of Kuasa BUD: what waits to be sent, the files sent, statements read."""

from uuid import UUID

from sqlalchemy import select

from leuit.values import InvalidInputError, LeuitError, NotFoundError, _
from leuit.web import Request, Response, file_answer, local, page, redirect
from leuit_sp2d.models import BankStatement, Batch
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.service.order_files import find_batch, send_orders, waiting
from leuit_sp2d.service.statements import last_statement, read_bank_statement

from .acting import confirm
from .common import faults_of, id_in

MAX_BODY = 17 * 1024 * 1024
SHOWN = 20


def show_bank(request: Request, errors: dict[str, str] | None = None) -> Response:
    """Waiting orders with the balance of the last statement, files, and statements."""
    with request.read() as view:
        orders = waiting(view)
        batches = view.session.scalars(select(Batch).order_by(Batch.id.desc()).limit(SHOWN)).all()
        statements = view.session.scalars(
            select(BankStatement).order_by(BankStatement.id.desc()).limit(SHOWN)
        ).all()
        balance = last_statement(view)
    total = sum(order.amount for order in orders)
    return page(
        request,
        "sp2d/bank.html",
        status=422 if errors else 200,
        errors=errors or {},
        orders=orders,
        chosen=request.form.all("order") if request.method == "POST" else None,
        total=total,
        batches=[{"row": one, "at": local(request, one.made_at)} for one in batches],
        statements=[{"row": one, "at": local(request, one.read_at)} for one in statements],
        balance=balance,
        short=balance is not None and balance.closing is not None and balance.closing < total,
    )


def send(request: Request) -> Response:
    """Put the chosen orders into one file, after the password."""
    try:
        chosen = [UUID(text) for text in request.form.all("order")]
    except ValueError:
        chosen = []
    if not chosen:
        return show_bank(request, {"": _("Pilih sedikitnya satu perintah bayar.")})
    try:
        confirm(request)
        batch = send_orders(request.app, request.identity, chosen, request_id=request.request_id)
    except InvalidInputError as error:
        return show_bank(request, faults_of(error))
    except LeuitError as error:
        if error.status != 409:
            raise
        return show_bank(request, faults_of(error))
    told = _("Berkas %(name)s berisi %(count)s perintah bayar, %(total)s.")
    named = {"name": batch.message_id, "count": batch.count, "total": format_rupiah(batch.total)}
    return redirect("/sp2d/bank", told % named)


def download_orders(request: Request) -> Response:
    """A file of orders for the bank, the same bytes each time."""
    with request.read() as view:
        batch = find_batch(view, id_in(request, "batch_id"))
    if batch is None:
        raise NotFoundError(_("Berkas perintah bayar itu tidak ada."))
    return file_answer(
        request.app.blobs.get(batch.sha256), f"{batch.message_id}.xml", "application/xml"
    )


def read_statement(request: Request) -> Response:
    """Read a statement of the bank."""
    upload = request.files.get("file")
    if upload is None or not upload.data:
        return show_bank(request, {"file": _("Pilih berkas rekening koran.")})
    try:
        told = read_bank_statement(
            request.app,
            request.identity,
            upload.filename,
            upload.data,
            request_id=request.request_id,
        )
    except LeuitError as error:
        if error.status not in (409, 413, 422):
            raise
        return show_bank(request, {"file": "; ".join(faults_of(error).values())})
    if told.known_before:
        return redirect("/sp2d/bank", _("Rekening koran itu sudah dibaca; tidak ada yang berubah."))
    sentence = _("Terbaca: %(paid)s dibayar, %(returned)s diretur, %(unknown)s tidak dikenal.")
    counts = {"paid": told.paid, "returned": told.returned, "unknown": len(told.unknown)}
    return redirect("/sp2d/bank", sentence % counts, "tunggu" if told.unknown else "daun")
