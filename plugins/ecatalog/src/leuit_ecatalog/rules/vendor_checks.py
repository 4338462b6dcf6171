"""What is verified of a vendor, field by field, and the coded reasons for which a field fails.

A registration is verified whole: every field and every paper that was brought. A change of an
active vendor is verified in what it changes. To accept, every field must be right; to send back or
to refuse, at least one must not be.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import attrs

from leuit.values import FieldError, Text, _

from .legal_forms import PAPER_KINDS

Outcome = Literal["accept", "return", "refuse"]
ACCEPT: Final = "accept"
RETURN: Final = "return"
REFUSE: Final = "refuse"
OUTCOMES: tuple[Outcome, ...] = (ACCEPT, RETURN, REFUSE)
LONGEST_NOTE: Final = 1_000
PAPER: Final = "paper."
OTHER: Final = "other"


@attrs.frozen
class CheckedField:
    """One thing that is verified; `columns` are the answers that it covers."""

    code: str
    title: Text
    columns: tuple[str, ...]


@attrs.frozen
class Reason:
    """Why a field fails; what to do about it stands in the sentence for the vendor."""

    code: str
    title: Text
    told: Text


@attrs.frozen
class Finding:
    """What the officer found of one field: empty `reason` when it is right."""

    field: str
    reason: str = ""
    note: str = ""


_FIELDS = (
    CheckedField("name", _("Nama dan bentuk usaha"), ("name", "legal_form")),
    CheckedField("nib", _("NIB"), ("nib",)),
    CheckedField("npwp", _("NPWP"), ("npwp",)),
    CheckedField("kbli", _("Bidang usaha (KBLI)"), ("kbli",)),
    CheckedField("scale", _("Skala usaha dan PKP"), ("scale", "taxable")),
    CheckedField("address", _("Alamat dan kontak"), ("address", "district", "phone", "email")),
    CheckedField("account", _("Rekening"), ("bank", "account_number", "account_holder")),
)
CHECKED_FIELDS: Mapping[str, CheckedField] = {field.code: field for field in _FIELDS}
CONTACT: Final = "address"

_REASONS = (
    Reason("nib_unknown", _("NIB tidak ditemukan"), _("Periksa nomor NIB di oss.go.id.")),
    Reason("nib_other", _("NIB milik usaha lain"), _("Isi NIB usaha Anda sendiri.")),
    Reason("npwp_mismatch", _("NPWP tidak cocok"), _("Samakan NPWP dengan kartunya.")),
    Reason("tax_status", _("Status pajak tidak valid"), _("Selesaikan KSWP di kantor pajak.")),
    Reason(
        "kbli_category",
        _("KBLI tidak sesuai barang"),
        _("Tambahkan KBLI yang sesuai di OSS, lalu di sini."),
    ),
    Reason("name_mismatch", _("Nama tidak sama dengan dokumen"), _("Tulis nama seperti di NIB.")),
    Reason("legal_form", _("Bentuk usaha keliru"), _("Pilih bentuk usaha seperti di akta.")),
    Reason("scale_mismatch", _("Skala usaha keliru"), _("Samakan skala usaha dengan NIB.")),
    Reason("pkp_mismatch", _("Status PKP keliru"), _("Samakan status PKP dengan suratnya.")),
    Reason("address_incomplete", _("Alamat tidak lengkap"), _("Tulis jalan, RT/RW dan desa.")),
    Reason("contact_dead", _("Kontak tidak dapat dihubungi"), _("Tulis nomor yang aktif.")),
    Reason(
        "account_holder",
        _("Pemilik rekening berbeda"),
        _("Pakai rekening atas nama usaha atau pemiliknya."),
    ),
    Reason("account_number", _("Nomor rekening keliru"), _("Salin nomor dari buku rekening.")),
    Reason(
        "document_unreadable", _("Dokumen tidak terbaca"), _("Pindai atau potret ulang dokumennya.")
    ),
    Reason("document_expired", _("Dokumen kedaluwarsa"), _("Unggah dokumen yang masih berlaku.")),
    Reason("document_other", _("Dokumen keliru"), _("Unggah dokumen yang diminta.")),
    Reason(
        "blacklisted",
        _("Sedang dalam daftar hitam"),
        _("Usaha dalam daftar hitam tidak dapat mendaftar."),
    ),
    Reason(OTHER, _("Alasan lain"), _("Baca catatan petugas.")),
)
REASONS: Mapping[str, Reason] = {reason.code: reason for reason in _REASONS}
_OF_PAPERS = ("document_unreadable", "document_expired", "document_other", OTHER)
_OF_FIELD: Mapping[str, tuple[str, ...]] = {
    "name": ("name_mismatch", "legal_form", "blacklisted", OTHER),
    "nib": ("nib_unknown", "nib_other", OTHER),
    "npwp": ("npwp_mismatch", "tax_status", OTHER),
    "kbli": ("kbli_category", OTHER),
    "scale": ("scale_mismatch", "pkp_mismatch", OTHER),
    "address": ("address_incomplete", "contact_dead", OTHER),
    "account": ("account_holder", "account_number", OTHER),
}


def reasons_of(field: str) -> tuple[Reason, ...]:
    """The reasons that a field may fail for."""
    codes = _OF_PAPERS if field.startswith(PAPER) else _OF_FIELD.get(field, ())
    return tuple(REASONS[code] for code in codes)


def field_title(field: str) -> str:
    """What a field is called; its code where nobody knows it any more."""
    if field.startswith(PAPER):
        paper = PAPER_KINDS.get(field.removeprefix(PAPER))
        return paper.title if paper else field
    known = CHECKED_FIELDS.get(field)
    return known.title if known else field


def fields_to_check(changed: Iterable[str] | None, papers: Sequence[str]) -> tuple[str, ...]:
    """The fields that a round verifies: all and every paper, or those of the changed answers.

    `changed` is None for a registration; `papers` are the kinds that this round is about.
    """
    wanted = None if changed is None else set(changed)
    fields = [
        field.code for field in _FIELDS if wanted is None or wanted.intersection(field.columns)
    ]
    return (*fields, *(PAPER + kind for kind in PAPER_KINDS if kind in papers))


def faults_of(asked: Sequence[str], findings: Sequence[Finding], outcome: str) -> list[FieldError]:
    """Everything that keeps a verification from being recorded, at the field that it is about.

    Every field asked must be judged once and no other; one that fails needs a reason of its own
    field, and a note where the reason says to read it.
    """
    faults: list[FieldError] = []
    found = {finding.field: finding for finding in findings}
    for field in asked:
        finding = found.get(field)
        if finding is None:
            faults.append(_fault(field, _("Pilih sesuai atau tidak sesuai."), "not_judged"))
            continue
        codes = {reason.code for reason in reasons_of(field)}
        if finding.reason and finding.reason not in codes:
            faults.append(_fault(field, _("Pilih alasannya."), "reason"))
        elif finding.reason == OTHER and not finding.note.strip():
            faults.append(_fault(field, _("Tulis alasannya di catatan."), "note"))
        if len(finding.note) > LONGEST_NOTE:
            faults.append(_fault(field, _("Catatan paling banyak 1.000 huruf."), "too_long"))
    if set(found) - set(asked) or len(found) != len(findings):
        faults.append(FieldError("outcome", _("Muat ulang halaman ini."), "other_fields"))
    wrong = any(finding.reason for finding in findings)
    if outcome not in OUTCOMES:
        faults.append(FieldError("outcome", _("Pilih hasil pemeriksaan."), "outcome"))
    elif outcome == ACCEPT and wrong:
        sentence = _("Yang tidak sesuai harus dikembalikan atau ditolak.")
        faults.append(FieldError("outcome", sentence, "wrong_field"))
    elif outcome != ACCEPT and not wrong and not faults:
        sentence = _("Semua sesuai: tandai dahulu yang tidak sesuai.")
        faults.append(FieldError("outcome", sentence, "nothing_wrong"))
    return faults


def _fault(field: str, sentence: str, code: str) -> FieldError:
    return FieldError(f"findings.{field}", sentence, code)
