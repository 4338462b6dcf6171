"""Papers of a vendor: brought, replaced and taken back by the vendor, read by officers.

Of a kind the newest that was not taken back counts. One that was verified stays on record: a newer
one replaces it once it is verified too.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Identity
from leuit.values import ConflictError, InvalidInputError, NotFoundError, _, one_line
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_ecatalog.models import Vendor, VendorDocument
from leuit_ecatalog.permissions import READ_VENDORS
from leuit_ecatalog.rules.legal_forms import PAPER_KINDS

from .answers import require_open
from .membership import locked_own, own_vendor
from .paper_files import receive_file
from .vendors import find_vendor, ref_of

MOST: int = 60
NUMBER: int = 80


@attrs.frozen
class Paper:
    """What is said of a paper beside its file."""

    kind: str
    number: str = ""
    issued: dt.date | None = None
    expires: dt.date | None = None


def receive_paper(app: Leuit, asker: Identity, name: str, data: bytes) -> StoredFile:
    """Look at a file and store it, for somebody who acts for a vendor: of others nothing is stored.

    Call it outside of any unit.
    """
    with app.read(asker) as view:
        require_open(own_vendor(view))
    return receive_file(app, name, data)


def add_paper(work: Work, version: int, paper: Paper, file: StoredFile) -> VendorDocument:
    """Bring a paper; the same file for the same kind is one.

    Raises InvalidInputError with every fault at `kind`, `number`, `issued` or `expires`,
    ConflictError while the papers are being verified.
    """
    vendor = locked_own(work, version)
    require_open(vendor)
    number = _checked(work, paper)
    count = select(func.count()).where(VendorDocument.vendor_id == vendor.id)
    if work.session.execute(count).scalar_one() >= MOST:
        raise InvalidInputError(_("Dokumen usaha ini sudah terlalu banyak."))
    for known in waiting_papers(work, vendor):
        if known.kind == paper.kind:  # never looked at by anybody
            known.removed_at = work.now
    register_file(work, file)
    added = VendorDocument(
        vendor_id=vendor.id,
        kind=paper.kind,
        number=number,
        issued=paper.issued,
        expires=paper.expires,
        sha256=file.sha256,
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        added_at=work.now,
    )
    work.session.add(added)
    work.session.flush()
    work.audit("ecatalog.vendor.paper_added", ref_of(vendor), kind=paper.kind, sha256=file.sha256)
    return added


def remove_paper(work: Work, version: int, document_id: UUID) -> None:
    """Take a paper back that was not verified yet; its file stays where history needs it."""
    vendor = locked_own(work, version)
    require_open(vendor)
    found = _of(work, vendor, document_id)
    if found.verified_at is not None:
        raise ConflictError(
            _("Dokumen yang sudah diverifikasi tetap tersimpan."),
            advice=_("Unggah penggantinya bila sudah berubah."),
        )
    found.removed_at = work.now
    work.audit("ecatalog.vendor.paper_removed", ref_of(vendor), kind=found.kind)


def papers_by_kind(view: View, vendor: Vendor) -> dict[str, VendorDocument]:
    """The paper of each kind that counts: the newest, verified or not."""
    return {paper.kind: paper for paper in _standing(view, vendor)}


def waiting_papers(view: View, vendor: Vendor) -> list[VendorDocument]:
    """The papers that count and were not verified yet."""
    return [paper for paper in papers_by_kind(view, vendor).values() if paper.verified_at is None]


def own_paper(view: View, document_id: UUID) -> VendorDocument:
    """A paper of the asker's own vendor; NotFoundError for any other."""
    return _of(view, own_vendor(view), document_id)


def read_paper(view: View, vendor_id: UUID, document_id: UUID) -> VendorDocument:
    """A paper for an officer; that he read it is noted."""
    view.require_on_root(READ_VENDORS)
    vendor = find_vendor(view, vendor_id)
    found = _of(view, vendor, document_id)
    view.note_access(ref_of(vendor), fields=["paper"], kind=found.kind, sha256=found.sha256)
    return found


def _standing(view: View, vendor: Vendor) -> Sequence[VendorDocument]:
    return view.session.scalars(
        select(VendorDocument)
        .where(VendorDocument.vendor_id == vendor.id, VendorDocument.removed_at.is_(None))
        .order_by(VendorDocument.added_at, VendorDocument.id)
    ).all()


def _of(view: View, vendor: Vendor, document_id: UUID) -> VendorDocument:
    found = view.session.get(VendorDocument, document_id)
    if found is None or found.vendor_id != vendor.id or found.removed_at is not None:
        raise NotFoundError(_("Dokumen itu tidak ada."))
    return found


def _checked(work: Work, paper: Paper) -> str:
    checker = TextChecker()
    if paper.kind not in PAPER_KINDS:
        checker.fault("kind", _("Pilih jenis dokumen."), "unknown")
    number = checker.read("number", one_line(paper.number), most=NUMBER, required=False)
    if paper.issued is not None and paper.issued > work.today:
        checker.fault("issued", _("Tanggal terbit belum tiba."), "future")
    if paper.expires is not None and paper.expires <= work.today:
        checker.fault("expires", _("Dokumen ini sudah tidak berlaku."), "expired")
    elif paper.expires is not None and paper.issued is not None and paper.expires <= paper.issued:
        checker.fault("expires", _("Berlaku sampai harus sesudah tanggal terbit."), "order")
    if checker.faults:
        raise InvalidInputError(_("Periksa isian dokumen."), fields=checker.faults)
    return number
