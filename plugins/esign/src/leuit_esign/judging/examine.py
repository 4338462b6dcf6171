"""Examining one file with pyHanko: what each signature covers, proves, and what came after it.

pyHanko and asn1crypto raise errors of many kinds on broken files, some of them no more than
AssertionError or KeyError; whatever they raise means that the file, or one of its signatures,
could not be examined, and never that it is good.
"""

import asyncio
import datetime as dt
import hashlib
import logging
import mmap
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import attrs
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from leuit_esign.rules import ChangedField, Examination, Finding

from .coverage import is_sound
from .form_fields import acts_or_shows_anew, changed_fields, has_other_fields
from .form_paths import is_whole
from .instructions import Instructions
from .levels import level_of
from .objects import entry, shown, shown_person
from .revisions import is_untouched
from .trust import Trust, name_of

_Told = TypeVar("_Told")
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
        return Examination() if is_whole(reader.root) else Examination(failure="unreadable")
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return asyncio.run(_all(_File(reader, data), fields, instructions))


@attrs.frozen
class _File:
    reader: PdfFileReader
    data: mmap.mmap


async def _all(file: _File, fields: list[Any], instructions: Instructions) -> Examination:
    """Findings in the order of signing. Time stamps that hold are proofs; others are told of."""
    found: list[tuple[int, Finding]] = []
    async with Trust.of(file.reader, instructions) as trust:
        signatures: list[tuple[str, Any]] = []
        names: set[str] = set()
        for name, value, field in fields:
            dictionary = value.get_object()
            if not isinstance(dictionary, DictionaryObject):
                found.append((0, Finding(shown(name), failure="format")))
            elif entry(dictionary, "/Type") == "/DocTimeStamp":
                fault = await _guarded(name, _time_stamp(file, name, field, trust))
                if fault is not None:
                    found.append((0, fault))
                elif not _is_seen(field):
                    names.add(name)
            elif entry(dictionary, "/SubFilter") not in _SIGNATURE_FORMATS:
                found.append((0, Finding(shown(name), failure="format")))
            else:
                signatures.append((name, field))
                names.add(name)
        for name, field in signatures:
            finding = await _guarded(name, _signature(file, name, field, trust, names))
            assert finding is not None
            found.append(finding if isinstance(finding, tuple) else (0, finding))
    found.sort(key=lambda pair: pair[0])
    return Examination(tuple(finding for _revision, finding in found))


async def _guarded(name: str, work: Awaitable[_Told]) -> _Told | Finding:
    """What came out, or the failure that an error of the libraries means for one signature."""
    try:
        return await work
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- see the module
        return Finding(shown(name), failure=_failure(error))


async def _signature(
    file: _File, name: str, field: Any, trust: Trust, names: set[str]
) -> tuple[int, Finding]:
    signature = EmbeddedPdfSignature(file.reader, field, name)
    return signature.signed_revision, await _finding(signature, file, trust, names)


async def _time_stamp(file: _File, name: str, field: Any, trust: Trust) -> Finding | None:
    """None for a document time stamp that holds; else a finding like that of a bad signature."""
    stamp = EmbeddedPdfSignature(file.reader, field, name)
    if not is_sound(stamp, file.data):
        return Finding(shown(name), intact=True, valid=True)
    status = await trust.stamp_of(stamp)
    if status.intact and status.valid:
        return None
    return Finding(shown(name), intact=status.intact, valid=status.valid)


def _is_seen(field: Any) -> bool:
    """Whether a field, or one of its widgets, takes up room on a page."""
    dictionary = field.get_object()
    box = [float(side) for side in entry(dictionary, "/Rect", (0, 0, 0, 0))]
    own = len(box) != 4 or (box[0] != box[2] and box[1] != box[3])
    return own or any(_is_seen(kid) for kid in entry(dictionary, "/Kids", ()))


async def _finding(
    signature: EmbeddedPdfSignature, file: _File, trust: Trust, names: set[str]
) -> Finding:
    told = await trust.told_of(signature)
    status, stamp = told.status, told.stamp
    result = status.diff_result
    changed: tuple[ChangedField, ...] = ()
    untouched = isinstance(result, DiffResult) or result is None
    try:
        if isinstance(result, DiffResult):
            changed = changed_fields(signature, result, names)
        untouched = untouched and _is_untouched(file.reader, signature.signed_revision, names)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- a change that cannot be followed is a suspicious one
        untouched = False
    return Finding(
        field=shown(signature.fq_name),
        signer=_common_name(signature),
        certificate=hashlib.sha256(signature.signer_cert.dump()).hexdigest(),
        signed_at=_utc(stamp.timestamp if stamp else status.signer_reported_dt),
        time_proven=stamp is not None,
        level=level_of(signature),
        intact=status.intact,
        valid=status.valid,
        trusted=told.trusted,
        trust_problem="" if told.trusted else name_of(status.trust_problem_indic),
        revocation_known=told.known,
        coverage=name_of(status.coverage) if is_sound(signature, file.data) else "UNCLEAR",
        modification=_modification(status) if untouched else "",
        docmdp_ok=bool(status.docmdp_ok),
        changed_fields=changed,
    )


def _is_untouched(reader: PdfFileReader, revision: int, names: set[str]) -> bool:
    others = has_other_fields(reader, revision)
    return is_untouched(reader, revision, has_fields=others) and not acts_or_shows_anew(
        reader, revision, names
    )


def _modification(status: PdfSignatureStatus) -> str:
    result = status.diff_result
    if result is None:  # nothing follows the signature: there was nothing to compare
        return "NONE" if name_of(status.coverage) == "ENTIRE_FILE" else ""
    return result.modification_level.name if isinstance(result, DiffResult) else ""


def _common_name(signature: EmbeddedPdfSignature) -> str:
    name = signature.signer_cert.subject.native.get("common_name", "")
    return shown_person(", ".join(name) if isinstance(name, list) else name)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    """In UTC; a time without a zone cannot be placed and is left out."""
    return None if moment is None or moment.tzinfo is None else moment.astimezone(dt.UTC)


def _failure(error: Exception) -> str:
    """`algorithm` where the libraries say that they know none like it, else `unreadable`."""
    words = f"{type(error).__name__} {error}".lower()
    unsupported = "algorithm" in words or "unsupported" in words or "not supported" in words
    return "algorithm" if unsupported else "unreadable"
