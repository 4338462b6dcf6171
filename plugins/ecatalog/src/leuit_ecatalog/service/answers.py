"""What a vendor says of itself: kept as it is answered, verified later.

Identity, scale and account have to be verified: their answers wait in `pending` while the columns
go on holding what was verified before. Address and contact are the vendor's own to keep: before the
first verification they are answers like the others, afterwards they hold at once.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.contracts import bank_name
from leuit.values import ConflictError, InvalidInputError, _, one_line
from leuit.work import View, Work
from leuit_ecatalog.models import District, Vendor
from leuit_ecatalog.models.vendors import ACTIVE, CLOSED, CORRECT, DRAFT, LINE, NAME, SCALES
from leuit_ecatalog.rules.kbli import parse_kbli
from leuit_ecatalog.rules.legal_forms import LEGAL_FORMS
from leuit_ecatalog.rules.nib import parse_nib
from leuit_ecatalog.rules.npwp import parse_npwp

from .membership import locked_own
from .vendors import note_step, ref_of, tell_changed

IDENTITY: Final = ("name", "legal_form", "nib", "npwp", "kbli")
SCALE: Final = ("scale", "taxable")
ACCOUNT: Final = ("bank", "account_number", "account_holder")
VERIFIED: Final = (*IDENTITY, *SCALE, *ACCOUNT)
CONTACT: Final = ("address", "district", "phone", "email", "about")
HOLDER, ABOUT = 120, 2_000
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}", re.ASCII)


def answers_of(vendor: Vendor) -> dict[str, Any]:
    """What the vendor says now, verified or not, by column."""
    said = {name: getattr(vendor, name) for name in (*VERIFIED, *CONTACT)}
    if vendor.state not in (ACTIVE, CLOSED):  # a default is no answer
        said |= {"scale": None, "taxable": None}
    return {**said, **vendor.pending}


def differing(vendor: Vendor) -> dict[str, tuple[Any, Any]]:
    """What an active vendor wants changed: what holds and what shall hold, by column."""
    return {
        name: (getattr(vendor, name), value)
        for name, value in vendor.pending.items()
        if getattr(vendor, name) != value
    }


def save_answers(work: Work, version: int, typed: Mapping[str, Any]) -> Vendor:
    """Keep answers of one page of those to be verified.

    Raises InvalidInputError with every fault by column, ConflictError while they are being
    verified, StaleEditError.
    """
    vendor = locked_own(work, version)
    require_open(vendor)
    read = _read(typed)
    told = {**vendor.pending, **read}
    if vendor.state == ACTIVE:
        told = {name: value for name, value in told.items() if getattr(vendor, name) != value}
    else:
        vendor.name = told.get("name", vendor.name)
    vendor.pending = told
    work.audit("ecatalog.vendor.answered", ref_of(vendor), fields=sorted(read))
    return vendor


def save_contact(work: Work, version: int, typed: Mapping[str, Any]) -> Vendor:
    """Keep address and contact; of an active vendor they hold at once."""
    vendor = locked_own(work, version)
    if vendor.state != ACTIVE:
        require_open(vendor)
    read = _read_contact(work, typed)
    changed = sorted(name for name, value in read.items() if getattr(vendor, name) != value)
    for name, value in read.items():
        setattr(vendor, name, value)
    work.audit("ecatalog.vendor.contact", ref_of(vendor), fields=changed)
    if vendor.state == ACTIVE and changed:
        note_step(work, vendor, "contact")
        tell_changed(work, vendor)
    return vendor


def drop_change(work: Work, version: int) -> Vendor:
    """Give up what an active vendor wanted changed; its verified data go on holding."""
    vendor = locked_own(work, version)
    require_open(vendor)
    if vendor.state != ACTIVE or not vendor.pending:
        raise ConflictError(_("Tidak ada perubahan yang dapat dibatalkan."))
    vendor.pending = {}
    note_step(work, vendor, "change_dropped")
    work.audit("ecatalog.vendor.change_dropped", ref_of(vendor))
    return vendor


def require_open(vendor: Vendor) -> None:
    """ConflictError while the vendor may not change what is verified."""
    if vendor.state not in (DRAFT, CORRECT, ACTIVE):
        raise ConflictError(
            _("Data ini sedang diperiksa atau sudah ditutup, jadi tidak dapat diubah."),
            advice=_("Tarik kembali kirimannya bila masih menunggu."),
        )
    if vendor.pending_at is not None:
        raise ConflictError(
            _("Perubahan sebelumnya sedang diperiksa."),
            advice=_("Tarik kembali dahulu bila perlu diubah."),
        )


def other_with(view: View, vendor: Vendor, column: str, value: str | None) -> Vendor | None:
    """Another vendor with the same verified NIB or NPWP."""
    if not value:
        return None
    return view.session.scalars(
        select(Vendor).where(getattr(Vendor, column) == value, Vendor.id != vendor.id)
    ).first()


def _read(typed: Mapping[str, Any]) -> dict[str, Any]:
    checker, read = TextChecker(), dict[str, Any]()
    for name in VERIFIED:
        if name in typed:
            _read_one(checker, read, name, typed[name])
    _refuse(checker)
    return read


def _read_one(checker: TextChecker, read: dict[str, Any], name: str, value: Any) -> None:
    text = one_line(str(value or ""))
    if name == "taxable":
        read[name] = bool(value)
    elif name == "account_number":
        read[name] = re.sub(r"[\s.-]", "", text)
        if not re.fullmatch(r"[0-9]{5,20}", read[name]):
            checker.fault(name, _("Nomor rekening terdiri atas 5 sampai 20 angka."), "digits")
    elif name in ("nib", "npwp", "kbli"):
        parts = {"nib": parse_nib, "npwp": lambda one: parse_npwp(one).digits, "kbli": parse_kbli}
        try:
            read[name] = parts[name](text)
        except InvalidInputError as error:
            checker.faults += error.fields
    elif name in ("legal_form", "scale"):
        read[name] = text
        if text not in (LEGAL_FORMS if name == "legal_form" else SCALES):
            checker.fault(name, _("Pilih salah satu."), "unknown")
    elif name == "bank":
        read[name] = text
        if bank_name(text) is None:
            checker.fault(name, _("Pilih bank dari daftar."), "unknown")
    else:
        read[name] = checker.read(name, text, most=NAME if name == "name" else HOLDER)


def _read_contact(view: View, typed: Mapping[str, Any]) -> dict[str, Any]:
    checker = TextChecker()
    about = checker.read("about", str(typed.get("about") or ""), most=ABOUT, required=False)
    address = checker.read("address", one_line(str(typed.get("address") or "")), most=LINE)
    district = str(typed.get("district") or "")
    if view.session.get(District, district) is None:
        checker.fault("district", _("Pilih kecamatan."), "unknown")
    phone = re.sub(r"[\s().-]", "", one_line(str(typed.get("phone") or "")))
    if not _PHONE.fullmatch(phone):
        sentence = _("Tulis nomor telepon, misalnya 0812 3456 7890.")
        checker.fault("phone", sentence, "phone")
    email = one_line(str(typed.get("email") or "")).lower()
    if not _EMAIL.fullmatch(email) or len(email) > HOLDER:
        checker.fault("email", _("Tulis alamat email, misalnya nama@contoh.id."), "email")
    _refuse(checker)
    return {
        "address": address,
        "district": district,
        "phone": phone,
        "email": email,
        "about": about,
    }


def _refuse(checker: TextChecker) -> None:
    if checker.faults:
        raise InvalidInputError(_("Periksa isian yang ditandai."), fields=checker.faults)
