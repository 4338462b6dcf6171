"""Verifying: what is said about a code, and about a file that somebody brings to be looked at.

One use case for the public page, for other services (port `verify_document`) and for programs. The
file is not stored.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Literal

import attrs

from leuit.contracts import Verification, VerifiedSignature
from leuit.identity import ANONYMOUS
from leuit.values import TooLargeError, _, read_paper_code
from leuit.work import Leuit
from leuit_esign.judging.instructions import MEGABYTE
from leuit_esign.rules import PublicAnswer, Verdict, answer_of, judge
from leuit_esign.told import plain

from .desk import Desk
from .registered import Match, Registered, by_code, match_file
from .trust import trust_if_any

MOST_MEGABYTES = 20
ROOM_FOR_SIGNATURES = 2
MAX_BODY = (MOST_MEGABYTES + ROOM_FOR_SIGNATURES) * MEGABYTE
"""Of a request with a file: a document of 20 MB when it was brought has grown by signatures."""

MOST_REVISIONS = 200
LIMITS_REACHED = frozenset({"time_out", "memory", "crashed"})

Compared = Literal["", "same", "other", "unknown"]

PUBLIC_DESK = Desk(4)
OFFICE_DESK = Desk(8)
"""For services and for who is signed in."""


@attrs.frozen
class CodeAnswer:
    """What is said about a code: the document, when there is one for the public."""

    code: str
    registered: Registered | None


@attrs.frozen
class FileAnswer:
    """What is said about a file.

    `registered` is the document that the file is, or begins as. With a code, `compared` says
    whether the file is its document, another one, or the code is `unknown`; `expected` is the
    document of the code.
    """

    told: PublicAnswer
    verdict: Verdict
    sha256: str
    registered: Registered | None = None
    compared: Compared = ""
    expected: Registered | None = None

    @property
    def was_costly(self) -> bool:
        """Whether a limit ended the examination."""
        return self.verdict.reason_code in LIMITS_REACHED


def look_up(app: Leuit, typed: str) -> CodeAnswer:
    """What is said about a code as it was typed; one that cannot be a code is unknown."""
    code = read_paper_code(typed)
    with app.read(ANONYMOUS) as view:
        return CodeAnswer(code or typed, by_code(view, code))


def verify_file(app: Leuit, desk: Desk, pdf: bytes, typed: str = "") -> FileAnswer:
    """What is said about a file, compared with a code if one is given.

    Raises TooLargeError for a file above the limit that is none of ours, and UnavailableError when
    too many wait at the desk.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()
    with app.read(ANONYMOUS) as view:
        match = match_file(view, sha256, list(_beginnings(pdf)))
        expected = by_code(view, read_paper_code(typed)) if typed else None
    ours = match.standing in ("last", "superseded", "revoked")
    if len(pdf) > MOST_MEGABYTES * MEGABYTE and not ours:
        raise TooLargeError(
            _("Berkas ini terlalu besar: paling besar %(most)s MB."),
            advice=_("Unggah PDF yang lebih kecil."),
            most=MOST_MEGABYTES,
        )
    verdict = _verdict(app, desk, pdf, len(pdf))
    compared = _compared(match, expected, typed)
    told = answer_of(verdict, match.standing, code_fits=compared in ("", "same"))
    return FileAnswer(told, verdict, sha256, match.registered, compared, expected)


def verify_document(app: Leuit, pdf: bytes) -> Verification:
    """Provider of the port: what is said about the signatures alone."""
    largest = app.vocabulary.settings["esign"].max_megabytes * MEGABYTE
    told = plain(_verdict(app, OFFICE_DESK, pdf, largest))
    signatures = tuple(VerifiedSignature(**one) for one in told.pop("signatures"))
    return Verification(**told, signatures=signatures)


def _verdict(app: Leuit, desk: Desk, pdf: bytes, largest: int) -> Verdict:
    with app.read(ANONYMOUS) as view:
        trust = trust_if_any(view, view.today)
    examination = desk.examine(pdf, trust, largest)
    return judge(examination, ask_status=trust is None or trust.ask_status)


def _compared(match: Match, expected: Registered | None, typed: str) -> Compared:
    if not typed:
        return ""
    if expected is None:
        return "unknown"
    same = match.registered is not None and match.registered.code == expected.code
    return "same" if same else "other"


_END = re.compile(rb"%%EOF(\r\n|\r|\n)?")


def _beginnings(pdf: bytes) -> Iterator[str]:
    """Hashes of what the file may have been before something was added: up to each end mark."""
    hashed, done = hashlib.sha256(), 0
    for number, mark in enumerate(_END.finditer(pdf)):
        if number >= MOST_REVISIONS:
            return
        for end in sorted({mark.end(), mark.start() + len(b"%%EOF")}):
            if end < len(pdf):
                hashed.update(memoryview(pdf)[done:end])
                done = end
                yield hashed.copy().hexdigest()
