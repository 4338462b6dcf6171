"""LPJs of floats: the treasurer's desk with their list, one LPJ, and what people do on it."""

from typing import Any

from leuit.builtin.regulations import edition
from leuit.identity import Unit
from leuit.values import LeuitError, _
from leuit.web import (
    PAGE_SIZE,
    Listing,
    Request,
    Response,
    file_answer,
    local,
    page,
    page_number,
    redirect,
)
from leuit_sp2d.inbox_accounts import account_path
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.permissions import REQUEST, VERIFY
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.evidence import media_type_of
from leuit_sp2d.service.float import APPROVED, SUBMITTED, float_of, refillable
from leuit_sp2d.service.lines import line_names
from leuit_sp2d.service.lpj import OPEN, drop_lpj, evidence_of, find_lpj, receipts_of
from leuit_sp2d.service.lpj_files import (
    add_lpj_evidence,
    read_lpj_evidence,
    receive_lpj_evidence,
    remove_lpj_evidence,
)
from leuit_sp2d.service.lpj_listing import count_lpjs, lpjs, units_with_float
from leuit_sp2d.service.lpj_steps import approve_lpj, return_lpj, submit_lpj
from leuit_sp2d.service.people import names_of
from leuit_sp2d.service.regulation import RULES
from leuit_sp2d.service.treasurer import held_floats, unpaid_taxes

from .common import changed, faults_of, id_in, version_in
from .words import LPJ_STATES


def show_accounts(request: Request) -> Response:
    """The list, the newest first; above it what waits for whoever renders accounts."""
    with request.read() as view:
        total = count_lpjs(view)
        found = lpjs(view, (page_number(request) - 1) * PAGE_SIZE, PAGE_SIZE)
        may_write = bool(units_with_float(view))
        desk = None
        if request.may(REQUEST):
            desk = {"floats": held_floats(view), "taxes": unpaid_taxes(view, PAGE_SIZE)}
    rows = [{"row": row, "chip": LPJ_STATES[row.state]} for row in found]
    return page(
        request,
        "sp2d/accounts.html",
        listing=Listing.of(request, rows, total),
        may_write=may_write,
        desk=desk,
    )


def show_account(request: Request, errors: dict[str, str] | None = None) -> Response:
    """One LPJ, with faults of what was just tried and with what was typed."""
    with request.read() as view:
        context = _context(request, view)
    return page(
        request,
        "sp2d/account.html",
        status=422 if errors else 200,
        errors=errors or {},
        typed=request.form,
        **context,
    )


def submit(request: Request) -> Response:
    """Send it to PPK-SKPD."""
    return _changed(
        request,
        submit_lpj,
        _("LPJ diajukan kepada PPK-SKPD."),
    )


def drop(request: Request) -> Response:
    """Give it up."""
    return _changed(
        request,
        drop_lpj,
        _("LPJ dibatalkan; buktinya dapat dipakai lagi."),
    )


def decide(request: Request) -> Response:
    """Approve it, or send it back for the reasons ticked."""
    note = request.form.get("note", "")
    if request.form.get("do") != "return":
        return _changed(
            request,
            lambda work, lpj_id, version: approve_lpj(work, lpj_id, version, note),
            _("LPJ disahkan; GU dapat menggantinya."),
        )
    reasons = [Reason(code, "") for code in request.form.all("reasons")]
    return _changed(
        request,
        lambda work, lpj_id, version: return_lpj(work, lpj_id, version, reasons, note),
        _("LPJ dikembalikan kepada bendahara."),
    )


def attach(request: Request) -> Response:
    """Attach a file of evidence."""
    lpj_id = id_in(request, "lpj_id")
    upload = request.files.get("file")
    if upload is None or not upload.data:
        return show_account(request, {"file": _("Pilih berkas.")})
    try:
        stored = receive_lpj_evidence(
            request.app, request.identity, lpj_id, upload.filename, upload.data
        )
        with request.change() as work:
            add_lpj_evidence(work, lpj_id, version_in(request), stored)
    except LeuitError as error:
        if error.status not in (409, 413, 422):
            raise
        return show_account(request, {"file": next(iter(faults_of(error).values()))})
    return redirect(f"{account_path(lpj_id)}#bukti", _("Bukti dilampirkan."))


def detach(request: Request) -> Response:
    """Take a file off."""
    evidence_id = id_in(request, "evidence_id")
    return _changed(
        request,
        lambda work, lpj_id, version: remove_lpj_evidence(work, lpj_id, evidence_id, version),
        _("Lampiran dilepas."),
    )


def download(request: Request) -> Response:
    """A file of the evidence, as it was given."""
    with request.read() as view:
        evidence = read_lpj_evidence(view, id_in(request, "lpj_id"), id_in(request, "evidence_id"))
    data = request.app.blobs.get(evidence.sha256)
    return file_answer(data, evidence.name, media_type_of(data))


def _changed(request: Request, change: Any, told: str) -> Response:
    lpj_id = id_in(request, "lpj_id")
    return changed(
        request,
        lambda work: change(work, lpj_id, version_in(request)),
        account_path(lpj_id),
        told,
        lambda errors: show_account(request, errors),
    )


def _context(request: Request, view: Any) -> dict[str, Any]:
    lpj = find_lpj(view, id_in(request, "lpj_id"))
    receipts = receipts_of(view, lpj.id)
    rules = edition(view, RULES, view.today)
    people = {one for one in (lpj.created_by, lpj.decided_by) if one is not None}
    reader = view.identity.person_id
    is_writer = lpj.created_by == reader
    waits = {one.id for one in refillable(view, lpj.unit_id, lpj.year)}
    return {
        "lpj": lpj,
        "path": account_path(lpj.id),
        "chip_words": LPJ_STATES[lpj.state],
        "since": local(request, lpj.since),
        "decided_at": lpj.decided_at and local(request, lpj.decided_at),
        "unit": view.session.get_one(Unit, lpj.unit_id).name,
        "receipts": receipts,
        "names": line_names(view, {one.line_id for one in receipts}),
        "files": evidence_of(view, lpj.id),
        "people": names_of(view, people),
        "funds": float_of(view, lpj.unit_id, lpj.year),
        "reasons": rules.figures.reasons if rules else (),
        "may_edit": lpj.state in OPEN and is_writer and view.allows(REQUEST, lpj.unit_id),
        "may_decide": lpj.state == SUBMITTED and not is_writer and view.allows(VERIFY, lpj.unit_id),
        "may_refill": lpj.state == APPROVED
        and lpj.id in waits
        and view.allows(MAY_DRAFT, lpj.unit_id),
    }
