"""The verification desk: one vendor, every field judged, one answer."""

from typing import Any

from leuit.values import ConflictError, InvalidInputError, _
from leuit.web import Request, Response, page, redirect, version_of
from leuit.work import View
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE
from leuit_ecatalog.permissions import VERIFY
from leuit_ecatalog.rules.kbli import format_kbli
from leuit_ecatalog.rules.legal_forms import form_of
from leuit_ecatalog.rules.npwp import format_npwp
from leuit_ecatalog.rules.vendor_checks import (
    ACCEPT,
    CHECKED_FIELDS,
    PAPER,
    REFUSE,
    RETURN,
    Finding,
    field_title,
    reasons_of,
)
from leuit_ecatalog.service.answers import answers_of
from leuit_ecatalog.service.districts import district_name
from leuit_ecatalog.service.vendors import find_vendor, ref_of
from leuit_ecatalog.service.verifying import (
    Verification,
    asked_fields,
    machine_checks,
    verify,
    waits,
)
from leuit_ecatalog.words import SCALE_WORDS

from .asked import faults_of, id_in
from .shop_words import state_chip
from .vendors import HOME, paper_rows

RIGHT, WRONG = "ok", "wrong"
_READ = ("npwp", "phone", "email", "address", "account_number", "papers")
_OUTCOMES = {
    ACCEPT: _("Semua sesuai: aktifkan"),
    RETURN: _("Kembalikan untuk diperbaiki"),
    REFUSE: _("Tolak pendaftaran"),
}
_CHANGE_OUTCOMES = {
    ACCEPT: _("Semua sesuai: terima perubahan"),
    RETURN: _("Kembalikan untuk diperbaiki"),
    REFUSE: _("Tolak perubahan"),
}
_DONE = {
    ACCEPT: _("Penyedia diverifikasi."),
    RETURN: _("Dikembalikan kepada penyedia dengan alasannya."),
    REFUSE: _("Ditolak; penyedia melihat alasannya."),
}


def check(request: Request) -> Response:
    """The form with everything that this round is about, and what the program found by itself."""
    vendor_id = id_in(request, "vendor_id")
    if request.method == "GET":
        return _form(request, {})
    try:
        version = version_of(request.form)
        verification = _typed(request)
        with request.change() as work:
            verify(work, vendor_id, version, verification)
    except (InvalidInputError, ConflictError) as error:
        return _form(request, faults_of(error))
    return redirect(f"{HOME}/{vendor_id}", str(_DONE[verification.outcome]))


def _typed(request: Request) -> Verification:
    findings = []
    for name in dict.fromkeys(request.form.all("field")):
        given = request.form.get(f"given.{name}", "")
        note = request.form.get(f"note.{name}", "").strip()
        if given == RIGHT:
            findings.append(Finding(name, "", note))
        elif given == WRONG:
            reason = request.form.get(f"reason.{name}", "")
            findings.append(Finding(name, reason or "none", note))
    return Verification(
        tuple(findings),
        request.form.get("outcome", ""),
        request.form.get("note", "").strip(),
    )


def _form(request: Request, faults: dict[str, str]) -> Response:
    with request.read() as view:
        view.require_on_root(VERIFY)
        vendor = find_vendor(view, id_in(request, "vendor_id"))
        view.note_access(ref_of(vendor), fields=_READ)
        if not waits(vendor) and not faults:
            return redirect(f"{HOME}/{vendor.id}", str(_("Tidak ada yang menunggu.")), "nila")
        asked = [_question(view, vendor, name) for name in asked_fields(view, vendor)]
        machine = list(machine_checks(view, vendor))
    is_change = vendor.state == ACTIVE
    return page(
        request,
        "ecatalog/verify.html",
        status=422 if faults else 200,
        errors=faults,
        typed=request.form,
        vendor=vendor,
        chip_of=state_chip(vendor),
        is_change=is_change,
        asked=asked,
        machine=machine,
        outcomes=_CHANGE_OUTCOMES if is_change else _OUTCOMES,
        home=HOME,
        path=f"{HOME}/{vendor.id}",
    )


def _question(view: View, vendor: Vendor, name: str) -> dict[str, Any]:
    question: dict[str, Any] = {
        "name": name,
        "title": field_title(name),
        "reasons": reasons_of(name),
        "values": [],
        "paper": None,
    }
    if name.startswith(PAPER):
        kind = name.removeprefix(PAPER)
        question["paper"] = next(
            (row for row in paper_rows(view, vendor) if row["kind"] == kind), None
        )
        return question
    said = answers_of(vendor)
    for column in CHECKED_FIELDS[name].columns:
        new = _told(view, column, said[column])
        old = _told(view, column, getattr(vendor, column)) if vendor.state == ACTIVE else new
        question["values"].append((new, old if old != new else ""))
    return question


def _told(view: View, column: str, value: Any) -> str:
    if column == "npwp":
        return format_npwp(value or "")
    if column == "kbli":
        return format_kbli(value or [])
    if column == "legal_form":
        return str(form_of(value).title) if value else ""
    if column == "scale":
        return str(SCALE_WORDS.get(value, ""))
    if column == "taxable":
        return str(_("PKP") if value else _("bukan PKP"))
    if column == "district":
        return district_name(view, value)
    return str(value or "")
