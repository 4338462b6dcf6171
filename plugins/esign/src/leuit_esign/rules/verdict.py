"""The house rule: when a signed PDF is VALID, TIDAK VALID, or cannot be verified.

The pyHanko default accepts text filled in, and appearances of text fields swapped, after signing
(shadow attack "replace"). For letters of government only signatures may follow a signature:

1. the digest and the signature hold, the chain is trusted, the signature covers its whole revision;
2. what changed afterwards is nothing, validation data, or signature fields that were then signed;
3. the verdict of the file is that of its worst signature; what cannot be examined is never VALID.

Trust problems are three different sentences for a citizen: a revoked certificate makes a signature
TIDAK VALID; an unknown issuer, or an expired certificate without proof of time, leaves it open.
"""

from collections.abc import Mapping
from typing import Literal

import attrs

from leuit.values import _

from .finding import Examination, Finding, Level

Word = Literal["VALID", "TIDAK VALID", "TIDAK DAPAT DIVERIFIKASI", "TIDAK ADA TANDA TANGAN"]
VALID: Word = "VALID"
INVALID: Word = "TIDAK VALID"
OPEN: Word = "TIDAK DAPAT DIVERIFIKASI"
UNSIGNED: Word = "TIDAK ADA TANDA TANGAN"

REASONS: dict[str, tuple[Word, str]] = {
    "valid": (VALID, _("Tanda tangan sah dan dokumen tidak berubah sejak ditandatangani.")),
    "valid_status_unchecked": (
        VALID,
        _(
            "Tanda tangan sah dan dokumen tidak berubah sejak ditandatangani. Status pencabutan "
            "sertifikatnya tidak dapat ditanyakan ke penerbit."
        ),
    ),
    "digest_mismatch": (INVALID, _("Isi dokumen berubah setelah ditandatangani.")),
    "signature_broken": (INVALID, _("Tanda tangan tidak cocok dengan sertifikat penanda tangan.")),
    "coverage": (INVALID, _("Tanda tangan tidak melindungi seluruh dokumen.")),
    "suspicious_change": (INVALID, _("Dokumen diubah setelah ditandatangani.")),
    "forbidden_change": (
        INVALID,
        _("Dokumen diubah setelah ditandatangani, padahal penanda tangan menguncinya."),
    ),
    "field_changed": (INVALID, _("Isian dokumen diubah setelah ditandatangani.")),
    "revoked": (INVALID, _("Sertifikat penanda tangan sudah dicabut.")),
    "unknown_issuer": (OPEN, _("Penerbit sertifikat penanda tangan tidak dikenal.")),
    "expired_without_proof": (
        OPEN,
        _("Sertifikat penanda tangan sudah habis masa berlakunya dan tidak ada bukti waktu."),
    ),
    "status_unknown": (
        OPEN,
        _("Status sertifikat penanda tangan belum dapat ditanyakan ke penerbitnya."),
    ),
    "trust_unproven": (OPEN, _("Rantai sertifikat penanda tangan tidak dapat dipastikan.")),
    "algorithm": (OPEN, _("Algoritma tanda tangan ini tidak didukung.")),
    "format": (OPEN, _("Jenis tanda tangan ini tidak didukung.")),
    "encrypted": (OPEN, _("Dokumen terkunci dengan kata sandi.")),
    "no_file": (OPEN, _("Berkas ini tidak ada.")),
    "too_large": (OPEN, _("Dokumen terlalu besar untuk diperiksa.")),
    "not_pdf": (OPEN, _("Berkas ini bukan PDF.")),
    "unreadable": (OPEN, _("Susunan dokumen rusak sehingga tidak dapat diperiksa.")),
    "time_out": (OPEN, _("Pemeriksaan dihentikan karena terlalu lama.")),
    "memory": (OPEN, _("Pemeriksaan dihentikan karena memerlukan terlalu banyak memori.")),
    "crashed": (OPEN, _("Pemeriksaan terhenti tanpa hasil.")),
    "no_signature": (UNSIGNED, _("Tidak ada tanda tangan elektronik dalam dokumen ini.")),
}
"""Each reason's word and its sentence."""

