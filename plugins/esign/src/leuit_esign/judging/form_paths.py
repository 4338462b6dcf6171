"""Whether the way from the catalogue to the signature fields is whole.

pyHanko passes over what it cannot follow, so that a form with a broken entry looks like a form
without signatures. Where nothing was found, it is asked here whether there was nothing to find.
"""

from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    StreamObject,
)


def is_whole(root: Any) -> bool:
    """Whether every field can be reached and is either named or no signature.

    Errors of the libraries on the way mean no as well, and are left to the caller.
    """
    if isinstance(root, StreamObject) or not _has(root, "/Pages"):
        return False
    if not _has(root, "/AcroForm"):
        return True
    form = root["/AcroForm"]
    if not isinstance(form, DictionaryObject):
        return False
    waiting: list[Any] = [form["/Fields"]] if _has(form, "/Fields") else []
    seen = set()
    while waiting:
        fields = waiting.pop()
        if not isinstance(fields, ArrayObject):
            return False
        for at in range(len(fields)):
            one = fields.raw_get(at)
            if not isinstance(one, IndirectObject):
                return False
            if one.reference in seen:
                continue
            seen.add(one.reference)
            field = one.get_object()
            if not isinstance(field, DictionaryObject) or _is_lost(field):
                return False
            if _has(field, "/Kids"):
                waiting.append(field["/Kids"])
    return True


def _is_lost(field: DictionaryObject) -> bool:
    """Whether a field is a signature that has no name to be found by (ISO 32000-1 12.7.3.2)."""
    if _has(field, "/T"):
        return False
    signs = _has(field, "/FT") and field["/FT"] == "/Sig"
    return bool(signs) or (_has(field, "/V") and isinstance(field["/V"], DictionaryObject))


def _has(dictionary: DictionaryObject, key: str) -> bool:
    """Whether an entry is there and is not null, which would mean that it is not."""
    return key in dictionary and not isinstance(dictionary.raw_get(key), NullObject)
