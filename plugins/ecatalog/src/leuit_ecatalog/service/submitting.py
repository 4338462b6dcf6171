"""Sending a registration, or a change, for verification, and taking it back while it waits."""

from collections.abc import Iterator

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, Text, _
from leuit.work import View, Work
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE, CORRECT, DRAFT, WAITING
from leuit_ecatalog.rules.legal_forms import missing_papers

from .answers import ACCOUNT, IDENTITY, SCALE, answers_of, differing, other_with, require_open
from .membership import locked_own
from .vendor_papers import papers_by_kind, waiting_papers
from .vendors import note_step, ref_of


@attrs.frozen
class Part:
    """A part of the vendor's task list; `missing` tells what it still lacks, each a sentence."""

    code: str
    title: Text
    missing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        return not self.missing


_LABELS: dict[str, Text] = {
    "name": _("Nama usaha belum diisi."),
    "legal_form": _("Bentuk usaha belum dipilih."),
    "nib": _("NIB belum diisi."),
    "npwp": _("NPWP belum diisi."),
    "kbli": _("KBLI belum diisi."),
    "scale": _("Skala usaha belum dipilih."),
    "taxable": _("Status PKP belum dipilih."),
    "address": _("Alamat belum diisi."),
    "district": _("Kecamatan belum dipilih."),
    "phone": _("Nomor telepon belum diisi."),
    "email": _("Alamat email belum diisi."),
    "bank": _("Bank belum diisi."),
    "account_number": _("Nomor rekening belum diisi."),
    "account_holder": _("Pemilik rekening belum diisi."),
}


def parts_of(view: View, vendor: Vendor) -> list[Part]:
    """The task list: what each part still lacks before it may be sent."""
    said = answers_of(vendor)

    def lacks(*names: str) -> tuple[str, ...]:
        return tuple(_LABELS[name] for name in names if said[name] in (None, "", []))

    return [
        Part("identity", _("Identitas"), (*lacks(*IDENTITY), *_taken(view, vendor))),
        Part("scale", _("Skala dan pajak"), lacks(*SCALE)),
        Part("contact", _("Alamat dan kontak"), lacks("address", "district", "phone", "email")),
        Part("account", _("Rekening"), lacks(*ACCOUNT)),
        Part("papers", _("Dokumen"), tuple(_lacking_papers(view, vendor))),
    ]


def may_submit(view: View, vendor: Vendor) -> bool:
    """Whether there is something that is complete and waits for nobody."""
    if vendor.state == ACTIVE:
        something = bool(differing(vendor) or waiting_papers(view, vendor))
        return something and vendor.pending_at is None and _complete(view, vendor)
    return vendor.state in (DRAFT, CORRECT) and _complete(view, vendor)


def submit(work: Work, version: int) -> Vendor:
    """Send what is to be verified; a new round begins.

    Raises InvalidInputError with everything that is missing, by part, ConflictError when nothing is
    to be sent or it has been sent already.
    """
    vendor = locked_own(work, version)
    require_open(vendor)
    if faults := [
        FieldError(part.code, sentence, "missing")
        for part in parts_of(work, vendor)
        for sentence in part.missing
    ]:
        raise InvalidInputError(_("Lengkapi dahulu yang belum ada."), fields=faults)
    if vendor.state == ACTIVE:
        if not differing(vendor) and not waiting_papers(work, vendor):
            raise ConflictError(_("Tidak ada perubahan untuk dikirim."))
        vendor.pending_at = work.now
        step = "change_submitted"
    else:
        vendor.state, vendor.submitted_at = WAITING, work.now
        step = "submitted"
    vendor.round += 1
    note_step(work, vendor, step)
    work.audit("ecatalog.vendor.submitted", ref_of(vendor), round=vendor.round)
    return vendor


def withdraw(work: Work, version: int) -> Vendor:
    """Take back what waits for verification, to change it."""
    vendor = locked_own(work, version)
    if vendor.state == WAITING:
        vendor.state, step = DRAFT, "withdrawn"
    elif vendor.pending_at is not None:
        vendor.pending_at, step = None, "change_withdrawn"
    else:
        raise ConflictError(_("Tidak ada kiriman yang menunggu verifikasi."))
    note_step(work, vendor, step)
    work.audit("ecatalog.vendor.withdrawn", ref_of(vendor), round=vendor.round)
    return vendor


def _complete(view: View, vendor: Vendor) -> bool:
    return all(part.is_done for part in parts_of(view, vendor))


def _taken(view: View, vendor: Vendor) -> Iterator[str]:
    said = answers_of(vendor)
    if other_with(view, vendor, "nib", said["nib"]) is not None:
        yield _("NIB itu sudah dipakai penyedia lain.")
    if other_with(view, vendor, "npwp", said["npwp"]) is not None:
        yield _("NPWP itu sudah dipakai penyedia lain.")


def _lacking_papers(view: View, vendor: Vendor) -> Iterator[str]:
    brought = papers_by_kind(view, vendor)
    form = str(answers_of(vendor)["legal_form"] or "")
    for kind in missing_papers(form, set(brought)):
        yield _("Dokumen belum ada: %s.") % kind.title
    for paper in brought.values():
        if paper.verified_at is None and paper.expires and paper.expires <= view.today:
            yield _("Ada dokumen yang sudah tidak berlaku.")
            return
