"""What later revisions changed, beside what pyHanko's difference analysis looks at.

Between the signed revision and the present file may change: fields and annotations that were added,
validation data, extensions, metadata. The order of annotations, entries of the catalogue, the way
from a page to its parent, and what a form says for all its fields may not: readers draw by them.
"""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)
from pyhanko.pdf_utils.reader import PdfFileReader

from .objects import entry

_MAY_CHANGE = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
_OF_THE_FORM = frozenset({"/Fields", "/SigFlags"})
_DRAWN_BY = frozenset({"/DR", "/DA", "/NeedAppearances", "/Q"})
"""What readers draw the values of fields with; without any such field it means nothing."""
DEEPEST = 24


def is_untouched(reader: PdfFileReader, revision: int, *, has_fields: bool) -> bool:
    """Whether nothing that readers draw by changed after a revision.

    `has_fields` says that the form has fields that are no signatures.
    """
    if reader.xrefs.total_revisions <= revision + 1:
        return True
    then, now = reader.get_historical_root(revision), reader.root
    if not (_is_plain(entry(now, "/Extensions")) and _is_metadata(entry(now, "/Metadata"))):
        return False
    kept = {key for key in {*then, *now} if key not in _MAY_CHANGE}
    if not all(same(_raw(then, key), _raw(now, key), shallow=True) for key in kept):
        return False
    before, after = entry(then, "/AcroForm"), entry(now, "/AcroForm")
    if before is None or after is None:
        return False
    strict = {key for key in {*before, *after} if key not in _OF_THE_FORM}
    if not has_fields:
        strict -= _DRAWN_BY
    if not all(same(_raw(before, key), _raw(after, key)) for key in strict):
        return False
    return _pages_alike(_pages(then), _pages(now))


def _is_plain(extensions: Any) -> bool:
    """A dictionary of versions, and nothing that can be drawn."""
    return extensions is None or not isinstance(extensions, StreamObject)


def _is_metadata(metadata: Any) -> bool:
    """XML about the file, and nothing that can be drawn (ISO 32000-1 14.3.2)."""
    return metadata is None or (entry(metadata, "/Subtype") == "/XML" and "/BBox" not in metadata)


def same(one: Any, other: Any, *, shallow: bool = False, depth: int = 0) -> bool:
    """Whether two values are alike, each followed in its own revision; references only, if shallow.

    Deeper than any honest form goes, references are compared and no longer followed.
    """
    if isinstance(one, IndirectObject) and isinstance(other, IndirectObject):
        if one.reference != other.reference:
            return False
        if shallow or depth > DEEPEST:
            return True
    if depth > DEEPEST:
        return False
    one, other = _resolved(one), _resolved(other)
    if isinstance(one, StreamObject) or isinstance(other, StreamObject):
        both = isinstance(one, StreamObject) and isinstance(other, StreamObject)
        if not both or one.encoded_data != other.encoded_data:
            return False
    if isinstance(one, DictionaryObject) and isinstance(other, DictionaryObject):
        if set(one) != set(other):
            return False
        return all(
            key in ("/Parent", "/P")  # the way up: the page and the field above are compared there
            or same(one.raw_get(key), other.raw_get(key), shallow=shallow, depth=depth + 1)
            for key in one
        )
    if isinstance(one, ArrayObject) and isinstance(other, ArrayObject):
        return len(one) == len(other) and all(
            same(one.raw_get(at), other.raw_get(at), shallow=shallow, depth=depth + 1)
            for at in range(len(one))
        )
    return type(one) is type(other) and bool(one == other)


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _raw(dictionary: Any, key: str) -> Any:
    return dictionary.raw_get(key) if key in dictionary else None


def pages_with_annotations(root: Any) -> Iterator[Any]:
    """The lists of annotations of all pages, in order."""
    waiting: list[tuple[Any, int]] = [(entry(root, "/Pages"), 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("pages lie too deep")
        kids = entry(node, "/Kids")
        if kids is not None:
            waiting += [(kids[at], depth + 1) for at in reversed(range(len(kids)))]
        elif (annotations := entry(node, "/Annots")) is not None:
            yield annotations


def _pages(root: Any) -> list[tuple[Any, list[Any]]] | None:
    """Each page's reference with those of its annotations; None for a tree that is unsound."""
    found: list[tuple[Any, list[Any]]] = []
    top = _raw(root, "/Pages")
    if not isinstance(top, IndirectObject):
        return None
    waiting: list[tuple[Any, Any, int]] = [(top, None, 0)]
    while waiting:
        reference, parent, depth = waiting.pop()
        node = _resolved(reference)
        if depth > DEEPEST or not isinstance(node, DictionaryObject):
            return None
        above = _raw(node, "/Parent")
        if parent is not None and getattr(above, "reference", None) != parent.reference:
            return None
        kids = entry(node, "/Kids")
        if kids is None:
            annotations = entry(node, "/Annots", [])
            found.append(
                (
                    reference.reference,
                    [
                        getattr(annotations.raw_get(at), "reference", None)
                        for at in range(len(annotations))
                    ],
                )
            )
            continue
        for at in reversed(range(len(kids))):
            kid = kids.raw_get(at)
            if not isinstance(kid, IndirectObject):
                return None
            waiting.append((kid, reference, depth + 1))
    return found


def _pages_alike(then: Any, now: Any) -> bool:
    """The same pages in the same order, their annotations with others added behind them."""
    if then is None or now is None or len(then) != len(now):
        return False
    return all(
        page == there and later[: len(earlier)] == earlier
        for (page, earlier), (there, later) in zip(then, now, strict=True)
    )
