"""Examining one file with pyHanko: what each signature covers, proves, and what came after it.

pyHanko and asn1crypto raise errors of many kinds on broken files, some of them no more than
AssertionError or KeyError; whatever they raise means that the file, or one of its signatures,
could not be examined, and never that it is good.
"""

import asyncio
import datetime as dt
import logging
from pathlib import Path
from typing import Any, BinaryIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from leuit_esign.rules import Examination, Finding

from .form_fields import changed_fields
from .instructions import Instructions
from .levels import level_of
from .objects import entry
from .trust import Trust, name_of

PDF_MARK_WITHIN = 1024
_SIGNATURE_FORMATS = frozenset({"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"})

logging.disable(logging.CRITICAL)  # pyHanko tells the log what we tell in findings


def examine(instructions: Instructions) -> Examination:
    """Examine the file that the instructions name; MemoryError passes, all else is a failure."""
    path = Path(instructions.path)
    if path.stat().st_size > instructions.max_bytes:
        return Examination(failure="too_large")
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(PDF_MARK_WITHIN):
            return Examination(failure="not_pdf")
        return _without_raising(lambda: _examined(stream, instructions))


def _without_raising(examined: Any) -> Examination:
    try:
        found: Examination = examined()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- see the module: any error of the libraries is the third answer
        return Examination(failure="unreadable")
    return found


def _examined(stream: BinaryIO, instructions: Instructions) -> Examination:
    reader = PdfFileReader(stream)
    if reader.encrypted:
        return Examination(failure="encrypted")
    fields = list(enumerate_sig_fields(reader, filled_status=True))
    if not fields:
        return Examination()
    return asyncio.run(_all(reader, fields, instructions))


async def _all(reader: PdfFileReader, fields: list[Any], instructions: Instructions) -> Examination:
    """Findings in the order of signing; document time stamps are proofs, not signatures."""
    found: list[tuple[int, Finding]] = []
    async with Trust.of(reader, instructions) as trust:
        for name, value, field in fields:
            try:
                dictionary = value.get_object()
                if entry(dictionary, "/Type") == "/DocTimeStamp":
                    continue
                if entry(dictionary, "/SubFilter") not in _SIGNATURE_FORMATS:
                    found.append((0, Finding(name, failure="format")))
                    continue
                signature = EmbeddedPdfSignature(reader, field, name)
                finding = await _finding(signature, trust)
                found.append((signature.signed_revision, finding))
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 -- as above, for one signature
                found.append((0, Finding(name, failure=_failure(error))))
    found.sort(key=lambda pair: pair[0])
    return Examination(tuple(finding for _revision, finding in found))


async def _finding(signature: EmbeddedPdfSignature, trust: Trust) -> Finding:
    told = await trust.told_of(signature)
    status, stamp = told.status, told.stamp
    result = status.diff_result
    return Finding(
        field=signature.fq_name,
        signer=_common_name(signature),
        signed_at=_utc(stamp.timestamp if stamp else status.signer_reported_dt),
        time_proven=stamp is not None,
        level=level_of(signature),
        intact=status.intact,
        valid=status.valid,
        trusted=told.trusted,
        trust_problem="" if told.trusted else name_of(status.trust_problem_indic),
        revocation_known=told.known,
        coverage=name_of(status.coverage),
        modification=_modification(status),
        docmdp_ok=bool(status.docmdp_ok),
        changed_fields=changed_fields(signature, result) if isinstance(result, DiffResult) else (),
    )


def _modification(status: PdfSignatureStatus) -> str:
    result = status.diff_result
    if result is None:  # nothing follows the signature: there was nothing to compare
        return "NONE" if name_of(status.coverage) == "ENTIRE_FILE" else ""
    return result.modification_level.name if isinstance(result, DiffResult) else ""


def _common_name(signature: EmbeddedPdfSignature) -> str:
    name = signature.signer_cert.subject.native.get("common_name", "")
    return ", ".join(name) if isinstance(name, list) else str(name)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    """In UTC; a time without a zone cannot be placed and is left out."""
    return None if moment is None or moment.tzinfo is None else moment.astimezone(dt.UTC)


def _failure(error: Exception) -> str:
    """`algorithm` where the libraries say that they know none like it, else `unreadable`."""
    words = f"{type(error).__name__} {error}".lower()
    unsupported = "algorithm" in words or "unsupported" in words or "not supported" in words
    return "algorithm" if unsupported else "unreadable"