TRUST_REASONS: Mapping[str, str] = {
    "NO_CERTIFICATE_CHAIN_FOUND": "unknown_issuer",
    "NO_CERTIFICATE_CHAIN_FOUND_NO_POE": "unknown_issuer",
    "OUT_OF_BOUNDS_NO_POE": "expired_without_proof",
    "OUT_OF_BOUNDS_NOT_REVOKED": "expired_without_proof",
    "REVOKED": "revoked",
    "REVOKED_NO_POE": "revoked",
    "REVOKED_CA_NO_POE": "revoked",
    "REVOCATION_OUT_OF_BOUNDS_NO_POE": "status_unknown",
    "TRY_LATER": "status_unknown",
    "CRYPTO_CONSTRAINTS_FAILURE": "algorithm",
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": "algorithm",
    "HASH_FAILURE": "digest_mismatch",
    "SIG_CRYPTO_FAILURE": "signature_broken",
}
"""What each subindication of ETSI EN 319 102-1 means here; all others are `trust_unproven`."""

_BADNESS: dict[Word, int] = {VALID: 0, UNSIGNED: 0, OPEN: 1, INVALID: 2}
_NOTHING_MORE = ("NONE", "LTA_UPDATES")
_WHOLE = ("ENTIRE_FILE", "ENTIRE_REVISION")


@attrs.frozen
class SignatureVerdict:
    """What is said about one signature."""

    finding: Finding
    reason_code: str

    @property
    def word(self) -> Word:
        return REASONS[self.reason_code][0]

    @property
    def reason(self) -> str:
        return REASONS[self.reason_code][1]

    @property
    def level(self) -> Level:
        return self.finding.level


@attrs.frozen
class Verdict:
    """What is said about a file: one word, one reason, and the same for each signature in order."""

    reason_code: str
    signatures: tuple[SignatureVerdict, ...] = ()

    @property
    def word(self) -> Word:
        return REASONS[self.reason_code][0]

    @property
    def reason(self) -> str:
        return REASONS[self.reason_code][1]


def judge(
    examination: Examination,
    *,
    ask_status: bool = False,
    trust_reasons: Mapping[str, str] = TRUST_REASONS,
) -> Verdict:
    """The verdict of a file: that of its worst signature, or of the failure to examine it.

    `ask_status` says that a signature whose certificates' status could not be found out is open.
    """
    if examination.failure:
        return Verdict(_against(examination.failure, "crashed"))
    if not examination.findings:
        return Verdict("no_signature")
    told = tuple(
        SignatureVerdict(finding, reason_of(finding, ask_status, trust_reasons))
        for finding in examination.findings
    )
    worst = max(told, key=lambda one: (_BADNESS[one.word], one.reason_code != "valid"))
    return Verdict(worst.reason_code, told)


def reason_of(
    finding: Finding,
    ask_status: bool = False,
    trust_reasons: Mapping[str, str] = TRUST_REASONS,
) -> str:
    """The first reason that speaks against a signature, from what is certain to what is open."""
    change = _change_of(finding)
    if finding.failure:
        return _against(finding.failure, "crashed")
    if not finding.intact:
        return "digest_mismatch"
    if not finding.valid:
        return "signature_broken"
    if finding.coverage not in _WHOLE:
        return "coverage"
    if change:
        return change
    if not finding.trusted or finding.trust_problem:
        return _trust_reason(finding.trust_problem, trust_reasons)
    if not finding.revocation_known:
        return "status_unknown" if ask_status else "valid_status_unchecked"
    return "valid"


def _trust_reason(problem: str, trust_reasons: Mapping[str, str]) -> str:
    """What a trust problem means; no setting makes a distrusted signature good."""
    otherwise = "revoked" if problem.startswith("REVOKED") else "trust_unproven"
    return _against(trust_reasons.get(problem, otherwise), otherwise)


def _against(code: str, otherwise: str) -> str:
    """A reason that speaks against a signature, or the other one in place of any that does not."""
    return code if REASONS.get(code, (VALID, ""))[0] in (OPEN, INVALID) else otherwise


def _change_of(finding: Finding) -> str:
    """What the changes after a signature speak against it; empty when only signatures followed."""
    if finding.modification in _NOTHING_MORE:
        return "" if finding.docmdp_ok else "forbidden_change"
    if finding.modification != "FORM_FILLING":
        return "suspicious_change"
    if not all(field.kind == "/Sig" and field.signed for field in finding.changed_fields):
        return "field_changed"
    return "" if finding.docmdp_ok else "forbidden_change"
