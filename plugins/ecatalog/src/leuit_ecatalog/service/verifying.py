"""Verification of a vendor by the manager of the catalogue: field by field, in one answer.

A registration that is right in everything becomes active, and what was answered becomes what holds.
A change that is right becomes what holds; one that is returned or refused leaves what held before.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

import attrs
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from leuit.values import ConflictError, FieldError, InvalidInputError, Text, _, format_date
from leuit.work import View, Work
from leuit_ecatalog.models import Sanction, Vendor, VendorCheck
from leuit_ecatalog.models.vendors import ACTIVE, CORRECT, REFUSED, WAITING
from leuit_ecatalog.permissions import VERIFY
from leuit_ecatalog.rules.legal_forms import form_of
from leuit_ecatalog.rules.npwp import npwp_fault, plain_npwp
from leuit_ecatalog.rules.vendor_checks import (
    ACCEPT,
    LONGEST_NOTE,
    REFUSE,
    RETURN,
    Finding,
    faults_of,
    fields_to_check,
)

from .answers import answers_of, differing, other_with
from .membership import in_force
from .vendor_papers import papers_by_kind, waiting_papers
from .vendors import locked_vendor, note_step, ref_of, tell_changed

_STEPS: Final = {ACCEPT: "accepted", RETURN: "returned", REFUSE: "refused"}


@attrs.frozen
class MachineCheck:
    """What the program found by itself; a person need not look at what is `ok`."""

    title: Text
    ok: bool
    found: str


@attrs.frozen
class Verification:
    """An officer's whole answer about one round."""

    findings: tuple[Finding, ...]
    outcome: str
    note: str = ""


def waits(vendor: Vendor) -> bool:
    """Whether a registration or a change waits for verification."""
    return vendor.state == WAITING or (vendor.state == ACTIVE and vendor.pending_at is not None)


def asked_fields(view: View, vendor: Vendor) -> tuple[str, ...]:
    """What the present round is about."""
    papers = waiting_papers(view, vendor)
    if vendor.state == ACTIVE:
        return fields_to_check(differing(vendor), [paper.kind for paper in papers])
    return fields_to_check(None, list(papers_by_kind(view, vendor)))


def verify(work: Work, vendor_id: UUID, version: int, verification: Verification) -> Vendor:
    """Record a verification and what follows from it.

    Raises InvalidInputError with every fault at `findings.<field>`, `outcome` or `note`,
    ConflictError when nothing waits or another vendor has the number, StaleEditError.
    """
    work.require_on_root(VERIFY)
    vendor = locked_vendor(work, vendor_id, version)
    if not waits(vendor):
        raise ConflictError(_("Tidak ada yang menunggu verifikasi pada penyedia ini."))
    faults = faults_of(asked_fields(work, vendor), verification.findings, verification.outcome)
    if len(verification.note) > LONGEST_NOTE:
        faults.append(FieldError("note", _("Catatan paling banyak 1.000 huruf."), "too_long"))
    if faults:
        raise InvalidInputError(_("Periksa lagi yang ditandai."), fields=faults)
    for finding in verification.findings:
        work.session.add(
            VendorCheck(
                vendor_id=vendor.id,
                round=vendor.round,
                field=finding.field,
                reason=finding.reason,
                note=finding.note.strip(),
            )
        )
    is_change = vendor.state == ACTIVE
    if verification.outcome == ACCEPT:
        _accept(work, vendor)
    elif is_change:
        _turn_down_change(vendor, verification.outcome)
    else:
        vendor.state = CORRECT if verification.outcome == RETURN else REFUSED
    step = _STEPS[verification.outcome]
    note_step(work, vendor, f"change_{step}" if is_change else step, verification.note.strip())
    work.audit(
        "ecatalog.vendor.verified",
        ref_of(vendor),
        round=vendor.round,
        outcome=verification.outcome,
        change=is_change,
        wrong={one.field: one.reason for one in verification.findings if one.reason},
    )
    return vendor


def last_findings(view: View, vendor: Vendor) -> dict[str, Finding]:
    """What was found in the latest round that was verified, by field."""
    latest = (
        select(VendorCheck.round)
        .where(VendorCheck.vendor_id == vendor.id)
        .order_by(VendorCheck.round.desc())
        .limit(1)
    )
    rows = view.session.scalars(
        select(VendorCheck).where(
            VendorCheck.vendor_id == vendor.id, VendorCheck.round == latest.scalar_subquery()
        )
    )
    return {row.field: Finding(row.field, row.reason, row.note) for row in rows}


def machine_checks(view: View, vendor: Vendor) -> Iterator[MachineCheck]:
    """What can be found without a person: numbers, papers, and other vendors with the same."""
    said = answers_of(vendor)
    npwp = str(said["npwp"] or "")
    form = form_of(str(said["legal_form"] or ""))
    yield _unused(view, vendor, "nib", said["nib"], _("NIB terbaca dan belum dipakai"))
    if npwp_fault(npwp):
        yield MachineCheck(_("NPWP terbaca"), ok=False, found=_("angka tidak cocok"))
    elif form.is_firm and not plain_npwp(npwp).startswith("0"):
        sentence = _("NIK dipakai, padahal badan usaha")
        yield MachineCheck(_("NPWP sesuai bentuk usaha"), ok=False, found=sentence)
    else:
        yield _unused(view, vendor, "npwp", npwp, _("NPWP cocok dan belum dipakai"))
    yield _fresh_papers(view, vendor)
    yield _unsanctioned(view, vendor)


def _accept(work: Work, vendor: Vendor) -> None:
    for column in ("nib", "npwp"):
        if other_with(work, vendor, column, vendor.pending.get(column)) is not None:
            raise _taken()
    for paper in waiting_papers(work, vendor):
        paper.verified_at = work.now
    try:
        with work.session.begin_nested():
            for name, value in vendor.pending.items():
                setattr(vendor, name, value)
    except IntegrityError:  # the other one was accepted in this moment
        raise _taken() from None
    vendor.pending, vendor.pending_at, vendor.state = {}, None, ACTIVE
    vendor.verified_at = vendor.verified_at or work.now
    vendor.verified_by = work.identity.person_id
    tell_changed(work, vendor)


def _taken() -> ConflictError:
    return ConflictError(
        _("NIB atau NPWP itu sudah dipakai penyedia lain yang aktif."),
        advice=_("Kembalikan pendaftaran ini dengan alasannya."),
    )


def _turn_down_change(vendor: Vendor, outcome: str) -> None:
    vendor.pending_at = None
    if outcome == REFUSE:
        vendor.pending = {}


def _unused(view: View, vendor: Vendor, column: str, value: str, title: Text) -> MachineCheck:
    other = other_with(view, vendor, column, value)
    found = _("dipakai %s") % other.name if other else _("tidak ada yang sama")
    return MachineCheck(title, ok=other is None, found=found)


def _fresh_papers(view: View, vendor: Vendor) -> MachineCheck:
    old = [
        paper.expires
        for paper in papers_by_kind(view, vendor).values()
        if paper.expires is not None and paper.expires <= view.today
    ]
    found = _("habis %s") % format_date(min(old)) if old else _("tidak ada yang habis")
    return MachineCheck(_("Dokumen masih berlaku"), ok=not old, found=found)


def _unsanctioned(view: View, vendor: Vendor) -> MachineCheck:
    held: Sequence[Sanction] = view.session.scalars(
        select(Sanction).where(Sanction.vendor_id == vendor.id, in_force(view.today))
    ).all()
    found = held[0].decree if held else _("tidak ada")
    return MachineCheck(_("Tidak sedang kena sanksi"), ok=not held, found=found)
