"""What comes back from a provider is checked before it is accepted.

The input is a byte prefix of the output, there is exactly one signature more, in the field that was
asked for, it covers the whole file, is of a trusted chain and by the certificate of the person who
was asked, and no earlier signature is worse than it was. pyHanko signs without complaint what
breaks the signature before it.
"""

import atexit
import hashlib
import tempfile
from pathlib import Path

from leuit.values import ConflictError, _
from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import INVALID, OPEN, REASONS, VALID, Examination, reason_of

from .trust import TrustList

_BADNESS = {VALID: 0, OPEN: 1, INVALID: 2}
_examiner = Examiner()
atexit.register(_examiner.close)


class RefusedResultError(ConflictError):
    """What a provider returned is not the document with one good signature more."""

    code = "refused_result"


def check_result(
    before: bytes, after: bytes, field: str, trust: TrustList, certificate: bytes
) -> None:
    """Return when the result may be accepted; RefusedResultError says what is wrong with it.

    `certificate` (DER) is that of the person who was asked.
    """
    if not after.startswith(before) or len(after) == len(before):
        raise _refused(_("Isi dokumen berubah."))
    was, now = _examined(before, trust), _examined(after, trust)
    if now.failure:
        raise _refused(REASONS[now.failure][1])
    earlier = {one.field: one for one in was.findings}
    added = [one for one in now.findings if one.field not in earlier]
    if len(added) != 1 or added[0].field != field or len(now.findings) != len(earlier) + 1:
        raise _refused(_("Tanda tangannya tidak tepat satu di tempat yang diminta."))
    reason = reason_of(added[0], trust.ask_status)
    if REASONS[reason][0] != VALID or added[0].modification not in ("NONE", "LTA_UPDATES"):
        raise _refused(REASONS[reason][1])
    if added[0].certificate != hashlib.sha256(certificate).hexdigest():
        raise _refused(_("Yang menandatangani bukan orang yang diminta."))
    for one in now.findings:
        if one.field in earlier:
            then = REASONS[reason_of(earlier[one.field], trust.ask_status)][0]
            there = REASONS[reason_of(one, trust.ask_status)][0]
            if _BADNESS[there] > _BADNESS[then]:
                raise _refused(_("Tanda tangan sebelumnya menjadi rusak."))


def _examined(pdf: bytes, trust: TrustList) -> Examination:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        path = str(Path(file.name))
        return _examiner.examine(Instructions(path, trust.root_pems, trust.issuer_pems))


def _refused(why: str) -> RefusedResultError:
    return RefusedResultError(
        _("Hasil penyedia tanda tangan tidak diterima: %(why)s"),
        advice=_("Dokumen tetap seperti sebelumnya. Laporkan kepada petugas."),
        why=why,
    )
