"""What a signature's byte range really covers, by the file's own bytes (ISO 32000-1 12.8.1).

pyHanko compares lengths; a forger with patience finds room beside them. So it is asked here too
that the range leaves out the signature's own text and nothing else, that it ends where its revision
does, and that nothing stands in the file that belongs to no revision.
"""

import mmap
import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, Reference
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_MARK = b"%%EOF"
_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_BLANK = b"\0\t\n\f\r "


def is_sound(signature: EmbeddedPdfSignature, data: mmap.mmap) -> bool:
    """Whether the range covers its revision but for the signature, and the rest is revisions."""
    numbers = _numbers(signature)
    if numbers is None:
        return False
    first, second, rest = numbers
    end = second + rest
    held = data[first:second]
    if end > len(data) or held[:1] != b"<" or held[-1:] != b">":
        return False
    try:
        written = bytes.fromhex(held[1:-1].decode("ascii"))
    except ValueError:
        return False
    if written != signature.pkcs7_content:
        return False
    known = signature.reader.xrefs
    places = {known.get_startxref_for_revision(one) for one in range(known.total_revisions)}
    before = signature.signed_revision + 1
    return (
        _ends(data, 0, end, places) <= before
        and _ends(data, end, len(data), places) <= known.total_revisions - before
        and _ends_with_mark(data)
        and _lies_within(signature, end)
        and _supplies_nothing(signature)
    )


def _lies_within(signature: EmbeddedPdfSignature, end: int) -> bool:
    """Whether every object of the signed revision lies in what the signature covers."""
    known = signature.reader.xrefs
    for revision in range(signature.signed_revision + 1):
        for reference in known.explicit_refs_in_revision(revision):
            place = known.get_historical_ref(reference, signature.signed_revision)
            if isinstance(place, int) and place >= end:
                return False
    return True


def _supplies_nothing(signature: EmbeddedPdfSignature) -> bool:
    """Whether no object is new that the signed revision names without having it.

    Readers draw such an object once it is there, and pyHanko does not follow the name /Parent.
    """
    known, signed = signature.reader.xrefs, signature.signed_revision
    present: set[Reference] = set()
    for revision in range(signed + 1):
        present |= known.explicit_refs_in_revision(revision)
    present = {one for one in present if known.get_historical_ref(one, signed) is not None}
    new: set[Reference] = set()
    for revision in range(signed + 1, known.total_revisions):
        new |= known.explicit_refs_in_revision(revision)
    new -= present
    then = signature.reader.get_historical_resolver(signed)
    return not new or all(
        new.isdisjoint(_named_in(then.get_object(reference))) for reference in present
    )


def _named_in(value: Any) -> Iterator[Reference]:
    """The objects that one object names, at any depth of its own arrays and dictionaries."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            yield one.reference
        elif isinstance(one, DictionaryObject):
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += [one.raw_get(at) for at in range(len(one))]


def _numbers(signature: EmbeddedPdfSignature) -> tuple[int, int, int] | None:
    """End of the first part, start and length of the second; None for any other range."""
    found: list[Any] = list(signature.byte_range)
    if len(found) != 4 or not all(isinstance(number, int) for number in found):
        return None
    start, first, second, rest = (int(number) for number in found)
    return (first, second, rest) if start == 0 < first < second and rest > 0 else None


def _ends(data: mmap.mmap, start: int, end: int, places: set[int]) -> int:
    """How many ends of revisions lie there: such as point to a table that the reader knows.

    A file inside this one has ends too, which point elsewhere.
    """
    return sum(int(found[1]) in places for found in _END.finditer(data, start, end))


def _ends_with_mark(data: mmap.mmap) -> bool:
    end = len(data)
    while end and data[end - 1] in _BLANK:
        end -= 1
    return data[max(0, end - len(_MARK)) : end] == _MARK
