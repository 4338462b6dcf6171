"""`/verifikasi`: anybody asks whether a document is genuine, by its code or with the file itself.

Nobody has to sign in, and nothing is stored: not the file, and not who asked.
"""

import datetime as dt
from typing import Any

from leuit.values import (
    LeuitError,
    TooLargeError,
    TooManyRequestsError,
    UnavailableError,
    _,
    read_paper_code,
    shown_paper_code,
)
from leuit.web import RateLimit, Request, Response, local, page, redirect
from leuit_esign.models import DONE, REVOKED, SUPERSEDED
from leuit_esign.rules import (
    HEADINGS,
    INVALID,
    OPEN,
    VALID,
    Answer,
    SignatureVerdict,
)
from leuit_esign.service.registered import Registered, Successor
from leuit_esign.service.verifying import (
    MOST_MEGABYTES,
    PUBLIC_DESK,
    FileAnswer,
    look_up,
    verify_file,
)

ADDRESS = "/verifikasi"
CODE_SHOWN, NAME_SHOWN, SIGNATURES_SHOWN = 40, 120, 40

FILES = RateLimit(30, dt.timedelta(minutes=10))
COSTLY = 10
"""As how many files one counts that ran into a limit of the examiner."""

SEALS: dict[Answer, tuple[str, str]] = {
    "genuine": ("daun", "check"),
    "outdated": ("tunggu", "history"),
    "altered": ("bata", "x"),
    "unregistered": ("bata", "ban"),
    "open": ("", "circle-help"),
}
MEANINGS: dict[Answer, str] = {
    "genuine": _("Terdaftar di sini, masih berlaku, dan berkasnya sama persis."),
    "outdated": _("Kami menerbitkannya, lalu mengganti atau mencabutnya."),
    "altered": _("Berkasnya diubah setelah ditandatangani. Jangan dipakai."),
    "unregistered": _("Bukan dokumen kami yang sudah selesai, atau bukan berkas aslinya."),
    "open": _("Pemeriksaan tidak sampai pada jawaban. Ini bukan berarti palsu."),
}
STATES = {
    DONE: _("Berlaku"),
    SUPERSEDED: _("Sudah diganti"),
    REVOKED: _("Sudah dicabut"),
}
WORDS = {
    VALID: (_("Sah"), "daun"),
    INVALID: (_("Tidak sah"), "bata"),
    OPEN: (_("Belum dapat dipastikan"), "abu"),
}


def show_start(request: Request) -> Response:
    """The two ways to ask, and what may be answered; a typed code leads to its own address."""
    typed = request.query.get("code", "").strip()
    if not typed:
        return _start(request)
    code = read_paper_code(typed)
    if not code:
        return _start(request, typed, {"code": _("Kode terdiri dari 12 huruf dan angka.")})
    return redirect(f"{ADDRESS}/{code}")


def show_code(request: Request) -> Response:
    """What is said about a code: where the QR code of a document leads."""
    answer = look_up(request.app, request.params["document_code"])
    return page(
        request,
        "esign/verify_code.html",
        status=200 if answer.registered else 404,
        code=_code(answer.code),
        found=_document(request, answer.registered) if answer.registered else None,
        most=MOST_MEGABYTES,
    )


def check_file(request: Request) -> Response:
    """What is said about a file, compared with a code if the form has one."""
    typed = request.form.get("code", "").strip()
    upload = request.files.get("file")
    if upload is None and read_paper_code(typed):
        return redirect(f"{ADDRESS}/{read_paper_code(typed)}")
    if upload is None or not upload.data:
        fault = _("Pilih berkas PDF.") if upload is None else _("Berkas ini kosong.")
        return _start(request, typed, {"file": fault})
    try:
        FILES.count(request)
        answer = verify_file(request.app, PUBLIC_DESK, upload.data, typed)
    except (TooManyRequestsError, UnavailableError, TooLargeError) as error:
        return _refused(request, typed, error)
    if answer.was_costly:
        FILES.charge(request, COSTLY)
    return _answered(request, answer, typed, len(upload.data))


def _start(
    request: Request, typed: str = "", faults: dict[str, str] | None = None, status: int = 422
) -> Response:
    return page(
        request,
        "esign/verify_start.html",
        status=status if faults else 200,
        typed=typed[:CODE_SHOWN],
        faults=faults or {},
        most=MOST_MEGABYTES,
        answers=[(HEADINGS[one], MEANINGS[one], *SEALS[one]) for one in HEADINGS],
    )


def _refused(request: Request, typed: str, error: LeuitError) -> Response:
    """The form again, with what was typed, and when to come back."""
    answer = _start(request, typed, {"file": str(error)}, error.status)
    if isinstance(error, (TooManyRequestsError, UnavailableError)):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _answered(request: Request, answer: FileAnswer, typed: str, size: int) -> Response:
    told, verdict = answer.told, answer.verdict
    documents = [answer.registered, answer.expected if answer.compared == "other" else None]
    return page(
        request,
        "esign/verify_file.html",
        told=told,
        seal=SEALS[told.answer],
        reason=verdict.reason if told.why in ("examination", "bad_signature") else "",
        compared=answer.compared,
        code=_code(typed),
        documents=[_document(request, one) for one in documents if one is not None],
        signatures=[_signature(request, one) for one in verdict.signatures[:SIGNATURES_SHOWN]],
        more=max(0, len(verdict.signatures) - SIGNATURES_SHOWN),
        facts=[
            ("SHA-256", answer.sha256),
            (_("Ukuran"), _("%s byte") % size),
            (_("Putusan"), f"{verdict.word} ({verdict.reason_code})"),
        ],
    )


def _document(request: Request, found: Registered) -> dict[str, Any]:
    """A registered document in the words of the page."""
    return {
        "code": shown_paper_code(found.code),
        "state": STATES[found.state],
        "in_force": found.state == DONE,
        "revoked": found.state == REVOKED,
        "reason": found.reason,
        "number": found.number,
        "title": found.title,
        "at": local(request, found.at) if found.at else None,
        "signers": [
            {"title": one.title, "name": one.name, "at": local(request, one.at)}
            for one in found.signers
        ],
        "successor": _successor(request, found.successor) if found.successor else None,
    }


def _successor(request: Request, found: Successor) -> dict[str, Any]:
    return {
        "path": f"{ADDRESS}/{found.code}",
        "number": found.number,
        "at": local(request, found.at) if found.at else None,
    }


def _signature(request: Request, one: SignatureVerdict) -> dict[str, Any]:
    """A signature in words. Unless it is valid, a name is only what the file claims."""
    finding = one.finding
    name = finding.signer[:NAME_SHOWN] or _("tanpa nama")
    return {
        "name": name if one.word == VALID else _("Mengaku sebagai %s") % name,
        "chip": WORDS[one.word],
        "field": finding.field,
        "at": local(request, finding.signed_at) if finding.signed_at else None,
        "proven": finding.time_proven,
        "level": one.level,
        "reason": one.reason,
    }


def _code(typed: str) -> str:
    """A code as it is printed, or what was typed in its place."""
    code = read_paper_code(typed)
    return shown_paper_code(code) if code else typed[:CODE_SHOWN]
