"""A vendor as services find it, lock it, and write down what happened to it."""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from leuit.values import NotFoundError, RecordRef, StaleEditError, _
from leuit.work import View, Work
from leuit_ecatalog.events import VendorChanged
from leuit_ecatalog.models import Vendor, VendorStep
from leuit_ecatalog.models.vendors import NOTE

KIND: Final = "ecatalog.vendor"


def ref_of(vendor: Vendor) -> RecordRef:
    """How the audit log names a vendor."""
    return RecordRef(KIND, str(vendor.id))


def find_vendor(view: View, vendor_id: UUID) -> Vendor:
    """A vendor; NotFoundError for none. Whether the reader may see it, the caller asks."""
    found = view.session.get(Vendor, vendor_id)
    if found is None:
        raise NotFoundError(_("Penyedia itu tidak ada."))
    return found


def locked_vendor(work: Work, vendor_id: UUID, version: int) -> Vendor:
    """A vendor that nobody else changes until the unit ends; its version moves on.

    Raises NotFoundError, and StaleEditError when it is no longer the version that was read.
    """
    query = select(Vendor).where(Vendor.id == vendor_id).with_for_update()
    found = work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFoundError(_("Penyedia itu tidak ada."))
    if found.version != version:
        raise StaleEditError(
            _("Data penyedia ini baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, periksa, lalu ulangi."),
        )
    found.version += 1
    return found


def note_step(work: Work, vendor: Vendor, step: str, note: str = "") -> None:
    """Write a step of a vendor's life, with who took it."""
    identity = work.identity
    outside = identity.account_id if identity.kind == "external" else None
    work.session.add(
        VendorStep(
            vendor_id=vendor.id,
            step=step,
            at=work.now,
            person_id=identity.person_id,
            account_id=outside,
            note=note[:NOTE],
        )
    )


def tell_changed(work: Work, vendor: Vendor) -> None:
    """Tell the other parts that what is shown of it, or whether it may sell, changed."""
    work.emit(VendorChanged(str(vendor.id)))
