"""A firm that no longer sells here is closed by the manager, and opened again when it is back."""

from uuid import UUID

from leuit.builtin.checks import TextChecker
from leuit.values import ConflictError, InvalidInputError, _
from leuit.work import Work
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE, CLOSED, NOTE
from leuit_ecatalog.permissions import VERIFY

from .vendors import locked_vendor, note_step, ref_of, tell_changed


def turn_vendor(work: Work, vendor_id: UUID, version: int, reason: str) -> Vendor:
    """Close an active vendor, or open a closed one again, for a reason.

    A change that waited is given up. Raises InvalidInputError at `reason`, ConflictError for a
    vendor in any other state, StaleEditError.
    """
    work.require_on_root(VERIFY)
    vendor = locked_vendor(work, vendor_id, version)
    if vendor.state not in (ACTIVE, CLOSED):
        raise ConflictError(_("Hanya penyedia aktif atau nonaktif yang dapat diubah di sini."))
    checker = TextChecker()
    why = checker.read("reason", reason, most=NOTE)
    if checker.faults:
        raise InvalidInputError(_("Tulis alasannya."), fields=checker.faults)
    closing = vendor.state == ACTIVE
    vendor.state = CLOSED if closing else ACTIVE
    vendor.pending, vendor.pending_at = {}, None
    step = "closed" if closing else "reopened"
    note_step(work, vendor, step, why)
    work.audit(f"ecatalog.vendor.{step}", ref_of(vendor))
    tell_changed(work, vendor)
    return vendor
