"""What anybody is told about a file: one of five answers, and why.

1. Only the very bytes that we keep as the last version of a document in force are *asli dan
   berlaku*. A good signature is not enough: anybody with a certificate of a trusted authority could
   write a letter in our name.
2. *Isinya sudah diubah* needs a proof: a signature that does not fit what it signed, or our own
   document with the signatures hidden. What could not be examined is open, never altered.
3. What is not registered says nothing about forgery, and a code alone says nothing about a file.
"""

from typing import Literal

import attrs

from leuit.values import _

from .verdict import INVALID, OPEN, UNSIGNED, VALID, Verdict

Answer = Literal["genuine", "outdated", "altered", "unregistered", "open"]
Standing = Literal["stranger", "last", "superseded", "revoked", "earlier", "running", "extended"]
"""How a file stands to our documents. `last` is the last version of one in force, `superseded` and
`revoked` that of one no longer so; `earlier` has not all signatures of a document that is complete,
`running` is one that is not; `extended` begins with a last version and goes on."""

HEADINGS: dict[Answer, str] = {
    "genuine": _("Ya, asli dan berlaku"),
    "outdated": _("Asli, tetapi tidak berlaku lagi"),
    "altered": _("Tidak asli: isinya sudah diubah"),
    "unregistered": _("Tidak terdaftar"),
    "open": _("Belum dapat dipastikan"),
}

WHYS: dict[str, tuple[Answer, str]] = {
    "same": ("genuine", _("Berkas ini sama persis dengan dokumen yang terdaftar di sini.")),
    "superseded": ("outdated", _("Kami menerbitkan dokumen ini, tetapi sudah menggantinya.")),
    "revoked": ("outdated", _("Kami menerbitkan dokumen ini, tetapi sudah mencabutnya.")),
    "earlier": (
        "outdated",
        _("Ini bukan versi terakhir: tanda tangannya belum lengkap. Minta versi terakhirnya."),
    ),
    "changed": ("altered", _("Berkas ini diubah setelah ditandatangani. Jangan dipakai.")),
    "added_to": (
        "altered",
        _("Berkas ini dibuat dari dokumen kami, lalu diubah. Jangan dipakai."),
    ),
    "signed_elsewhere": (
        "unregistered",
        _(
            "Tanda tangan di dalamnya sah, tetapi dokumen ini tidak terdaftar di sini. "
            "Tanyakan kepada penanda tangannya."
        ),
    ),
    "revoked_elsewhere": (
        "unregistered",
        _("Dokumen ini tidak terdaftar di sini, dan sertifikat penanda tangannya sudah dicabut."),
    ),
    "unsigned": (
        "unregistered",
        _(
            "Berkas ini tidak ditandatangani secara elektronik. Foto, hasil pindai, dan hasil "
            "cetak tidak dapat dibandingkan: unggah PDF aslinya, atau periksa kodenya."
        ),
    ),
    "examination": (
        "open",
        _("Ini bukan berarti palsu. Coba lagi nanti, atau tanyakan kepada penerbitnya."),
    ),
    "bad_signature": (
        "open",
        _(
            "Berkas ini sama dengan yang kami simpan, tetapi tanda tangan di dalamnya kini tidak "
            "sah. Tanyakan kepada unit penerbitnya."
        ),
    ),
    "running": ("open", _("Dokumen ini belum selesai ditandatangani.")),
    "extended": (
        "open",
        _(
            "Berkas ini memuat dokumen kami, tetapi ditambah sesudahnya. "
            "Minta berkas yang tidak ditambah."
        ),
    ),
    "other_code": (
        "open",
        _("Berkas ini memang dokumen kami, tetapi bukan yang berkode itu. Cocokkan dahulu."),
    ),
}
"""Each reason's answer and its sentence."""

PROOFS_OF_CHANGE = frozenset(
    {
        "digest_mismatch",
        "signature_broken",
        "coverage",
        "suspicious_change",
        "forbidden_change",
        "field_changed",
    }
)
"""Reasons of a verdict that prove a change; a revoked certificate is bad, but changes nothing."""


@attrs.frozen
class PublicAnswer:
    """An answer by its reason: a key of `WHYS`."""

    why: str

    @property
    def answer(self) -> Answer:
        return WHYS[self.why][0]

    @property
    def heading(self) -> str:
        return HEADINGS[self.answer]

    @property
    def sentence(self) -> str:
        return WHYS[self.why][1]


def answer_of(verdict: Verdict, standing: Standing, *, code_fits: bool = True) -> PublicAnswer:
    """The answer about a file; `code_fits` is false when it was compared with another's code."""
    found = PublicAnswer(_why(verdict, standing))
    if not code_fits and found.answer in ("genuine", "outdated"):
        return PublicAnswer("other_code")
    return found


def _why(verdict: Verdict, standing: Standing) -> str:
    if standing == "last":
        return "bad_signature" if verdict.word == INVALID else "same"
    if standing in ("superseded", "revoked", "earlier", "running"):
        return standing
    changed = _is_changed(verdict)
    if standing == "extended":
        return "added_to" if changed or verdict.word == UNSIGNED else "extended"
    if changed:
        return "changed"
    elsewhere = {VALID: "signed_elsewhere", INVALID: "revoked_elsewhere", UNSIGNED: "unsigned"}
    return "examination" if verdict.word == OPEN else elsewhere[verdict.word]


def _is_changed(verdict: Verdict) -> bool:
    return any(one.reason_code in PROOFS_OF_CHANGE for one in verdict.signatures)
